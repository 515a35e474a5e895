# SPDX-License-Identifier: MIT
"""Give evidence that the organisation has for another answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.design_system.fields import Field
from trigpoint_web.design_system.form_fields import fields_of, problems_of
from trigpoint_web.design_system.parts import Link
from trigpoint_web.rounds.access import SubmissionAccess
from trigpoint_web.rounds.actions.evidence import reuse_evidence
from trigpoint_web.rounds.evidence_places import PlaceInAddress, require_evidence_place
from trigpoint_web.rounds.forms.evidence import ReuseForm
from trigpoint_web.rounds.opening import require_open
from trigpoint_web.rounds.pages.refused import explain_refusals
from trigpoint_web.rounds.presenters.evidence import EvidenceReusePage, back_to_question, caption_of, describe_offered
from trigpoint_web.rounds.presenters.evidence_panel import place_kwargs
from trigpoint_web.rounds.queries.answers import find_framework
from trigpoint_web.rounds.queries.evidence import list_reusable


@login_required
@require_http_methods(["GET", "POST"])
@explain_refusals
def evidence_reuse(request: HttpRequest, round_slug: str, code: str, asked_in: str, question: str) -> HttpResponse:
    """Show what there is, and give what is chosen."""
    address = PlaceInAddress(round_slug, code, asked_in, question)
    access = require_evidence_place(request, address, Permission.ATTACH_EVIDENCE)
    require_open(access.submission, timezone.now())
    offered = list(list_reusable(access.submission, address.place))
    form = ReuseForm(request.POST if request.method == "POST" else None, offered=offered)
    if form.is_valid():
        place, chosen = address.place, form.chosen_evidence
        reuse_evidence(chosen, submission=access.submission, place=place, by=access.user, at=timezone.now())
        messages.success(request, "Evidence added.")
        return redirect(back_to_question(access.submission, address.place).url)
    page = _present(form, access, address)
    return render(request, "rounds/evidence_reuse.jinja", {"page": page})


def _present(form: ReuseForm, access: SubmissionAccess, address: PlaceInAddress) -> EvidenceReusePage:
    submission, place = access.submission, address.place
    field = _with_hints(form, on=timezone.localdate())
    return EvidenceReusePage(
        title="Use evidence you have",
        caption=caption_of(find_framework(submission), place),
        back=back_to_question(submission, place),
        field=field if field.options else None,
        add=Link("Add a file or link", reverse("evidence_add", kwargs=place_kwargs(submission, place))),
        problems=problems_of(form) if field.options else (),
    )


def _with_hints(form: ReuseForm, *, on: date) -> Field:
    field = fields_of(form)["chosen"]
    hints = {str(one.pk): describe_offered(one, on=on) for one in form.offered}
    return replace(field, options=tuple(replace(one, hint=hints[one.value]) for one in field.options))
