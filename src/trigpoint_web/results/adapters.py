# SPDX-License-Identifier: MIT
"""Rows of scores ⇄ score tables of the core."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from trigpoint.frameworks import Framework
from trigpoint.scoring import Score, ScoreTable
from trigpoint.submissions import AnswerTable
from trigpoint.submissions.units import Unit
from trigpoint_web.results.models import ScoreRun, StoredScore

_COUNTS = ("asked", "answered", "dont_know", "not_applicable", "not_shown")


def join_tables(tables: Sequence[AnswerTable]) -> AnswerTable:
    """Return the answers of several tables of one framework and round as one. There must be at least one."""
    first = tables[0]
    return replace(
        first,
        units=tuple(unit for table in tables for unit in table.units),
        codes=np.vstack([table.codes for table in tables]),
        numbers={name: np.concatenate([table.numbers[name] for table in tables]) for name in first.numbers},
    )


def rows_of_table(table: ScoreTable, *, run: ScoreRun, rows: range) -> Iterator[StoredScore]:
    """Yield the rows that keep some units of a score table, exact."""
    for row in rows:
        unit = table.units[row]
        for measure in table.measures:
            score = table.score(row, measure)
            yield StoredScore(
                run=run,
                organisation_id=unit.organisation,
                care_setting=unit.care_setting,
                measure=measure,
                numerator="" if score.value is None else str(score.value.numerator),
                denominator="" if score.value is None else str(score.value.denominator),
                value=None if score.value is None else float(score.value),
                band=score.band or "",
                **{name: getattr(score, name) for name in _COUNTS},
            )


def exact_value(numerator: str, denominator: str) -> Fraction | None:
    """Return the score that two columns hold; None when they are blank."""
    return Fraction(int(numerator), int(denominator)) if denominator else None


def score_of(row: StoredScore) -> Score:
    """Return the score that a row holds."""
    return Score(
        value=exact_value(row.numerator, row.denominator),
        band=row.band or None,
        **{name: getattr(row, name) for name in _COUNTS},
    )


def text_of_row(row: StoredScore) -> str:
    """Return a row as the text that is hashed and compared: who, what, how much, from how many answers."""
    counts = (str(getattr(row, name)) for name in _COUNTS)
    parts = (row.organisation_id, row.care_setting, row.measure, row.numerator, row.denominator, row.band, *counts)
    return "\t".join(parts)


def hash_scores(texts: Iterable[str]) -> str:
    """Return the SHA-256 in hex of the texts of rows; their order does not change it."""
    return hashlib.sha256("\n".join(sorted(texts)).encode()).hexdigest()


def table_of_rows(rows: Sequence[StoredScore], *, framework: Framework, run: ScoreRun, round_slug: str) -> ScoreTable:
    """Return stored scores as a score table, a row for each unit, so that the core can summarise and print them.

    rows: of some units of one run, each with every measure; their organisations fetched, as names are read from them.
    The table has no answers: what it says of scores is what was stored.
    """
    measures = tuple(one.id for one in framework.walk_measures())
    units: dict[tuple[str, str], Unit] = {}
    at: dict[tuple[str, str, str], StoredScore] = {}
    for row in rows:
        key = (row.organisation_id, row.care_setting)
        units.setdefault(key, Unit(row.organisation_id, row.care_setting, row.organisation.name))
        at[(*key, row.measure)] = row
    found = [[at[(*key, measure)] for measure in measures] for key in units]
    bands = framework.scoring.bands
    band_ids = tuple(band.id for band in bands.bands) if bands else ()
    shape = (len(units), len(measures))

    def grid(values: list[list[int]], kind: type) -> np.ndarray:
        return np.array(values, dtype=kind).reshape(shape)

    return ScoreTable(
        framework=framework.ref,
        framework_hash=run.framework_hash,
        rules_of=framework.ref,
        rules_hash=run.framework_hash,
        answers=_without_answers(framework, run, round_slug, tuple(units.values())),
        engine=run.engine,
        basis=run.basis,
        measures=measures,
        numerators=grid([[int(one.numerator or 0) for one in line] for line in found], object),
        denominators=grid([[int(one.denominator or 0) for one in line] for line in found], object),
        band_positions=grid(
            [[band_ids.index(one.band) if one.band else -1 for one in line] for line in found], np.int8
        ),
        band_ids=band_ids,
        counts={name: grid([[getattr(one, name) for one in line] for line in found], np.uint16) for name in _COUNTS},
    )


def _without_answers(framework: Framework, run: ScoreRun, round_slug: str, units: tuple[Unit, ...]) -> AnswerTable:
    return AnswerTable(
        framework=framework.ref,
        framework_hash=run.framework_hash,
        round=round_slug,
        units=units,
        questions=(),
        codes=np.zeros((len(units), 0), dtype=np.uint8),
    )
