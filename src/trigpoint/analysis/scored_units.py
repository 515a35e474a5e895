# SPDX-License-Identifier: MIT
"""The units of one round that have a score on a measure, and who has none and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from trigpoint.analysis.matched_rounds import UnitKey
from trigpoint.errors import CannotAnalyse
from trigpoint.scoring.score_table import ScoreTable


@dataclass(frozen=True, slots=True)
class ScoredUnits:
    """The exact scores of the units that have one, in the order of the round.

    keys, scores: length n. left_out: unit → why it is not among them.
    """

    measure: str
    round: str
    keys: tuple[UnitKey, ...]
    scores: tuple[Fraction, ...]
    left_out: Mapping[UnitKey, str]

    @property
    def values(self) -> NDArray[np.float64]:
        """The scores as floats, shape (n,)."""
        return np.array([float(score) for score in self.scores])


@dataclass(frozen=True, slots=True)
class GroupedUnits:
    """Scored units, each in one group. groups: length n, the group of each."""

    units: ScoredUnits
    grouping: str
    groups: tuple[str, ...]

    @property
    def values(self) -> NDArray[np.float64]:
        """The scores as floats, shape (n,)."""
        return self.units.values


def list_scored_units(table: ScoreTable, measure: str) -> ScoredUnits:
    """Return the units that have a score on a measure. A unit without one is left out, never counted as 0.

    Raises CannotAnalyse when none has a score, KeyError for a measure that the table does not have.
    """
    scores = {unit.key: table.score(row, measure).value for row, unit in enumerate(table.units)}
    there = {key: score for key, score in scores.items() if score is not None}
    if not there:
        raise CannotAnalyse(f"No unit of {table.round} has a score on {measure}.")
    left_out = {key: f"no score in {table.round}" for key in scores if key not in there}
    return ScoredUnits(measure, table.round, tuple(there), tuple(there.values()), left_out)


def group_units(units: ScoredUnits, group_of: Mapping[str, str], *, grouping: str) -> GroupedUnits:
    """Return the units with their groups. group_of: organisation code → group; who has none is left out and named.

    Raises CannotAnalyse when no unit has a group.
    """
    at = [row for row, key in enumerate(units.keys) if key[0] in group_of]
    if not at:
        raise CannotAnalyse(f"No unit has a {grouping}: are the groups of the same organisations as the scores?")
    left_out = {key: f"no {grouping}" for key in units.keys if key[0] not in group_of}
    kept = ScoredUnits(
        units.measure,
        units.round,
        tuple(units.keys[row] for row in at),
        tuple(units.scores[row] for row in at),
        {**units.left_out, **left_out},
    )
    return GroupedUnits(kept, grouping, tuple(group_of[key[0]] for key in kept.keys))
