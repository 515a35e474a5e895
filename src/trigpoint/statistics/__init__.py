# SPDX-License-Identifier: MIT
"""Numeric kernels: numbers in, numbers out. Nothing here knows a word of maturity."""
