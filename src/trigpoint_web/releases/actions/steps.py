# SPDX-License-Identifier: MIT
"""Every step of a release: each is one transaction, refused from where it can't be taken, and written down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from trigpoint_web.accounts.models import User
from trigpoint_web.audit.actions import Detail, EventPlace, record_event
from trigpoint_web.releases.actions.replies import mail_right_of_reply
from trigpoint_web.releases.models import Approval, RoundRelease
from trigpoint_web.releases.preparing import prepare_release
from trigpoint_web.releases.queries import count_published, find_prepared
from trigpoint_web.releases.states import APPROVALS_NEEDED, SOURCES, ReleaseState, ReleaseStep
from trigpoint_web.results.queries.runs import find_shown_run
from trigpoint_web.rounds.actions.round_steps import lock_round
from trigpoint_web.rounds.errors import ChangeRefused, StepRefused
from trigpoint_web.rounds.models import Round

MOST_PROBLEMS_KEPT = 50  # of one check: enough to see what is wrong, on a page that can be read


@dataclass(frozen=True, slots=True)
class DraftPlan:
    """What a new release is to be. why: what a correction mends; blank for the first of a round.

    reply_until: until when organisations may comment on their own page; None where they are not asked.
    """

    title: str
    publishes_at: datetime
    why: str = ""
    reply_until: datetime | None = None


@transaction.atomic
def draft_release(round_: Round, plan: DraftPlan, *, by: User, at: datetime) -> RoundRelease:
    """Draft a release of the results that are shown now, and have it made and checked in the background.

    Raises ChangeRefused with everything that is in the way.
    """
    locked = lock_round(round_)
    run = find_shown_run(locked)
    problems = tuple(_find_problems(locked, plan, at))
    if run is None or problems:
        raise ChangeRefused(problems or ("The results of the round have not been computed. Compute them first.",))
    release = RoundRelease.objects.create(
        round=locked,
        run=run,
        number=f"{locked.slug.replace('_', '-')}.{count_published(locked) + 1}",
        title=plan.title,
        why=plan.why,
        publishes_at=plan.publishes_at,
        reply_until=plan.reply_until,
        drafted_by=by,
        drafted_at=at,
    )
    _record("release.drafted", release, by=by, at=at, details={"publishes": plan.publishes_at.isoformat()})
    transaction.on_commit(partial(_enqueue_check, release.pk))
    return release


def _find_problems(round_: Round, plan: DraftPlan, at: datetime) -> Iterator[str]:
    prepared = find_prepared(round_)
    if prepared is not None:
        yield f"{prepared.number} is being prepared. Publish or withdraw it first."
    if plan.publishes_at <= at:
        yield "The moment of publication must be later than now."
    if plan.reply_until is not None and not at < plan.reply_until < plan.publishes_at:
        yield "The right of reply must end later than now, and before publication."
    if count_published(round_) and not plan.why:
        yield "This corrects a published release. Say what it mends."


def request_check(release: RoundRelease, *, by: User, at: datetime) -> None:
    """Ask for a draft to be made and checked again. Raises StepRefused for what is no draft."""
    with transaction.atomic():
        locked = _lock(release, ReleaseStep.CHECK)
        _record("release.check_asked", locked, by=by, at=at)
        transaction.on_commit(partial(_enqueue_check, locked.pk))


def _enqueue_check(pk: int) -> None:
    # Late, as the task module imports this one.
    from trigpoint_web.releases.tasks import check_draft

    check_draft.enqueue(pk)


def check_release_of(pk: int) -> RoundRelease:
    """Make and check a draft, and return it; one that has moved on is left alone."""
    release = RoundRelease.objects.select_related("round", "run").get(pk=pk)
    if release.state not in SOURCES[ReleaseStep.CHECK]:
        return release
    prepared = prepare_release(release)
    with transaction.atomic():
        locked = RoundRelease.objects.select_for_update().get(pk=pk)
        if locked.state not in SOURCES[ReleaseStep.CHECK]:
            return locked
        locked.checks = [
            {"title": one.title, "problems": list(one.problems[:MOST_PROBLEMS_KEPT])} for one in prepared.checks
        ]
        locked.name, locked.manifest_hash, locked.checked_at = prepared.name, prepared.manifest_hash, timezone.now()
        locked.state = ReleaseState.CHECKED if prepared.passed else ReleaseState.DRAFT
        locked.save()
        details: dict[str, Detail] = {"passed": prepared.passed, "manifest": prepared.manifest_hash}
        _record(ReleaseStep.CHECK.value, locked, by=None, at=locked.checked_at, details=details)
        if locked.state == ReleaseState.CHECKED and locked.reply_until is not None:
            mail_right_of_reply(locked, locked.reply_until, at=locked.checked_at)
    return locked


@transaction.atomic
def approve_release(release: RoundRelease, *, manifest_hash: str, by: User, at: datetime) -> RoundRelease:
    """Approve a checked release; the second person's approval puts it under embargo until its moment.

    manifest_hash: of what the person saw. Raises StepRefused for another, and for a second word of the same person.
    """
    locked = _lock(release, ReleaseStep.APPROVE)
    if locked.reply_until is not None and at < locked.reply_until:
        raise StepRefused("Organisations may still comment on their pages. Approve the release once that is over.")
    if manifest_hash != locked.manifest_hash:
        raise StepRefused("The release was made anew since you opened this page. Look at it again, and then approve.")
    if locked.publishes_at <= at:
        raise StepRefused("The moment of publication has passed. Withdraw the release, and draft it with a later one.")
    if Approval.objects.filter(release=locked, user=by).exists():
        raise StepRefused("You have approved this release. A second person has to, too.")
    Approval.objects.create(release=locked, user=by, at=at, manifest_hash=manifest_hash)
    if Approval.objects.filter(release=locked).count() >= APPROVALS_NEEDED:
        locked.state = ReleaseState.APPROVED
        locked.save(update_fields=["state"])
    _record(ReleaseStep.APPROVE.value, locked, by=by, at=at, details={"manifest": manifest_hash})
    return locked


@transaction.atomic
def withdraw_release(release: RoundRelease, *, reason: str, by: User, at: datetime) -> RoundRelease:
    """Withdraw a release before it is published, with a reason. Raises StepRefused."""
    if not reason.strip():
        raise StepRefused("Say why the release is withdrawn.")
    locked = _lock(release, ReleaseStep.WITHDRAW)
    locked.state = ReleaseState.WITHDRAWN
    locked.save(update_fields=["state"])
    _record(ReleaseStep.WITHDRAW.value, locked, by=by, at=at, details={"reason": reason.strip()[:300]})
    return locked


def _lock(release: RoundRelease, step: ReleaseStep) -> RoundRelease:
    """The release as it is now, locked until the transaction ends, from where the step may be taken."""
    locked = RoundRelease.objects.select_for_update(of=("self",)).select_related("round").get(pk=release.pk)
    if locked.state not in SOURCES[step]:
        state = ReleaseState(locked.state).label.lower()
        raise StepRefused(f"The release is {state}, so this can’t be done with it.")
    return locked


def _record(
    action: str, release: RoundRelease, *, by: User | None, at: datetime, details: dict[str, Detail] | None = None
) -> None:
    place = EventPlace(release.round.slug, "", f"release {release.number}")
    record_event(action, by=None if by is None else by.pk, at=at, place=place, details=details)
