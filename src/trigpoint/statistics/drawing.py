# SPDX-License-Identifier: MIT
"""Drawing units by chance, so that anybody with the seed draws the same, with the chance that each had."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Drawn:
    """units: positions drawn, in rising order. chances: length of all, the chance each had of being drawn, 0 to 1.

    replacements: stratum by stratum, the others in the order in which they step in.
    """

    units: tuple[int, ...]
    chances: Floats
    replacements: tuple[tuple[int, ...], ...]


def draw_stratified(
    strata: Codes,
    order: Floats,
    counts: Sequence[int],
    *,
    certain: Collection[int] = (),
    rng: np.random.Generator,
) -> Drawn:
    """Return a systematic draw within each stratum, spread over an order such as the score.

    strata: length n, 0 up. order: length n. counts: draws of each stratum, those that are certain not among them.
    certain: positions that are taken anyway. Within a stratum every other unit has the same chance.
    Raises ValueError for counts that do not fit the strata.
    Source: Madow and Madow, Ann Math Stat 15 (1944) 1-24.
    """
    sizes = np.bincount(strata, minlength=len(counts))
    if len(sizes) != len(counts):
        raise ValueError(f"{len(counts)} counts do not fit {len(sizes)} strata")
    chances = np.zeros(len(strata))
    chances[list(certain)] = 1.0
    units, replacements = set(certain), []
    for at, count in enumerate(counts):
        free = np.array([one for one in np.flatnonzero(strata == at) if one not in units], np.intp)
        if not 0 <= count <= len(free):
            raise ValueError(f"stratum {at + 1} has {len(free)} units to draw from, not {count}")
        # Equals in the order stand by chance, so that the order of the file does not matter.
        ranked = free[np.lexsort((rng.random(len(free)), order[free]))]
        taken = _systematic(len(ranked), count, rng)
        units.update(int(one) for one in ranked[taken])
        chances[free] = count / len(free) if len(free) else 0.0
        left = np.setdiff1d(free, ranked[taken])
        replacements.append(tuple(int(one) for one in rng.permutation(left)))
    return Drawn(tuple(sorted(units)), chances, tuple(replacements))


def _systematic(size: int, count: int, rng: np.random.Generator) -> Codes:
    """Every so-manieth of `size`, from a start by chance."""
    if count == 0:
        return np.zeros(0, np.intp)
    step = size / count
    places = (rng.random() + np.arange(count)) * step
    return np.asarray(np.minimum(np.floor(places), size - 1), np.intp)
