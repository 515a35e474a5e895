# SPDX-License-Identifier: MIT
"""Units of two rounds put side by side, under a stated rule of what counts as the same unit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from trigpoint.analysis.claims.evidence import Evidence, NotInEvidence, Scores
from trigpoint.analysis.claims.readings import MEAN_OF_ROUNDS, ChangeReading
from trigpoint.errors import ClaimsFailed


@dataclass(frozen=True, slots=True)
class MatchedScores:
    """Scores of the units that have one in both rounds, by the code of the later round.

    everyone: all scores of the later round, matched or not.
    """

    rounds: tuple[str, str]
    first: Scores
    second: Scores
    everyone: Scores

    @property
    def changes(self) -> Scores:
        """Later score less earlier score, of each matched unit."""
        return {code: self.second[code] - self.first[code] for code in self.first}

    @property
    def percents(self) -> Scores:
        """The change in per cent of the earlier score; units whose earlier score is 0 are left out."""
        return {code: 100 * change / self.first[code] for code, change in self.changes.items() if self.first[code]}

    def scores_on(self, on: str | None) -> Scores:
        """Return the scores a group is chosen on: all of the later round, or the matched of the earlier or of both."""
        if on is None or on == self.rounds[1]:
            return self.everyone
        if on == self.rounds[0]:
            return self.first
        if on == MEAN_OF_ROUNDS:
            return {code: (self.first[code] + self.second[code]) / 2 for code in self.first}
        raise ClaimsFailed(f"a group can be chosen on {', '.join(self.rounds)} or {MEAN_OF_ROUNDS}, not on {on}.")


def match_scores(reading: ChangeReading, evidence: Evidence) -> MatchedScores:
    """Return the scores of both rounds side by side. Raises NotInEvidence when nothing matches."""
    earlier, later = (evidence.scores(round_id, reading.measure, reading) for round_id in reading.rounds)
    pairs = _pairs(reading, evidence)
    found = {code: _mean(earlier, pairs[code]) for code in later if code in pairs}
    first = {code: score for code, score in found.items() if score is not None}
    if not first:
        raise NotInEvidence(f"no unit has a score in both {' and '.join(reading.rounds)}")
    return MatchedScores(reading.rounds, first, {code: later[code] for code in first}, later)


def _pairs(reading: ChangeReading, evidence: Evidence) -> Mapping[str, tuple[str, ...]]:
    """Code in the later round → the codes that it was in the earlier round."""
    first, second = (_names(round_id, reading, evidence) for round_id in reading.rounds)
    if reading.matched_by == "ods_code":
        pairs = {code: (code,) for code in second if code in first}
    else:
        by_name = {name: code for code, name in first.items()}
        pairs = {code: (by_name[name],) for code, name in second.items() if name in by_name}
    if reading.merged == "averaged":
        return pairs | {code: codes for code, codes in reading.predecessors.items() if code in second}
    if reading.merged == "left_out":
        return {code: codes for code, codes in pairs.items() if code not in reading.predecessors}
    return pairs


def _names(round_id: str, reading: ChangeReading, evidence: Evidence) -> dict[str, str]:
    """Code → name to match by; for matching by code, of every unit; else only names that no other unit has."""
    units = evidence.round(round_id).answers.units
    names = {
        units[row].organisation: _matching_name(units[row].name, reading) for row in evidence.rows(round_id, reading)
    }
    if reading.matched_by == "ods_code":
        return names
    count = Counter(names.values())
    return {code: name for code, name in names.items() if count[name] == 1}


def _matching_name(name: str, reading: ChangeReading) -> str:
    if reading.matched_by != "plain_name":
        return name
    words = re.findall(r"[a-z0-9]+", name.casefold().replace("&", " and "))
    return " ".join(word for word in words if word not in reading.ignored_words)


def _mean(scores: Scores, codes: tuple[str, ...]) -> Fraction | None:
    found = [scores[code] for code in codes if code in scores]
    return sum(found, Fraction(0)) / len(found) if found else None
