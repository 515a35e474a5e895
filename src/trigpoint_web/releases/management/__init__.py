# SPDX-License-Identifier: MIT
"""Commands of the service."""
