# SPDX-License-Identifier: MIT
"""Every change to a release: its steps up to the embargo, and its publication."""
