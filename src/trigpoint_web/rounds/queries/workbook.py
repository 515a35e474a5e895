# SPDX-License-Identifier: MIT
"""Reading a submission as a questionnaire: what is asked, the answers so far, those of the last round."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from trigpoint.errors import FrameworkMismatch
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.places import AnswerPlace, answers_of_unit, place_of
from trigpoint.submissions.questionnaire_rows import CurrentAnswer, Questionnaire
from trigpoint.submissions.suggestions import suggest_answers
from trigpoint.submissions.units import Unit
from trigpoint_web.rounds.adapters import answer_of
from trigpoint_web.rounds.models import CurrentAnswer as CurrentAnswerRow
from trigpoint_web.rounds.models import Submission
from trigpoint_web.rounds.queries.answers import find_framework, list_units, read_answers


def read_questionnaire(submission: Submission, *, made_at: datetime | None = None) -> Questionnaire:
    """Return the questionnaire of a submission with its answers now. A handful of queries, however many answers.

    The round and organisation must have been fetched with it.
    """
    units = list_units(submission)
    return Questionnaire(
        framework=find_framework(submission),
        round=submission.round.slug,
        units=units,
        organisation=submission.organisation_id,
        organisation_name=submission.organisation.name,
        answers=read_current(submission),
        last_answers=read_last_answers(submission, units),
        made_at=None if made_at is None else made_at.astimezone(UTC),
    )


def read_current(submission: Submission) -> Mapping[AnswerPlace, CurrentAnswer]:
    """Return what stands now, by place, with version and note. One query."""
    rows = CurrentAnswerRow.objects.filter(submission=submission)
    return {
        AnswerPlace(row.asked_in, row.question): CurrentAnswer(row.version, answer_of(row), row.note) for row in rows
    }


def read_last_answers(submission: Submission, units: tuple[Unit, ...]) -> Mapping[AnswerPlace, Answer]:
    """Return the organisation's answers of the round before, where a question can be compared; else nothing."""
    previous = (
        Submission.objects.select_related("round", "organisation")
        .filter(round=submission.round.previous_id, organisation=submission.organisation_id)
        .first()
    )
    if previous is None:
        return {}
    framework, answers = find_framework(submission), read_answers(previous)
    last: dict[AnswerPlace, Answer] = {}
    for unit in units:
        before = answers_of_unit(find_framework(previous), unit, answers)
        try:
            comparable = suggest_answers(framework, find_framework(previous), before)
        except FrameworkMismatch:  # no crosswalk between the two: nothing can be compared
            return {}
        last |= {place_of(framework.questions[one], unit): found.answer for one, found in comparable.items()}
    return last
