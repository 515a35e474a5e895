# SPDX-License-Identifier: MIT
"""Ladders of results: of one organisation, and of the nation."""

from __future__ import annotations

from collections.abc import Mapping

from tests.web.ladders import Ladder
from tests.web.results.nation import close, compute
from tests.web.rounds.signed import make_signed
from tests.web.world import World
from trigpoint_web.accounts.roles import Role
from trigpoint_web.rounds.states import RoundState

ROUND = {"round_slug": "2026"}
SUBMISSION = {**ROUND, "code": "ZZ301"}
OTHER_ROUND = {"round_slug": "1999"}


def signed(world: World) -> Mapping[str, object]:
    """Have it signed, and the round closed."""
    make_signed(world)
    close(world)
    return {}


def computed(world: World) -> Mapping[str, object]:
    """Have results computed."""
    signed(world)
    compute(world)
    return {}


def published(world: World) -> Mapping[str, object]:
    """Have results computed and the round published."""
    computed(world)
    close(world, RoundState.PUBLISHED)
    return {}


LADDERS = {
    "organisation_results": Ladder(
        works_for=Role.LEAD, kwargs=SUBMISSION, prepare=computed, unknown={"code": "ZZ999"}
    ),
    "score_explanation": Ladder(
        works_for=Role.SYSTEM_VIEWER,
        kwargs={**SUBMISSION, "care_setting": "acute", "measure": "overall"},
        prepare=published,
        unknown={"measure": "none"},
    ),
    "national_results": Ladder(
        works_for=Role.ANALYST, kwargs=ROUND, prepare=published, wrong_role=Role.LEAD, unknown=OTHER_ROUND,
        is_of_organisation=False,
    ),
    "national_results_csv": Ladder(
        works_for=Role.ANALYST, kwargs=ROUND, prepare=published, wrong_role=Role.OFFICER, unknown=OTHER_ROUND,
        is_of_organisation=False,
    ),
    "results_list": Ladder(
        works_for=Role.SYSTEM_VIEWER, kwargs=ROUND, prepare=published, wrong_role=Role.AUTHOR, unknown=OTHER_ROUND,
        is_of_organisation=False,
    ),
    "results_run": Ladder(
        works_for=Role.ADMINISTRATOR, kwargs=ROUND, prepare=signed, wrong_role=Role.ANALYST, unknown=OTHER_ROUND,
        is_of_organisation=False, posts=True, works=frozenset({200, 302, 409}),
    ),
    "results_progress": Ladder(
        works_for=Role.ADMINISTRATOR, kwargs=ROUND, wrong_role=Role.ANALYST, unknown=OTHER_ROUND,
        is_of_organisation=False,
    ),
}  # fmt: skip
