# SPDX-License-Identifier: MIT
"""SQLite whose writers queue, instead of each trying again after longer and longer pauses."""
