# SPDX-License-Identifier: MIT
"""One page a file."""
