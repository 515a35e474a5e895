# SPDX-License-Identifier: MIT
"""Every answer that was given to a question, and everything that happened to a submission, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.accounts.models import User
from trigpoint_web.audit.models import Event
from trigpoint_web.design_system.parts import Column, Link, PageOfList, Table
from trigpoint_web.rounds.adapters import answer_of
from trigpoint_web.rounds.answer_text import say_answer
from trigpoint_web.rounds.models import Answer, AnswerSource, Submission
from trigpoint_web.rounds.presenters.moments import say_moment
from trigpoint_web.rounds.presenters.question import place_url, say_who, task_list_url
from trigpoint_web.rounds.queries.submission_answers import SubmissionAnswers
from trigpoint_web.rounds.states import SubmissionStep

# Of every event that happens to a submission or beside it; any other is said by its own name.
EVENTS: Mapping[str, str] = {
    SubmissionStep.START.value: "Gave the first answer",
    SubmissionStep.SUBMIT.value: "Sent the answers for signature",
    SubmissionStep.SEND_BACK.value: "Sent the answers back instead of signing",
    SubmissionStep.TAKE_BACK.value: "Took the answers back before they were signed",
    SubmissionStep.SIGN.value: "Signed the declaration",
    SubmissionStep.REOPEN.value: "Opened the signed answers again",
    "suggestion.dismissed": "Dismissed a suggested answer",
    "submission.extended": "Gave more time",
    "role.granted": "Gave somebody a role",
    "role.ended": "Ended a role",
}


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """A table with the newest first. pages: None where one page holds all."""

    title: str
    caption: str
    back: Link
    table: Table
    pages: PageOfList | None = None


def present_answer_history(
    given: SubmissionAnswers, place: AnswerPlace, rows: Iterable[Answer], *, viewer: User, now: datetime
) -> HistoryPage:
    """Return every version of an answer, newest first."""
    question = given.framework.questions[place.question]
    return HistoryPage(
        title="History of this answer",
        caption=question.text,
        back=Link("Back to the question", place_url(given.submission, place)),
        table=Table(
            "Every answer that was given, newest first",
            (Column("When"), Column("Who"), Column("Answer"), Column("Note"), Column("How and why")),
            tuple(
                (
                    say_moment(row.at, now=now),
                    _capital(say_who(row.by, viewer=viewer)),
                    say_answer(given.framework, place.question, answer_of(row)),
                    row.note or "No note",
                    _how(row),
                )
                for row in rows
            ),
            empty_text="Nobody has answered this question yet.",
        ),
    )


def _how(row: Answer) -> str:
    source = str(AnswerSource(row.source).label)
    return f"{source}: {row.reason}" if row.reason else source


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class EventsShown:
    """Events of one page, and who did them. people: by key; pages: where in the list this is."""

    events: Sequence[Event]
    people: Mapping[int, User]
    pages: PageOfList | None


def present_submission_history(
    submission: Submission, shown: EventsShown, *, viewer: User, now: datetime
) -> HistoryPage:
    """Return what happened to a submission, newest first."""
    rows = tuple(
        (say_moment(event.at, now=now), _who(event, shown.people, viewer), say_event(event), _why(event))
        for event in shown.events
    )
    return HistoryPage(
        title="Who did what and when",
        caption=f"{submission.organisation.name}, {submission.round.title}",
        back=Link("All sections", task_list_url(submission)),
        table=Table(
            "What happened, newest first",
            (Column("When"), Column("Who"), Column("What"), Column("Reason")),
            rows,
            empty_text="Nothing has happened yet.",
        ),
        pages=shown.pages,
    )


def _who(event: Event, people: Mapping[int, User], viewer: User) -> str:
    if event.by is None:
        return "The service"
    person = people.get(event.by)
    return "Somebody who is no longer listed" if person is None else _capital(say_who(person, viewer=viewer))


def _why(event: Event) -> str:
    return str(event.details.get("reason") or "None given")


def say_event(event: Event) -> str:
    """Return what was done, in words."""
    known = EVENTS.get(event.action)
    return known if known is not None else _capital(event.action.replace(".", " ").replace("_", " "))
