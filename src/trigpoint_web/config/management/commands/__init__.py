# SPDX-License-Identifier: MIT
"""Commands for whoever runs the service."""
