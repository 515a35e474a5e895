# SPDX-License-Identifier: MIT
"""From rows to ready text."""
