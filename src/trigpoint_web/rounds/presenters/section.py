# SPDX-License-Identifier: MIT
"""The questions of one section, each with its answer: to go to any of them, in any order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from trigpoint.frameworks.asking import section_of
from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.accounts.models import User
from trigpoint_web.design_system.parts import Colour, Link, Status, Task
from trigpoint_web.rounds.answer_text import say_answer
from trigpoint_web.rounds.presenters.places import say_asked_in
from trigpoint_web.rounds.presenters.question import UNSCORED, place_url, say_saved, say_section, task_list_url
from trigpoint_web.rounds.queries.submission_answers import SubmissionAnswers


@dataclass(frozen=True, slots=True)
class SectionPage:
    """The questions of a section. summary: what it is about, None where the framework doesn't say."""

    title: str
    caption: str
    back: Link
    summary: str | None
    tasks: tuple[Task, ...]
    go_on: Link | None


def present_section(
    given: SubmissionAnswers, asked_in: str, section: str, *, viewer: User, now: datetime
) -> SectionPage | None:
    """Return the page; None when nothing of such a section is asked there."""
    framework, named = given.framework, None if section == UNSCORED else section
    places = [
        place
        for place in given.places
        if place.asked_in == asked_in and section_of(framework, framework.questions[place.question]) == named
    ]
    if not places:
        return None
    where = say_asked_in(framework, given.units, asked_in)
    left = [place for place in places if given.is_open(place)]
    return SectionPage(
        title=say_section(framework, named),
        caption=f"{given.submission.organisation.name}{f' · {where}' if where else ''}",
        back=Link("All sections", task_list_url(given.submission)),
        summary=None if named is None else framework.measures[named].summary,
        tasks=tuple(_task(given, place, viewer, now) for place in places),
        go_on=Link("Go to the first open question", place_url(given.submission, left[0])) if left else None,
    )


def _task(given: SubmissionAnswers, place: AnswerPlace, viewer: User, now: datetime) -> Task:
    row = given.rows.get(place)
    is_open = given.is_open(place)
    answer = say_answer(given.framework, place.question, given.answer(place))
    return Task(
        title=given.framework.questions[place.question].short_title,
        status=Status("Not answered", Colour.GREY) if is_open else Status(answer, None),
        url=place_url(given.submission, place),
        hint=None if row is None else say_saved(row, viewer=viewer, now=now),
    )
