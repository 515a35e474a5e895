# SPDX-License-Identifier: MIT
"""Roles and what each may do: the one table of rights. Pages ask by the name of the permission, never of the role."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from django.db import models


class Role(models.TextChoices):
    """What a person is to an organisation, a system, a round or the nation."""

    CONTRIBUTOR = "contributor", "Contributor"
    LEAD = "lead", "Lead"
    OFFICER = "officer", "Accountable officer"
    OBSERVER = "observer", "Observer"
    REVIEWER = "reviewer", "Reviewer"
    SYSTEM_VIEWER = "system_viewer", "System (ICB) viewer"
    ANALYST = "analyst", "Analyst"
    AUTHOR = "author", "Framework author"
    ADMINISTRATOR = "administrator", "National administrator"


class Scope(Enum):
    """What a role is held in."""

    ORGANISATION = "organisation"
    SYSTEM = "system"
    ROUND = "round"
    NATION = "nation"


class Permission(Enum):
    """Something that may be done. Those on a submission or an organisation are asked with it."""

    VIEW_SUBMISSION = "see answers, notes and history"
    ANSWER = "answer questions and confirm suggestions"
    COMMENT = "comment and reply"
    GIVE_VIEW = "give a view when asked in a poll"
    DELEGATE = "ask a colleague to answer, with a date"
    ASK_COLLEAGUES = "ask colleagues and staff for their view"
    ATTACH_EVIDENCE = "add and remove evidence"
    VIEW_EVIDENCE = "open evidence"
    SUBMIT = "send the submission for signature"
    SIGN = "sign the declaration, or send it back"
    REOPEN = "open a signed submission again, with a reason"
    VIEW_PEOPLE = "see who has a role in the organisation"
    MANAGE_PEOPLE = "invite people and end their roles"
    VIEW_RESULTS = "see the scores of the organisation"
    VIEW_ROUND = "see how far every organisation is"
    MANAGE_ROUND = "make rounds, move dates, extend and remind"
    COMPUTE_RESULTS = "compute the results of a round"
    MANAGE_RELEASES = "draft, approve and withdraw releases"
    VIEW_NATION = "see the results of the nation"
    VIEW_FRAMEWORK = "read frameworks and preview them"
    MANAGE_REGISTER = "take in a register of organisations"


SCOPE_OF: Mapping[Role, Scope] = MappingProxyType(
    {
        Role.CONTRIBUTOR: Scope.ORGANISATION,
        Role.LEAD: Scope.ORGANISATION,
        Role.OFFICER: Scope.ORGANISATION,
        Role.OBSERVER: Scope.ORGANISATION,
        Role.SYSTEM_VIEWER: Scope.SYSTEM,
        Role.REVIEWER: Scope.ROUND,
        Role.ANALYST: Scope.NATION,
        Role.AUTHOR: Scope.NATION,
        Role.ADMINISTRATOR: Scope.NATION,
    }
)

_P = Permission
_OBSERVER = frozenset({_P.VIEW_SUBMISSION, _P.VIEW_EVIDENCE, _P.VIEW_PEOPLE, _P.VIEW_RESULTS})
_CONTRIBUTOR = _OBSERVER | {_P.ANSWER, _P.COMMENT, _P.GIVE_VIEW, _P.ATTACH_EVIDENCE}

PERMISSIONS_OF: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.OBSERVER: _OBSERVER,
        Role.CONTRIBUTOR: _CONTRIBUTOR,
        Role.LEAD: _CONTRIBUTOR | {_P.DELEGATE, _P.ASK_COLLEAGUES, _P.SUBMIT, _P.MANAGE_PEOPLE},
        # Who signs does not answer: the signature is a second pair of eyes.
        Role.OFFICER: _OBSERVER | {_P.COMMENT, _P.GIVE_VIEW, _P.SIGN, _P.MANAGE_PEOPLE},
        Role.SYSTEM_VIEWER: frozenset({_P.VIEW_RESULTS}),
        Role.REVIEWER: frozenset({_P.VIEW_SUBMISSION, _P.VIEW_EVIDENCE, _P.VIEW_FRAMEWORK}),
        Role.ANALYST: frozenset({_P.VIEW_RESULTS, _P.VIEW_ROUND, _P.VIEW_NATION, _P.VIEW_FRAMEWORK}),
        Role.AUTHOR: frozenset({_P.VIEW_FRAMEWORK}),
        Role.ADMINISTRATOR: _OBSERVER
        | {
            _P.REOPEN,
            _P.MANAGE_PEOPLE,
            _P.VIEW_ROUND,
            _P.MANAGE_ROUND,
            _P.COMPUTE_RESULTS,
            _P.MANAGE_RELEASES,
            _P.VIEW_NATION,
            _P.VIEW_FRAMEWORK,
            _P.MANAGE_REGISTER,
        },
    }
)


def allows(roles: frozenset[Role], permission: Permission) -> bool:
    """Return whether one of the roles has the permission."""
    return any(permission in PERMISSIONS_OF[role] for role in roles)


def roles_with(permission: Permission) -> frozenset[Role]:
    """Return the roles that have the permission."""
    return frozenset(role for role, held in PERMISSIONS_OF.items() if permission in held)
