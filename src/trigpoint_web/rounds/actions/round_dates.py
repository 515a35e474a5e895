# SPDX-License-Identifier: MIT
"""Moving the dates of a round: with a reason, written down, and never silently."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from trigpoint_web.accounts.models import User
from trigpoint_web.audit.actions import Detail, EventPlace, record_event
from trigpoint_web.rounds.actions.round_mail import mail_closing_moved
from trigpoint_web.rounds.actions.round_steps import lock_round
from trigpoint_web.rounds.actions.rounds import RoundDates
from trigpoint_web.rounds.errors import ChangeRefused
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.states import RoundState

DATE_FIELDS = ("opens_at", "closes_at", "review_ends_at", "reply_ends_at", "publishes_at")
_BEGUN = "The round has opened, so its opening can’t move."
_CLOSED = "The round has closed. To give everybody more time, open it again; to give it to one, extend."
_CLOSE_NOW = "The closing must be later than now. To close the round now, take the step “Close”."
_PUBLISHED = "The round is published, so its dates can’t move any more."


def dates_of(round_: Round) -> RoundDates:
    """Return the dates of a round."""
    return RoundDates(*(getattr(round_, name) for name in DATE_FIELDS))


@transaction.atomic
def change_dates(round_: Round, dates: RoundDates, *, reason: str, by: User, at: datetime) -> Round:
    """Set the dates of a round, tell the leads where the closing of an open round moves, and write down what was.

    Raises ChangeRefused with every problem: no reason, nothing changed, dates out of order or that can't move now.
    """
    locked = lock_round(round_)
    problems = list_date_problems(locked, dates, at=at)
    if not reason.strip():
        problems = (*problems, "Give a reason: it is kept, and the people concerned can read it.")
    if problems:
        raise ChangeRefused(problems)
    closing_moves = locked.closes_at != dates.closes_at
    details: dict[str, Detail] = {"reason": reason.strip()}
    for name in DATE_FIELDS:
        before, after = getattr(locked, name), getattr(dates, name)
        if before != after:
            details[f"{name}_before"], details[name] = _text(before), _text(after)
            setattr(locked, name, after)
    locked.save(update_fields=list(DATE_FIELDS))
    place = EventPlace(locked.slug, "", f"round {locked.pk}")
    record_event("round.dates_changed", by=by.pk, at=at, place=place, details=details)
    if closing_moves and locked.state == RoundState.OPEN:
        mail_closing_moved(locked, reason=reason.strip(), at=at)
    return locked


def list_date_problems(round_: Round, dates: RoundDates, *, at: datetime) -> tuple[str, ...]:
    """Return every reason why the dates of a round can't become these, as sentences."""
    if round_.state == RoundState.PUBLISHED:
        return (_PUBLISHED,)
    problems = list_plan_problems(dates)
    has_opened = round_.state != RoundState.DRAFT
    if has_opened and dates.opens_at != round_.opens_at:
        problems.append(_BEGUN)
    if dates.closes_at != round_.closes_at:
        if has_opened and round_.state != RoundState.OPEN:
            problems.append(_CLOSED)
        elif has_opened and dates.closes_at <= at:
            problems.append(_CLOSE_NOW)
    if dates == dates_of(round_):
        problems.append("No date is another than before.")
    return tuple(problems)


def list_plan_problems(dates: RoundDates) -> list[str]:
    """Return what is wrong with dates by themselves: their order, and a right of reply without a review."""
    problems = list(dates.find_problems())
    if dates.reply_ends_at is not None and dates.review_ends_at is None:
        problems.append("A right of reply needs a review: give the end of the review too.")
    return problems


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
