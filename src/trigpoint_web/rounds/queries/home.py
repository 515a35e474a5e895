# SPDX-License-Identifier: MIT
"""What one person can act on now, over all rounds and places they have a role in. The number of queries is constant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Permission, Role, allows, roles_with
from trigpoint_web.organisations.models import Membership, Placement
from trigpoint_web.organisations.queries import holds_on
from trigpoint_web.rounds.access import REVIEWED
from trigpoint_web.rounds.models import Round, Submission
from trigpoint_web.rounds.queries.together import AskedOfPerson, list_asked_of
from trigpoint_web.rounds.states import WHILE_ROUND_IS_ON, RoundState, SubmissionState

# More would not be read: from here on the pages of a round list them.
MOST_ROWS = 300


@dataclass(frozen=True, slots=True)
class HomeRows:
    """What there is for one person. Submissions come with round and organisation."""

    has_role: bool
    to_answer: tuple[Submission, ...]
    to_sign: tuple[Submission, ...]
    to_review: tuple[Submission, ...]
    with_results: tuple[Submission, ...]
    rounds_to_manage: tuple[Round, ...]
    rounds_with_results: tuple[Round, ...]
    reads_frameworks: bool
    asked: AskedOfPerson


def load_home(user: User, *, now: datetime) -> HomeRows:
    """Return what a person can act on. At most ten queries."""
    held = list(Membership.objects.filter(user=user, ended_at=None))
    national = frozenset(Role(one.role) for one in held if one.organisation_id is None and one.group_id is None)
    to_review = tuple(_to_review(user))
    manages, sees_nation = allows(national, Permission.MANAGE_ROUND), allows(national, Permission.VIEW_NATION)
    return HomeRows(
        has_role=bool(held) or bool(to_review),
        to_answer=tuple(_to_answer(user)),
        to_sign=tuple(_to_sign(user)),
        to_review=to_review,
        with_results=tuple(_with_results(user, now)),
        rounds_to_manage=tuple(_rounds_to_manage()) if manages else (),
        rounds_with_results=tuple(_rounds_with_results()) if sees_nation else (),
        reads_frameworks=allows(national, Permission.VIEW_FRAMEWORK),
        asked=list_asked_of(user, today=timezone.localdate(now)),
    )


def _organisations(user: User, permission: Permission) -> QuerySet[Membership, str | None]:
    """The codes of the organisations in which a person may do something, as a subquery."""
    held = Membership.objects.filter(user=user, ended_at=None, role__in=roles_with(permission))
    return held.filter(organisation__isnull=False).values_list("organisation", flat=True)


def _submissions() -> QuerySet[Submission]:
    return Submission.objects.select_related("round", "organisation").order_by("round__closes_at", "organisation", "pk")


def _to_answer(user: User) -> QuerySet[Submission]:
    waiting = [SubmissionState.NOT_STARTED, SubmissionState.IN_PROGRESS]
    found = _submissions().filter(round__state__in=WHILE_ROUND_IS_ON, state__in=waiting)
    return found.filter(organisation__in=_organisations(user, Permission.ANSWER))[:MOST_ROWS]


def _to_sign(user: User) -> QuerySet[Submission]:
    found = _submissions().filter(round__state__in=WHILE_ROUND_IS_ON, state=SubmissionState.SUBMITTED)
    return found.filter(organisation__in=_organisations(user, Permission.SIGN))[:MOST_ROWS]


def _to_review(user: User) -> QuerySet[Submission]:
    under_review = REVIEWED - {RoundState.PUBLISHED}
    held = user.round_memberships.filter(ended_at=None, role__in=roles_with(Permission.VIEW_SUBMISSION))
    found = _submissions().filter(round__in=held.values("round"), state=SubmissionState.SIGNED)
    return found.filter(round__state__in=under_review)[:MOST_ROWS]


def _with_results(user: User, now: datetime) -> QuerySet[Submission]:
    groups = Membership.objects.filter(
        user=user, ended_at=None, group__isnull=False, role__in=roles_with(Permission.VIEW_RESULTS)
    )
    placed = Placement.objects.filter(holds_on(timezone.localdate(now)), group__in=groups.values("group"))
    found = _submissions().filter(round__state=RoundState.PUBLISHED)
    return found.filter(
        Q(organisation__in=placed.values("organisation"))
        | Q(organisation__in=_organisations(user, Permission.VIEW_RESULTS))
    )[:MOST_ROWS]


def _rounds_to_manage() -> QuerySet[Round]:
    return Round.objects.exclude(state=RoundState.PUBLISHED).order_by("closes_at", "pk")


def _rounds_with_results() -> QuerySet[Round]:
    return Round.objects.filter(state=RoundState.PUBLISHED).order_by("-closes_at", "pk")
