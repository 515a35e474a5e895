# SPDX-License-Identifier: MIT
"""What scores mean, with their doubt: printed numbers recomputed, groups compared, change told from noise."""
