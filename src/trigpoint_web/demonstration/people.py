# SPDX-License-Identifier: MIT
"""The people of the demonstration: one for each role to sign in as, and a crowd that answered and signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from trigpoint_web.accounts.actions import add_verified_people
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Role
from trigpoint_web.organisations.actions import RoleHeldIn, grant_role, grant_roles
from trigpoint_web.organisations.models import Group, Organisation

# Addresses that can't exist: mail to them goes nowhere.
DOMAIN, CROWD_DOMAIN = "demo.invalid", "synthetic.invalid"

NAMES: Mapping[Role, tuple[str, str]] = {
    Role.LEAD: ("Lena Lead", "Chief information officer"),
    Role.CONTRIBUTOR: ("Con Tributor", "Clinical systems manager"),
    Role.OFFICER: ("Olu Officer", "Chief executive"),
    Role.OBSERVER: ("Obi Server", "Non-executive director"),
    Role.REVIEWER: ("Rea Viewer", "Peer reviewer"),
    Role.SYSTEM_VIEWER: ("Sys Temple", "Digital lead of the system"),
    Role.ANALYST: ("Ana List", "Analyst"),
    Role.AUTHOR: ("Aut Hore", "Method lead"),
    Role.ADMINISTRATOR: ("Ada Minister", "National programme"),
}


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who leads and who signs in each organisation, by its code."""

    leads: Mapping[str, User]
    officers: Mapping[str, User]


def address_of(role: Role) -> str:
    """Return the address with which one signs in as a role."""
    return f"{role.value.replace('_', '.')}@{DOMAIN}"


def make_people(hero: str, *, password: str, at: datetime) -> Mapping[Role, User]:
    """Make the person of each role: in the hero organisation, its system or the nation; return them by role.

    The reviewer has no role yet: that is held in a round.
    """
    people = [(address_of(role), name, job) for role, (name, job) in NAMES.items()]
    made = dict(zip(NAMES, add_verified_people(people, password=password), strict=True))
    organisation = Organisation.objects.get(pk=hero)
    system = Group.objects.get(grouping="icb", placements__organisation=organisation)
    held_in = {Role.SYSTEM_VIEWER: RoleHeldIn(group=system)} | dict.fromkeys(
        (Role.ANALYST, Role.AUTHOR, Role.ADMINISTRATOR), RoleHeldIn()
    )
    for role, user in made.items():
        if role is not Role.REVIEWER:
            grant_role(user, role, held_in.get(role, RoleHeldIn(organisation=organisation)), by=None, at=at)
    return made


def make_crowd(organisations: Iterable[Organisation], *, at: datetime) -> Crowd:
    """Make a lead and an officer for each organisation, who can't sign in; return them by code."""
    listed = list(organisations)
    leads = _make_one_each(listed, Role.LEAD, "Digital lead", at)
    return Crowd(leads, _make_one_each(listed, Role.OFFICER, "Chief executive", at))


def _make_one_each(organisations: list[Organisation], role: Role, job: str, at: datetime) -> Mapping[str, User]:
    people = [
        (f"{role.value}.{one.code.lower()}@{CROWD_DOMAIN}", f"{role.label} of {one.code}", job) for one in organisations
    ]
    users = add_verified_people(people, password=None)
    grant_roles(
        [(user, role, RoleHeldIn(organisation=one)) for user, one in zip(users, organisations, strict=True)], at=at
    )
    return {one.code: user for one, user in zip(organisations, users, strict=True)}
