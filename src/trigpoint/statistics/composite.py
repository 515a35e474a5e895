# SPDX-License-Identifier: MIT
"""Composite indicators: making indicators comparable, and means of them up a tree, in the usual ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]


class Normalisation(Enum):
    """How indicators of unlike scales are made comparable."""

    MIN_MAX = "from the least to the most"
    Z_SCORE = "by mean and standard deviation"
    RANK = "by rank, 1 for the least"
    BORDA = "by how many are below"
    PERCENT_RANK = "by the share of others that are below"
    DISTANCE_TO_MOST = "by distance to the most"


class Aggregation(Enum):
    """How parts become a whole."""

    ARITHMETIC = "arithmetic mean"
    GEOMETRIC = "geometric mean"
    HARMONIC = "harmonic mean"


@dataclass(frozen=True, slots=True)
class Layer:
    """One step up the tree. parents: for each part its whole, 0 up. weights: of each part, 0 or more."""

    parents: NDArray[np.intp]
    weights: Floats

    def __post_init__(self) -> None:
        if len(self.parents) != len(self.weights) or (self.weights < 0).any():
            raise ValueError("each part has a whole and a weight of 0 or more")
        sums = np.bincount(self.parents, weights=self.weights)
        if (sums <= 0).any():
            raise ValueError(
                f"a whole without any weight below it: {', '.join(map(str, np.flatnonzero(sums <= 0) + 1))}"
            )


def normalise(
    values: Floats, method: Normalisation, *, low: float = 0.0, high: float = 1.0, directions: Floats | None = None
) -> Floats:
    """Return indicators made comparable, shape as given; nan stays nan and counts for nothing.

    values: shape (units, indicators). directions: 1 where more is better, -1 where less is; all 1 when None.
    low, high: of MIN_MAX the ends; of Z_SCORE the mean and the standard deviation. Units that are all alike on an
    indicator can't be told apart on it: nan by MIN_MAX, Z_SCORE and DISTANCE_TO_MOST.
    Raises ValueError for no indicator or a high that is not above low (MIN_MAX) or 0 (Z_SCORE).
    Source: OECD and JRC, Handbook on Constructing Composite Indicators (2008), step 5.
    """
    if values.ndim != 2 or not values.size:
        raise ValueError("there must be units and indicators")
    turned = values if directions is None else values * directions
    if method in {Normalisation.RANK, Normalisation.BORDA, Normalisation.PERCENT_RANK}:
        return _by_rank(turned, method)
    if high <= (0.0 if method is Normalisation.Z_SCORE else low):
        raise ValueError(f"a range from {low:g} to {high:g} holds nothing")
    if method is Normalisation.Z_SCORE:
        spread = np.nanstd(turned, axis=0, ddof=1, keepdims=True)
        away = turned - np.nanmean(turned, axis=0, keepdims=True)
        return np.asarray(low + high * np.divide(away, spread, out=np.full(away.shape, np.nan), where=spread > 0))
    least, most = (end(turned, axis=0, keepdims=True) for end in (np.nanmin, np.nanmax))
    room = most - least
    share = np.divide(turned - least, room, out=np.full(turned.shape, np.nan), where=room > 0)
    return np.asarray(share if method is Normalisation.DISTANCE_TO_MOST else low + (high - low) * share)


def _by_rank(values: Floats, method: Normalisation) -> Floats:
    ranks = stats.rankdata(values, method="min", axis=0, nan_policy="omit")
    if method is Normalisation.RANK:
        return np.asarray(ranks, np.float64)
    below = ranks - 1
    if method is Normalisation.BORDA:
        return np.asarray(below, np.float64)
    others = np.isfinite(values).sum(axis=0) - 1
    return np.asarray(np.divide(below, others, out=np.full(values.shape, np.nan), where=others > 0))


def aggregate(values: Floats, layer: Layer, method: Aggregation) -> Floats:
    """Return the mean of the parts of each whole, shape (units, wholes); a part that is nan leaves its weight out.

    A whole of which all parts are nan is nan. Raises ValueError for values of 0 or below with a mean that needs them
    above. Source: OECD and JRC, Handbook on Constructing Composite Indicators (2008), step 6.
    """
    there = np.isfinite(values)
    if method is not Aggregation.ARITHMETIC and (values[there] <= 0).any():
        raise ValueError(f"a {method.value} needs values above 0: choose a range that starts above 0")
    bent = _bend(np.where(there, values, 1.0), method)
    indicator = np.zeros((len(layer.parents), int(layer.parents.max()) + 1))
    indicator[np.arange(len(layer.parents)), layer.parents] = layer.weights
    top, bottom = np.where(there, bent, 0.0) @ indicator, there.astype(np.float64) @ indicator
    mean = np.divide(top, bottom, out=np.full(top.shape, np.nan), where=bottom > 0)
    return _unbend(mean, method)


def climb_layers(values: Floats, layers: Sequence[Layer], method: Aggregation) -> tuple[Floats, ...]:
    """Return the means of each layer, one on another; the last is the index."""
    found = []
    for layer in layers:
        values = aggregate(values, layer, method)
        found.append(values)
    return tuple(found)


def effective_weights(layers: Sequence[Layer]) -> tuple[Floats, ...]:
    """Return the weight of every part of each layer in the index, each layer adding up to 1."""
    above = np.ones(int(layers[-1].parents.max()) + 1)
    found = []
    for layer in reversed(layers):
        sums = np.bincount(layer.parents, weights=layer.weights)
        above = above[layer.parents] * layer.weights / sums[layer.parents]
        found.append(above)
    return tuple(reversed(found))


def importance(index: Floats, part: Floats, *, classes: int = 10) -> float:
    """Return the share of the index's variance between classes of a part (correlation ratio), 0 to 1.

    It says what a part does to the order, whatever its weight. classes: of equal counts. nan for an index that does not
    vary. Source: Paruolo, Saisana and Saltelli, J R Stat Soc A 176 (2013) 609-634.
    """
    there = np.isfinite(index) & np.isfinite(part)
    y, x = index[there], part[there]
    if len(y) < 2 or np.ptp(y) == 0:
        return float("nan")
    group = np.floor((stats.rankdata(x) - 0.5) / len(x) * classes).astype(np.intp)
    counts = np.bincount(group, minlength=classes)
    means = np.divide(np.bincount(group, weights=y, minlength=classes), counts, out=np.zeros(classes), where=counts > 0)
    return float((counts * (means - y.mean()) ** 2).sum() / ((y - y.mean()) ** 2).sum())


def rank_down(index: Floats) -> NDArray[np.intp]:
    """Return ranks, 1 for the highest; equals share the least of theirs. index: shape (..., units), none missing."""
    order = np.argsort(-index, axis=-1, kind="stable")
    ordered = np.take_along_axis(index, order, axis=-1)
    # Each unit's rank is the place where its run of equals begins.
    begins = np.ones(index.shape, bool)
    begins[..., 1:] = ordered[..., 1:] != ordered[..., :-1]
    places = np.where(begins, np.arange(1, index.shape[-1] + 1), 0)
    ranks = np.empty(index.shape, np.intp)
    np.put_along_axis(ranks, order, np.maximum.accumulate(places, axis=-1), axis=-1)
    return ranks


def _bend(values: Floats, method: Aggregation) -> Floats:
    return (
        values
        if method is Aggregation.ARITHMETIC
        else np.log(values)
        if method is Aggregation.GEOMETRIC
        else 1 / values
    )


def _unbend(values: Floats, method: Aggregation) -> Floats:
    if method is Aggregation.ARITHMETIC:
        return values
    return np.exp(values) if method is Aggregation.GEOMETRIC else 1 / values
