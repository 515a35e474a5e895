# SPDX-License-Identifier: MIT
"""Take over the changes of a spreadsheet that were ticked in its preview, as one action."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trigpoint.submissions.places import AnswerPlace
from trigpoint.submissions.read_rows import RowChange
from trigpoint_web.accounts.roles import Permission
from trigpoint_web.rounds.access import SubmissionAccess, require_submission
from trigpoint_web.rounds.actions.away import apply_changes
from trigpoint_web.rounds.away_changes import UploadRefused, find_changes, list_not_asked, read_signed_rows
from trigpoint_web.rounds.errors import AnswerConflict
from trigpoint_web.rounds.opening import require_open
from trigpoint_web.rounds.pages.refused import explain_refusals
from trigpoint_web.rounds.presenters.away import TICK, Preview, present_preview, say_not_asked, say_result
from trigpoint_web.rounds.queries.answers import list_current_answers
from trigpoint_web.rounds.queries.workbook import read_questionnaire

CHANGED_MEANWHILE = (
    "Somebody changed an answer on screen after this preview was made, so nothing was taken over. "
    "Look at the changes as they are now, and choose again."
)
_TICK_VALUE = re.compile(r"([0-9]{1,6})-([0-9]{1,9})")


@login_required
@require_http_methods(["GET", "POST"])
@explain_refusals
def away_apply(request: HttpRequest, round_slug: str, code: str) -> HttpResponse:
    """Make the changes that were ticked, all or none; where they can't be made, show the preview as it is now."""
    access = require_submission(request, round_slug=round_slug, code=code, permission=Permission.ANSWER)
    if request.method == "GET":  # after signing in: the file has to be chosen again
        return redirect("away", round_slug=round_slug, code=code)
    require_open(access.submission, timezone.now())
    preview = _read_again(access, request.POST.get("signed", ""))
    ticked = _read_ticks(preview, request.POST.getlist(TICK))
    chosen = [one.change for one in preview.found if one.change.place in ticked]
    problems = _find_problems(preview, ticked, chosen)
    if not problems:
        try:
            changed = apply_changes(chosen, submission=access.submission, by=access.user, at=timezone.now())
            messages.success(request, say_result(changed))
            return redirect("task_list", round_slug=round_slug, code=code)
        except AnswerConflict:
            preview, problems = _read_again(access, preview.signed), (CHANGED_MEANWHILE,)
    page = present_preview(preview, problems=problems)
    return render(request, "rounds/away_preview.jinja", {"page": page}, status=409 if ticked else 200)


def _read_again(access: SubmissionAccess, signed: str) -> Preview:
    """The preview of rows that were signed before, against the answers that stand now."""
    rows = read_signed_rows(signed, submission=access.submission.pk, user=access.user.pk)
    questionnaire = read_questionnaire(access.submission)
    return Preview(
        submission=access.submission,
        questionnaire=questionnaire,
        rows=rows,
        found=find_changes(questionnaire, rows),
        standing=list_current_answers(access.submission),
        signed=signed,
    )


def _read_ticks(preview: Preview, values: Iterable[str]) -> Mapping[AnswerPlace, int]:
    """The version that each ticked place had in the preview; 0 for none. Raises UploadRefused for others."""
    ticked = {}
    for value in values:
        found = _TICK_VALUE.fullmatch(value)
        if found is None or int(found[1]) >= len(preview.rows):
            raise UploadRefused(("What was ticked can’t be read. Upload the file again.",))
        ticked[preview.rows[int(found[1])].place] = int(found[2])
    return ticked


def _find_problems(preview: Preview, ticked: Mapping[AnswerPlace, int], chosen: list[RowChange]) -> tuple[str, ...]:
    """Why the changes can't be made. What stands already is not among them, so a second press does no harm."""
    if not ticked:
        return ("Tick at least one change, or go back.",)
    if any((change.version or 0) != ticked[change.place] for change in chosen):
        return (CHANGED_MEANWHILE,)
    return say_not_asked(preview.questionnaire, list_not_asked(preview.questionnaire, chosen))
