# SPDX-License-Identifier: MIT
"""Asking colleagues for their view on a question, and what came of it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.design_system.parts import Link
from trigpoint_web.rounds.access import SubmissionAccess, require_submission
from trigpoint_web.rounds.actions.polls import NewPoll, close_poll, open_poll
from trigpoint_web.rounds.actions.together import latest_day, question_url, submission_url
from trigpoint_web.rounds.errors import ChangeRefused
from trigpoint_web.rounds.forms.polls import PollForm
from trigpoint_web.rounds.models import Poll
from trigpoint_web.rounds.opening import find_why_not_open, require_open
from trigpoint_web.rounds.pages.refused import explain_refusals
from trigpoint_web.rounds.pages.together import require_place
from trigpoint_web.rounds.presenters.polls import present_poll
from trigpoint_web.rounds.presenters.together import say_where
from trigpoint_web.rounds.presenters.together_form import FormWords, present_form
from trigpoint_web.rounds.queries.answers import find_framework
from trigpoint_web.rounds.queries.polls import find_poll, is_poll_open, list_poll_replies
from trigpoint_web.rounds.queries.together import list_colleagues


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@explain_refusals
def new(request: HttpRequest, round_slug: str, code: str, asked_in: str, question: str) -> HttpResponse:
    """Choose whom to ask for a view on a question."""
    access = require_submission(request, round_slug=round_slug, code=code, permission=Permission.ASK_COLLEAGUES)
    place = require_place(access, asked_in=asked_in, question=question)
    submission, now = access.submission, timezone.now()
    require_open(submission, now)
    form = PollForm(
        request.POST if request.method == "POST" else None,
        colleagues=tuple(list_colleagues(submission.organisation_id, Permission.GIVE_VIEW).exclude(pk=access.user.pk)),
        today=timezone.localdate(now),
        latest=latest_day(submission),
    )
    if form.is_valid():
        asked = NewPoll(place, form.people(), form.cleaned_data["due_on"], form.cleaned_data["message"])
        try:
            poll = open_poll(asked, submission=submission, by=access.user, at=now)
        except ChangeRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{len(asked.colleagues)} of your colleagues will get an e-mail.")
            return redirect(submission_url("poll", submission, poll=poll.pk))
    framework = find_framework(submission)
    words = FormWords(
        title=framework.questions[question].text,
        caption=f"Ask colleagues for their view: {say_where(framework, asked_in)}",
        back=Link("Back to the question", question_url(submission, place)),
        button="Ask",
    )
    return render(request, "rounds/together_form.jinja", {"page": present_form(form, words)})


@login_required
@require_safe
def show(request: HttpRequest, round_slug: str, code: str, poll: int) -> HttpResponse:
    """Show who said what."""
    access = require_submission(request, round_slug=round_slug, code=code, permission=Permission.ASK_COLLEAGUES)
    found = _require_poll(access, poll)
    now = timezone.now()
    is_open = is_poll_open(found, timezone.localdate(now)) and find_why_not_open(access.submission, now) is None
    page = present_poll(
        found,
        tuple(list_poll_replies(found)),
        submission=access.submission,
        framework=find_framework(access.submission),
        is_open=is_open,
    )
    return render(request, "rounds/poll.jinja", {"page": page})


@login_required
@require_POST
@explain_refusals
def close(request: HttpRequest, round_slug: str, code: str, poll: int) -> HttpResponse:
    """Close a poll before its day."""
    access = require_submission(request, round_slug=round_slug, code=code, permission=Permission.ASK_COLLEAGUES)
    closed = close_poll(_require_poll(access, poll), by=access.user, at=timezone.now())
    messages.success(request, "The poll is closed.")
    return redirect(submission_url("poll", access.submission, poll=closed.pk))


def _require_poll(access: SubmissionAccess, pk: int) -> Poll:
    found = find_poll(access.submission, pk)
    if found is None:
        raise Http404
    return found
