# SPDX-License-Identifier: MIT
"""Words that the pages for working together share: days, answers, and how answers are shared out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from trigpoint.frameworks import Framework
from trigpoint.frameworks.model import Scale
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import ORGANISATION, AnswerPlace
from trigpoint_web.design_system.parts import Bar
from trigpoint_web.rounds.models import MissingState


def say_day(day: date) -> str:
    """Return a day in words, such as "Friday 12 June".

    >>> say_day(date(2026, 6, 12))
    'Friday 12 June'
    """
    return f"{day:%A} {day.day} {day:%B}"


def say_answer(framework: Framework, question: str, answer: Answer) -> str:
    """Return an answer in the words of its question's scale; a number with its unit."""
    scale = framework.scale_of(question)
    if isinstance(answer, Missing):
        return MissingState(answer.value).label
    if isinstance(answer, str):
        return next(option.label for option in scale.answers if option.code == answer)
    return say_number(scale, answer)


def say_number(scale: Scale, number: float) -> str:
    """Return a number as people write it, with the unit of its scale."""
    assert scale.number is not None, "only a scale of numbers has a number for an answer"
    unit = scale.number.unit or ""
    return f"{number:,.10g}{unit}" if unit == "%" or not unit else f"{number:,.10g} {unit}"


def say_where(framework: Framework, asked_in: str) -> str:
    """Return where a question is asked, in words: the organisation as a whole, or a care setting by its title."""
    if asked_in == ORGANISATION:
        return "Whole organisation"
    titles = {one.id: one.title for one in framework.content.care_settings}
    return titles.get(asked_in, asked_in)


def say_question(framework: Framework, place: AnswerPlace) -> str:
    """Return a question with where it is asked, for a heading or a subject."""
    return f"{framework.questions[place.question].short_title} ({say_where(framework, place.asked_in)})"


def share_out(framework: Framework, question: str, answers: Sequence[Answer]) -> tuple[Bar, ...]:
    """Return a bar for each answer of the scale and each way of being missing that was given, in the scale's order.

    Numbers stand by themselves, least first: colleagues are few. No answers give no bars.
    """
    if not answers:
        return ()
    counted = Counter(answers)
    options: Iterable[Answer] = framework.scale_of(question).codes or sorted(
        {one for one in answers if not isinstance(one, str | Missing)}
    )
    missing = (one for one in Missing if one in counted)
    return tuple(
        bar_of(say_answer(framework, question, one), counted[one], len(answers)) for one in (*options, *missing)
    )


def bar_of(label: str, count: int, total: int) -> Bar:
    """Return the bar of one answer: how many of how many."""
    return Bar(label, f"{count} of {total}", count / total)


def list_in_words(parts: Sequence[str]) -> str:
    """Return texts in a row: with commas, and "and" before the last.

    >>> list_in_words(["Ann"]), list_in_words(["Ann", "Bo", "Cy"])
    ('Ann', 'Ann, Bo and Cy')
    """
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
