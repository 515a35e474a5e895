# SPDX-License-Identifier: MIT
"""A nation with enough organisations to have peers, signed and scored, for the tests of results.

ZZ301 gives acute and community care; ZZ311 to ZZ318 give acute care. All are in system ZZS01 but ZZ318, in none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.test import TestCase

from tests.web.rounds.signed import COMPLETE, make_signed, sign_as_it_is, submit_as_it_is
from tests.web.world import LONG_AGO, NOW, World, make_register, make_round, make_world
from trigpoint.organisations import Membership, Organisation, OrganisationCode, Register, build_register
from trigpoint.organisations import Role as Kind
from trigpoint.submissions.places import ORGANISATION, AnswerPlace
from trigpoint_web.accounts.roles import Role
from trigpoint_web.organisations.actions import mirror_register
from trigpoint_web.results.actions import request_run
from trigpoint_web.results.models import ScoreRun
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.states import RoundState

PEERS = tuple(f"ZZ31{number}" for number in range(1, 9))
CARE = {"ZZ301": ("acute", "community"), **dict.fromkeys(PEERS, ("acute",))}
# What each peer says of its record, so that scores differ: of 3 answers one.
SAID = ("disagree", "neither", "agree")
WHERE = {"round_slug": "2026", "code": "ZZ301"}


def make_wide_register() -> Register:
    """Return the register of the small nation with more trusts."""
    small = make_register()
    names = {code: f"Synthetic Trust {code}" for code in PEERS}
    opened = date(2001, 4, 1)
    return build_register(
        organisations=[
            *small.organisations,
            *(
                Organisation(OrganisationCode(code), name, Kind.TRUST, opened, None, source="synthetic")
                for code, name in names.items()
            ),
        ],
        memberships=[
            *small.memberships,
            *(
                Membership(OrganisationCode(code), "icb", "ZZS01", opened, None, source="synthetic")
                for code in PEERS[:-1]
            ),
        ],
        groups=[small.group("icb", "ZZS01"), small.group("icb", "ZZS02")],
    )


def make_nation(
    *, signed: Sequence[str] = PEERS, unit_of: Round.UnitOf = Round.UnitOf.CARE_SETTING, **plan: Any
) -> World:
    """Make the nation, its round open, with ZZ301 and some peers signed."""
    world = make_world(slug="2020")
    mirror_register(make_wide_register(), CARE, by=None, at=LONG_AGO)
    by = world.people[Role.ADMINISTRATOR]
    nation = World(make_round(slug="2026", by=by, unit_of=unit_of, **plan), world.people)
    if unit_of == Round.UnitOf.CARE_SETTING:
        make_signed(nation)
    for position, code in enumerate(signed):
        sign_peer(nation, code, position)
    return nation


def sign_peer(nation: World, code: str, position: int) -> None:
    """Have a peer answer, send and sign; the position decides what it says."""
    own = nation.submission(code).units.get()
    answers = {
        place: answer for place, answer in COMPLETE.items() if place.asked_in in (ORGANISATION, own.care_setting)
    }
    if own.care_setting not in ("acute", "community"):
        answers |= {AnswerPlace(own.care_setting, "has_record"): "agree"}
    for place, answer in {**answers, AnswerPlace(own.care_setting, "has_record"): SAID[position % 3]}.items():
        is_contradictory = place.question == "bedside_share" and SAID[position % 3] == "disagree"
        nation.answer(place, 20.0 if is_contradictory else answer, code=code)
    submit_as_it_is(nation, code=code)
    sign_as_it_is(nation, code=code)


def close(world: World, state: RoundState = RoundState.CLOSED) -> None:
    """Put the round past its closing."""
    world.round.opens_at, world.round.closes_at = NOW - timedelta(days=20), NOW - timedelta(days=1)
    world.round.state = state
    world.round.save()


def open_again(world: World) -> None:
    """Put the round before its closing once more, so that others can still sign."""
    close(world, RoundState.OPEN)
    world.round.closes_at = NOW + timedelta(days=20)
    world.round.save()


def compute(world: World) -> ScoreRun:
    """Have the results computed, as the national team does, and return the run."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        asked = request_run(world.round, by=world.people[Role.ADMINISTRATOR], at=NOW)
    return ScoreRun.objects.get(pk=asked.pk)


def make_results(state: RoundState = RoundState.CLOSED, **options: Any) -> World:
    """Make the nation with its round closed and its results computed."""
    nation = make_nation(**options)
    close(nation)
    assert compute(nation).state == ScoreRun.State.FINISHED
    close(nation, state)
    return nation
