# SPDX-License-Identifier: MIT
"""The panel "Working together" of a question's page: who holds it, what colleagues and staff say, comments.

The page reads with `queries.together.load_together(access, place, at=now)` and gives what came, with `access`, to
`present_together_panel`. None says that the reader is no colleague: no panel. The template has it outside the form of
the answer, as forms don't nest:

    {% from "rounds/together_panel.jinja" import together_panel %}
    {% if page.together %}{{ together_panel(page.together, csrf_input) }}{% endif %}

When `loaded.has_unseen_mention`, the page also calls `actions.comments.mark_mentions_seen`, after reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from trigpoint.frameworks import Framework
from trigpoint_web.accounts.roles import Permission
from trigpoint_web.design_system.fields import Field
from trigpoint_web.design_system.form_fields import fields_of
from trigpoint_web.design_system.parts import Bar, Link
from trigpoint_web.rounds.access import SubmissionAccess
from trigpoint_web.rounds.adapters import answer_of
from trigpoint_web.rounds.forms.comments import CommentForm
from trigpoint_web.rounds.models import Comment, Delegation, SurveyCount
from trigpoint_web.rounds.presenters.moments import say_moment
from trigpoint_web.rounds.presenters.surveys import present_shown
from trigpoint_web.rounds.presenters.together import list_in_words, say_day, share_out
from trigpoint_web.rounds.queries.answers import find_framework
from trigpoint_web.rounds.queries.polls import is_poll_open
from trigpoint_web.rounds.queries.together import TogetherHere


@dataclass(frozen=True, slots=True)
class HolderLine:
    """Who is asked to answer, until when, and why; end_url: where it is ended, None for those who can't end it."""

    text: str
    message: str
    end_url: str | None
    end_text: str


@dataclass(frozen=True, slots=True)
class SharedViews:
    """What colleagues or staff said: a sentence, bars with the same in numbers, and where to see more."""

    title: str
    text: str
    bars: tuple[Bar, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class CommentLine:
    """One comment: its paragraphs, who wrote it and when, whom it names."""

    anchor: str
    paragraphs: tuple[str, ...]
    by: str
    mentioned: str | None


@dataclass(frozen=True, slots=True)
class TogetherPanel:
    """What the panel shows. id: unlike any other panel's on the page. comment_url: None for those who only read."""

    id: str
    holder: HolderLine | None
    views: tuple[SharedViews, ...]
    links: tuple[Link, ...]
    comments: tuple[CommentLine, ...]
    comments_title: str
    comment_url: str | None
    comment_fields: tuple[Field, ...]


def present_together_panel(loaded: TogetherHere | None, access: SubmissionAccess) -> TogetherPanel | None:
    """Return the panel of a question; None where nothing was loaded, as the reader is no colleague."""
    if loaded is None:
        return None
    may_comment = loaded.takes_comments and access.may(Permission.COMMENT)
    return TogetherPanel(
        id=f"together-{loaded.place.asked_in}-{loaded.place.question}",
        holder=None if loaded.delegation is None else present_holder(loaded.delegation, access, is_open=loaded.is_open),
        views=tuple(_present_views(loaded, access)),
        links=tuple(_present_links(loaded, access)),
        comments=tuple(map(present_comment, loaded.comments)),
        comments_title=f"Comments ({len(loaded.comments)})" if loaded.comments else "Comments",
        comment_url=_url("comment_add", access, loaded) if may_comment else None,
        comment_fields=_present_comment_fields(loaded),
    )


def present_holder(delegation: Delegation, access: SubmissionAccess, *, is_open: bool) -> HolderLine:
    """Return who is asked to answer; the one who is, and who may delegate, can end it."""
    is_mine = delegation.to_id == access.user.pk
    what = "this section" if delegation.section else "this question"
    who = "You are" if is_mine else f"{delegation.to.name} is"
    may_end = is_open and (is_mine or access.may(Permission.DELEGATE))
    return HolderLine(
        text=f"{who} asked by {delegation.by.name} to answer {what} by {say_day(delegation.due_on)}.",
        message=delegation.message,
        end_url=_end_url(delegation, access) if may_end else None,
        end_text="Hand it back" if is_mine else "End this",
    )


def present_comment(comment: Comment) -> CommentLine:
    """Return a comment with its paragraphs; its mentions must have been fetched."""
    names = [one.user.name for one in comment.mentions.all()]
    return CommentLine(
        anchor=f"comment-{comment.pk}",
        paragraphs=tuple(line.strip() for line in comment.text.splitlines() if line.strip()),
        by=f"{comment.by.name}, {say_moment(comment.at)}",
        mentioned=f"For {list_in_words(names)}" if names else None,
    )


def _present_views(loaded: TogetherHere, access: SubmissionAccess) -> list[SharedViews]:
    framework = find_framework(access.submission)
    views = []
    if loaded.poll is not None:
        views.append(_present_poll(loaded, access, framework))
    if loaded.survey_counts and access.may(Permission.ANSWER):
        views.append(_present_survey(loaded.survey_counts, framework, loaded.place.question))
    return views


def _present_poll(loaded: TogetherHere, access: SubmissionAccess, framework: Framework) -> SharedViews:
    assert loaded.poll is not None, "asked for only where there is a poll"
    replied = [one for one in loaded.poll_replies if one.replied_at is not None]
    mine = next((one for one in loaded.poll_replies if one.user_id == access.user.pk), None)
    is_open = loaded.is_open and is_poll_open(loaded.poll, loaded.today)
    text = f"{len(replied)} of {len(loaded.poll_replies)} replied; " + (
        f"open until {say_day(loaded.poll.due_on)}." if is_open else "closed."
    )
    links = []
    if mine is not None and is_open:
        verb = "Give your view" if mine.replied_at is None else "Change your view"
        links.append(Link(verb, reverse("poll_reply", kwargs={"poll": loaded.poll.pk})))
    if access.may(Permission.ASK_COLLEAGUES):
        links.append(Link("See who said what", _submission_url("poll", access, poll=loaded.poll.pk)))
    # Whoever is still to give a view gives their own: what the others said comes after it.
    is_still_asked = mine is not None and mine.replied_at is None and is_open
    answers = [] if is_still_asked else [answer_of(one) for one in replied]
    bars = share_out(framework, loaded.place.question, answers)
    return SharedViews("Colleagues asked", text, bars, tuple(links))


def _present_survey(counts: tuple[SurveyCount, ...], framework: Framework, question: str) -> SharedViews:
    shown = present_shown(counts, framework.scale_of(question))
    return SharedViews(f"Staff survey: {counts[0].survey.title}", shown.text, shown.bars)


def _present_links(loaded: TogetherHere, access: SubmissionAccess) -> list[Link]:
    links = []
    if loaded.is_open and access.may(Permission.DELEGATE):
        links.append(Link("Ask a colleague to answer", _url("delegate_question", access, loaded)))
    if access.may(Permission.ASK_COLLEAGUES):
        if loaded.is_open and (loaded.poll is None or not is_poll_open(loaded.poll, loaded.today)):
            links.append(Link("Ask colleagues for their view", _url("poll_new", access, loaded)))
        links.append(Link("Staff surveys", _submission_url("surveys", access)))
    return links


def _present_comment_fields(loaded: TogetherHere) -> tuple[Field, ...]:
    # The question is in the ids, as a page may have several panels.
    form = CommentForm(colleagues=loaded.colleagues, auto_id=f"id_{loaded.place.question}_%s")
    return tuple(fields_of(form).values())


def _url(name: str, access: SubmissionAccess, loaded: TogetherHere) -> str:
    return _submission_url(name, access, asked_in=loaded.place.asked_in, question=loaded.place.question)


def _end_url(delegation: Delegation, access: SubmissionAccess) -> str:
    return _submission_url("delegation_end", access, delegation=delegation.pk)


def _submission_url(name: str, access: SubmissionAccess, **more: object) -> str:
    submission = access.submission
    where: Mapping[str, object] = {"round_slug": submission.round.slug, "code": submission.organisation_id, **more}
    return reverse(name, kwargs=dict(where))
