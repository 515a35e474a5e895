# SPDX-License-Identifier: MIT
"""Rows of the database ⇄ values of the core."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Protocol, TypedDict

from trigpoint.frameworks import Framework
from trigpoint.frameworks.parse import parse_framework
from trigpoint.submissions.answers import Answer as CoreAnswer
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import AnswerPlace
from trigpoint.submissions.units import Unit
from trigpoint_web.rounds.models import FrozenFramework, Submission, SubmissionUnit


class AnswerRow(Protocol):
    """Any row with an answer in three columns, of which one is filled."""

    choice: str | None
    number: float | None
    missing: str | None


class AnswerFields(TypedDict):
    """The three columns of an answer."""

    choice: str | None
    number: float | None
    missing: str | None


@lru_cache(maxsize=16)  # by hash, so what is kept can't be stale; a national team has a handful of versions in use
def read_framework(framework_hash: str) -> Framework:
    """Return a frozen framework. Raises FrozenFramework.DoesNotExist for a hash that no round froze."""
    frozen = FrozenFramework.objects.get(pk=framework_hash)
    framework = parse_framework(frozen.files, folder=f"{frozen}/")
    assert framework.hash == framework_hash, f"{frozen} does not have the hash under which it was frozen"
    return framework


def answer_of(row: AnswerRow) -> CoreAnswer:
    """Return the answer that a row holds.

    Raises ValueError for a row that holds none, which no constraint of ours lets through.
    """
    return answer_of_columns(row.choice, row.number, row.missing)


def answer_of_columns(choice: str | None, number: float | None, missing: str | None) -> CoreAnswer:
    """Return the answer that three columns hold. Raises ValueError when they hold none."""
    if choice is not None:
        return choice
    if number is not None:
        return number
    if missing is not None:
        return Missing(missing)
    raise ValueError("the row holds no answer")


def fields_of_answer(answer: CoreAnswer) -> AnswerFields:
    """Return the columns that hold an answer."""
    if isinstance(answer, Missing):
        return AnswerFields(choice=None, number=None, missing=answer.value)
    if isinstance(answer, str):
        return AnswerFields(choice=answer, number=None, missing=None)
    return AnswerFields(choice=None, number=float(answer), missing=None)


class PlacedRow(AnswerRow, Protocol):
    """A row with an answer that says at which place it stands."""

    asked_in: str
    question: str


def answers_by_place(rows: Iterable[PlacedRow]) -> Mapping[AnswerPlace, CoreAnswer]:
    """Return the answers of rows by their places; one row a place."""
    return {AnswerPlace(row.asked_in, row.question): answer_of(row) for row in rows}


def unit_of(row: SubmissionUnit, submission: Submission) -> Unit:
    """Return the unit of assessment. The submission's organisation must have been fetched with it."""
    return Unit(
        organisation=submission.organisation_id,
        care_setting=row.care_setting,
        name=submission.organisation.name,
        care_settings=tuple(row.care_settings),
    )
