# SPDX-License-Identifier: MIT
"""More time for some organisations: until when, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from trigpoint_web.accounts.models import User
from trigpoint_web.audit.actions import record_event
from trigpoint_web.rounds.actions.round_mail import mail_extended
from trigpoint_web.rounds.actions.round_steps import lock_round
from trigpoint_web.rounds.actions.steps import place_of_submission
from trigpoint_web.rounds.errors import ChangeRefused
from trigpoint_web.rounds.models import Extension, Round, Submission
from trigpoint_web.rounds.presenters.moments import say_moment
from trigpoint_web.rounds.states import WHILE_ROUND_IS_ON, RoundState


@dataclass(frozen=True, slots=True)
class ExtensionPlan:
    """Until when, why, and for which organisations, by code."""

    until: datetime
    reason: str
    codes: tuple[str, ...]


@transaction.atomic
def extend(round_: Round, plan: ExtensionPlan, *, by: User, at: datetime) -> list[Submission]:
    """Give organisations more time, and write to their leads; return their submissions.

    All of them or, when something is wrong, none. The same a second time changes nothing. Raises ChangeRefused with
    every problem.
    """
    locked = lock_round(round_)
    submissions = list(
        Submission.objects.select_for_update(of=("self",))
        .select_related("round", "organisation")
        .filter(round=locked, organisation__in=plan.codes)
        .order_by("organisation_id")
    )
    problems = list_extension_problems(locked, plan, at=at) + _strangers(plan.codes, submissions)
    if problems:
        raise ChangeRefused(tuple(problems))
    changed = [one for one in submissions if one.extended_until != plan.until]
    for submission in changed:
        _extend_one(submission, plan, by, at)
    mail_extended(changed, locked, reason=plan.reason.strip(), at=at)
    return submissions


def list_extension_problems(round_: Round, plan: ExtensionPlan, *, at: datetime) -> list[str]:
    """Return every reason why the organisations can't have this time, as sentences."""
    problems = []
    if round_.state not in WHILE_ROUND_IS_ON:
        problems.append(f"The round is {RoundState(round_.state).label.lower()}, so nobody can be given more time.")
    if not plan.codes:
        problems.append("Choose at least one organisation on the board.")
    if not plan.reason.strip():
        problems.append("Give a reason: it is kept, and the people concerned can read it.")
    if plan.until <= at:
        problems.append("The new day must be later than now.")
    elif plan.until <= round_.closes_at:
        problems.append(
            f"The round is open until {say_moment(round_.closes_at, now=at)} for everybody. Give a later day."
        )
    last = round_.review_ends_at or round_.publishes_at
    if last is not None and plan.until > last:
        what = "The review ends" if round_.review_ends_at else "The results are published"
        problems.append(f"{what} on {say_moment(last, now=at)}. Give an earlier day, or move that date first.")
    return problems


def _strangers(codes: Sequence[str], submissions: Sequence[Submission]) -> list[str]:
    found = {one.organisation_id for one in submissions}
    strangers = sorted(set(codes) - found)
    return [f"Not in this round: {', '.join(strangers)}."] if strangers else []


def _extend_one(submission: Submission, plan: ExtensionPlan, by: User, at: datetime) -> None:
    reason = plan.reason.strip()
    Extension.objects.create(submission=submission, until=plan.until, reason=reason, at=at, by=by)
    submission.extended_until = plan.until
    submission.save(update_fields=["extended_until"])
    record_event(
        "submission.extended",
        by=by.pk,
        at=at,
        place=place_of_submission(submission),
        details={"until": plan.until.isoformat(), "reason": reason},
    )
