# SPDX-License-Identifier: MIT
"""Making a round: a form with all its problems at once, then what it would be, then the round."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Permission
from trigpoint_web.design_system.dates import say
from trigpoint_web.design_system.form_fields import fields_of, problems_of
from trigpoint_web.design_system.parts import Link
from trigpoint_web.organisations.permissions import require_in_nation
from trigpoint_web.rounds.access import signed_in
from trigpoint_web.rounds.actions.rounds import RoundPlan, create_round, freeze_framework
from trigpoint_web.rounds.forms.round_new import RoundFormChoices, RoundNewForm
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.pages.refused import explain_refusals
from trigpoint_web.rounds.presenters.round_new import (
    PlannedRound,
    RoundConfirmPage,
    RoundNewPage,
    moment_fields,
    present_population,
    summarise_plan,
)
from trigpoint_web.rounds.queries.frameworks import find_files, list_known_frameworks
from trigpoint_web.rounds.queries.rounds import (
    find_round,
    list_care_settings,
    list_kinds,
    list_rounds,
    preview_population,
)


@require_http_methods(["GET", "POST"])
@login_required
@explain_refusals
def round_new(request: HttpRequest) -> HttpResponseBase:
    """Show the form; sent, show what the round would be; sent from there, make it."""
    user = signed_in(request)
    require_in_nation(user, Permission.MANAGE_ROUND)
    choices = RoundFormChoices(list_known_frameworks(), list_kinds(), list_care_settings(), list(list_rounds()))
    if request.method != "POST":
        return _show_form(request, RoundNewForm(choices=choices))
    form = RoundNewForm(request.POST, choices=choices)
    step = request.POST.get("step")
    if not form.is_valid() or _nobody_takes_part(form) or step == "change":
        return _show_form(request, form)
    if step != "make":
        return _show_plan(request, form)
    round_ = _make(form, user)
    messages.success(request, f"{round_.title} is made. It is a draft until it opens.")
    return redirect("board", round_slug=round_.slug)


def _nobody_takes_part(form: RoundNewForm) -> bool:
    """Whether the population of a valid form is empty; said in the form where it is."""
    if preview_population(form.population()).organisations:
        return False
    form.add_error("register_on", "Nobody would take part: no organisation fits the register date, type and care")
    return True


@transaction.atomic
def _make(form: RoundNewForm, by: User) -> Round:
    """Freeze the framework and make the round: both or neither."""
    at, given = timezone.now(), form.cleaned_data
    files = find_files(given["framework"])
    assert files is not None, "the form offers known frameworks only"
    plan = RoundPlan(
        slug=given["slug"],
        title=given["title"],
        framework=freeze_framework(files, by=by, at=at),
        dates=given["dates"],
        population=form.population(),
        previous=find_round(given["previous"]),
        shows_live_scores=given["shows_live_scores"],
    )
    return create_round(plan, by=by, at=at)


def _show_form(request: HttpRequest, form: RoundNewForm) -> HttpResponse:
    fields = fields_of(form)
    back = Link("Rounds", reverse("rounds"))
    page = RoundNewPage("Make a round", back, problems_of(form), fields, moment_fields(fields))
    return render(request, "rounds/round_new.jinja", {"page": page})


def _show_plan(request: HttpRequest, form: RoundNewForm) -> HttpResponse:
    given = form.cleaned_data
    previous = find_round(given["previous"])
    plan = PlannedRound(
        title=given["title"],
        slug=given["slug"],
        framework=_label(form, "framework"),
        unit_of=Round.UnitOf(given["unit_of"]),
        previous=None if previous is None else previous.title,
        shows_live_scores=given["shows_live_scores"],
        dates=given["dates"],
    )
    text, by_kind, by_care = present_population(preview_population(form.population()), say(given["register_on"]))
    page = RoundConfirmPage(
        title="Check the round before it is made",
        caption=plan.title,
        summary=summarise_plan(plan, timezone.now()),
        population_text=text,
        by_kind=by_kind,
        by_care=by_care,
        typed=list_typed(request),
    )
    return render(request, "rounds/round_confirm.jinja", {"page": page})


def _label(form: RoundNewForm, name: str) -> str:
    """The words of the chosen option of a field."""
    return next(option.label for option in fields_of(form)[name].options if option.is_chosen)


def list_typed(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    """Return what was typed into the form, name by name, so that a page can send it again."""
    left_out = {"csrfmiddlewaretoken", "step"}
    return tuple(
        (name, value) for name, values in request.POST.lists() if name not in left_out for value in map(str, values)
    )
