# SPDX-License-Identifier: MIT
"""Ladders of the evidence of an answer, and of all that an organisation has."""

from __future__ import annotations

from collections.abc import Mapping

from tests.web.ladders import Ladder
from tests.web.rounds.evidence_given import give_file
from tests.web.world import World
from trigpoint.submissions.places import ORGANISATION
from trigpoint_web.accounts.roles import Role

SUBMISSION = {"round_slug": "2026", "code": "ZZ301"}
PLACE = {**SUBMISSION, "asked_in": ORGANISATION, "question": "board_leads"}


def give_use(world: World) -> Mapping[str, object]:
    """Give a file for an answer."""
    return {"use": give_file(world).pk}


def give_evidence(world: World) -> Mapping[str, object]:
    """Give a file for an answer, and name the evidence."""
    return {"evidence": give_file(world).evidence_id}


LADDERS = {
    "evidence_add": Ladder(
        works_for=Role.CONTRIBUTOR,
        kwargs=PLACE,
        wrong_role=Role.OBSERVER,
        posts=True,
        fields={"link": "https://example.org/"},
        unknown={"question": "none"},
        refused_when_closed=True,
    ),
    "evidence_reuse": Ladder(
        works_for=Role.LEAD,
        kwargs=PLACE,
        wrong_role=Role.OFFICER,
        posts=True,
        unknown={"asked_in": "mental_health"},
        refused_when_closed=True,
    ),
    "evidence_remove": Ladder(
        works_for=Role.CONTRIBUTOR,
        kwargs=SUBMISSION,
        prepare=give_use,
        wrong_role=Role.OBSERVER,
        posts=True,
        # Once it is removed, a colleague finds nothing to remove.
        works=frozenset({200, 302, 404}),
        unknown={"use": 10**18},
    ),
    "evidence_file": Ladder(
        works_for=Role.OBSERVER,
        kwargs={**SUBMISSION, "version": 1},
        prepare=give_evidence,
        wrong_role=Role.SYSTEM_VIEWER,
        unknown={"version": 2**63 - 1},
    ),
    "evidence_library": Ladder(
        works_for=Role.OBSERVER, kwargs={"code": "ZZ301"}, wrong_role=Role.SYSTEM_VIEWER, unknown={"code": "ZZ999"}
    ),
    "evidence_record": Ladder(
        works_for=Role.OBSERVER,
        kwargs={"code": "ZZ301"},
        prepare=give_evidence,
        wrong_role=Role.ANALYST,
        unknown={"evidence": 2**63 - 1},
    ),
    "evidence_library_file": Ladder(
        works_for=Role.OFFICER,
        kwargs={"code": "ZZ301", "version": 1},
        prepare=give_evidence,
        wrong_role=Role.AUTHOR,
        unknown={"evidence": 2**63 - 1},
    ),
    "evidence_change": Ladder(
        works_for=Role.CONTRIBUTOR,
        kwargs={"code": "ZZ301"},
        prepare=give_evidence,
        wrong_role=Role.OBSERVER,
        posts=True,
        fields={"title": "Minutes"},
        unknown={"evidence": 10**18},
    ),
    "evidence_withdraw": Ladder(
        works_for=Role.LEAD,
        kwargs={"code": "ZZ301"},
        prepare=give_evidence,
        wrong_role=Role.ADMINISTRATOR,
        posts=True,
        unknown={"evidence": 10**18},
    ),
}
