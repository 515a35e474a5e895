# SPDX-License-Identifier: MIT
"""Giving a view that a colleague has asked for."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.accounts.roles import Permission
from trigpoint_web.rounds.access import require_submission, signed_in
from trigpoint_web.rounds.actions.polls import GivenView, give_view
from trigpoint_web.rounds.actions.together import question_url
from trigpoint_web.rounds.adapters import answer_of
from trigpoint_web.rounds.errors import StepRefused
from trigpoint_web.rounds.forms.polls import ViewForm
from trigpoint_web.rounds.forms.together import initial_of
from trigpoint_web.rounds.models import PollReply
from trigpoint_web.rounds.opening import require_open
from trigpoint_web.rounds.pages.refused import explain_refusals
from trigpoint_web.rounds.presenters.polls import present_view
from trigpoint_web.rounds.queries.answers import find_framework
from trigpoint_web.rounds.queries.polls import find_reply_of, is_poll_open


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@explain_refusals
def reply(request: HttpRequest, poll: int) -> HttpResponse:
    """Give a view, or change it while the poll is open. Only for those who were asked."""
    asked = find_reply_of(signed_in(request), poll)
    if asked is None:
        raise Http404
    submission, now = asked.poll.submission, timezone.now()
    access = require_submission(
        request, round_slug=submission.round.slug, code=submission.organisation_id, permission=Permission.GIVE_VIEW
    )
    require_open(submission, now)
    if not is_poll_open(asked.poll, timezone.localdate(now)):
        raise StepRefused("This poll is closed, so no more views can be given.")
    form = _form(request, asked)
    if form.is_valid() and form.given is not None:
        view = GivenView(form.given, form.cleaned_data["note"])
        give_view(view, reply=asked, by=access.user, at=now)
        messages.success(request, f"Your view is with {asked.poll.by.name}. You can change it until the poll closes.")
        return redirect(question_url(submission, AnswerPlace(asked.poll.asked_in, asked.poll.question)))
    page = present_view(form, asked.poll, framework=find_framework(submission))
    return render(request, "rounds/poll_reply.jinja", {"page": page})


def _form(request: HttpRequest, asked: PollReply) -> ViewForm:
    question = asked.poll.question
    before = None if asked.replied_at is None else answer_of(asked)
    return ViewForm(
        request.POST if request.method == "POST" else None,
        framework=find_framework(asked.poll.submission),
        question=question,
        initial={**initial_of(question, before), "note": asked.note},
    )
