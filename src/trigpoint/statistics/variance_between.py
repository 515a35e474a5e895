# SPDX-License-Identifier: MIT
"""How much of the variance of units lies between their groups, and group effects drawn in by what chance explains."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, stats

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
# Ratio of the variance between groups to that within, beyond which groups differ by hardly anything but themselves.
LARGEST_RATIO = 1e6


@dataclass(frozen=True, slots=True)
class GroupTest:
    """The F test that groups have one mean. share: of the variance between groups (intraclass correlation), 0 or more.

    share_lower, share_upper: its 95 % interval, by the F distribution at the average size of groups; 0 or more.
    """

    f: float
    between_df: int
    within_df: int
    p: float
    share: float
    share_lower: float
    share_upper: float


@dataclass(frozen=True, slots=True)
class GroupEffects:
    """A mixed model: fixed effects and a random effect for each group, by REML.

    between, within: the two variances. fixed: length p. effects: length groups, each group's distance from what its
    fixed effects give, drawn in towards 0. means: of groups at given fixed effects; errors: theirs, of prediction.
    """

    between: float
    within: float
    fixed: Floats
    effects: Floats
    means: Floats
    errors: Floats

    @property
    def share(self) -> float:
        """The share of the variance that lies between groups, 0 to 1."""
        return self.between / (self.between + self.within)


def compare_groups(values: Floats, groups: Codes, *, fixed: Floats | None = None) -> GroupTest:
    """Return the analysis of variance of groups, after fixed effects where they are given.

    values: length n, none missing. groups: length n, 0 up. fixed: shape (n, p), with a column for the intercept;
    only the intercept when None. Assumes normal values of one variance within groups.
    Raises ValueError for one group, no unit left over within groups, or values without any difference within them.
    Source: Searle, Casella and McCulloch, Variance Components (1992), chapter 3; Donner, Int Stat Rev 54 (1986) 67-82.
    """
    first = np.ones((len(values), 1)) if fixed is None else fixed
    count = int(groups.max(initial=-1)) + 1
    full = np.hstack([first, np.eye(count)[groups]])
    rank, full_rank = int(np.linalg.matrix_rank(first)), int(np.linalg.matrix_rank(full))
    between_df, within_df = full_rank - rank, len(values) - full_rank
    if between_df < 1 or within_df < 1:
        raise ValueError(f"{len(values)} units in {count} groups leave nothing to compare groups with")
    rest, within = _unexplained(first, values), _unexplained(full, values)
    if within <= 1e-12 * max(rest, float(values @ values)):
        raise ValueError("units do not differ within groups, so there is no chance to compare groups with")
    f = (rest - within) / between_df / (within / within_df)
    size = _average_size(np.bincount(groups, minlength=count))
    low, high = (stats.f.ppf(q, between_df, within_df) for q in (0.975, 0.025))
    return GroupTest(
        f=float(f),
        between_df=between_df,
        within_df=within_df,
        p=float(stats.f.sf(f, between_df, within_df)),
        share=_share(float(f), size),
        share_lower=_share(float(f / low), size),
        share_upper=_share(float(f / high), size),
    )


def fit_group_effects(values: Floats, groups: Codes, *, fixed: Floats, at: Floats) -> GroupEffects:
    """Return the effect of each group, drawn in towards 0 by what chance explains (best linear unbiased prediction).

    values: length n. groups: length n, 0 up, each with a unit. fixed: shape (n, p), of full rank. at: length p, the
    values of the fixed effects at which the means of groups are given. The variances are by REML; a variance between
    groups of 0 draws all of them in to one mean. errors leave out that the variances are estimated.
    Raises ValueError when fixed effects leave no unit over.
    Source: Harville, Journal of the American Statistical Association 72 (1977) 320-338; Henderson, Biometrics 31
    (1975) 423-447.
    """
    if len(values) - fixed.shape[1] < 2:
        raise ValueError(f"{len(values)} units are too few for {fixed.shape[1]} fixed effects and groups")
    model = _Profile(values, groups, fixed)
    ratio = _most_likely(model)
    effects, within = model.solve(ratio)
    sums = model.residual_sums(effects)
    drawn = ratio / (1 + ratio * model.sizes) * sums
    return GroupEffects(
        between=ratio * within,
        within=within,
        fixed=effects,
        effects=drawn,
        means=at @ effects + drawn,
        errors=_errors(model, ratio, within, at),
    )


@dataclass(frozen=True, slots=True)
class _Profile:
    """Sums that are enough to profile the likelihood over the ratio of the two variances."""

    values: Floats
    groups: Codes
    fixed: Floats

    @property
    def sizes(self) -> Floats:
        return np.bincount(self.groups).astype(np.float64)

    def group_sums(self, columns: Floats) -> Floats:
        sums = np.zeros((len(self.sizes), columns.shape[1]))
        np.add.at(sums, self.groups, columns)
        return sums

    def residual_sums(self, effects: Floats) -> Floats:
        return self.group_sums((self.values - self.fixed @ effects)[:, None])[:, 0]

    def products(self, ratio: float) -> tuple[Floats, Floats]:
        """X'V⁻¹X and X'V⁻¹y, where V is 1 on the diagonal plus the ratio within groups."""
        sums = self.group_sums(np.column_stack([self.fixed, self.values]))
        drawn = sums * (ratio / (1 + ratio * self.sizes))[:, None]
        x = self.fixed
        cross = sums[:, :-1].T @ drawn
        return x.T @ x - cross[:, :-1], x.T @ self.values - cross[:, -1]

    def solve(self, ratio: float) -> tuple[Floats, float]:
        """The fixed effects and the variance within groups at a ratio."""
        square, right = self.products(ratio)
        effects = np.asarray(np.linalg.solve(square, right), np.float64)
        residual = self.values - self.fixed @ effects
        sums = self.residual_sums(effects)
        quadratic = residual @ residual - (ratio / (1 + ratio * self.sizes) * sums**2).sum()
        return effects, float(quadratic) / (len(self.values) - self.fixed.shape[1])

    def deviance(self, ratio: float) -> float:
        """Minus twice the restricted log likelihood, but for a constant."""
        square, _ = self.products(ratio)
        _, within = self.solve(ratio)
        left_over = len(self.values) - self.fixed.shape[1]
        spread = np.log1p(ratio * self.sizes).sum() + np.linalg.slogdet(square)[1]
        return float(left_over * math.log(max(within, 1e-300)) + spread)


def _most_likely(model: _Profile) -> float:
    """The ratio of the variances with the least deviance; 0 where no other does better."""
    found = optimize.minimize_scalar(
        lambda logged: model.deviance(math.exp(logged)),
        bounds=(math.log(1e-8), math.log(LARGEST_RATIO)),
        method="bounded",
        options={"xatol": 1e-10},
    )
    ratio = math.exp(found.x)
    return ratio if model.deviance(ratio) < model.deviance(0.0) - 1e-9 else 0.0


def _errors(model: _Profile, ratio: float, within: float, at: Floats) -> Floats:
    """Of each group's mean, by the inverse of Henderson's mixed model equations."""
    count, columns = len(model.sizes), model.fixed.shape[1]
    if ratio == 0:
        square, _ = model.products(0.0)
        return np.full(count, math.sqrt(within * float(at @ np.linalg.inv(square) @ at)))
    cross = model.group_sums(model.fixed)
    equations = np.block([[model.fixed.T @ model.fixed, cross.T], [cross, np.diag(model.sizes + 1 / ratio)]])
    inverse = np.linalg.inv(equations)
    wanted = np.hstack([np.tile(at, (count, 1)), np.eye(count)])
    assert wanted.shape[1] == columns + count
    return np.asarray(within * np.einsum("gi,ij,gj->g", wanted, inverse, wanted)) ** 0.5


def _unexplained(design: Floats, values: Floats) -> float:
    effects = np.linalg.lstsq(design, values, rcond=None)[0]
    residual = values - design @ effects
    return float(residual @ residual)


def _average_size(sizes: NDArray[np.intp]) -> float:
    """The size at which groups of unequal size have the expected mean square of equal ones."""
    total = float(sizes.sum())
    return (total - float((sizes.astype(np.float64) ** 2).sum()) / total) / (len(sizes) - 1)


def _share(f: float, size: float) -> float:
    return max(0.0, (f - 1) / (f + size - 1))
