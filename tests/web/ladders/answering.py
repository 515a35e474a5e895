# SPDX-License-Identifier: MIT
"""The ladders of filling in."""

from __future__ import annotations

from collections.abc import Mapping

from tests.web.ladders import Ladder
from trigpoint_web.accounts.roles import Role

SUBMISSION: Mapping[str, object] = {"round_slug": "2026", "code": "ZZ301"}
QUESTION: Mapping[str, object] = {**SUBMISSION, "asked_in": "organisation", "question": "board_leads"}
NO_QUESTION = {"question": "no_such_question"}

LADDERS = {
    "home": Ladder(works_for=None, is_of_organisation=False),
    "task_list": Ladder(
        works_for=Role.CONTRIBUTOR, kwargs=SUBMISSION, wrong_role=Role.SYSTEM_VIEWER, unknown={"round_slug": "1999"}
    ),
    "section": Ladder(
        works_for=Role.OBSERVER,
        kwargs={**SUBMISSION, "asked_in": "acute", "section": "sharing"},
        wrong_role=Role.SYSTEM_VIEWER,
        unknown={"section": "no_such_section"},
    ),
    "question": Ladder(
        works_for=Role.CONTRIBUTOR,
        kwargs=QUESTION,
        wrong_role=Role.OFFICER,
        posts=True,
        fields={"version-board_leads": "0", "answer-board_leads": ""},
        unknown=NO_QUESTION,
        refused_when_closed=True,
    ),
    "question_save": Ladder(
        works_for=Role.CONTRIBUTOR,
        kwargs=QUESTION,
        wrong_role=Role.OFFICER,
        gets=False,
        posts=True,
        fields={"answer": "agree", "version": "0"},
        unknown=NO_QUESTION,
        refused_when_closed=True,
    ),
    "question_history": Ladder(
        works_for=Role.OFFICER, kwargs=QUESTION, wrong_role=Role.SYSTEM_VIEWER, unknown=NO_QUESTION
    ),
    "suggestions": Ladder(
        works_for=Role.LEAD,
        kwargs=SUBMISSION,
        wrong_role=Role.OFFICER,
        posts=True,
        unknown={"code": "ZZ309"},
        refused_when_closed=True,
    ),
    "submission_history": Ladder(
        works_for=Role.OBSERVER, kwargs=SUBMISSION, wrong_role=Role.SYSTEM_VIEWER, unknown={"code": "ZZ309"}
    ),
}
