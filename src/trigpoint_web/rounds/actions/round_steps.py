# SPDX-License-Identifier: MIT
"""Opening, closing and the later steps of a round: by the national team, or by the service at the dates that were set.

The table of states says which step is possible from where; here is what a step needs besides, and what it brings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction

from trigpoint_web.audit.actions import Detail
from trigpoint_web.rounds.actions.round_mail import mail_round_opened
from trigpoint_web.rounds.actions.rounds import RoundDates
from trigpoint_web.rounds.actions.steps import StepTaken, step_round
from trigpoint_web.rounds.errors import ChangeRefused, StepRefused
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.states import ROUND_TRANSITIONS, RoundState, RoundStep

# Above this many the suggestions from the round before are made in the background: they would keep a page waiting.
MOST_SUGGESTED_AT_ONCE = 249


@dataclass(frozen=True, slots=True)
class DueSteps:
    """What `take_due_steps` did: short names of the rounds it opened and closed, and of drafts it could not open."""

    opened: tuple[str, ...]
    closed: tuple[str, ...]
    overdue: tuple[str, ...]


@transaction.atomic
def take_round_step(round_: Round, step: RoundStep, taken: StepTaken, *, closes_at: datetime | None = None) -> Round:
    """Take a step of a round, and do what comes with it; return the round as it is then.

    closes_at: the new closing, for opening again. Opening before the date set makes now the opening, and closing before
    the date set makes now the closing, as nothing else would be true. Raises StepRefused and ChangeRefused.
    """
    locked = lock_round(round_)
    why_not = find_why_not(locked, step, taken.at)
    if why_not is not None:
        raise StepRefused(why_not)
    details = _move_dates(locked, step, taken.at, closes_at)
    step_round(locked, step, taken, details=details)
    locked.save(update_fields=["state", "opens_at", "closes_at"])
    if step is RoundStep.OPEN:
        _prepare_answering(locked, taken.at)
    return locked


def lock_round(round_: Round) -> Round:
    """Return the round as it is now, locked until the transaction ends."""
    return Round.objects.select_for_update().get(pk=round_.pk)


def find_why_not(round_: Round, step: RoundStep, at: datetime) -> str | None:
    """Return what a step lacks in the plan of the round, as a sentence; None when nothing.

    Whether the step is one from the state that the round is in is the table's to say: see `list_offered`.
    """
    if step is RoundStep.OPEN and round_.closes_at <= at:
        return "The closing date is in the past. Change the dates first."
    if step is RoundStep.CLOSE and round_.opens_at >= at:
        return "The round has not begun by its own dates. Change the dates first."
    if step is RoundStep.START_REVIEW and round_.review_ends_at is None:
        return "No review is planned. Set a date for its end first."
    if step is RoundStep.START_REPLY and round_.reply_ends_at is None:
        return "No right of reply is planned. Set a date for its end first."
    return _why_not_published(round_) if step is RoundStep.PUBLISH else None


def _why_not_published(round_: Round) -> str | None:
    """A stage that was planned is not left out by the way: whoever wants that takes its date off, with a reason."""
    if round_.state == RoundState.CLOSED and round_.review_ends_at is not None:
        return "A review is planned and has not begun. Start it, or take its date off first."
    if round_.state in (RoundState.CLOSED, RoundState.IN_REVIEW) and round_.reply_ends_at is not None:
        return "A right of reply is planned and has not begun. Start it, or take its date off first."
    return None


def list_offered(round_: Round) -> tuple[RoundStep, ...]:
    """Return the steps that the table has from where the round is, in the order of the table."""
    return tuple(step for step, transition in ROUND_TRANSITIONS.items() if round_.state in transition.sources)


def _move_dates(round_: Round, step: RoundStep, at: datetime, closes_at: datetime | None) -> dict[str, Detail]:
    """Make the dates of the round say what happens; return what the event tells of it."""
    if step is RoundStep.OPEN and at < round_.opens_at:
        before, round_.opens_at = round_.opens_at, at
        return {"planned": before.isoformat()}
    if step is RoundStep.CLOSE and at < round_.closes_at:
        before, round_.closes_at = round_.closes_at, at
        return {"planned": before.isoformat()}
    if step is RoundStep.OPEN_AGAIN:
        return _set_new_closing(round_, at, closes_at)
    return {}


def _set_new_closing(round_: Round, at: datetime, closes_at: datetime | None) -> dict[str, Detail]:
    if closes_at is None or closes_at <= at:
        raise ChangeRefused(("The new closing must be later than now.",))
    dates = RoundDates(round_.opens_at, closes_at, round_.review_ends_at, round_.reply_ends_at, round_.publishes_at)
    problems = dates.find_problems()
    if problems:
        raise ChangeRefused((*problems, "Change the later dates of the round first, or take an earlier closing."))
    before, round_.closes_at = round_.closes_at, closes_at
    return {"closed": before.isoformat(), "closes": closes_at.isoformat()}


def _prepare_answering(round_: Round, at: datetime) -> None:
    """Write to the leads, and put last round's answers beside the questions as suggestions."""
    from trigpoint_web.rounds.tasks import suggest_for_round, suggest_now  # late, as it imports actions

    mail_round_opened(round_, at=at)
    if round_.previous_id is None:
        return
    if round_.submissions.count() <= MOST_SUGGESTED_AT_ONCE:
        suggest_now(round_, at=at)
    else:
        transaction.on_commit(partial(suggest_for_round.enqueue, round_.pk))


def take_due_steps(*, at: datetime) -> DueSteps:
    """Open the drafts whose opening has come, and close the open rounds whose closing has; each by itself.

    Done a second time it finds nothing left to do. A draft whose closing has passed as well is left for people.
    """
    drafts = Round.objects.filter(state=RoundState.DRAFT, opens_at__lte=at).order_by("opens_at", "pk")
    to_open = [one for one in drafts if one.closes_at > at]
    overdue = tuple(one.slug for one in drafts if one.closes_at <= at)
    to_close = Round.objects.filter(state=RoundState.OPEN, closes_at__lt=at).order_by("closes_at", "pk")
    return DueSteps(
        opened=tuple(one.slug for one in to_open if _take_if_due(one, RoundStep.OPEN, at)),
        closed=tuple(one.slug for one in to_close if _take_if_due(one, RoundStep.CLOSE, at)),
        overdue=overdue,
    )


def _take_if_due(round_: Round, step: RoundStep, at: datetime) -> bool:
    """Whether the step was taken: not when somebody has been quicker, or has moved the date meanwhile."""
    with transaction.atomic():
        now = lock_round(round_)
        due = now.opens_at if step is RoundStep.OPEN else now.closes_at
        if now.state not in ROUND_TRANSITIONS[step].sources or due > at:
            return False
        take_round_step(now, step, StepTaken(None, at))
    return True
