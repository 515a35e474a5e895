# SPDX-License-Identifier: MIT
"""A score table as tidy rows: one row for each unit and measure. This is what scores.csv holds."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from trigpoint.publication.synthetic_mark import MARK, is_synthetic
from trigpoint.scoring.score_table import ScoreTable

# In this order in every file; a contract with readers (docs/formats/release.md).
SCORE_COLUMNS = (
    "round", "organisation", "care_setting", "measure", "score", "band", "asked", "answered", "dont_know",
    "not_applicable", "not_shown", "framework", "basis",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One score with its definition. score: exact, None when there is none; the counts are of scored questions."""

    round: str
    organisation: str
    care_setting: str
    measure: str
    score: Fraction | None
    band: str | None
    asked: int
    answered: int
    dont_know: int
    not_applicable: int
    not_shown: int
    framework: str
    basis: str

    def cells(self) -> tuple[str, ...]:
        """The row as text in SCORE_COLUMNS; a score or band that isn't there is an empty cell."""
        values = (getattr(self, name) for name in SCORE_COLUMNS)
        return tuple(
            "" if value is None else score_text(value) if isinstance(value, Fraction) else str(value)
            for value in values
        )


def score_rows(table: ScoreTable) -> tuple[ScoreRow, ...]:
    """Return a row for each unit and measure, units in the table's order, measures parents first."""
    basis = basis_text(table)  # looks at every unit, so once
    return tuple(_row(table, unit, measure, basis) for unit in range(len(table.units)) for measure in table.measures)


def _row(table: ScoreTable, unit: int, measure: str, basis: str) -> ScoreRow:
    score = table.score(unit, measure)
    return ScoreRow(
        round=table.round,
        organisation=table.units[unit].organisation,
        care_setting=table.units[unit].care_setting,
        measure=measure,
        score=score.value,
        band=score.band,
        asked=score.asked,
        answered=score.answered,
        dont_know=score.dont_know,
        not_applicable=score.not_applicable,
        not_shown=score.not_shown,
        framework=str(table.framework),
        basis=basis,
    )


def basis_text(table: ScoreTable) -> str:
    """Return what the scores rest on, parts joined by "; ".

    The basis; whose rules were used when not the framework's own; and that the answers are made up when they are, so
    that a row taken out of its file still says so.
    """
    parts = table.basis.split("; ")
    if table.rules_of != table.framework:
        parts.append(f"rules of {table.rules_of}")
    if is_synthetic(table.answers):
        parts.append(MARK)
    return "; ".join(dict.fromkeys(parts))


def score_text(score: Fraction) -> str:
    """Return a score as it stands in files: a whole number without a point, else the nearest float, all its digits."""
    return str(score.numerator) if score.denominator == 1 else repr(float(score))
