# SPDX-License-Identifier: MIT
"""One page, one file."""
