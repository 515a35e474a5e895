# SPDX-License-Identifier: MIT
"""Means of groups made like for like: as if every group had the same mix of types."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class MixedGroups:
    """Values of units, each in a group and of a type.

    values: length n. groups: length n, 0 to group_count - 1; types: length n, 0 to type_count - 1. No missing values.
    Every group and every type has a unit.
    """

    values: Floats
    groups: Codes
    types: Codes
    group_count: int
    type_count: int

    def __post_init__(self) -> None:
        if not (len(self.values) == len(self.groups) == len(self.types)) or not np.isfinite(self.values).all():
            raise ValueError("values, groups and types must have one length and no missing value")
        for name, codes, count in ("group", self.groups, self.group_count), ("type", self.types, self.type_count):
            empty = sorted(set(range(count)) - set(codes.tolist()))
            if empty or codes.min(initial=0) < 0 or codes.max(initial=0) >= count:
                raise ValueError(f"each of {count} {name}s must have a unit; without one: {empty}")

    @property
    def counts(self) -> Floats:
        """Units of each type in each group, shape (groups, types)."""
        return self.sum_by_cell(np.ones_like(self.values))

    @property
    def means(self) -> Floats:
        """Mean of each type in each group, shape (groups, types); nan where the group has none of the type."""
        counts = self.counts
        nowhere = np.full(counts.shape, np.nan)
        return np.asarray(np.divide(self.sum_by_cell(self.values), counts, out=nowhere, where=counts > 0))

    @property
    def type_means(self) -> Floats:
        """Mean of each type over all groups, shape (types,)."""
        return np.asarray(self.sum_by_cell(self.values).sum(axis=0) / self.counts.sum(axis=0))

    @property
    def mix(self) -> Floats:
        """Share of each type among all units, shape (types,)."""
        return np.asarray(self.counts.sum(axis=0) / len(self.values))

    @property
    def crude(self) -> Floats:
        """Plain mean of each group, shape (groups,)."""
        return np.asarray(self.sum_by_cell(self.values).sum(axis=1) / self.counts.sum(axis=1))

    def sum_by_cell(self, values: Floats) -> Floats:
        """Return the sums of values of units, by group and type, shape (groups, types)."""
        total = np.zeros((self.group_count, self.type_count))
        np.add.at(total, (self.groups, self.types), values)
        return total


@dataclass(frozen=True, slots=True)
class StandardisedMeans:
    """A mean for each group and its standard error, shape (groups,). nan: the group can't be standardised so."""

    means: Floats
    errors: Floats


@dataclass(frozen=True, slots=True)
class IndirectMeans:
    """Each group against what its mix of types would give at the mean of each type, shape (groups,).

    expected: from the mix. by_difference: mean of all + (crude - expected). by_ratio: mean of all x crude / expected;
    nan where the expected mean is 0.
    """

    expected: Floats
    by_difference: Floats
    by_ratio: Floats


@dataclass(frozen=True, slots=True)
class KitagawaSplit:
    """The difference of two crude means in two parts that add up to it: of their mixes, and of their means by type."""

    difference: float
    rate: float
    mix: float


def standardise_directly(units: MixedGroups) -> StandardisedMeans:
    """Return the mean of each group as if it had the mix of types of all units.

    A group without a unit of some type has nan: its mean of that type is not known. The standard error takes the
    variance within each type of the group, so it is nan where a group has one unit of a type.
    Source: Breslow and Day, Statistical Methods in Cancer Research II (IARC 1987), chapter 2.
    """
    means = units.means @ units.mix
    aways = (units.values - units.means[units.groups, units.types]) ** 2
    squares, counts = units.sum_by_cell(aways), units.counts
    variances = np.divide(squares, counts - 1, out=np.full(counts.shape, np.nan), where=counts > 1)
    errors = np.sqrt(np.divide(variances, counts, out=np.full(counts.shape, np.nan), where=counts > 0) @ units.mix**2)
    return StandardisedMeans(means, errors)


def standardise_indirectly(units: MixedGroups) -> IndirectMeans:
    """Return each group's mean against the mean expected from its mix of types; holds with empty types too.

    Source: Breslow and Day, Statistical Methods in Cancer Research II (IARC 1987), chapter 2.
    """
    counts = units.counts
    expected = (counts @ units.type_means) / counts.sum(axis=1)
    overall = units.values.mean()
    ratio = np.divide(units.crude, expected, out=np.full(len(expected), np.nan), where=expected != 0)
    return IndirectMeans(expected, overall + units.crude - expected, overall * ratio)


def adjust_by_model(units: MixedGroups) -> StandardisedMeans:
    """Return each group's mean, less the effects of types that are the same in all groups, at the mix of all units.

    Least squares of value on group and type. Raises ValueError when groups and types can't be told apart, as when each
    group has types that no other has, or when no unit is left over to estimate the error from.
    Source: Searle, Speed and Milliken, American Statistician 34 (1980) 216-221 (population marginal means).
    """
    design = _design(units)
    columns = design.shape[1]
    left_over = len(units.values) - columns
    if np.linalg.matrix_rank(design) < columns:
        raise ValueError("groups and types can't be told apart: some groups share no type with the others")
    if left_over < 1:
        raise ValueError(f"{len(units.values)} units are too few for {columns} effects")
    inverse = np.linalg.inv(design.T @ design)
    effects = inverse @ design.T @ units.values
    residual = units.values - design @ effects
    at = np.hstack([np.eye(units.group_count), np.tile(units.mix[1:], (units.group_count, 1))])
    variance = residual @ residual / left_over
    return StandardisedMeans(at @ effects, np.sqrt(variance * np.einsum("gi,ij,gj->g", at, inverse, at)))


def split_difference(units: MixedGroups, group: int, other: int) -> KitagawaSplit:
    """Return why two groups' crude means differ: their mixes of types, or their means of the same types.

    Raises ValueError when one of the two has no unit of a type that the other has: then the split is not defined.
    Source: Kitagawa, Journal of the American Statistical Association 50 (1955) 1168-1194.
    """
    counts = units.counts[[group, other]]
    used = counts.sum(axis=0) > 0
    if (counts[:, used] == 0).any():
        raise ValueError("a split in mix and rate needs both groups to have each type that one of them has")
    shares = counts[:, used] / counts[:, used].sum(axis=1, keepdims=True)
    means = units.means[[group, other]][:, used]
    rate = (shares.mean(axis=0) * (means[0] - means[1])).sum()
    mix = (means.mean(axis=0) * (shares[0] - shares[1])).sum()
    return KitagawaSplit(float(units.crude[group] - units.crude[other]), float(rate), float(mix))


def _design(units: MixedGroups) -> Floats:
    """A column for each group, and one for each type but the first."""
    columns = np.zeros((len(units.values), units.group_count + units.type_count - 1))
    rows = np.arange(len(units.values))
    columns[rows, units.groups] = 1
    later = units.types > 0
    columns[rows[later], units.group_count + units.types[later] - 1] = 1
    return columns
