# SPDX-License-Identifier: MIT
"""Every reading of a round and of what is in it."""
