# SPDX-License-Identifier: MIT
"""The scores of one submission as it stands: the engine of every round, on a table with one row for each unit."""

from __future__ import annotations

from functools import lru_cache

from trigpoint.scoring import ScoreTable, ScoringPlan, compile_plan, score_answers
from trigpoint.submissions.places import answers_of_unit
from trigpoint.submissions.questionnaire import fill_table
from trigpoint_web.rounds.adapters import read_framework
from trigpoint_web.rounds.queries.submission_answers import SubmissionAnswers


@lru_cache(maxsize=16)  # by hash, as the frameworks themselves
def plan_of(framework_hash: str) -> ScoringPlan:
    """Return the plan that scores answers to a frozen framework."""
    return compile_plan(read_framework(framework_hash))


def score_submission(given: SubmissionAnswers) -> ScoreTable:
    """Return the scores of a submission, a row for each of its units in order. No query."""
    framework = given.framework
    rows = [(unit, answers_of_unit(framework, unit, given.answers)) for unit in given.units]
    table = fill_table(framework, rows, round_id=framework.content.round)
    return score_answers(table, plan_of(framework.hash))
