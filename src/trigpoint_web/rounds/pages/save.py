# SPDX-License-Identifier: MIT
"""Saving one answer as it is given, for the script of the question's page: small, without a template."""

from __future__ import annotations

import json
from datetime import datetime

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.accounts.roles import Permission
from trigpoint_web.rounds.access import SubmissionAccess, require_submission
from trigpoint_web.rounds.actions.answers import GivenAnswer, SavedAnswer
from trigpoint_web.rounds.actions.question import require_current, save_unless_untouched
from trigpoint_web.rounds.errors import ActionRefused, AnswerConflict, NotOpen
from trigpoint_web.rounds.forms.typed_answer import AnswerRead, Fields, read_typed, typed_alone
from trigpoint_web.rounds.opened_page import seconds_since_opening, sign_opening
from trigpoint_web.rounds.presenters.conflict import describe_conflict
from trigpoint_web.rounds.presenters.moments import say_clock
from trigpoint_web.rounds.queries.answers import find_framework

LARGEST_BODY = 60_000  # bytes: the longest note, each character of it escaped


@require_POST
def question_save(request: HttpRequest, round_slug: str, code: str, asked_in: str, question: str) -> HttpResponseBase:
    """Save the answer to a question; return when and as which version, or what is wrong, as JSON."""
    if not request.user.is_authenticated:
        return _ask_to_sign_in(request)
    access = require_submission(request, round_slug=round_slug, code=code, permission=Permission.ANSWER)
    framework, place = find_framework(access.submission), AnswerPlace(asked_in, question)
    if question not in framework.questions:
        raise Http404
    fields = _read_fields(request)
    if fields is None:
        return JsonResponse({"problem": "That is no answer that we can read. Load the page again."}, status=400)
    read = read_typed(framework, typed_alone(fields, question))
    problem = read.problem or read.note_problem
    if problem is not None:
        return JsonResponse({"problem": problem}, status=422)
    return _save(access, place, read, mark=_first(fields, "opened"))


def _ask_to_sign_in(request: HttpRequest) -> HttpResponseBase:
    if request.content_type != "application/json":
        return redirect_to_login(request.get_full_path().removesuffix("save/"))
    address = f"{reverse('account_login')}?{urlencode({'next': request.path.removesuffix('save/')})}"
    problem = "You are signed out. What you typed is kept in this browser."
    return JsonResponse({"problem": problem, "sign_in": address}, status=401)


def _read_fields(request: HttpRequest) -> Fields | None:
    """The fields that were sent, as JSON or as a form; None for what is neither, or holds what is no text."""
    if request.content_type != "application/json":
        return {name: [str(one) for one in values] for name, values in request.POST.lists()}
    if int(request.headers.get("Content-Length") or 0) > LARGEST_BODY:
        return None
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(sent, dict):
        return None
    fields = {name: _texts(value) for name, value in sent.items()}
    return fields if _is_text(fields) else None


def _is_text(fields: Fields) -> bool:
    """Whether all can be written down. JSON can escape half of a character (\\ud800), which no database keeps."""
    try:
        "".join(one for values in fields.values() for one in values).encode()
    except UnicodeEncodeError:
        return False
    return True


def _texts(value: object) -> list[str]:
    several = value if isinstance(value, list) else [value]
    return [str(one) for one in several if isinstance(one, str | int | float) and not isinstance(one, bool)]


def _first(fields: Fields, name: str) -> str:
    return next(iter(fields.get(name, ())), "")


def _save(access: SubmissionAccess, place: AnswerPlace, read: AnswerRead, *, mark: str) -> HttpResponseBase:
    assert read.answer is not None, "problems were told before"
    at, user = timezone.now(), access.user
    if read.is_blank:
        return _tell_saved(SavedAnswer(0, at, was_changed=False), user.pk, at)
    seconds = seconds_since_opening(mark, user=user.pk, at=at)
    given = GivenAnswer(place, read.answer, replaces=read.typed.version, note=read.note, seconds=seconds)
    try:
        saved = save_unless_untouched(given, submission=access.submission, by=user, at=at)
    except AnswerConflict as conflict:
        return _tell_conflict(access, place, conflict, at)
    except ActionRefused as refused:
        return JsonResponse({"problem": str(refused)}, status=409 if isinstance(refused, NotOpen) else 422)
    return _tell_saved(saved, user.pk, at)


def _tell_saved(saved: SavedAnswer, user: int, at: datetime) -> JsonResponse:
    """What was saved, and a new mark: the time until now is counted."""
    clock = say_clock(saved.at)
    text = f"Saved {clock} by you" if saved.was_changed else f"Saved {clock}"
    if saved.version == 0:
        text = "Not answered yet"
    return JsonResponse({"saved_at": clock, "version": saved.version, "text": text, "opened": sign_opening(user, at)})


def _tell_conflict(
    access: SubmissionAccess, place: AnswerPlace, conflict: AnswerConflict, at: datetime
) -> JsonResponse:
    framework = find_framework(access.submission)
    theirs = describe_conflict(framework, place.question, require_current(conflict), viewer=access.user, now=at)
    return JsonResponse({"problem": str(conflict), "theirs": theirs}, status=409)
