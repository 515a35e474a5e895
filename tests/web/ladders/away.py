# SPDX-License-Identifier: MIT
"""Ladders of the questionnaire away from the screen."""

from __future__ import annotations

from tests.web.ladders import Ladder
from trigpoint_web.accounts.roles import Role

SUBMISSION = {"round_slug": "2026", "code": "ZZ301"}
UNKNOWN = {"round_slug": "1999"}

LADDERS = {
    "away": Ladder(works_for=Role.OBSERVER, kwargs=SUBMISSION, wrong_role=Role.SYSTEM_VIEWER, unknown=UNKNOWN),
    "away_workbook": Ladder(works_for=Role.OFFICER, kwargs=SUBMISSION, wrong_role=Role.ANALYST, unknown=UNKNOWN),
    "away_pdf": Ladder(works_for=Role.CONTRIBUTOR, kwargs=SUBMISSION, wrong_role=Role.AUTHOR, unknown=UNKNOWN),
    "away_upload": Ladder(
        works_for=Role.CONTRIBUTOR,
        kwargs=SUBMISSION,
        wrong_role=Role.OBSERVER,
        posts=True,
        unknown=UNKNOWN,
        refused_when_closed=True,
    ),
    "away_apply": Ladder(
        works_for=Role.LEAD,
        kwargs=SUBMISSION,
        wrong_role=Role.OFFICER,
        posts=True,
        # A form without the signed rows is refused.
        works=frozenset({302, 409}),
        unknown=UNKNOWN,
        refused_when_closed=True,
    ),
}
