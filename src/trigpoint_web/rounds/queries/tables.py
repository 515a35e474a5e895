# SPDX-License-Identifier: MIT
"""Answers of submissions as the table that the core scores: one row a unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from trigpoint.frameworks import Framework
from trigpoint.submissions import AnswerTable
from trigpoint.submissions.answers import Answer as CoreAnswer
from trigpoint.submissions.places import AnswerPlace, PlacedAnswers, answers_of_unit
from trigpoint.submissions.questionnaire import fill_table
from trigpoint.submissions.units import Unit
from trigpoint_web.rounds.adapters import answer_of_columns, read_framework, unit_of
from trigpoint_web.rounds.models import CurrentAnswer, Round, Submission, SubmissionUnit
from trigpoint_web.rounds.queries.answers import find_framework, list_units, read_answers


def build_table(
    framework: Framework, round_slug: str, rows: Iterable[tuple[Sequence[Unit], PlacedAnswers]]
) -> AnswerTable:
    """Return the answer table of submissions, each its units and its answers by place. No query."""
    returns = [(unit, answers_of_unit(framework, unit, answers)) for units, answers in rows for unit in units]
    return fill_table(framework, returns, round_id=round_slug)


def read_submission_table(submission: Submission, *, answers: PlacedAnswers | None = None) -> AnswerTable:
    """Return the answer table of one submission, one row a unit. answers: others than those that stand now."""
    framework = find_framework(submission)
    placed = read_answers(submission) if answers is None else answers
    return build_table(framework, submission.round.slug, [(list_units(submission), placed)])


def read_round_table(round_: Round, submissions: Sequence[Submission]) -> AnswerTable:
    """Return the answers that stand now of some submissions of a round, as one table. Two queries.

    submissions: with their organisations fetched; in the order of the table.
    """
    framework = read_framework(round_.framework_id)
    units, answers = _units_of(submissions), _answers_of(round_)
    return build_table(framework, round_.slug, ((units[one.pk], answers.get(one.pk, {})) for one in submissions))


def _units_of(submissions: Sequence[Submission]) -> Mapping[int, list[Unit]]:
    by_key = {one.pk: one for one in submissions}
    found: dict[int, list[Unit]] = {key: [] for key in by_key}
    rounds = {one.round_id for one in submissions}
    rows = SubmissionUnit.objects.filter(submission__round__in=rounds).order_by("position", "pk")
    for row in rows:
        if row.submission_id in found:
            found[row.submission_id].append(unit_of(row, by_key[row.submission_id]))
    return found


def _answers_of(round_: Round) -> Mapping[int, dict[AnswerPlace, CoreAnswer]]:
    found: defaultdict[int, dict[AnswerPlace, CoreAnswer]] = defaultdict(dict)
    rows = CurrentAnswer.objects.filter(submission__round=round_)
    columns = rows.values_list("submission_id", "asked_in", "question", "choice", "number", "missing")
    for submission, where, question, choice, number, missing in columns.iterator(5000):
        found[submission][AnswerPlace(where, question)] = answer_of_columns(choice, number, missing)
    return found
