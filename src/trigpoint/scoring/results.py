# SPDX-License-Identifier: MIT
"""Room for the results of scoring."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from trigpoint.scoring.plan import ScoringPlan
from trigpoint.scoring.rounding import Whole
from trigpoint.scoring.score_table import COUNTS


@dataclass(frozen=True, slots=True)
class Results:
    """Room for scores, measure by measure: shape (measures, units); counts: (counts, measures, units), as COUNTS."""

    numerators: Whole
    denominators: Whole
    bands: NDArray[np.int8]
    counts: NDArray[np.uint16]

    @classmethod
    def empty(cls, plan: ScoringPlan, units: int) -> Results:
        """Return room, not filled with anything."""
        shape = (len(plan.nodes), units)
        if plan.is_wide:
            counts = np.empty((len(COUNTS), *shape), np.uint16)
            return cls(np.empty(shape, object), np.empty(shape, object), np.empty(shape, np.int8), counts)
        return _in_one_piece(shape)

    def at(self, rows: slice) -> Results:
        """Return the room of some units."""
        counts = self.counts[:, :, rows]
        return Results(self.numerators[:, rows], self.denominators[:, rows], self.bands[:, rows], counts)


def _in_one_piece(shape: tuple[int, int]) -> Results:
    """Room cut from one piece of memory: the next table can have it again, where many pieces go back to the system."""
    size, sums = shape[0] * shape[1], np.dtype(np.int64).itemsize
    ends = np.cumsum([0, sums, sums, len(COUNTS) * np.dtype(np.uint16).itemsize, 1]) * size
    piece = np.empty(ends[-1], np.uint8)
    tops, bottoms, counts, bands = (piece[start:stop] for start, stop in pairwise(ends))
    return Results(
        tops.view(np.int64).reshape(shape),
        bottoms.view(np.int64).reshape(shape),
        bands.view(np.int8).reshape(shape),
        counts.view(np.uint16).reshape(len(COUNTS), *shape),
    )
