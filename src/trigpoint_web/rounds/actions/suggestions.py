# SPDX-License-Identifier: MIT
"""Suggesting answers, and settling what was suggested. Nothing suggested counts until somebody confirms it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from trigpoint.errors import AnswersProblems, Problem
from trigpoint.submissions.places import AnswerPlace, answers_of_unit, place_of
from trigpoint.submissions.suggestions import IndicatorRow, SuggestedAnswer, suggest_answers
from trigpoint.submissions.suggestions import suggest_from_indicators as read_indicators
from trigpoint.submissions.units import Unit
from trigpoint_web.accounts.models import User
from trigpoint_web.audit.actions import EventPlace, record_event
from trigpoint_web.rounds.actions.answers import GivenAnswer, SavedAnswer, lock_submission, save_answer
from trigpoint_web.rounds.actions.steps import place_of_submission
from trigpoint_web.rounds.adapters import answer_of, fields_of_answer, read_framework, unit_of
from trigpoint_web.rounds.answer_text import say_answer
from trigpoint_web.rounds.errors import AnswerRefused
from trigpoint_web.rounds.models import AnswerSource, Round, Submission, SubmissionUnit, Suggestion
from trigpoint_web.rounds.opening import require_open
from trigpoint_web.rounds.queries.answers import find_framework, list_units, read_answers
from trigpoint_web.rounds.queries.last_round import LastRound, find_last_round

Suggested = Mapping[AnswerPlace, SuggestedAnswer]


@dataclass(frozen=True, slots=True)
class SuggestionOrigin:
    """Where suggestions come from. source: the same for the same origin; name: what people call it."""

    source: str
    name: str


@transaction.atomic
def suggest_from_last_round(submission: Submission, *, at: datetime) -> int:
    """Suggest what the organisation answered in the round before; return how many suggestions are new.

    Once for each place, however often it is called: also one that was dismissed does not come back. A place that has
    an answer gets none.
    """
    last = find_last_round(submission)
    if last is None:
        return 0
    origin = SuggestionOrigin(f"round {last.submission.round_id}", f"Last round ({last.name})")
    return _add(submission, _suggested_then(submission, last), origin, by=None, at=at)


def _suggested_then(submission: Submission, last: LastRound) -> Suggested:
    """What is suggested at each place; where two units of then say different things for one place, nothing is."""
    framework = find_framework(submission)
    answers_then = read_answers(last.submission)
    found: defaultdict[AnswerPlace, list[SuggestedAnswer]] = defaultdict(list)
    for unit, unit_then in _paired_units(list_units(submission), list_units(last.submission)):
        given = answers_of_unit(last.framework, unit_then, answers_then)
        for question, suggested in suggest_answers(framework, last.framework, given).items():
            if framework.questions[question].is_asked_in(unit.care_settings):
                found[place_of(framework.questions[question], unit)].append(suggested)
    return {place: all_of[0] for place, all_of in found.items() if len({one.answer for one in all_of}) == 1}


def _paired_units(units: Sequence[Unit], units_then: Sequence[Unit]) -> list[tuple[Unit, Unit]]:
    """Each unit with itself in the round before: in the same care setting, or both the whole organisation."""
    by_care_setting = {unit.care_setting: unit for unit in units_then}
    return [(unit, by_care_setting[unit.care_setting]) for unit in units if unit.care_setting in by_care_setting]


def _add(
    submission: Submission, suggested: Suggested, origin: SuggestionOrigin, *, by: User | None, at: datetime
) -> int:
    framework = find_framework(submission)
    earlier = Suggestion.objects.filter(submission=submission, source=origin.source)
    taken = {AnswerPlace(*names) for names in earlier.values_list("asked_in", "question")} | set(
        read_answers(submission)
    )
    rows = [
        Suggestion(
            submission=submission,
            asked_in=place.asked_in,
            question=place.question,
            source=origin.source,
            source_label=f"{origin.name}: {say_answer(framework, place.question, one.answer)}"[:300],
            at=at,
            by=by,
            **fields_of_answer(one.answer),
        )
        for place, one in suggested.items()
        if place not in taken
    ]
    Suggestion.objects.bulk_create(rows, batch_size=500)
    return len(rows)


@transaction.atomic
def suggest_from_indicators(
    round_: Round, rows: Iterable[IndicatorRow], origin: SuggestionOrigin, *, by: User | None, at: datetime
) -> int:
    """Suggest what organisations returned elsewhere; return how many suggestions are new.

    A number of the organisation is suggested in each of its units that is asked. Raises AnswersProblems with every
    problem of the rows; an organisation that is not in the round is one.
    """
    framework = read_framework(round_.framework_id)
    suggested = read_indicators(framework, rows)
    submissions = _require_submissions(round_, list(suggested))
    units = _units_of(submissions)
    added = 0
    for code, submission in submissions.items():
        placed = {
            place_of(framework.questions[question], unit): one
            for question, one in suggested[code].items()
            for unit in units[code]
            if framework.questions[question].is_asked_in(unit.care_settings)
        }
        added += _add(submission, placed, origin, by=by, at=at)
    place = EventPlace(round_.slug, "", f"round {round_.pk}")
    record_event(
        "suggestions.taken_in",
        by=None if by is None else by.pk,
        at=at,
        place=place,
        details={"suggestions": added, "from": origin.name},
    )
    return added


def _require_submissions(round_: Round, codes: Sequence[str]) -> Mapping[str, Submission]:
    """The submissions of some organisations, by code. Raises AnswersProblems with each that is not in the round."""
    rows = Submission.objects.filter(round=round_, organisation__in=codes).select_related("round", "organisation")
    found = {one.organisation_id: one for one in rows}
    problems = [Problem("indicators", None, None, f"{one} is not in this round.") for one in codes if one not in found]
    if problems:
        raise AnswersProblems(problems)
    return found


def _units_of(submissions: Mapping[str, Submission]) -> Mapping[str, list[Unit]]:
    """The units of each organisation, by its code. One query."""
    found: defaultdict[str, list[Unit]] = defaultdict(list)
    by_key = {one.pk: one for one in submissions.values()}
    for row in SubmissionUnit.objects.filter(submission__in=list(by_key)).order_by("position", "pk"):
        submission = by_key[row.submission_id]
        found[submission.organisation_id].append(unit_of(row, submission))
    return found


@dataclass(frozen=True, slots=True)
class SettledSuggestion:
    """What a person does with a suggestion. replaces: as in GivenAnswer; note None leaves the note as it is."""

    suggestion: int
    is_taken: bool
    replaces: int = 0
    note: str | None = None


@transaction.atomic
def settle_suggestion(
    settled: SettledSuggestion, *, submission: Submission, by: User, at: datetime
) -> SavedAnswer | None:
    """Take a suggestion as the answer, or dismiss it; return what stands, None after dismissing.

    Raises NotOpen, AnswerConflict when the place has another answer than the one that was seen, and AnswerRefused when
    somebody has settled it before or it can't stand there.
    """
    locked = lock_submission(submission)
    require_open(locked, at)
    found = Suggestion.objects.select_for_update().filter(pk=settled.suggestion, submission=submission).first()
    if found is None or found.was_taken is not None:
        raise AnswerRefused("This suggestion is settled already. Somebody may have been quicker; look again.")
    saved = _take(found, settled, locked, by, at) if settled.is_taken else None
    found.was_taken, found.settled_at, found.settled_by = settled.is_taken, at, by
    found.save(update_fields=["was_taken", "settled_at", "settled_by"])
    if not settled.is_taken:
        details = {"asked_in": found.asked_in, "question": found.question}
        record_event("suggestion.dismissed", by=by.pk, at=at, place=place_of_submission(locked), details=details)
    return saved


def _take(found: Suggestion, settled: SettledSuggestion, submission: Submission, by: User, at: datetime) -> SavedAnswer:
    given = GivenAnswer(
        AnswerPlace(found.asked_in, found.question),
        answer_of(found),
        replaces=settled.replaces,
        note=settled.note,
        reason=found.source_label,
        source=AnswerSource.SUGGESTION,
    )
    return save_answer(given, submission=submission, by=by, at=at)
