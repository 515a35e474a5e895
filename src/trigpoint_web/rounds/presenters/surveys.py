# SPDX-License-Identifier: MIT
"""Staff surveys in words: what is shown of the answers, and why not more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from trigpoint.frameworks import Framework
from trigpoint.frameworks.model import Scale
from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.design_system.parts import Bar, Column, Link, Status, Table
from trigpoint_web.rounds.actions.surveys import MOST_REPLIES, STEP
from trigpoint_web.rounds.models import MissingState, StaffSurvey, Submission, SurveyCount
from trigpoint_web.rounds.presenters.together import bar_of, say_day, say_number, say_where
from trigpoint_web.rounds.queries.answers import find_framework

FEWER = f"Fewer than {STEP} answers, not shown."
WHY_STEPS = (
    f"Results move in steps of {STEP} answers to each question. Up to {STEP - 1} answers to each question are not in "
    "yet, and stay out when the survey closes. "
    f"Steps do not hide everything: someone who answers {STEP - 1} times can work out the answer of the next person. "
    "So send the link to many people, and don’t read a small step as what certain people said."
)
WHO_CAN_ANSWER = "Anyone with the link can answer, and more than once: the service does not know who they are."


@dataclass(frozen=True, slots=True)
class ShownAnswers:
    """What is shown of the answers to one question. bars: empty where too few answered."""

    text: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class SurveyQuestionResult:
    """One question of a survey: its text, what is shown, and the same numbers as a table; None where too few."""

    title: str
    shown: ShownAnswers
    table: Table | None


@dataclass(frozen=True, slots=True)
class SurveyPage:
    """A survey as its lead sees it. link: the full address for staff. close_url: None once it is closed."""

    title: str
    caption: str
    back: Link
    link: str
    is_open: bool
    state: str
    replies: str
    questions: tuple[SurveyQuestionResult, ...]
    close_url: str | None
    who_can_answer: str = WHO_CAN_ANSWER
    why_steps: str = WHY_STEPS


@dataclass(frozen=True, slots=True)
class SurveysPage:
    """All surveys of a submission, and where to make one.

    new_links: by where the questions are asked; empty while the submission takes no answers.
    """

    title: str
    caption: str
    back: Link
    table: Table
    new_links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class CountedSurvey:
    """A survey as it was read: its questions in order, the counts of each, whether staff can still reply."""

    survey: StaffSurvey
    questions: tuple[str, ...]
    counts: Mapping[str, Sequence[SurveyCount]]
    is_open: bool


def present_survey(read: CountedSurvey, framework: Framework) -> SurveyPage:
    """Return a survey as its lead sees it."""
    survey = read.survey
    where = _where(survey.submission)
    return SurveyPage(
        title=survey.title,
        caption=f"Staff survey: {say_where(framework, survey.asked_in)}",
        back=Link("Staff surveys", reverse("surveys", kwargs=where)),
        link=settings.SITE_ADDRESS + reverse("survey_reply", kwargs={"key": survey.key}),
        is_open=read.is_open,
        state=say_state(survey, is_open=read.is_open),
        replies=say_replies(survey),
        questions=tuple(_present_question(read.counts[one], framework, one) for one in read.questions),
        close_url=reverse("survey_close", kwargs={**where, "survey": survey.pk}) if read.is_open else None,
    )


def present_surveys(
    surveys: Sequence[tuple[StaffSurvey, bool]], submission: Submission, *, places: Sequence[AnswerPlace], is_open: bool
) -> SurveysPage:
    """Return the list of surveys, each with whether it is open; is_open: a new one can be made.

    places: where the submission is asked, from which come the links to a new survey.
    """
    framework = find_framework(submission)
    where = _where(submission)
    asked_in = dict.fromkeys(one.asked_in for one in places) if is_open else {}
    return SurveysPage(
        title="Staff surveys",
        caption=f"{submission.organisation.name}, {submission.round.title}",
        back=Link("Task list", reverse("task_list", kwargs=where)),
        table=Table(
            "Surveys, newest first",
            (Column("Survey"), Column("Asked about"), Column("Replies"), Column("State")),
            tuple(_survey_row(one, framework, is_open=open_now) for one, open_now in surveys),
            empty_text="No staff survey has been made yet.",
        ),
        new_links=tuple(
            Link(say_where(framework, one), reverse("survey_new", kwargs={**where, "asked_in": one}))
            for one in asked_in
        ),
    )


def present_shown(counts: Sequence[SurveyCount], scale: Scale) -> ShownAnswers:
    """Return what is shown of the answers to one question: nothing below five answers."""
    total = sum(one.shown_count for one in counts)
    if total < STEP:
        return ShownAnswers(FEWER, ())
    labels = label_counts(counts, scale)
    bars = tuple(bar_of(label, one.shown_count, total) for label, one in zip(labels, counts, strict=True))
    return ShownAnswers(f"{total} answers by staff", bars)


def label_counts(counts: Sequence[SurveyCount], scale: Scale) -> tuple[str, ...]:
    """Return what each row counts, in words: an answer of the scale, a range of numbers, a way of being missing."""
    following = (*(one.at_least for one in counts[1:]), None)
    return tuple(_label(one, scale, end=end) for one, end in zip(counts, following, strict=True))


def say_state(survey: StaffSurvey, *, is_open: bool) -> str:
    """Return whether staff can reply, and until when."""
    return f"Open until the end of {say_day(survey.closes_on)}" if is_open else "Closed"


def say_replies(survey: StaffSurvey) -> str:
    """Return how many people replied, in the steps in which results move: a live count would tell when each came."""
    whole_steps = survey.reply_count // STEP * STEP
    if whole_steps == 0:
        return f"Fewer than {STEP}"
    return (
        f"{whole_steps:,}, the most it can take" if survey.reply_count >= MOST_REPLIES else f"{whole_steps:,} or more"
    )


def _present_question(counts: Sequence[SurveyCount], framework: Framework, question: str) -> SurveyQuestionResult:
    shown = present_shown(counts, framework.scale_of(question))
    title = framework.questions[question].text
    columns = (Column("Answer"), Column("Number", is_numeric=True), Column("Share", is_numeric=True))
    rows = tuple((bar.label, bar.text.partition(" of ")[0], f"{round(100 * (bar.share or 0))}%") for bar in shown.bars)
    table = Table(f"{shown.text}: {title}", columns, rows, is_caption_hidden=True) if rows else None
    return SurveyQuestionResult(title, shown, table)


def _survey_row(survey: StaffSurvey, framework: Framework, *, is_open: bool) -> tuple[Link | str | Status, ...]:
    address = reverse("survey", kwargs={**_where(survey.submission), "survey": survey.pk})
    state = say_state(survey, is_open=is_open)
    return (
        Link(survey.title, address),
        say_where(framework, survey.asked_in),
        say_replies(survey),
        Status(state) if is_open else state,
    )


def _label(one: SurveyCount, scale: Scale, *, end: float | None) -> str:
    if one.missing is not None:
        return MissingState(one.missing).label
    if one.at_least is not None:
        return _say_range(scale, one.at_least, end)
    return next(option.label for option in scale.answers if option.code == one.choice)


def _say_range(scale: Scale, start: float, end: float | None) -> str:
    assert scale.number is not None, "ranges are of numbers"
    if end is None:
        most = scale.number.maximum
        if most is None:
            return f"{say_number(scale, start)} or more"
        return _say_from_to(scale, start, float(most))
    if not scale.number.whole:
        return f"{say_number(scale, start)} to under {say_number(scale, end)}"
    return _say_from_to(scale, start, end - 1)


def _say_from_to(scale: Scale, start: float, end: float) -> str:
    return say_number(scale, start) if start == end else f"{say_number(scale, start)} to {say_number(scale, end)}"


def _where(submission: Submission) -> dict[str, str]:
    return {"round_slug": submission.round.slug, "code": submission.organisation_id}
