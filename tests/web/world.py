# SPDX-License-Identifier: MIT
"""A small nation to test in: two systems, three providers, a round, and one person in each role.

All of it is built by actions, as people would. ZZ301 gives acute and community care, ZZ302 acute care; both are in
system ZZS01. ZZ303 gives community care and is in system ZZS02.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.web.small_framework import earlier_framework, small_framework
from trigpoint.organisations import Group, Membership, Organisation, OrganisationCode, Register, build_register
from trigpoint.organisations import Role as Kind
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import SCOPE_OF, Role, Scope
from trigpoint_web.organisations import models as register_rows
from trigpoint_web.organisations.actions import RoleHeldIn, grant_role, mirror_register
from trigpoint_web.rounds.actions.answers import GivenAnswer, SavedAnswer, save_answer
from trigpoint_web.rounds.actions.rounds import Population, RoundDates, RoundPlan, create_round, freeze_framework
from trigpoint_web.rounds.actions.steps import StepTaken, step_round
from trigpoint_web.rounds.models import Round, RoundMembership, Submission
from trigpoint_web.rounds.queries.answers import find_current_answer
from trigpoint_web.rounds.states import RoundStep

# Far enough in the future that the rounds of the tests are open by the clock of the service as well.
NOW = datetime.now(UTC).replace(microsecond=0)
LONG_AGO = NOW - timedelta(days=400)
CARE = {"ZZ301": ("acute", "community"), "ZZ302": ("acute",), "ZZ303": ("community",)}
_SYSTEMS = {"ZZ301": "ZZS01", "ZZ302": "ZZS01", "ZZ303": "ZZS02"}


@dataclass(frozen=True)
class World:
    """What there is. people: one for each role that is held in ZZ301, its system, the round or the nation."""

    round: Round
    people: dict[Role, User]

    def submission(self, code: str = "ZZ301") -> Submission:
        """Return the submission of an organisation as it is now in the database."""
        return Submission.objects.select_related("round", "organisation").get(round=self.round, organisation=code)

    def answer(self, place: AnswerPlace, answer: Answer, *, code: str = "ZZ301", by: User | None = None) -> SavedAnswer:
        """Answer a question as the contributor would, over whatever stands there."""
        submission = self.submission(code)
        current = find_current_answer(submission, place)
        given = GivenAnswer(place, answer, replaces=0 if current is None else current.version)
        return save_answer(given, submission=submission, by=by or self.people[Role.CONTRIBUTOR], at=NOW)


def make_register() -> Register:
    """Return the register of the small nation."""
    names = {
        "ZZ301": "Northmoor Synthetic Hospitals",
        "ZZ302": "Eastvale Synthetic Hospitals",
        "ZZ303": "Westhill Care",
    }
    return build_register(
        organisations=[
            Organisation(OrganisationCode(code), name, Kind.TRUST, date(2001, 4, 1), None, source="synthetic")
            for code, name in names.items()
        ],
        memberships=[
            Membership(OrganisationCode(code), "icb", system, date(2001, 4, 1), None, source="synthetic")
            for code, system in _SYSTEMS.items()
        ],
        groups=[Group("icb", "ZZS01", "Synthetic System 1"), Group("icb", "ZZS02", "Synthetic System 2")],
    )


def make_world(*, unit_of: Round.UnitOf = Round.UnitOf.CARE_SETTING, is_open: bool = True, slug: str = "2026") -> World:
    """Make the nation with one round of the small framework, open unless told otherwise, and a person in each role."""
    mirror_register(make_register(), CARE, by=None, at=LONG_AGO)
    people = {role: make_person(role) for role in Role}
    round_ = make_round(slug=slug, unit_of=unit_of, is_open=is_open, by=people[Role.ADMINISTRATOR])
    RoundMembership.objects.create(user=people[Role.REVIEWER], role=Role.REVIEWER, round=round_, started_at=LONG_AGO)
    return World(round_, people)


def make_round(
    *, slug: str, by: User, unit_of: Round.UnitOf = Round.UnitOf.CARE_SETTING, is_open: bool = True, **plan: object
) -> Round:
    """Make a round that opened ten days ago and closes in twenty. plan: further parts of the RoundPlan."""
    dates = RoundDates(
        NOW - timedelta(days=10),
        NOW + timedelta(days=20),
        NOW + timedelta(days=40),
        NOW + timedelta(days=60),
        NOW + timedelta(days=80),
    )
    parts: dict[str, Any] = {
        "slug": slug,
        "title": f"Small assessment {slug}",
        "framework": freeze_framework(small_framework(), by=by, at=LONG_AGO),
        "dates": dates,
        "population": Population(date(2026, 1, 1), unit_of=unit_of),
        "is_synthetic": True,
        **plan,
    }
    round_ = create_round(RoundPlan(**parts), by=by, at=LONG_AGO)
    if is_open:
        step_round(round_, RoundStep.OPEN, StepTaken(by, NOW))
        round_.save()
    return round_


def make_earlier_round(*, by: User, slug: str = "2024") -> Round:
    """Make a round of version 1 of the small framework, open."""
    return make_round(slug=slug, by=by, framework=freeze_framework(earlier_framework(), by=by, at=LONG_AGO))


def make_person(role: Role, *, organisation: str = "ZZ301", name: str | None = None) -> User:
    """Make a person with a role in the organisation, its system or the nation; a role in a round is not given here."""
    name = name or f"{role.label} of {organisation}"
    user = User.objects.create_user(f"{role.value}.{organisation}.{User.objects.count()}@example.org", name=name)
    if SCOPE_OF[role] is not Scope.ROUND:
        grant_role(user, role, _held_in(role, organisation), by=None, at=LONG_AGO)
    return user


def _held_in(role: Role, organisation: str) -> RoleHeldIn:
    if SCOPE_OF[role] is Scope.ORGANISATION:
        return RoleHeldIn(organisation=register_rows.Organisation.objects.get(pk=organisation))
    if SCOPE_OF[role] is Scope.SYSTEM:
        return RoleHeldIn(group=register_rows.Group.objects.get(grouping="icb", code=_SYSTEMS[organisation]))
    return RoleHeldIn()
