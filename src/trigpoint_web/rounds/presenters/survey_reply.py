# SPDX-License-Identifier: MIT
"""A staff survey as staff see it."""

from __future__ import annotations

from dataclasses import dataclass

from trigpoint.frameworks import Framework
from trigpoint_web.design_system.fields import Field, PageProblem
from trigpoint_web.design_system.form_fields import problems_of
from trigpoint_web.rounds.actions.surveys import STEP
from trigpoint_web.rounds.forms.surveys import SurveyReplyForm
from trigpoint_web.rounds.forms.together import draw_answer_field
from trigpoint_web.rounds.models import StaffSurvey
from trigpoint_web.rounds.presenters.together import say_day, say_where

PROMISE = (
    "Your answers are added to a count and not kept one by one: no name, no time, no address of your computer, no "
    "cookie. Anyone with the link can answer, and more than once. "
    f"Somebody in your organisation who answers {STEP - 1} times, and looks before and after, could work out what the "
    "next person said. Leave out what you would not want known. "
    f"Your organisation sees how often each answer was given, once at least {STEP} people have answered."
)


@dataclass(frozen=True, slots=True)
class SurveyReplyPage:
    """The questions of a survey, with what it promises."""

    title: str
    caption: str
    problems: tuple[PageProblem, ...]
    paragraphs: tuple[str, ...]
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class SurveyEndPage:
    """What there is to say when there is nothing to fill in: thanks, or why not."""

    title: str
    text: str


THANKS = SurveyEndPage("Thank you", "Your answers have been counted. You can close this page.")


def present_survey_reply(survey: StaffSurvey, form: SurveyReplyForm, framework: Framework) -> SurveyReplyPage:
    """Return the page of a survey that is open."""
    return SurveyReplyPage(
        title=survey.title,
        caption=f"{survey.submission.organisation.name}: {say_where(framework, survey.asked_in)}",
        problems=problems_of(form),
        paragraphs=(
            PROMISE,
            f"Answer what you can and leave out the rest. The survey closes at the end of {say_day(survey.closes_on)}.",
        ),
        fields=tuple(draw_answer_field(form, one) for one in form.questions),
    )
