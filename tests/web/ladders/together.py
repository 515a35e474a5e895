# SPDX-License-Identifier: MIT
"""The ladders of working together: asking a colleague, comments, polls, staff surveys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from tests.web.ladders import Ladder
from tests.web.world import NOW, World
from trigpoint.submissions.places import ORGANISATION, AnswerPlace
from trigpoint_web.accounts.roles import Role
from trigpoint_web.rounds.actions.delegation import DelegatedPart, NewDelegation, delegate
from trigpoint_web.rounds.actions.polls import NewPoll, open_poll
from trigpoint_web.rounds.actions.surveys import NewSurvey, open_survey
from trigpoint_web.rounds.models import StaffSurvey

OURS = {"round_slug": "2026", "code": "ZZ301"}
BOARD = AnswerPlace(ORGANISATION, "board_leads")
AT_BOARD = {**OURS, "asked_in": ORGANISATION, "question": "board_leads"}
SOON = timezone.localdate(NOW) + timedelta(days=5)


def make_delegation(world: World) -> Mapping[str, object]:
    new = NewDelegation(DelegatedPart(ORGANISATION, section="leading"), world.people[Role.CONTRIBUTOR], SOON)
    return {"delegation": delegate(new, submission=world.submission(), by=world.people[Role.LEAD], at=NOW).pk}


def make_poll(world: World) -> Mapping[str, object]:
    new = NewPoll(BOARD, (world.people[Role.CONTRIBUTOR],), SOON)
    return {"poll": open_poll(new, submission=world.submission(), by=world.people[Role.LEAD], at=NOW).pk}


def make_survey(world: World) -> StaffSurvey:
    new = NewSurvey("Leading change", ORGANISATION, ("board_leads",), SOON)
    return open_survey(new, submission=world.submission(), by=world.people[Role.LEAD], at=NOW)


def lead_page(**parts: object) -> Ladder:
    """Return the ladder of a page for leads at an address of ZZ301."""
    return Ladder(**{"works_for": Role.LEAD, "wrong_role": Role.CONTRIBUTOR, "kwargs": OURS, **parts})  # type: ignore[arg-type]


LADDERS: Mapping[str, Ladder] = {
    "delegate_section": lead_page(
        kwargs={**OURS, "asked_in": ORGANISATION, "section": "leading"},
        posts=True,
        unknown={"section": "sharing"},
        refused_when_closed=True,
    ),
    "delegate_question": lead_page(
        kwargs=AT_BOARD, posts=True, unknown={"asked_in": "acute"}, refused_when_closed=True
    ),
    "delegation_end": lead_page(
        prepare=make_delegation, wrong_role=Role.OBSERVER, gets=False, posts=True, unknown={"delegation": 10**9}
    ),
    "comment_add": Ladder(
        works_for=Role.CONTRIBUTOR,
        kwargs=AT_BOARD,
        wrong_role=Role.OBSERVER,
        gets=False,
        posts=True,
        fields={"text": "The minutes of May say so."},
        unknown={"question": "nothing_like_it"},
        refused_when_closed=True,
    ),
    "poll_new": lead_page(kwargs=AT_BOARD, posts=True, unknown={"question": "has_record"}, refused_when_closed=True),
    "poll": lead_page(prepare=make_poll, unknown={"poll": 10**9}),
    "poll_close": lead_page(prepare=make_poll, gets=False, posts=True, unknown={"poll": 10**9}),
    # Nobody is named: only the one person who was asked may come, and a colleague may not.
    "poll_reply": Ladder(
        works_for=None,
        prepare=make_poll,
        posts=True,
        fields={"board_leads": "agree"},
        unknown={"poll": 10**9},
        refused_when_closed=True,
    ),
    "surveys": lead_page(unknown={"round_slug": "1926"}),
    "survey_new": lead_page(
        kwargs={**OURS, "asked_in": "acute"}, posts=True, unknown={"asked_in": "ambulance"}, refused_when_closed=True
    ),
    "survey": lead_page(prepare=lambda world: {"survey": make_survey(world).pk}, unknown={"survey": 10**9}),
    "survey_close": lead_page(
        prepare=lambda world: {"survey": make_survey(world).pk}, gets=False, posts=True, unknown={"survey": 10**9}
    ),
    "survey_reply": Ladder(
        works_for=None,
        is_public=True,
        prepare=lambda world: {"key": make_survey(world).key},
        posts=True,
        fields={"board_leads": "agree"},
        unknown={"key": "of-nothing"},
    ),
    "survey_thanks": Ladder(
        works_for=None,
        is_public=True,
        prepare=lambda world: {"key": make_survey(world).key},
        unknown={"key": "of-nothing"},
    ),
}
