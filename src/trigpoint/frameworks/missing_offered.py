# SPDX-License-Identifier: MIT
"""Which ways of being missing the people who answer may choose by name."""

from __future__ import annotations

from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.missing import Missing
from trigpoint.frameworks.model import MISSING_CHOICES, Question


def missing_offered(framework: Framework, question: Question) -> tuple[Missing, ...]:
    """Return the ways of being missing that may be chosen by name: don't know, not applicable, both or none."""
    refused = {*framework.content.missing_refused, *question.missing_refused}
    return tuple(Missing(choice) for choice in MISSING_CHOICES if choice not in refused)
