# SPDX-License-Identifier: MIT
"""Answers as people read them, and what it does to a score when one is missing."""

from __future__ import annotations

from trigpoint.frameworks import Framework
from trigpoint.frameworks.model import NumberRange, Question
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.tidy import number_text
from trigpoint_web.rounds.models import MissingState

_EFFECT = {
    "leave_out": "Left out of your score",
    "zero": "Counts as zero in your score",
    "no_score": "Takes away the score of this section",
}


def say_answer(framework: Framework, question: str, answer: Answer) -> str:
    """Return an answer in words: its label, its number with the unit, or how it is missing.

    A code that the scale does not have, as in an answer of another version, is said as it is.
    """
    if isinstance(answer, Missing):
        return "Not shown" if answer is Missing.NOT_SHOWN else str(MissingState(answer.value).label)
    scale = framework.scale_of(question)
    if isinstance(answer, str):
        return next((option.label for option in scale.answers if option.code == answer), answer)
    unit = None if scale.number is None else scale.number.unit
    return f"{number_text(answer)}{join_unit(unit)}"


def join_unit(unit: str | None) -> str:
    """Return a unit as it follows its number: "%" at once, a word after a blank; empty for none."""
    if unit is None:
        return ""
    return unit if len(unit) == 1 else f" {unit}"


def say_range(limits: NumberRange) -> str:
    """Return which numbers are asked for, as in "a whole number from 0 to 100"."""
    kind = "a whole number" if limits.whole else "a number"
    least = number_text(float(limits.minimum))
    if limits.maximum is None:
        return f"{kind}, {least} or more"
    return f"{kind} from {least} to {number_text(float(limits.maximum))}"


def say_effect(framework: Framework, question: Question, missing: Missing) -> str:
    """Return what a way of being missing does to the score, as a sentence."""
    if question.measure is None:
        return "This question does not count in your score."
    rules = framework.scoring.missing
    effect = _EFFECT[rules.dont_know if missing is Missing.DONT_KNOW else rules.not_applicable]
    return f"{effect}. Say why in the note." if missing is Missing.NOT_APPLICABLE else f"{effect}."
