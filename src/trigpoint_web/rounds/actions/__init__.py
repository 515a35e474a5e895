# SPDX-License-Identifier: MIT
"""Every change of a round and of what is in it."""
