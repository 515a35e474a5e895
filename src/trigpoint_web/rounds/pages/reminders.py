# SPDX-License-Identifier: MIT
"""Reminding: choose whom, write it, read every mail, send."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.design_system.fields import PageProblem
from trigpoint_web.design_system.form_fields import fields_of, problems_of
from trigpoint_web.rounds.access import RoundAccess, require_round
from trigpoint_web.rounds.actions.reminders import ReminderPlan, RemindersSent, prepare_reminders, send_reminders
from trigpoint_web.rounds.errors import ChangeRefused
from trigpoint_web.rounds.forms.reminders import ReminderForm
from trigpoint_web.rounds.presenters.board import SELECTED
from trigpoint_web.rounds.presenters.reminders import present_preview, present_reminder
from trigpoint_web.rounds.presenters.round_frame import count_of
from trigpoint_web.rounds.queries.selection import list_selected, read_codes

LONGEST_KEY = 36  # of a UUID


@require_http_methods(["GET", "POST"])
@login_required
def remind(request: HttpRequest, round_slug: str) -> HttpResponseBase:
    """Show the form; sent, show every mail; sent from there, queue them once."""
    access = require_round(request, round_slug=round_slug, permission=Permission.MANAGE_ROUND)
    if request.method != "POST":
        codes = read_codes(request.GET.getlist(SELECTED))
        return _show_form(request, access, codes, ReminderForm(asks_whom=not codes))
    codes = read_codes(request.POST.getlist(SELECTED))
    form = ReminderForm(request.POST, asks_whom=not codes)
    step = request.POST.get("step")
    if not form.is_valid() or step == "change":
        return _show_form(request, access, codes, form)
    plan = _plan(request, form, codes)
    try:
        if step == "send":
            sent = send_reminders(access.round, plan, by=access.user, at=timezone.now())
            return _say_sent(request, access, sent)
        return _show_preview(request, access, plan)
    except ChangeRefused as refused:
        problems = tuple(PageProblem(problem) for problem in refused.problems)
        return _show_form(request, access, codes, form, problems)


def _plan(request: HttpRequest, form: ReminderForm, codes: tuple[str, ...]) -> ReminderPlan:
    # A key of the browser's own making would do no harm: it only says which reminder comes a second time.
    key = request.POST.get("key", "")[:LONGEST_KEY].replace("\x00", "") or str(uuid.uuid4())
    states = tuple(form.cleaned_data.get("states", ()))
    return ReminderPlan(key, form.cleaned_data["text"], states=states, codes=codes)


def _say_sent(request: HttpRequest, access: RoundAccess, sent: RemindersSent) -> HttpResponse:
    what = f"{count_of(sent.mails, 'mail')} to {count_of(sent.organisations, 'organisation')}"
    if sent.was_sent_before:
        messages.info(request, f"This reminder was sent already: {what}. It was not sent again.")
    else:
        messages.success(request, f"Sent: {what}.")
    return redirect("outgoing_mail", round_slug=access.round.slug)


def _show_form(
    request: HttpRequest,
    access: RoundAccess,
    codes: tuple[str, ...],
    form: ReminderForm,
    refused: tuple[PageProblem, ...] = (),
) -> HttpResponse:
    selected = list_selected(access.round, codes) if codes else []
    page = present_reminder(access.round, selected, fields_of(form), (*problems_of(form), *refused))
    return render(request, "rounds/remind.jinja", {"page": page})


def _show_preview(request: HttpRequest, access: RoundAccess, plan: ReminderPlan) -> HttpResponse:
    reminders = prepare_reminders(access.round, plan, at=timezone.now())
    typed = (
        ("key", plan.key),
        ("subject", plan.text.subject),
        ("body", plan.text.body),
        *(("states", state) for state in plan.states),
        *((SELECTED, code) for code in plan.codes),
    )
    page = present_preview(access.round, reminders, typed=typed)
    return render(request, "rounds/remind_preview.jinja", {"page": page})
