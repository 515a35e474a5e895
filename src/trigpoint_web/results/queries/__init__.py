# SPDX-License-Identifier: MIT
"""Every reading of results."""
