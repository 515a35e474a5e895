# SPDX-License-Identifier: MIT
"""What can be done with a round now, each step confirmed on a page of its own."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.design_system.fields import PageProblem
from trigpoint_web.design_system.form_fields import fields_of, problems_of
from trigpoint_web.rounds.access import require_round
from trigpoint_web.rounds.actions.round_steps import list_offered, take_round_step
from trigpoint_web.rounds.actions.steps import StepTaken
from trigpoint_web.rounds.errors import ChangeRefused, StepRefused
from trigpoint_web.rounds.forms.round_dates import RoundStepForm
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.pages.refused import explain_refusals
from trigpoint_web.rounds.presenters.round_steps import STEP_BY_SLUG, STEP_WORDS, present_step, present_steps
from trigpoint_web.rounds.states import ROUND_TRANSITIONS, RoundState, RoundStep


@require_GET
@login_required
def round_steps(request: HttpRequest, round_slug: str) -> HttpResponse:
    """Show where the round is and its steps."""
    access = require_round(request, round_slug=round_slug, permission=Permission.MANAGE_ROUND)
    page = present_steps(access.round, timezone.now())
    return render(request, "rounds/round_steps.jinja", {"page": page})


@require_http_methods(["GET", "POST"])
@login_required
@explain_refusals
def round_step(request: HttpRequest, round_slug: str, step: str) -> HttpResponseBase:
    """Ask whether to take the step; sent, take it."""
    access = require_round(request, round_slug=round_slug, permission=Permission.MANAGE_ROUND)
    chosen = STEP_BY_SLUG.get(step)
    if chosen is None:
        raise Http404
    if chosen not in list_offered(access.round):
        # Also the button pressed twice: the second time the step is behind us.
        state = RoundState(access.round.state).label.lower()
        raise StepRefused(f"The round is {state}, so this step can’t be taken from here.")
    form = _form(request, chosen)
    problems: tuple[PageProblem, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            taken = StepTaken(access.user, timezone.now(), form.cleaned_data.get("reason", ""))
            take_round_step(access.round, chosen, taken, closes_at=form.cleaned_data["closes_at"])
        except ChangeRefused as refused:
            problems = tuple(PageProblem(problem, _first_id(form)) for problem in refused.problems)
        else:
            messages.success(request, STEP_WORDS[chosen].done)
            return redirect("round_steps", round_slug=round_slug)
    return _show(request, access.round, chosen, form, problems)


def _form(request: HttpRequest, step: RoundStep) -> RoundStepForm:
    typed = request.POST if request.method == "POST" else None
    needs_reason = ROUND_TRANSITIONS[step].needs_reason
    return RoundStepForm(typed, needs_reason=needs_reason, needs_closing=step is RoundStep.OPEN_AGAIN)


def _first_id(form: RoundStepForm) -> str | None:
    first = next(iter(fields_of(form).values()), None)
    return None if first is None else f"#{first.first_id}"


def _show(
    request: HttpRequest, round_: Round, step: RoundStep, form: RoundStepForm, refused: tuple[PageProblem, ...]
) -> HttpResponse:
    page = present_step(round_, step, fields_of(form), (*problems_of(form), *refused))
    return render(request, "rounds/round_step.jinja", {"page": page})
