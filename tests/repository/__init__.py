# SPDX-License-Identifier: MIT
"""Tests of the repository itself: the rules that would otherwise be customs. DEVELOPERS.md says when to add one."""
