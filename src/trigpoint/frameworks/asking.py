# SPDX-License-Identifier: MIT
"""How a framework is put to the people who answer: page by page, in sections."""

from __future__ import annotations

from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.model import Question


def pages_of(framework: Framework) -> tuple[tuple[str, ...], ...]:
    """Return the ids of the questions page by page, in the order asked; every question stands on one page.

    A question without `asked_with` begins a page; those asked with it follow on that page.
    """
    pages: dict[str, list[str]] = {}
    for question in framework.content.questions:
        pages.setdefault(question.asked_with or question.id, []).append(question.id)
    return tuple(tuple(page) for page in pages.values())


def section_of(framework: Framework, question: Question) -> str | None:
    """Return the measure in whose section a question is asked; None for one that stands in no section.

    A question that isn't scored is asked in the section of the question that it is asked with.
    """
    if question.measure is None and question.asked_with is not None:
        return framework.questions[question.asked_with].measure
    return question.measure
