# SPDX-License-Identifier: MIT
"""What people fill in, beside the answers themselves."""
