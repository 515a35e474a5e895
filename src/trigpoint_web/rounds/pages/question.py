# SPDX-License-Identifier: MIT
"""Answering a question, or a short group of them, on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.accounts.roles import Permission
from trigpoint_web.rounds.access import SubmissionAccess, require_submission
from trigpoint_web.rounds.actions.answers import GivenAnswer
from trigpoint_web.rounds.actions.question import ConflictingAnswer, SavedPage, require_current, save_page, timed
from trigpoint_web.rounds.actions.suggestions import SettledSuggestion, settle_suggestion
from trigpoint_web.rounds.adapters import answer_of
from trigpoint_web.rounds.errors import AnswerConflict, AnswerRefused
from trigpoint_web.rounds.forms.typed_answer import AnswerRead, Fields, read_typed, read_version, typed_in_form
from trigpoint_web.rounds.models import Suggestion
from trigpoint_web.rounds.opened_page import seconds_since_opening, sign_opening
from trigpoint_web.rounds.opening import find_why_not_open
from trigpoint_web.rounds.pages.question_parts import read_question_parts
from trigpoint_web.rounds.pages.refused import explain_refusals
from trigpoint_web.rounds.pages.typed_text import (
    find_typed_text,
    forget_typed_text,
    is_sent_from_our_page,
    leave_to_sign_in,
)
from trigpoint_web.rounds.presenters.conflict import ConflictParts, present_conflict
from trigpoint_web.rounds.presenters.question import place_url, present_question_page, task_list_url
from trigpoint_web.rounds.queries.submission_answers import SubmissionAnswers, read_submission_answers
from trigpoint_web.rounds.queries.suggestions import list_suggestions_for
from trigpoint_web.rounds.question_order import PlacesOfPage, find_following, list_pages, list_places_of_page

RESTORED_AT_SIGN_IN = "You typed this before you signed in. Save it."
RESTORED_OUT_OF_DATE = "This page was open while you signed in again. What you typed is not saved yet. Save it."


@dataclass(frozen=True, slots=True)
class _Visit:
    """Somebody at a page of questions, with what stands there."""

    request: HttpRequest
    access: SubmissionAccess
    given: SubmissionAnswers
    places: PlacesOfPage
    at: datetime

    @property
    def fields(self) -> Fields:
        """What was sent, each field with all its values."""
        return {name: [str(one) for one in values] for name, values in self.request.POST.lists()}


@csrf_exempt  # checked below: a form that can't be trusted is shown again with what was typed, not thrown away
@require_http_methods(["GET", "POST"])
@explain_refusals
def question(request: HttpRequest, round_slug: str, code: str, asked_in: str, question: str) -> HttpResponseBase:
    """Show the questions of a page, or save what was typed and lead on."""
    if not request.user.is_authenticated:
        return leave_to_sign_in(request)
    permission = Permission.ANSWER if request.method == "POST" else Permission.VIEW_SUBMISSION
    access = require_submission(request, round_slug=round_slug, code=code, permission=permission)
    given = read_submission_answers(access.submission)
    places = list_places_of_page(given.framework, AnswerPlace(asked_in, question), given.units)
    if not places:
        raise Http404
    visit = _Visit(request, access, given, places, timezone.now())
    return _save(visit) if request.method == "POST" else _show(visit)


def _show(visit: _Visit) -> HttpResponse:
    kept = find_typed_text(visit.request, user=visit.access.user.pk)
    if kept is None:
        return _render(visit, {})
    reads = _reads(visit, kept)
    return _render(visit, reads, restored=RESTORED_AT_SIGN_IN)


def _reads(visit: _Visit, fields: Fields) -> dict[str, AnswerRead]:
    """What was typed for each question of the page that the form had."""
    return {
        place.question: read_typed(visit.given.framework, typed_in_form(fields, place.question))
        for place in visit.places
        if f"version-{place.question}" in fields
    }


def _render(
    visit: _Visit, reads: dict[str, AnswerRead], *, restored: str | None = None, status: int = 200
) -> HttpResponse:
    if not set(visit.places) & set(visit.given.places):
        raise AnswerRefused("This question is not asked now: it depends on another answer.")
    parts = read_question_parts(visit.access, visit.given, visit.places, now=visit.at)
    page = present_question_page(replace(parts, read=reads, restored=restored))
    return render(visit.request, "rounds/question.jinja", {"page": page}, status=status)


def _save(visit: _Visit) -> HttpResponseBase:
    reads = _reads(visit, visit.fields)
    if find_why_not_open(visit.access.submission, visit.at) is not None:
        return _render(visit, reads, status=409)
    if not is_sent_from_our_page(visit.request):
        return _render(visit, reads, restored=RESTORED_OUT_OF_DATE, status=403)
    if any(read.problem or read.note_problem for read in reads.values()):
        return _render(visit, reads)
    suggested = _find_suggestion(visit)
    conflicts = [*_save_typed(visit, reads, suggested), *_take(visit, reads, suggested)]
    if conflicts:
        return _show_conflict(visit, conflicts)
    forget_typed_text(visit.request)
    return _lead_on(visit)


def _save_typed(
    visit: _Visit, reads: dict[str, AnswerRead], suggested: Suggestion | None
) -> Sequence[ConflictingAnswer]:
    """Save what was typed, but at the place of a suggestion that is taken; return the conflicts."""
    taken = None if suggested is None else AnswerPlace(suggested.asked_in, suggested.question)
    places = [place for place in visit.places if place != taken]
    given = [one for place in places if (one := _given(visit, place, reads)) is not None]
    seconds = seconds_since_opening(visit.request.POST.get("opened", ""), user=visit.access.user.pk, at=visit.at)
    submission = visit.access.submission
    saved = save_page(timed(given, seconds), submission=submission, by=visit.access.user, at=visit.at)
    _say_what_closed(visit, saved, reads)
    return saved.conflicts


def _given(visit: _Visit, place: AnswerPlace, reads: dict[str, AnswerRead]) -> GivenAnswer | None:
    """The answer to save at a place; None where nothing was typed, or a colleague's was chosen."""
    read, chosen = reads.get(place.question), visit.request.POST.get(f"keep-{place.question}", "")
    if read is None or chosen == "theirs" or read.is_blank:
        return None
    answer = Missing.NOT_ANSWERED if visit.request.POST.get("clear") == place.question else read.answer
    assert answer is not None, "problems were shown before"
    replaces = read_version(chosen.removeprefix("mine:")) if chosen else read.typed.version
    return GivenAnswer(place, answer, replaces=replaces, note=read.note)


def _show_conflict(visit: _Visit, conflicts: Sequence[ConflictingAnswer]) -> HttpResponse:
    user, framework = visit.access.user, visit.given.framework
    parts = ConflictParts(visit.access.submission, framework, user, visit.at, sign_opening(user.pk, visit.at))
    page = present_conflict(parts, conflicts)
    return render(visit.request, "rounds/conflict.jinja", {"page": page}, status=409)


def _say_what_closed(visit: _Visit, saved: SavedPage, reads: dict[str, AnswerRead]) -> None:
    """Name what was typed, and not saved, at questions that another answer of the same page has closed."""
    for place in saved.no_longer_asked:
        row, read = visit.given.rows.get(place), reads[place.question]
        if read.answer != visit.given.answer(place) or read.note != ("" if row is None else row.note):
            title = visit.given.framework.questions[place.question].short_title
            messages.info(visit.request, f"“{title}” is not asked any more, so what you typed there was not saved.")


def _lead_on(visit: _Visit) -> HttpResponseBase:
    """To where the button says; after saving, to what another answer has just opened here, else to the next page."""
    submission, pressed = visit.access.submission, visit.request.POST
    if "use" in pressed or "clear" in pressed:
        return redirect(place_url(submission, visit.places[0]))
    if pressed.get("go") == "later":
        return redirect(task_list_url(submission))
    now = read_submission_answers(submission)
    opened = [
        place
        for place in visit.places
        if place in now.places and place not in visit.given.places and now.is_open(place)
    ]
    if opened:
        return redirect(f"{place_url(submission, opened[0])}#question-{opened[0].question}")
    following = find_following(list_pages(now.framework, now.places), visit.places)
    return redirect(task_list_url(submission) if following is None else place_url(submission, following))


def _find_suggestion(visit: _Visit) -> Suggestion | None:
    """The suggestion whose button was pressed; None when none was. Raises AnswerRefused for one that is settled."""
    pressed = visit.request.POST.get("use")
    if pressed is None:
        return None
    open_now = list_suggestions_for(visit.access.submission, visit.places)
    found = next((one for one in open_now if one.pk == read_version(pressed)), None)
    if found is None:
        raise AnswerRefused("This suggestion is settled already. Somebody may have been quicker; look again.")
    return found


def _take(visit: _Visit, reads: dict[str, AnswerRead], suggested: Suggestion | None) -> Sequence[ConflictingAnswer]:
    """Take the suggestion, with the note that was typed beside it; return the conflict, where there is one."""
    if suggested is None:
        return ()
    read = reads.get(suggested.question)
    note, replaces = (None, 0) if read is None else (read.note, read.typed.version)
    settled = SettledSuggestion(suggested.pk, is_taken=True, replaces=replaces, note=note)
    try:
        settle_suggestion(settled, submission=visit.access.submission, by=visit.access.user, at=visit.at)
    except AnswerConflict as conflict:
        place = AnswerPlace(suggested.asked_in, suggested.question)
        given = GivenAnswer(place, answer_of(suggested), replaces=replaces, note=note)
        return (ConflictingAnswer(given, require_current(conflict)),)
    return ()
