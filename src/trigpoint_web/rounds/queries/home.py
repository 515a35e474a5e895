# SPDX-License-Identifier: MIT
"""What one person can act on now and look up, over all rounds and places they have a role in.

The number of queries is constant.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Permission, Role, allows, roles_with
from trigpoint_web.organisations.models import Membership, Organisation
from trigpoint_web.rounds.access import REVIEWED
from trigpoint_web.rounds.models import Round, Submission
from trigpoint_web.rounds.queries.together import AskedOfPerson, list_asked_of
from trigpoint_web.rounds.states import WHILE_ROUND_IS_ON, RoundState, SubmissionState

# Nobody has a role in so many organisations; what a role in a round or a system reaches is counted, and listed by the
# pages of the round.
MOST_ROWS = 300


@dataclass(frozen=True, slots=True)
class HomeRows:
    """What there is for one person. Submissions come with round and organisation.

    own: the submissions of the person's organisations in the rounds that are on. to_review: rounds, each with how many
    of its submissions are signed (signed). rounds_of_system: published rounds whose results the person sees by a role
    in a system.
    """

    has_role: bool
    to_answer: tuple[Submission, ...]
    to_sign: tuple[Submission, ...]
    own: tuple[Submission, ...]
    organisations: tuple[Organisation, ...]
    to_review: tuple[Round, ...]
    with_results: tuple[Submission, ...]
    rounds_of_system: tuple[Round, ...]
    rounds_to_manage: tuple[Round, ...]
    rounds_with_results: tuple[Round, ...]
    reads_frameworks: bool
    asked: AskedOfPerson


def load_home(user: User, *, now: datetime) -> HomeRows:
    """Return what a person can act on. At most thirteen queries."""
    held = list(Membership.objects.filter(user=user, ended_at=None))
    national = frozenset(Role(one.role) for one in held if one.organisation_id is None and one.group_id is None)
    to_review = tuple(_to_review(user))
    manages, sees_nation = allows(national, Permission.MANAGE_ROUND), allows(national, Permission.VIEW_NATION)
    return HomeRows(
        has_role=bool(held) or bool(to_review),
        to_answer=tuple(_to_answer(user)),
        to_sign=tuple(_to_sign(user)),
        own=tuple(_own(user)),
        organisations=tuple(_organisations_with_people(user)),
        to_review=to_review,
        with_results=tuple(_with_results(user)),
        rounds_of_system=tuple(_rounds_with_results()) if any(one.group_id for one in held) else (),
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


def _own(user: User) -> QuerySet[Submission]:
    found = _submissions().filter(round__state__in=WHILE_ROUND_IS_ON)
    return found.filter(organisation__in=_organisations(user, Permission.VIEW_SUBMISSION))[:MOST_ROWS]


def _organisations_with_people(user: User) -> QuerySet[Organisation]:
    held = _organisations(user, Permission.VIEW_PEOPLE)
    return Organisation.objects.filter(code__in=held).order_by("name", "code")[:MOST_ROWS]


def _to_review(user: User) -> QuerySet[Round]:
    under_review = REVIEWED - {RoundState.PUBLISHED}
    held = user.round_memberships.filter(ended_at=None, role__in=roles_with(Permission.VIEW_SUBMISSION))
    found = Round.objects.filter(pk__in=held.values("round"), state__in=under_review)
    signed = Count("submissions", filter=Q(submissions__state=SubmissionState.SIGNED))
    return found.annotate(signed=signed).order_by("closes_at", "pk")


def _with_results(user: User) -> QuerySet[Submission]:
    found = _submissions().filter(round__state=RoundState.PUBLISHED)
    return found.filter(organisation__in=_organisations(user, Permission.VIEW_RESULTS))[:MOST_ROWS]


def _rounds_to_manage() -> QuerySet[Round]:
    return Round.objects.exclude(state=RoundState.PUBLISHED).order_by("closes_at", "pk")


def _rounds_with_results() -> QuerySet[Round]:
    return Round.objects.filter(state=RoundState.PUBLISHED).order_by("-closes_at", "pk")
