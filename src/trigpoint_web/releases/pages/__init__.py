# SPDX-License-Identifier: MIT
"""A module for each page, or for the few that are one task."""
