# SPDX-License-Identifier: MIT
"""Rounds, the submissions of organisations, and the pages on which they are filled in."""
