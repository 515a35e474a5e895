# SPDX-License-Identifier: MIT
"""What is asked and how it counts: frameworks as data, parsed, checked and hashed."""

from trigpoint.frameworks.framework import Framework, FrameworkRef
from trigpoint.frameworks.parse import parse_framework

__all__ = ["Framework", "FrameworkRef", "parse_framework"]
