# SPDX-License-Identifier: MIT
"""Everything that the page of a question is made from, read in a number of queries that does not grow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.accounts.roles import Permission
from trigpoint_web.rounds.access import SubmissionAccess
from trigpoint_web.rounds.actions.comments import mark_mentions_seen
from trigpoint_web.rounds.adapters import answer_of
from trigpoint_web.rounds.answer_text import say_answer
from trigpoint_web.rounds.opened_page import sign_opening
from trigpoint_web.rounds.opening import find_why_not_open
from trigpoint_web.rounds.presenters.evidence_panel import present_evidence_panel
from trigpoint_web.rounds.presenters.question import LastAnswer, QuestionPageParts, QuestionPanels, say_who
from trigpoint_web.rounds.presenters.together_panel import present_together_panel
from trigpoint_web.rounds.queries.evidence import list_uses
from trigpoint_web.rounds.queries.last_round import LastRound, find_last_round, list_answers_then
from trigpoint_web.rounds.queries.submission_answers import SubmissionAnswers
from trigpoint_web.rounds.queries.suggestions import list_suggestions_for
from trigpoint_web.rounds.queries.together import load_together
from trigpoint_web.rounds.question_order import PlacesOfPage


def read_question_parts(
    access: SubmissionAccess, given: SubmissionAnswers, places: PlacesOfPage, *, now: datetime
) -> QuestionPageParts:
    """Return what the page of some places shows to a person."""
    last = find_last_round(access.submission)
    return QuestionPageParts(
        given=given,
        places=places,
        viewer=access.user,
        now=now,
        opened=sign_opening(access.user.pk, now),
        suggestions=list_suggestions_for(access.submission, places),
        last_round="" if last is None else last.name,
        last_answers={} if last is None else _last_answers(access, last, places),
        why_not=find_why_not_answering(access, now),
        panels=_panels(access, places, now),
    )


def _panels(access: SubmissionAccess, places: PlacesOfPage, now: datetime) -> Mapping[AnswerPlace, QuestionPanels]:
    """The evidence for each question, and what colleagues say about it, which the reader has now seen."""
    uses, panels = list_uses(access.submission, places), {}
    for place in places:
        together = load_together(access, place, at=now)
        if together is not None and together.has_unseen_mention:
            mark_mentions_seen(access.submission, place, by=access.user, at=now)
        panels[place] = QuestionPanels(
            present_evidence_panel(access, place, uses.get(place, []), at=now),
            present_together_panel(together, access),
        )
    return panels


def find_why_not_answering(access: SubmissionAccess, now: datetime) -> str | None:
    """Return why the person can’t answer here, as a sentence; None when they can."""
    why = find_why_not_open(access.submission, now)
    if why is not None:
        return str(why)
    if not access.may(Permission.ANSWER):
        return "You can see the answers. Contributors and leads of the organisation give them."
    return None


def _last_answers(access: SubmissionAccess, last: LastRound, places: PlacesOfPage) -> Mapping[AnswerPlace, LastAnswer]:
    found = {}
    for place, row in list_answers_then(last, places).items():
        answer = answer_of(row)
        if answer is not Missing.NOT_ANSWERED:
            pair = last.pairs[place.question]
            text = say_answer(last.framework, pair.previous_question, answer)
            by = say_who(row.by, viewer=access.user)
            found[place] = LastAnswer(text, by[0].upper() + by[1:], row.at, pair.comparability == "reworded")
    return found
