# SPDX-License-Identifier: MIT
"""Home: what I can act on now, and where my organisation's answers, people and results are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.design_system.parts import Colour, Status, Task, TaskSection
from trigpoint_web.rounds.models import Delegation, Mention, PollReply, Round, Submission
from trigpoint_web.rounds.opening import due_at, find_why_not_open
from trigpoint_web.rounds.presenters.moments import say_due, say_moment
from trigpoint_web.rounds.presenters.question import place_url, task_list_url
from trigpoint_web.rounds.presenters.round_frame import count_of, submission_status
from trigpoint_web.rounds.presenters.signing_links import signing_url
from trigpoint_web.rounds.queries.answers import find_framework
from trigpoint_web.rounds.queries.home import HomeRows
from trigpoint_web.rounds.states import RoundState, SubmissionState

NO_ROLE = "You have no role in any organisation yet. Ask the lead of your organisation to invite you."
NOTHING = "There is nothing for you to do now."


@dataclass(frozen=True, slots=True)
class HomePage:
    """What there is to do, under headings; empty_text is said where there is nothing."""

    title: str
    sections: tuple[TaskSection, ...]
    empty_text: str


def present_home(rows: HomeRows, *, now: datetime) -> HomePage:
    """Return the page; a heading under which there is nothing is left out."""
    named = (
        ("Asked of you", _asked(rows)),
        ("To answer", _to_answer(rows.to_answer, now)),
        ("To sign", _to_sign(rows.to_sign)),
        ("Your organisation", _own(rows)),
        ("To review", _to_review(rows.to_review)),
        ("Rounds", _rounds(rows.rounds_to_manage, now)),
        ("Results", _results(rows)),
        ("Frameworks", _frameworks(rows)),
    )
    sections = [TaskSection(title, tuple(tasks)) for title, tasks in named]
    return HomePage(
        title="What you can do now",
        sections=tuple(section for section in sections if section.tasks),
        empty_text=NOTHING if rows.has_role else NO_ROLE,
    )


def _name(submission: Submission) -> str:
    return f"{submission.organisation.name}, {submission.round.title}"


def _to_answer(submissions: Iterable[Submission], now: datetime) -> Iterator[Task]:
    for one in submissions:
        if find_why_not_open(one, now) is None:
            yield Task(_name(one), _left(one), task_list_url(one), f"Due {say_due(due_at(one), now=now)}")


def _left(submission: Submission) -> Status:
    left = submission.asked_count - submission.dealt_with_count
    if submission.dealt_with_count == 0:
        return Status(f"Not started: {submission.asked_count} questions", Colour.GREY)
    return Status(f"{left} of {submission.asked_count} left", Colour.BLUE) if left else Status("All dealt with", None)


def _to_sign(submissions: Iterable[Submission]) -> Iterator[Task]:
    for one in submissions:
        yield Task(_name(one), Status("Waiting for you"), signing_url(one, "sign"))


def _own(rows: HomeRows) -> Iterator[Task]:
    """Where each submission of a round that is on stands, its results from closing on, and who is there."""
    for one in rows.own:
        hint = f"The round: {str(RoundState(one.round.state).label).lower()}"
        yield Task(_name(one), submission_status(one.state), task_list_url(one), hint)
        if one.state == SubmissionState.SIGNED and one.round.state != RoundState.OPEN:
            yield Task(f"Results of {_name(one)}", Status("Not published", None), results_url(one))
    for organisation in rows.organisations:
        people = reverse("people", args=[organisation.code])
        yield Task(f"People of {organisation.name}", Status("Who has which role", None), people)


def results_url(submission: Submission) -> str:
    """Return the address of the results of an organisation in a round."""
    return reverse("organisation_results", args=[submission.round.slug, submission.organisation_id])


def _to_review(rounds: Iterable[Round]) -> Iterator[Task]:
    for one in rounds:
        signed = count_of(one.signed, "organisation")  # type: ignore[attr-defined]
        yield Task(one.title, Status(f"{signed} signed", None), reverse("review_list", args=[one.slug]))


def _rounds(rounds: Iterable[Round], now: datetime) -> Iterator[Task]:
    for one in rounds:
        hint = f"Closes {say_due(one.closes_at, now=now)}" if one.state == RoundState.OPEN else None
        if one.state == RoundState.DRAFT:
            hint = f"Opens {say_moment(one.opens_at, now=now)}"
        yield Task(one.title, Status(str(RoundState(one.state).label)), reverse("board", args=[one.slug]), hint)


def _results(rows: HomeRows) -> Iterator[Task]:
    available = Status("Results", None)
    for round_ in rows.rounds_with_results:
        yield Task(f"The nation, {round_.title}", available, reverse("national_results", args=[round_.slug]))
    for round_ in rows.rounds_of_system:
        url = reverse("results_list", args=[round_.slug])
        yield Task(f"The organisations of your system, {round_.title}", available, url)
    for one in rows.with_results:
        yield Task(_name(one), available, results_url(one))


def _frameworks(rows: HomeRows) -> Iterator[Task]:
    if rows.reads_frameworks:
        yield Task("Read frameworks and preview them", Status("All versions", None), reverse("frameworks"))


def _asked(rows: HomeRows) -> Iterator[Task]:
    yield from map(_delegated, rows.asked.delegations)
    yield from map(_polled, rows.asked.polls)
    yield from map(_mentioned, rows.asked.mentions)


def _delegated(one: Delegation) -> Task:
    submission, framework = one.submission, find_framework(one.submission)
    if one.question:
        title = framework.questions[one.question].short_title
        url = place_url(submission, AnswerPlace(one.asked_in, one.question))
    else:
        title = framework.measures[one.section].title
        url = section_url(submission, one)
    hint = f"{one.by.name} asks you to answer, by {one.due_on.day} {one.due_on:%B}. {_name(submission)}"
    return Task(title, Status("To answer"), url, hint)


def section_url(submission: Submission, delegation: Delegation) -> str:
    """Return the address of the section that somebody was asked to answer."""
    names = [submission.round.slug, submission.organisation_id, delegation.asked_in, delegation.section]
    return reverse("section", args=names)


def _polled(one: PollReply) -> Task:
    poll = one.poll
    title = find_framework(poll.submission).questions[poll.question].short_title
    hint = f"{poll.by.name} asks for your view, by {poll.due_on.day} {poll.due_on:%B}. {_name(poll.submission)}"
    return Task(title, Status("Your view"), reverse("poll_reply", args=[poll.pk]), hint)


def _mentioned(one: Mention) -> Task:
    comment = one.comment
    title = find_framework(comment.submission).questions[comment.question].short_title
    place = AnswerPlace(comment.asked_in, comment.question)
    hint = f"{comment.by.name} wrote to you. {_name(comment.submission)}"
    url = f"{place_url(comment.submission, place)}#comment-{comment.pk}"
    return Task(title, Status("Question from a colleague", Colour.YELLOW), url, hint)
