# SPDX-License-Identifier: MIT
"""Can a worked example be carried out? Whether its scores are right is for the scoring engine to say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from trigpoint.errors import Problem
from trigpoint.frameworks.located import Located, Path
from trigpoint.frameworks.missing import MISSING_WHERE_SHOWN
from trigpoint.frameworks.model import Content, Exact, Question, Scale, WorkedExample
from trigpoint.frameworks.suggest import no_such

# `not_shown` can't be given: routing and care settings decide it.
_MISSING_NAMES = tuple(state.value for state in MISSING_WHERE_SHOWN)
# Numbers are held as floats, which end at 1.8e308; and 1e999999999 as a whole number would fill the memory.
LARGEST_EXPONENT = 307
# Digits as 0 to 9 alone: Python would also read 1_000 and the digits of every other script as numbers. An exponent
# stands in files where a number is too large or too small to be written out.
_NUMBER = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,3})?")
# As in YAML fifteen digits are the most, and an exponent would let a short text stand for a number that fills memory.
_FRACTION = re.compile(r"-?[0-9]{1,15}(/[0-9]{1,15})?|-?(?=[0-9.]{2,16}$)[0-9]+\.[0-9]+")


def check_examples(content: Content, example: WorkedExample, text: Located) -> list[Problem]:
    """Return every problem of one worked example: unknown questions, answers, care settings and measures."""
    questions = {question.id: question for question in content.questions}
    scales = {scale.id: scale for scale in content.scales}
    measures = [measure.id for root in content.measures for measure in root.walk()]
    settings = [setting.id for setting in content.care_settings]
    problems = [
        text.problem(("care_settings", at), no_such("care setting", setting, settings))
        for at, setting in enumerate(example.care_settings)
        if setting not in settings
    ]
    for question_id, answer in example.answers.items():
        path = ("answers", question_id)
        if question_id not in questions:
            problems.append(text.problem(path, no_such("question", question_id, questions)))
        elif (scale := scales.get(questions[question_id].scale)) is not None:
            problems += _answer_problems(questions[question_id], scale, answer, path, text)
    return sorted([*problems, *_expectation_problems(example, measures, text)])


def _answer_problems(
    question: Question, scale: Scale, answer: str | Exact, path: Path, text: Located
) -> Iterator[Problem]:
    if answer in _MISSING_NAMES or (isinstance(answer, str) and answer in scale.codes):
        return
    if isinstance(answer, str) or scale.number is None:
        known = (*scale.codes, *_MISSING_NAMES)
        yield text.problem(path, no_such(f"answer to {question.id!r}", str(answer), known))
    elif not accepts(scale, answer):
        yield text.problem(path, f"{answer} is not a number that {question.id!r} can have.")


def accepts(scale: Scale, number: Exact) -> bool:
    """Whether a number is within the scale's range, and whole where it must be. False for scales of options."""
    limits = scale.number
    if limits is None or (limits.whole and number != int(number)):
        return False
    return limits.minimum <= number and (limits.maximum is None or number <= limits.maximum)


def _expectation_problems(example: WorkedExample, measures: list[str], text: Located) -> Iterator[Problem]:
    for measure, expected in example.expect.items():
        path: Path = ("expect", measure)
        if measure not in measures:
            yield text.problem(path, no_such("measure", measure, measures))
        if isinstance(expected.score, str) and exact_score(expected.score) is None:
            yield text.problem((*path, "score"), f'{expected.score!r} is not a fraction. Write it as "263/3".')


def exact_number(text: str) -> Decimal | None:
    """Return the decimal number that a text is, or None. A number beyond what a float holds is none either."""
    if _NUMBER.fullmatch(text.strip()) is None:
        return None
    number = Decimal(text.strip())
    return number if number.adjusted() <= LARGEST_EXPONENT else None


def exact_score(text: str) -> Fraction | None:
    """Return the fraction that a text such as "263/3" or "87.5" stands for, or None."""
    if _FRACTION.fullmatch(text) is None:
        return None
    _, _, bottom = text.partition("/")
    return None if bottom and not int(bottom) else Fraction(text)
