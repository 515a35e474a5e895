# SPDX-License-Identifier: MIT
"""Trigpoint: a national assessment of digital maturity from end to end. This package is the core, without the web."""

__version__ = "0.1.0"
