# SPDX-License-Identifier: MIT
"""One page, one module."""
