# SPDX-License-Identifier: MIT
"""Who comes to a submission or a round, and with which rights: asked once at the top of each page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils import timezone

from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Permission, Role, allows
from trigpoint_web.organisations.permissions import list_national_roles, list_roles
from trigpoint_web.prepared import PreparedQuery
from trigpoint_web.rounds.models import Round, RoundMembership, Submission
from trigpoint_web.rounds.states import RoundState, SubmissionState

# A reviewer sees what was signed, once the review has begun.
REVIEWED = frozenset({RoundState.IN_REVIEW, RoundState.REPLY, RoundState.PUBLISHED})


@dataclass(frozen=True, slots=True)
class SubmissionAccess:
    """A person at a submission, with the roles that count there."""

    user: User
    submission: Submission
    roles: frozenset[Role]

    def may(self, permission: Permission) -> bool:
        """Return whether the person may do this here."""
        return allows(self.roles, permission)


@dataclass(frozen=True, slots=True)
class RoundAccess:
    """A person at a round, with the roles in the nation and in the round."""

    user: User
    round: Round
    roles: frozenset[Role]

    def may(self, permission: Permission) -> bool:
        """Return whether the person may do this here."""
        return allows(self.roles, permission)


def signed_in(request: HttpRequest) -> User:
    """Return the person signed in. For pages behind `login_required`."""
    assert isinstance(request.user, User), "the page is behind login_required"
    return request.user


_SUBMISSION = PreparedQuery[Submission](
    lambda round_slug, code: Submission.objects.select_related("round", "organisation").filter(
        round__slug=round_slug, organisation=code
    ),
    str, str,
)  # fmt: skip


def require_submission(request: HttpRequest, *, round_slug: str, code: str, permission: Permission) -> SubmissionAccess:
    """Return who comes to the submission of an organisation in a round. Two or three queries.

    Raises Http404 when there is none, the round is a draft, or the person has no role there; PermissionDenied when the
    roles don't allow it.
    """
    user = signed_in(request)
    submission = _SUBMISSION.first(round_slug, code)
    if submission is None or submission.round.state == RoundState.DRAFT:
        raise Http404
    roles = roles_at(user, submission, on=timezone.localdate())
    if not roles:
        raise Http404
    if not allows(roles, permission):
        raise PermissionDenied
    return SubmissionAccess(user, submission, roles)


def roles_at(user: User, submission: Submission, *, on: date) -> frozenset[Role]:
    """Return the roles of a person at a submission: in the organisation, its system, the nation and the round."""
    roles = list_roles(user, organisation=submission.organisation_id, on=on)
    is_reviewed = submission.round.state in REVIEWED and submission.state == SubmissionState.SIGNED
    return roles | list_round_roles(user, submission.round) if is_reviewed else roles


def list_round_roles(user: User, round_: Round) -> frozenset[Role]:
    """Return the roles of a person in a round. One query."""
    held = RoundMembership.objects.filter(user=user, round=round_, ended_at=None)
    return frozenset(Role(role) for role in held.values_list("role", flat=True))


_HELD_IN_A_ROUND = PreparedQuery[RoundMembership](
    lambda user: RoundMembership.objects.filter(user=user, ended_at=None).values_list("pk"), int
)  # fmt: skip


def has_role_in_round(user: User) -> bool:
    """Return whether a person has a role in any round, such as reviewer. One query."""
    return bool(_HELD_IN_A_ROUND.rows(user.pk))


def require_round(request: HttpRequest, *, round_slug: str, permission: Permission) -> RoundAccess:
    """Return who comes to a round. Raises Http404 for one that is not there or in which the person has no role at all,
    PermissionDenied when the roles don't allow it.
    """
    user = signed_in(request)
    round_ = Round.objects.filter(slug=round_slug).first()
    if round_ is None:
        raise Http404
    roles = list_national_roles(user) | list_round_roles(user, round_)
    if not allows(roles, permission):
        if not roles and not _takes_part(user, round_):
            raise Http404
        raise PermissionDenied
    return RoundAccess(user, round_, roles)


def _takes_part(user: User, round_: Round) -> bool:
    """Whether the person has a role in an organisation of the round: then they know that the round is there."""
    held = Q(organisation__memberships__user=user, organisation__memberships__ended_at=None)
    return round_.state != RoundState.DRAFT and Submission.objects.filter(held, round=round_).exists()
