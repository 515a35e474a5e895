# SPDX-License-Identifier: MIT
"""Staff surveys in tests: one of the small world, replies to it, what is shown of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from tests.web.people import sign_in
from tests.web.world import NOW, World
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.places import ORGANISATION
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Role
from trigpoint_web.rounds.actions.surveys import (
    NewSurvey,
    count_reply,
    open_survey,
)
from trigpoint_web.rounds.models import StaffSurvey, SurveyCount

TODAY = timezone.localdate(NOW)
SOON = TODAY + timedelta(days=5)
OURS = {"round_slug": "2026", "code": "ZZ301"}
BOARD, STRATEGY = "board_leads", "has_strategy"


def make_survey(
    world: World, *questions: str, asked_in: str = ORGANISATION, title: str = "Leading change", closes_on: date = SOON
) -> StaffSurvey:
    new = NewSurvey(title, asked_in, questions or (BOARD,), closes_on)
    return open_survey(new, submission=world.submission(), by=world.people[Role.LEAD], at=NOW)


def reply(survey: StaffSurvey, answers: Mapping[str, Answer], *, times: int = 1) -> None:
    for _ in range(times):
        count_reply(answers, survey=survey, at=NOW)


def shown(survey: StaffSurvey, question: str = BOARD) -> dict[str, int]:
    """Return how often each answer that the lead sees was given; without those that nobody gave."""
    rows = SurveyCount.objects.filter(survey=survey, question=question, shown_count__gt=0)
    return {row.choice or row.missing or f"{row.at_least:g}": row.shown_count for row in rows}


def page_of(survey: StaffSurvey, lead: User) -> str:
    return sign_in(lead).get(reverse("survey", kwargs={**OURS, "survey": survey.pk})).content.decode()


def address_of(survey: StaffSurvey) -> str:
    return reverse("survey_reply", kwargs={"key": survey.key})
