# SPDX-License-Identifier: MIT
"""The history of an answer, and that of a submission."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.accounts.roles import Permission
from trigpoint_web.audit.models import Event
from trigpoint_web.design_system.parts import Link, PageOfList
from trigpoint_web.rounds.access import require_submission
from trigpoint_web.rounds.presenters.history import EventsShown, present_answer_history, present_submission_history
from trigpoint_web.rounds.queries.answers import list_answer_history
from trigpoint_web.rounds.queries.history import list_people, list_submission_events
from trigpoint_web.rounds.queries.submission_answers import read_submission_answers
from trigpoint_web.rounds.question_order import list_places_of_page

EVENTS_A_PAGE = 100


@login_required
@require_GET
def question_history(request: HttpRequest, round_slug: str, code: str, asked_in: str, question: str) -> HttpResponse:
    """Show every answer that was given to a question."""
    access = require_submission(request, round_slug=round_slug, code=code, permission=Permission.VIEW_SUBMISSION)
    given, place = read_submission_answers(access.submission), AnswerPlace(asked_in, question)
    if not list_places_of_page(given.framework, place, given.units):
        raise Http404
    rows = list_answer_history(access.submission, place)
    page = present_answer_history(given, place, rows, viewer=access.user, now=timezone.now())
    return render(request, "rounds/history.jinja", {"page": page})


@login_required
@require_GET
def submission_history(request: HttpRequest, round_slug: str, code: str) -> HttpResponse:
    """Show what happened to a submission."""
    access = require_submission(request, round_slug=round_slug, code=code, permission=Permission.VIEW_SUBMISSION)
    listed = Paginator(list_submission_events(access.submission), EVENTS_A_PAGE).get_page(request.GET.get("page"))
    events = list(listed)
    shown = EventsShown(events, list_people(events), _pages(listed))
    page = present_submission_history(access.submission, shown, viewer=access.user, now=timezone.now())
    return render(request, "rounds/history.jinja", {"page": page})


def _pages(listed: Page[Event]) -> PageOfList | None:
    """Where in the list this page is; None where it is all there is."""
    if not listed.has_other_pages():
        return None
    numbers = listed.paginator.get_elided_page_range(listed.number)
    return PageOfList(
        tuple(
            Link(str(number), f"?page={number}", is_current=number == listed.number)
            if isinstance(number, int)
            else None
            for number in numbers
        ),
        previous=Link("Previous", f"?page={listed.previous_page_number()}") if listed.has_previous() else None,
        next=Link("Next", f"?page={listed.next_page_number()}") if listed.has_next() else None,
    )
