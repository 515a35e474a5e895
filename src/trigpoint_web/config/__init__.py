# SPDX-License-Identifier: MIT
"""Settings, addresses and the door of the service."""
