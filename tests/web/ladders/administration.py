# SPDX-License-Identifier: MIT
"""The ladders of the national team's pages. A lead of any organisation of the round knows that it is there: 403."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tests.web.ladders import Ladder
from tests.web.world import NOW, World
from trigpoint_web.accounts.roles import Role

OF_ROUND = {"round_slug": "2026"}
NO_ROUND = {"round_slug": "no-such-round"}
UNTIL = NOW + timedelta(days=30)


def _framework(world: World) -> Mapping[str, object]:
    return {"framework_hash": world.round.framework_id}


def _looking(**more: Any) -> Ladder:
    return Ladder(works_for=Role.ANALYST, wrong_role=Role.LEAD, is_of_organisation=False, **more)


def _managing(**more: Any) -> Ladder:
    return Ladder(works_for=Role.ADMINISTRATOR, wrong_role=Role.ANALYST, is_of_organisation=False, **more)


def _reading(**more: Any) -> Ladder:
    return Ladder(works_for=Role.AUTHOR, wrong_role=Role.LEAD, is_of_organisation=False, **more)


NO_FRAMEWORK = {"framework_hash": "0" * 64}

LADDERS: Mapping[str, Ladder] = {
    "rounds": _looking(),
    "round_new": _managing(posts=True),
    "board": _looking(kwargs=OF_ROUND, unknown=NO_ROUND),
    "board_export": _looking(kwargs=OF_ROUND, unknown=NO_ROUND),
    "extend": _managing(
        kwargs=OF_ROUND,
        unknown=NO_ROUND,
        posts=True,
        fields={
            "o": "ZZ301",
            "until_on-day": UNTIL.day,
            "until_on-month": UNTIL.month,
            "until_on-year": UNTIL.year,
            "until_time": "5pm",
            "reason": "A merger.",
        },
    ),
    "remind": _managing(kwargs=OF_ROUND, unknown=NO_ROUND, posts=True),
    "outgoing_mail": _managing(kwargs=OF_ROUND, unknown=NO_ROUND, posts=True),
    "indicators": _managing(kwargs=OF_ROUND, unknown=NO_ROUND, posts=True),
    "round_dates": _managing(kwargs=OF_ROUND, unknown=NO_ROUND, posts=True),
    "round_steps": _managing(kwargs=OF_ROUND, unknown=NO_ROUND),
    # The first who comes closes the round; the second is told that it is closed.
    "round_step": _managing(
        kwargs={**OF_ROUND, "step": "close"},
        unknown={"step": "no-such-step"},
        posts=True,
        works=frozenset({200, 302, 409}),
    ),
    "round_events": _looking(kwargs=OF_ROUND, unknown=NO_ROUND),
    "burden": _looking(kwargs=OF_ROUND, unknown=NO_ROUND),
    "frameworks": _reading(),
    "framework": _reading(prepare=_framework, unknown=NO_FRAMEWORK),
    "framework_changes": _reading(prepare=_framework, unknown=NO_FRAMEWORK),
    "framework_preview": _reading(prepare=_framework, unknown=NO_FRAMEWORK),
}
