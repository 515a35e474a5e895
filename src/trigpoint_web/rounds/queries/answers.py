# SPDX-License-Identifier: MIT
"""Reading answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from trigpoint.frameworks import Framework
from trigpoint.submissions.answers import Answer as CoreAnswer
from trigpoint.submissions.places import AnswerPlace
from trigpoint.submissions.units import Unit
from trigpoint_web.prepared import PreparedQuery
from trigpoint_web.rounds.adapters import answer_of_columns, answers_by_place, read_framework, unit_of
from trigpoint_web.rounds.models import Answer, CurrentAnswer, Submission, SubmissionUnit


def find_framework(submission: Submission) -> Framework:
    """Return the framework the submission answers. No query once it has been read."""
    return read_framework(submission.round.framework_id)


_UNITS = PreparedQuery[SubmissionUnit](
    lambda submission: SubmissionUnit.objects.filter(submission=submission).order_by("position", "pk"), int
)


def list_units(submission: Submission) -> tuple[Unit, ...]:
    """Return the units of a submission, in order. One query."""
    return tuple(unit_of(row, submission) for row in _UNITS.instances(submission.pk))


# Columns, not models: this is read at each page, and models of 175 answers take ten times as long.
_ANSWERS = PreparedQuery[CurrentAnswer](
    lambda submission: CurrentAnswer.objects.filter(submission=submission).values_list(
        "asked_in", "question", "choice", "number", "missing"
    ),
    int,
)


def read_answers(submission: Submission) -> Mapping[AnswerPlace, CoreAnswer]:
    """Return the answers that stand now, by place. One query."""
    return {
        AnswerPlace(where, question): answer_of_columns(choice, number, missing)
        for where, question, choice, number, missing in _ANSWERS.rows(submission.pk)
    }


def list_current_answers(submission: Submission) -> Mapping[AnswerPlace, CurrentAnswer]:
    """Return the rows that stand now, by place, each with who gave it. One query."""
    rows = CurrentAnswer.objects.filter(submission=submission).select_related("by")
    return {AnswerPlace(row.asked_in, row.question): row for row in rows}


_CURRENT_ANSWER = PreparedQuery[CurrentAnswer](
    lambda submission, asked_in, question: CurrentAnswer.objects.filter(
        submission=submission, asked_in=asked_in, question=question
    ).select_related("by"),
    int, str, str,
)  # fmt: skip


def find_current_answer(submission: Submission, place: AnswerPlace) -> CurrentAnswer | None:
    """Return what stands at a place, with who gave it; None when nobody has answered. One query."""
    return _CURRENT_ANSWER.first(submission.pk, place.asked_in, place.question)


def list_answers_as_signed(submission: Submission, *, last_answer: int | None) -> Mapping[AnswerPlace, CoreAnswer]:
    """Return the answers as they stood when the newest was `last_answer`: what a signature covers. One query."""
    given = Answer.objects.filter(submission=submission, pk__lte=last_answer or 0).order_by("version")
    return answers_by_place(_newest(given))


def _newest(rows: Iterable[Answer]) -> Iterable[Answer]:
    """The last row of each place, of rows in the order of their versions."""
    return {(row.asked_in, row.question): row for row in rows}.values()


def list_answer_history(submission: Submission, place: AnswerPlace) -> QuerySet[Answer]:
    """Every answer that was ever given at a place, newest first, each with who gave it. One query."""
    given = Answer.objects.filter(submission=submission, asked_in=place.asked_in, question=place.question)
    return given.select_related("by").order_by("-version")


def find_answer_version(submission: Submission, place: AnswerPlace, version: int) -> Answer | None:
    """Return the answer of a version at a place; None when there is no such version. One query."""
    given = Answer.objects.filter(submission=submission, asked_in=place.asked_in, question=place.question)
    return given.filter(version=version).first()
