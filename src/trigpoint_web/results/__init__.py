# SPDX-License-Identifier: MIT
"""Scores of a closed round, kept with what they were made from, and the pages that show them."""
