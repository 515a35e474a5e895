# SPDX-License-Identifier: MIT
"""Asking a colleague to answer a section or a question, and ending that."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.design_system.parts import Link
from trigpoint_web.rounds.access import SubmissionAccess, require_submission
from trigpoint_web.rounds.actions.delegation import DelegatedPart, NewDelegation, delegate, end_delegation, url_of_part
from trigpoint_web.rounds.actions.together import latest_day, question_url, submission_url
from trigpoint_web.rounds.forms.delegation import DelegationForm
from trigpoint_web.rounds.opening import require_open
from trigpoint_web.rounds.pages.refused import explain_refusals
from trigpoint_web.rounds.pages.together import require_place, require_section
from trigpoint_web.rounds.presenters.together import say_day, say_where
from trigpoint_web.rounds.presenters.together_form import FormWords, present_form
from trigpoint_web.rounds.queries.answers import find_framework
from trigpoint_web.rounds.queries.together import list_colleagues, list_open_delegations


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@explain_refusals
def delegate_section(request: HttpRequest, round_slug: str, code: str, asked_in: str, section: str) -> HttpResponse:
    """Ask a colleague to answer a section."""
    access = require_submission(request, round_slug=round_slug, code=code, permission=Permission.DELEGATE)
    require_section(access, asked_in=asked_in, section=section)
    title = find_framework(access.submission).measures[section].title
    back = Link("Task list", submission_url("task_list", access.submission))
    return _delegate(request, access, DelegatedPart(asked_in, section=section), title, back)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@explain_refusals
def delegate_question(request: HttpRequest, round_slug: str, code: str, asked_in: str, question: str) -> HttpResponse:
    """Ask a colleague to answer one question."""
    access = require_submission(request, round_slug=round_slug, code=code, permission=Permission.DELEGATE)
    place = require_place(access, asked_in=asked_in, question=question)
    title = find_framework(access.submission).questions[question].text
    back = Link("Back to the question", question_url(access.submission, place))
    return _delegate(request, access, DelegatedPart(asked_in, question=question), title, back)


@login_required
@require_POST
@explain_refusals
def end(request: HttpRequest, round_slug: str, code: str, delegation: int) -> HttpResponse:
    """Hand back, or end, what a colleague was asked to answer."""
    access = require_submission(request, round_slug=round_slug, code=code, permission=Permission.VIEW_SUBMISSION)
    found = access.submission.delegations.filter(pk=delegation).first()
    if found is None:
        raise Http404
    if found.to_id != access.user.pk and not access.may(Permission.DELEGATE):
        raise PermissionDenied
    ended = end_delegation(found, by=access.user, at=timezone.now())
    messages.success(request, "You handed it back." if ended.to == access.user else f"{ended.to.name} has been told.")
    return redirect(url_of_part(ended))


def _delegate(
    request: HttpRequest, access: SubmissionAccess, part: DelegatedPart, title: str, back: Link
) -> HttpResponse:
    submission, now = access.submission, timezone.now()
    require_open(submission, now)
    form = DelegationForm(
        request.POST if request.method == "POST" else None,
        colleagues=tuple(list_colleagues(submission.organisation_id, Permission.ANSWER)),
        today=timezone.localdate(now),
        latest=latest_day(submission),
    )
    if form.is_valid():
        to, due_on = form.colleague(), form.cleaned_data["due_on"]
        new = NewDelegation(part, to, due_on, form.cleaned_data["message"])
        delegate(new, submission=submission, by=access.user, at=now)
        messages.success(request, f"You asked {to.name} to answer by {say_day(due_on)}.")
        return redirect(back.url)
    caption = f"Ask a colleague to answer: {say_where(find_framework(submission), part.asked_in)}"
    words = FormWords(title, caption, back, "Ask", _paragraphs(access, part))
    return render(request, "rounds/together_form.jinja", {"page": present_form(form, words)})


def _paragraphs(access: SubmissionAccess, part: DelegatedPart) -> tuple[str, ...]:
    said = "It says who is expected to answer. Others can still answer too."
    asked = (part.asked_in, part.section, part.question)
    for one in list_open_delegations(access.submission):
        if (one.asked_in, one.section, one.question) == asked:
            return (
                said,
                f"{one.to.name} is asked now, by {say_day(one.due_on)}. That ends when you ask somebody else.",
            )
    return (said,)
