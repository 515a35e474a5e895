# SPDX-License-Identifier: MIT
"""Taking or dismissing suggested answers: one, or all of a section that were seen."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.accounts.roles import Permission
from trigpoint_web.rounds.access import SubmissionAccess, require_submission
from trigpoint_web.rounds.actions.suggestions import SettledSuggestion, settle_suggestion
from trigpoint_web.rounds.errors import AnswerConflict, AnswerRefused
from trigpoint_web.rounds.forms.typed_answer import read_version
from trigpoint_web.rounds.opening import require_open
from trigpoint_web.rounds.pages.question_parts import find_why_not_answering
from trigpoint_web.rounds.pages.refused import explain_refusals
from trigpoint_web.rounds.presenters.suggestions import list_worth_showing, present_suggestions
from trigpoint_web.rounds.queries.submission_answers import read_submission_answers
from trigpoint_web.rounds.queries.suggestions import list_open_suggestions


@login_required
@require_http_methods(["GET", "POST"])
@explain_refusals
def suggestions(request: HttpRequest, round_slug: str, code: str) -> HttpResponseBase:
    """Show the suggestions that are open, or settle those whose button was pressed."""
    permission = Permission.ANSWER if request.method == "POST" else Permission.VIEW_SUBMISSION
    access = require_submission(request, round_slug=round_slug, code=code, permission=permission)
    if request.method == "POST":
        return _settle(request, access)
    given = read_submission_answers(access.submission)
    why_not = find_why_not_answering(access, timezone.now())
    page = present_suggestions(given, list(list_open_suggestions(access.submission)), why_not=why_not)
    return render(request, "rounds/suggestions.jinja", {"page": page})


def _settle(request: HttpRequest, access: SubmissionAccess) -> HttpResponseBase:
    """Settle each suggestion for itself: one that somebody was quicker with holds up no other."""
    require_open(access.submission, timezone.now())
    pressed = request.POST
    is_taken = "dismiss" not in pressed
    keys = pressed.getlist("take") or pressed.getlist("dismiss")
    if "take_all" in pressed:
        keys = pressed.getlist(f"seen-{pressed['take_all']}")
    outcomes = [_settle_one(access, read_version(key), is_taken=is_taken) for key in keys]
    _say_outcome(request, outcomes, is_taken=is_taken)
    return redirect(request.path)


def _settle_one(access: SubmissionAccess, key: int, *, is_taken: bool) -> bool:
    given = read_submission_answers(access.submission)
    shown = next(
        (one for one in list_worth_showing(given, list_open_suggestions(access.submission)) if one.pk == key), None
    )
    if shown is None:
        return False
    row = given.rows.get(AnswerPlace(shown.asked_in, shown.question))
    settled = SettledSuggestion(key, is_taken=is_taken, replaces=0 if row is None else row.version)
    try:
        settle_suggestion(settled, submission=access.submission, by=access.user, at=timezone.now())
    except (AnswerConflict, AnswerRefused):  # pragma: no cover - only who is quicker between the two reads gets here
        return False
    return True


def _say_outcome(request: HttpRequest, outcomes: list[bool], *, is_taken: bool) -> None:
    settled, left = sum(outcomes), len(outcomes) - sum(outcomes)
    done = "taken as answers" if is_taken else "dismissed"
    if settled:
        messages.success(request, f"{settled} suggested {'answer' if settled == 1 else 'answers'} {done}.")
    if left:
        messages.info(request, f"{left} not: somebody answered there meanwhile, or the question is not asked any more.")
