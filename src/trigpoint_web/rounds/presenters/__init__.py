# SPDX-License-Identifier: MIT
"""Values turned into the ready text of a page."""
