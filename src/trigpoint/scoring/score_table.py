# SPDX-License-Identifier: MIT
"""Scores of many units on many measures, each with its counts and with all that is needed to recompute it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trigpoint.frameworks.framework import FrameworkRef
from trigpoint.submissions.answers import AnswerTable
from trigpoint.submissions.units import Unit

# Goes up whenever any score could come out different, or a score that was none could become one.
ENGINE_VERSION = "1"
# Whole numbers up to here are floats exactly.
EXACT_FLOAT = 2**53
COUNTS = ("asked", "answered", "dont_know", "not_applicable", "not_shown")


@dataclass(frozen=True, slots=True)
class Score:
    """One unit's score on one measure. `value` is exact, in the framework's own unit; None when there is no score."""

    value: Fraction | None
    band: str | None
    asked: int
    answered: int
    dont_know: int
    not_applicable: int
    not_shown: int

    @property
    def not_answered(self) -> int:
        """Questions shown to the unit and left open."""
        return self.asked - self.answered - self.dont_know - self.not_applicable

    @property
    def coverage(self) -> float | None:
        """Share of the questions asked that were answered, 0 to 1; None when nothing was asked."""
        return self.answered / self.asked if self.asked else None


@dataclass(frozen=True)  # no slots: the scores as floats are worked out once and kept
class ScoreTable:
    """Every score of a round. All arrays have shape (units, measures).

    numerators, denominators: the exact score as a fraction; a denominator of 0 means there is no score.
    band_positions: position in band_ids; -1 for no score or no bands.
    counts: asked, answered, dont_know, not_applicable, not_shown → number of scored questions. Asked are those shown
        to the unit; not answered is what remains of asked.
    rules_of: the framework version whose rules were used; the answers' own unless asked otherwise. rules_hash: of the
        questions together with the rules used; the same as framework_hash when the rules are their own.
    framework_hash, answers, engine: what to recompute with.
    """

    framework: FrameworkRef
    framework_hash: str
    rules_of: FrameworkRef
    rules_hash: str
    answers: AnswerTable
    engine: str
    basis: str
    measures: tuple[str, ...]
    numerators: NDArray[Any]
    denominators: NDArray[Any]
    band_positions: NDArray[np.int8]
    band_ids: tuple[str, ...]
    counts: Mapping[str, NDArray[np.uint16]]

    @cached_property
    def scores(self) -> NDArray[np.float64]:
        """The scores as floats, each the nearest to the exact score; nan where there is none."""
        tops, bottoms = self.numerators, self.denominators
        scores = np.full(tops.shape, np.nan, dtype=np.float64)
        if bottoms.dtype == object or max(abs(tops).max(initial=0), bottoms.max(initial=0)) > EXACT_FLOAT:
            # Python divides whole numbers of any size with one rounding; numpy would round both of them first.
            there = np.asarray(bottoms > 0, np.bool_)
            scores[there] = tops[there].astype(object) / bottoms[there].astype(object)
            return scores
        np.divide(tops, bottoms, out=scores, where=bottoms > 0)
        return scores

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units scored, in the order of the answers."""
        return self.answers.units

    @property
    def round(self) -> str:
        """The round the answers are from."""
        return self.answers.round

    def column(self, measure: str) -> NDArray[np.float64]:
        """Return the scores on one measure, shape (units,), nan where there is none. Raises KeyError if unknown."""
        return self.scores[:, self._position(measure)]

    def score(self, unit: int, measure: str) -> Score:
        """Return one unit's score on a measure, exact. unit: its row. Raises KeyError for an unknown measure."""
        at = self._position(measure)
        bottom = int(self.denominators[unit, at])
        band = int(self.band_positions[unit, at])
        return Score(
            value=Fraction(int(self.numerators[unit, at]), bottom) if bottom else None,
            band=self.band_ids[band] if band >= 0 else None,
            **{name: int(self.counts[name][unit, at]) for name in COUNTS},
        )

    def _position(self, measure: str) -> int:
        try:
            return self.measures.index(measure)
        except ValueError:
            raise KeyError(f"no measure {measure!r}; there are {', '.join(self.measures)}") from None
