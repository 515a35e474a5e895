# SPDX-License-Identifier: MIT
"""What claims are checked against: the answers of some rounds, their exact scores, and cohorts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from trigpoint.analysis.claims.readings import ReturnsReading, ScoresReading
from trigpoint.errors import ClaimsFailed
from trigpoint.frameworks import Framework, FrameworkRef
from trigpoint.frameworks.suggest import no_such
from trigpoint.organisations.cohort import Cohort, CohortStatus
from trigpoint.scoring import ScoreTable, compile_plan, score_answers
from trigpoint.statistics.rounding import round_half_up
from trigpoint.submissions import AnswerTable, Unit

Scores = Mapping[str, Fraction]  # organisation code → score; units without a score are not in it


class NotInEvidence(Exception):
    """What a definition needs is not in the answers given: a round, a unit, a score. The claim can't be tested.

    It ends no command and has no exit code: it becomes the verdict "not testable", with this as the reason.
    """


@dataclass(frozen=True, slots=True)
class RoundAnswers:
    """The answers of one round with the framework they were collected with."""

    answers: AnswerTable
    framework: Framework


@dataclass(frozen=True)  # no slots: score tables are worked out once and kept
class Evidence:
    """Rounds by the framework's version, and cohorts by code."""

    rounds: Mapping[str, RoundAnswers]
    cohorts: Mapping[str, Cohort] = field(default_factory=dict)
    _tables: dict[tuple[str, str], ScoreTable] = field(default_factory=dict, repr=False, compare=False)
    _scores: dict[tuple[str, str, str], list[Fraction | None]] = field(default_factory=dict, repr=False, compare=False)

    def round(self, round_id: str) -> RoundAnswers:
        """Return a round's answers. Raises NotInEvidence when they were not given."""
        if round_id not in self.rounds:
            raise NotInEvidence(f"the answers of {round_id} are not given")
        return self.rounds[round_id]

    def rows(self, round_id: str, reading: ReturnsReading) -> tuple[int, ...]:
        """Return the rows of the returns that count in a round."""
        units = self.round(round_id).answers.units
        rows = [row for row, unit in enumerate(units) if _counts(unit, reading)]
        if reading.empty == "left_out":
            rows = [row for row in rows if not self._is_empty(round_id, row)]
        return tuple(rows)

    def unit(self, round_id: str, organisation: str) -> Unit | None:
        """Return the first unit of an organisation in a round, or None."""
        units = self.rounds[round_id].answers.units if round_id in self.rounds else ()
        return next((unit for unit in units if unit.organisation == organisation), None)

    def scores(self, round_id: str, measure: str, reading: ScoresReading) -> Scores:
        """Return the exact score of each unit that has one, by organisation code, in the order of the answers.

        Raises NotInEvidence without the round, ClaimsFailed for an unknown measure or an organisation with several
        returns that count.
        """
        column = self._column(round_id, measure, reading)
        units = self.round(round_id).answers.units
        found: dict[str, Fraction] = {}
        for row in self.rows(round_id, reading):
            value, code = column[row], units[row].organisation
            if code in found:
                raise ClaimsFailed(f"{code} has several returns in {round_id}: say which care_setting is meant.")
            if value is not None:
                found[code] = round_half_up(value, digits=0) if reading.rounded else value
        return found

    def table(self, round_id: str, questions: str = "all") -> ScoreTable:
        """Return the score table of a round; questions: all, or those the crosswalk pairs with another round."""
        key = (round_id, questions)
        if key not in self._tables:
            found = self.round(round_id)
            only = None if questions == "all" else self._shared_questions(found.framework)
            self._tables[key] = score_answers(found.answers, compile_plan(found.framework, only=only))
        return self._tables[key]

    def require_measure(self, round_id: str, measure: str) -> None:
        """Raise ClaimsFailed when the round has no such measure."""
        framework = self.round(round_id).framework
        if measure not in framework.measures:
            raise ClaimsFailed(f"{framework.ref}: {no_such('measure', measure, framework.measures)}")

    def members(self, cohorts: Collection[str]) -> frozenset[str]:
        """Return the codes of all who took part in any of the cohorts. Raises ClaimsFailed for an unknown cohort."""
        unknown = [cohort for cohort in cohorts if cohort not in self.cohorts]
        if unknown:
            raise ClaimsFailed(no_such("cohort", unknown[0], self.cohorts))
        members = (member for cohort in cohorts for member in self.cohorts[cohort].members)
        return frozenset(member.organisation for member in members if member.status is not CohortStatus.PROPOSED)

    def _column(self, round_id: str, measure: str, reading: ScoresReading) -> list[Fraction | None]:
        self.require_measure(round_id, measure)
        own = self._exact(round_id, measure, reading.questions)
        parts = self.round(round_id).framework.measures[measure].measures
        if reading.missing_part == "no_score" or not parts:
            return own
        columns = [self._exact(round_id, part.id, reading.questions) for part in parts]
        weights = self._weights(round_id, [part.id for part in parts])
        filled = [_mean_of_parts(values, weights, reading.missing_part) for values in zip(*columns, strict=True)]
        return [value if value is not None else other for value, other in zip(own, filled, strict=True)]

    def _weights(self, round_id: str, measures: Iterable[str]) -> list[Fraction]:
        given = self.round(round_id).framework.scoring.weights.measures
        return [Fraction(given.get(measure, 1)) for measure in measures]

    def _exact(self, round_id: str, measure: str, questions: str) -> list[Fraction | None]:
        key = (round_id, measure, questions)
        if key not in self._scores:
            table = self.table(round_id, questions)
            at = table.measures.index(measure)
            pairs = zip(table.numerators[:, at].tolist(), table.denominators[:, at].tolist(), strict=True)
            self._scores[key] = [Fraction(top, bottom) if bottom else None for top, bottom in pairs]
        return self._scores[key]

    def _is_empty(self, round_id: str, row: int) -> bool:
        table = self.table(round_id)
        roots = [table.measures.index(root.id) for root in self.round(round_id).framework.content.measures]
        return not any(int(table.counts[name][row, at]) for name in ("answered", "dont_know") for at in roots)

    def _shared_questions(self, framework: Framework) -> frozenset[str]:
        crosswalks = [one.framework.crosswalk for one in self.rounds.values() if one.framework.crosswalk is not None]
        shared = [
            questions
            for crosswalk in crosswalks
            for version, questions in (
                (crosswalk.from_version, [pair.from_question for pair in crosswalk.pairs]),
                (crosswalk.to_version, [pair.to_question for pair in crosswalk.pairs]),
            )
            if FrameworkRef(crosswalk.framework, version) == framework.ref
        ]
        if not shared:
            raise NotInEvidence(f"no crosswalk pairs {framework.ref} with another round that is given")
        return _flat(shared[0])


def _counts(unit: Unit, reading: ReturnsReading) -> bool:
    in_setting = reading.care_setting is None or unit.care_setting == reading.care_setting
    return in_setting and unit.organisation not in reading.without


def _flat(questions: Iterable[str | tuple[str, ...]]) -> frozenset[str]:
    """A pair may hold several questions of a version: split or merged ones."""
    return frozenset(name for one in questions for name in ((one,) if isinstance(one, str) else one))


def _mean_of_parts(
    values: Sequence[Fraction | None], weights: Sequence[Fraction], missing_part: str
) -> Fraction | None:
    """The weighted mean of the parts that have a score, or of all with 0 for the others; None where none counts."""
    there = [(value, weight) for value, weight in zip(values, weights, strict=True) if value is not None]
    present = sum((weight for _, weight in there), Fraction(0))
    if present == 0:
        return None
    total = sum((value * weight for value, weight in there), Fraction(0))
    return total / (sum(weights, Fraction(0)) if missing_part == "zero" else present)
