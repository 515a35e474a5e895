# SPDX-License-Identifier: MIT
"""Taking a file of what organisations returned elsewhere into a round, as suggestions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from trigpoint.errors import AnswersProblems, Problem
from trigpoint.submissions.suggestions import suggest_from_indicators as read_indicators
from trigpoint_web.accounts.models import User
from trigpoint_web.rounds.actions.suggestions import SuggestionOrigin, suggest_from_indicators
from trigpoint_web.rounds.adapters import read_framework
from trigpoint_web.rounds.errors import StepRefused
from trigpoint_web.rounds.indicator_file import IndicatorLine, parse_indicators
from trigpoint_web.rounds.models import Round, Submission
from trigpoint_web.rounds.states import RoundState


@dataclass(frozen=True, slots=True)
class IndicatorCounts:
    """What was taken in: rows of the file, organisations in it, and suggestions that were not there before."""

    rows: int
    organisations: int
    suggestions: int


@transaction.atomic
def take_in_indicators(round_: Round, raw: bytes, *, file: str, by: User | None, at: datetime) -> IndicatorCounts:
    """Suggest what a file says; return how much that was. by: None for the command.

    Nothing is suggested where anything in the file is wrong: raises AnswersProblems with every problem and its line.
    Raises StepRefused for a published round. Taking the same file in again suggests nothing twice.
    """
    if round_.state == RoundState.PUBLISHED:
        raise StepRefused("The round is over and its results are published, so nothing can be suggested any more.")
    lines = parse_indicators(raw, file=file)
    codes = {one.row.organisation for one in lines}
    known = Submission.objects.filter(round=round_, organisation__in=codes).values_list("organisation_id", flat=True)
    problems = [*_find_strangers(lines, set(known), file), *_find_misfits(round_, lines, file)]
    if problems:
        raise AnswersProblems(sorted(problems))
    suggestions = 0
    for label in dict.fromkeys(one.label for one in lines):
        rows = [one.row for one in lines if one.label == label]
        suggestions += suggest_from_indicators(round_, rows, origin_of(label), by=by, at=at)
    return IndicatorCounts(len(lines), len(codes), suggestions)


def origin_of(label: str) -> SuggestionOrigin:
    """Return the origin that a label names. Its key has a fixed length, as the column has."""
    return SuggestionOrigin(f"return {sha256(label.encode()).hexdigest()[:32]}", label)


def _find_strangers(lines: Sequence[IndicatorLine], known: Collection[str], file: str) -> Iterator[Problem]:
    """Organisations that are not in the round. A line without any is told with the misfits."""
    for one in lines:
        if one.row.organisation and one.row.organisation not in known:
            yield Problem(file, one.line, None, f"{one.row.organisation} is not in this round.")


def _find_misfits(round_: Round, lines: Sequence[IndicatorLine], file: str) -> list[Problem]:
    """What does not fit the framework; the core counts rows from 0, and is told the line of each after."""
    try:
        read_indicators(read_framework(round_.framework_id), [one.row for one in lines], first_line=0)
    except AnswersProblems as found:
        return [Problem(file, lines[one.line or 0].line, None, one.message) for one in found.problems]
    return []
