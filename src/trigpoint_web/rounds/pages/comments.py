# SPDX-License-Identifier: MIT
"""Saying something about a question."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.design_system.parts import Link
from trigpoint_web.rounds.access import require_submission
from trigpoint_web.rounds.actions.comments import NewComment, add_comment
from trigpoint_web.rounds.actions.together import question_url
from trigpoint_web.rounds.forms.comments import CommentForm
from trigpoint_web.rounds.pages.refused import explain_refusals
from trigpoint_web.rounds.pages.together import require_place
from trigpoint_web.rounds.presenters.together import list_in_words, say_where
from trigpoint_web.rounds.presenters.together_form import FormWords, present_form
from trigpoint_web.rounds.queries.answers import find_framework
from trigpoint_web.rounds.queries.together import list_colleagues


@login_required
@require_POST
@explain_refusals
def add(request: HttpRequest, round_slug: str, code: str, asked_in: str, question: str) -> HttpResponse:
    """Add a comment; one that can't stand comes back in a page of its own, with what was typed."""
    access = require_submission(request, round_slug=round_slug, code=code, permission=Permission.COMMENT)
    place = require_place(access, asked_in=asked_in, question=question)
    submission = access.submission
    others = list_colleagues(submission.organisation_id, Permission.COMMENT).exclude(pk=access.user.pk)
    form = CommentForm(request.POST, colleagues=tuple(others))
    back = question_url(submission, place)
    if form.is_valid():
        new = NewComment(place, form.cleaned_data["text"], form.people())
        comment = add_comment(new, submission=submission, by=access.user, at=timezone.now())
        names = [one.name for one in new.mentioned]
        told = f" {list_in_words(names)} will get an e-mail." if names else ""
        messages.success(request, f"Your comment is added.{told}")
        return redirect(f"{back}#comment-{comment.pk}")
    framework = find_framework(submission)
    words = FormWords(
        title=framework.questions[question].text,
        caption=f"Comment: {say_where(framework, asked_in)}",
        back=Link("Back to the question", back),
        button="Add comment",
    )
    return render(request, "rounds/together_form.jinja", {"page": present_form(form, words)})
