# SPDX-License-Identifier: MIT
"""What the same organisation answered in the round before: where two rounds can be compared, and only there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trigpoint.errors import FrameworkMismatch
from trigpoint.frameworks import Framework
from trigpoint.frameworks.crosswalk import ComparablePair, comparable_pairs
from trigpoint.submissions.places import ORGANISATION, AnswerPlace
from trigpoint_web.organisations.models import Succession
from trigpoint_web.rounds.adapters import read_framework
from trigpoint_web.rounds.models import CurrentAnswer, Submission


@dataclass(frozen=True, slots=True)
class LastRound:
    """The submission of the round before. pairs: the questions of this round that can be compared with one of then."""

    submission: Submission
    framework: Framework
    pairs: Mapping[str, ComparablePair]

    @property
    def name(self) -> str:
        """How people call that round, as in "2017"."""
        return self.framework.content.round

    def place_then(self, place: AnswerPlace) -> AnswerPlace | None:
        """Return where the question of a place stood then; None when it can't be compared or told.

        What was asked once then counts for each unit now. What was asked of each unit then says nothing of the
        organisation as one.
        """
        pair = self.pairs.get(place.question)
        if pair is None:
            return None
        if self.framework.questions[pair.previous_question].is_asked_once:
            return AnswerPlace(ORGANISATION, pair.previous_question)
        return None if place.asked_in == ORGANISATION else AnswerPlace(place.asked_in, pair.previous_question)


def find_last_round(submission: Submission) -> LastRound | None:
    """Return the submission of the round before; None when there is none, or nothing of it can be compared.

    It is that of the same organisation, or of the only one that it took over, as the register says. At most two
    queries.
    """
    round_ = submission.round
    if round_.previous_id is None:
        return None
    found = _find_submission(submission, round_.previous_id)
    if found is None:
        return None
    framework = read_framework(found.round.framework_id)
    try:
        pairs = comparable_pairs(read_framework(round_.framework_id), framework)
    except FrameworkMismatch:
        return None
    return LastRound(found, framework, pairs)


def _find_submission(submission: Submission, previous_round: int) -> Submission | None:
    code = submission.organisation_id
    before = Succession.objects.filter(successor=code, on__lte=submission.round.register_on).values("predecessor")
    rows = Submission.objects.select_related("round", "organisation").filter(round=previous_round)
    found = list((rows.filter(organisation=code) | rows.filter(organisation__in=before)).order_by("pk"))
    own = [one for one in found if one.organisation_id == code]
    # Of several that became one, each answered for itself: none of them speaks for the whole.
    return own[0] if own else found[0] if len(found) == 1 else None


def list_answers_then(last: LastRound, places: Sequence[AnswerPlace]) -> Mapping[AnswerPlace, CurrentAnswer]:
    """Return what was answered then, with who gave it, by the places of now. One query."""
    asked = {place: then for place in places if (then := last.place_then(place)) is not None}
    questions = [then.question for then in asked.values()]
    rows = CurrentAnswer.objects.filter(submission=last.submission, question__in=questions).select_related("by")
    by_place = {AnswerPlace(row.asked_in, row.question): row for row in rows}
    return {place: by_place[then] for place, then in asked.items() if then in by_place}
