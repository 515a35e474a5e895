# SPDX-License-Identifier: MIT
"""Taking in a round that was collected elsewhere: many answers at once, as first versions, with who gave them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.db.models import Max, QuerySet

from trigpoint.frameworks import Framework
from trigpoint.submissions import AnswerTable
from trigpoint.submissions.answers import Answer as CoreAnswer
from trigpoint.submissions.missing import MISSING_OF, Missing
from trigpoint.submissions.places import AnswerPlace, place_of
from trigpoint.submissions.units import Unit
from trigpoint_web.accounts.models import User
from trigpoint_web.audit.actions import EventPlace, record_event
from trigpoint_web.rounds.actions.answers import count_places
from trigpoint_web.rounds.actions.steps import StepTaken, step_round, step_submission
from trigpoint_web.rounds.adapters import fields_of_answer, read_framework
from trigpoint_web.rounds.errors import ChangeRefused
from trigpoint_web.rounds.models import Answer, AnswerSource, Round, Signature, Submission, SubmissionUnit
from trigpoint_web.rounds.queries.signed import without_names
from trigpoint_web.rounds.queries.tables import read_round_table
from trigpoint_web.rounds.states import RoundStep, SubmissionState, SubmissionStep

# Those that are written down: not shown is decided by routing, and an open question has no row.
_SAID = frozenset({Missing.DONT_KNOW, Missing.NOT_APPLICABLE})


@dataclass(frozen=True, slots=True)
class IntakeCount:
    """What was taken in."""

    submissions: int
    answers: int


@transaction.atomic
def take_in_answers(
    round_: Round, table: AnswerTable, *, by: Mapping[str, User], at: datetime, source: str
) -> IntakeCount:
    """Add the answers of a table to the untouched submissions of a round, which are then in progress.

    by: who answered, by organisation code; an organisation that is not in it has nobody. source: what the event says.
    Raises ChangeRefused when the table is of another framework, or an organisation or unit is not in the round, or has
    answers already.
    """
    if table.framework_hash != round_.framework_id:
        raise ChangeRefused((f"The answers are to {table.framework}, the round asks another framework.",))
    submissions = _require_untouched(round_, table)
    framework = read_framework(round_.framework_id)
    given = _given(framework, table)
    count = _insert(given, submissions, by, at)
    _start(submissions, _Taken(framework, table, given), by, at)
    record_event(
        "answers.taken_in",
        by=None,
        at=at,
        place=EventPlace(round_.slug, "", f"round {round_.pk}"),
        details={"source": source, "submissions": len(submissions), "answers": count, "hash": table.hash},
    )
    return IntakeCount(len(submissions), count)


def _require_untouched(round_: Round, table: AnswerTable) -> Mapping[str, Submission]:
    codes = {unit.organisation for unit in table.units}
    found = Submission.objects.select_for_update(of=("self",)).select_related("round", "organisation")
    by_code = {one.organisation_id: one for one in found.filter(round=round_) if one.organisation_id in codes}
    problems = [f"{code} is not in the round {round_.slug}." for code in sorted(codes - set(by_code))]
    begun = sorted(code for code, one in by_code.items() if one.state != SubmissionState.NOT_STARTED)
    problems += [f"{code} has begun to answer." for code in begun]
    known = set(_unit_keys(round_))
    problems += [f"{' '.join(unit.key)} is no unit of the round." for unit in table.units if unit.key not in known]
    if problems:
        raise ChangeRefused(tuple(problems))
    return by_code


def _unit_keys(round_: Round) -> QuerySet[SubmissionUnit, tuple[str, str]]:
    rows = SubmissionUnit.objects.filter(submission__round=round_)
    return rows.values_list("submission__organisation_id", "care_setting")


@dataclass(frozen=True, slots=True)
class _Taken:
    """What was taken in. given: what each organisation said, by place."""

    framework: Framework
    table: AnswerTable
    given: Mapping[str, Mapping[AnswerPlace, CoreAnswer]]


def _given(framework: Framework, table: AnswerTable) -> Mapping[str, Mapping[AnswerPlace, CoreAnswer]]:
    """What each organisation said, by place. An answer of the organisation is that of the first unit that has it."""
    found: dict[str, dict[AnswerPlace, CoreAnswer]] = {}
    for row, unit in enumerate(table.units):
        answers = found.setdefault(unit.organisation, {})
        for question, answer in _said(table, framework, row):
            answers.setdefault(place_of(framework.questions[question], unit), answer)
    return found


def _insert(
    given: Mapping[str, Mapping[AnswerPlace, CoreAnswer]],
    submissions: Mapping[str, Submission],
    by: Mapping[str, User],
    at: datetime,
) -> int:
    """Add a row for each answer; return how many. In plain SQL: a nation's answers as models take a minute."""
    columns = ", ".join((*_FIXED, "choice", "number", "missing"))
    marks = ", ".join(["%s"] * (len(_FIXED) + 3))
    moment = connection.ops.adapt_datetimefield_value(at)
    rows: list[tuple[Any, ...]] = []
    for code, answers in given.items():
        submission, user = submissions[code].pk, by.get(code)
        for place, answer in answers.items():
            fixed = (submission, place.asked_in, place.question, 1, "", "", AnswerSource.INTAKE.value, moment)
            rows.append((*fixed, None if user is None else user.pk, *fields_of_answer(answer).values()))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO rounds_answer ({columns}) VALUES ({marks})", rows)  # names of ours alone
    return len(rows)


_FIXED = ("submission_id", "asked_in", "question", "version", "note", "reason", "source", "at", "by_id")


def _said(table: AnswerTable, framework: Framework, row: int) -> Iterator[tuple[str, CoreAnswer]]:
    """What one unit said, question by question; what is open or not shown is left out."""
    for column, question in enumerate(table.questions):
        code = int(table.codes[row, column])
        if code in MISSING_OF:
            if MISSING_OF[code] in _SAID:
                yield question, MISSING_OF[code]
        elif question in table.numbers:
            yield question, float(table.numbers[question][row])
        else:
            yield question, framework.scale_of(question).codes[code]


def _start(submissions: Mapping[str, Submission], taken: _Taken, by: Mapping[str, User], at: datetime) -> None:
    units: dict[str, list[Unit]] = {}
    for unit in taken.table.units:
        units.setdefault(unit.organisation, []).append(unit)
    for code, submission in submissions.items():
        step_submission(submission, SubmissionStep.START, StepTaken(by.get(code), at))
        submission.started_at = at
        submission.last_activity_at, submission.last_activity_by = at, by.get(code)
        count_places(submission, taken.framework, units[code], taken.given[code])
    fields = ["state", "started_at", "last_activity_at", "last_activity_by", "asked_count", "dealt_with_count"]
    Submission.objects.bulk_update(submissions.values(), fields, batch_size=500)


@transaction.atomic
def take_in_signatures(round_: Round, *, officers: Mapping[str, User], at: datetime, declaration: str) -> int:
    """Sign the submissions in progress whose officer is given, as they were signed elsewhere; return how many.

    officers: who signed, by organisation code. declaration: what they signed. Each passes through the same steps, with
    the same events, as one signed here.
    """
    begun = Submission.objects.select_for_update(of=("self",)).select_related("round", "organisation")
    in_progress = begun.filter(round=round_, state=SubmissionState.IN_PROGRESS).order_by("organisation")
    submissions = [one for one in in_progress if one.organisation_id in officers]
    table = without_names(read_round_table(round_, submissions))
    last_answers = dict(_last_answers(round_))
    rows_of = _rows_by_organisation(table)
    signatures = []
    for submission in submissions:
        officer = officers[submission.organisation_id]
        _sign(submission, officer, at)
        signatures.append(
            Signature(
                submission=submission,
                declaration=declaration,
                answers_hash=table.only(np.array(rows_of[submission.organisation_id])).hash,
                framework_hash=round_.framework_id,
                last_answer=last_answers.get(submission.pk),
                name=officer.name,
                job_title=officer.job_title,
                by=officer,
                at=at,
            )
        )
    Signature.objects.bulk_create(signatures, batch_size=500)
    Submission.objects.bulk_update(submissions, ["state", "submitted_at", "submitted_by", "signed_at"], batch_size=500)
    return len(signatures)


def _sign(submission: Submission, officer: User, at: datetime) -> None:
    for step in (SubmissionStep.SUBMIT, SubmissionStep.SIGN):
        step_submission(submission, step, StepTaken(officer, at))
    submission.submitted_at, submission.submitted_by, submission.signed_at = at, officer, at


def _last_answers(round_: Round) -> QuerySet[Answer, tuple[int, int]]:
    """The key of the newest answer of each submission."""
    rows = Answer.objects.filter(submission__round=round_).values_list("submission_id")
    return rows.annotate(newest=Max("pk"))


def _rows_by_organisation(table: AnswerTable) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row, unit in enumerate(table.units):
        found.setdefault(unit.organisation, []).append(row)
    return found


@transaction.atomic
def take_in_steps(round_: Round, steps: Sequence[RoundStep], *, by: User, at: datetime) -> Round:
    """Take a round through steps that it took elsewhere, without the mail and the moved dates of a step taken now.

    Raises StepRefused as the table of steps says.
    """
    locked = Round.objects.select_for_update().get(pk=round_.pk)
    for step in steps:
        step_round(locked, step, StepTaken(by, at))
    locked.save(update_fields=["state"])
    return locked
