# SPDX-License-Identifier: MIT
"""What is published: tidy tables, charts as data, a national summary, and a release that anyone can recompute."""
