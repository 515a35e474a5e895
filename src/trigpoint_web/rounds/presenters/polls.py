# SPDX-License-Identifier: MIT
"""A poll of colleagues in words: for the lead who asked, and for the colleague who is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from trigpoint.frameworks import Framework
from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.design_system.fields import Field, PageProblem
from trigpoint_web.design_system.form_fields import fields_of, problems_of
from trigpoint_web.design_system.parts import Bar, Column, Link, Table
from trigpoint_web.rounds.actions.together import question_url
from trigpoint_web.rounds.adapters import answer_of
from trigpoint_web.rounds.forms.polls import ViewForm
from trigpoint_web.rounds.forms.together import draw_answer_field
from trigpoint_web.rounds.models import Poll, PollReply, Submission
from trigpoint_web.rounds.presenters.moments import say_moment_shortly
from trigpoint_web.rounds.presenters.together import say_answer, say_day, say_where, share_out


@dataclass(frozen=True, slots=True)
class PollPage:
    """A poll as its lead sees it. close_url: None once it is closed."""

    title: str
    caption: str
    back: Link
    state: str
    message: str
    bars_title: str
    bars: tuple[Bar, ...]
    table: Table
    close_url: str | None


@dataclass(frozen=True, slots=True)
class ViewPage:
    """A poll as a colleague sees it who is asked: the question, what good looks like, the fields of a view."""

    title: str
    caption: str
    problems: tuple[PageProblem, ...]
    asked: str
    message: str
    question: str
    good_looks_like: str | None
    fields: tuple[Field, ...]


def present_poll(
    poll: Poll, replies: Sequence[PollReply], *, submission: Submission, framework: Framework, is_open: bool
) -> PollPage:
    """Return a poll with who said what; those who have not replied stand in the table too."""
    question = framework.questions[poll.question]
    given = [one for one in replies if one.replied_at is not None]
    until = f"Open until the end of {say_day(poll.due_on)}." if is_open else "Closed."
    where = {"round_slug": submission.round.slug, "code": submission.organisation_id, "poll": poll.pk}
    return PollPage(
        title=question.text,
        caption=f"Colleagues asked: {say_where(framework, poll.asked_in)}",
        back=Link("Back to the question", question_url(submission, AnswerPlace(poll.asked_in, poll.question))),
        state=f"{len(given)} of {len(replies)} colleagues replied. {until} Asked by {poll.by.name}.",
        message=poll.message,
        bars_title=f"What {len(given)} of {len(replies)} colleagues said",
        bars=share_out(framework, poll.question, [answer_of(one) for one in given]),
        table=Table(
            "Who said what",
            (Column("Colleague"), Column("View"), Column("Note"), Column("When")),
            tuple(_row(one, framework, poll.question) for one in replies),
        ),
        close_url=reverse("poll_close", kwargs=where) if is_open else None,
    )


def present_view(form: ViewForm, poll: Poll, *, framework: Framework) -> ViewPage:
    """Return the page on which a colleague gives a view. The poll's submission must have been fetched with it."""
    question = framework.questions[poll.question]
    submission = poll.submission
    answer = draw_answer_field(form, poll.question)
    return ViewPage(
        title="Give your view",
        caption=f"{submission.organisation.name}, {submission.round.title}",
        problems=problems_of(form),
        asked=(
            f"{poll.by.name} asks for your view on one question by {say_day(poll.due_on)}. It is shown with your name "
            "to the people who lead the answers. It does not answer the question for your organisation."
        ),
        message=poll.message,
        question=f"{question.text} ({say_where(framework, poll.asked_in)})",
        good_looks_like=question.good_looks_like,
        fields=(answer, fields_of(form)["note"]),
    )


def _row(reply: PollReply, framework: Framework, question: str) -> tuple[str, ...]:
    if reply.replied_at is None:
        return (reply.user.name, "Not replied", "", "")
    view = say_answer(framework, question, answer_of(reply))
    return (reply.user.name, view, reply.note, say_moment_shortly(reply.replied_at))
