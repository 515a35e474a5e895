# SPDX-License-Identifier: MIT
"""Commands, run by a timer or by hand."""
