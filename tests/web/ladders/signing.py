# SPDX-License-Identifier: MIT
"""Ladders of the check, the declaration, the signatures and the ways back."""

from __future__ import annotations

from collections.abc import Mapping

from tests.web.ladders import Ladder
from tests.web.rounds.signed import answer_all, make_signed, make_submitted
from tests.web.world import World
from trigpoint_web.accounts.roles import Role

SUBMISSION = {"round_slug": "2026", "code": "ZZ301"}
OTHER_ROUND = {"round_slug": "1999"}


def in_progress(world: World) -> Mapping[str, object]:
    """Answer everything."""
    answer_all(world)
    return {}


def submitted(world: World) -> Mapping[str, object]:
    """Answer everything and send it for signature."""
    make_submitted(world)
    return {}


def signed(world: World) -> Mapping[str, object]:
    """Answer everything, and have it signed."""
    make_signed(world)
    return {}


LADDERS = {
    "check": Ladder(
        works_for=Role.LEAD,
        kwargs=SUBMISSION,
        prepare=in_progress,
        wrong_role=Role.OBSERVER,
        posts=True,
        fields={"not_answered": 0, "without_evidence": 1, "acknowledged": "on"},
        works=frozenset({200, 302, 409}),
        unknown=OTHER_ROUND,
        # Not refused_when_closed: who has sent the answers before is led to them, whenever the button is pressed again.
    ),
    "take_back": Ladder(
        works_for=Role.LEAD,
        kwargs=SUBMISSION,
        prepare=submitted,
        wrong_role=Role.OFFICER,
        gets=False,
        posts=True,
        unknown=OTHER_ROUND,
        refused_when_closed=True,
    ),
    "sign": Ladder(
        works_for=Role.OFFICER,
        kwargs=SUBMISSION,
        prepare=submitted,
        wrong_role=Role.LEAD,
        posts=True,
        unknown=OTHER_ROUND,
    ),
    "send_back": Ladder(
        works_for=Role.OFFICER,
        kwargs=SUBMISSION,
        prepare=submitted,
        wrong_role=Role.LEAD,
        posts=True,
        unknown=OTHER_ROUND,
    ),
    "signatures": Ladder(
        works_for=Role.OBSERVER,
        kwargs=SUBMISSION,
        prepare=signed,
        wrong_role=Role.SYSTEM_VIEWER,
        unknown=OTHER_ROUND,
    ),
    "reopen": Ladder(
        works_for=Role.ADMINISTRATOR,
        kwargs=SUBMISSION,
        prepare=signed,
        wrong_role=Role.LEAD,
        posts=True,
        unknown=OTHER_ROUND,
    ),
}
