# SPDX-License-Identifier: MIT
"""How often the statistics err, with more made-up nations than the tests have time for.

Usage: script/bench statistics [--runs N] [--seed N]
Prints for each claim how often it came out, with what it should be and three standard errors of the simulation.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

import numpy as np

from trigpoint.statistics.consistency import cronbach_alpha
from trigpoint.statistics.finite_population import by_ratio, expand
from trigpoint.statistics.least_squares import fit
from trigpoint.statistics.paired_proportions import PairedCounts, compare_changes, paired_difference
from trigpoint.statistics.proportions import exact_interval, share_difference, wilson_interval
from trigpoint.statistics.rank_uncertainty import rank_sets
from trigpoint.statistics.spread import compare_spread
from trigpoint.statistics.variance_between import compare_groups

Trial = Callable[[np.random.Generator], bool]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Simulates how often the statistics err.")
    parser.add_argument("--runs", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    print(f"{'claim':<70} {'came out':>9} {'should':>8}   within")
    for name, aim, trial in _trials():
        rng = np.random.default_rng(given.seed)
        share = float(np.mean([trial(rng) for _ in range(given.runs)]))
        near = 3 * math.sqrt(max(share * (1 - share), 1e-9) / given.runs)
        print(f"{name:<70} {share:>9.3f} {aim:>8}   {near:.3f}")
    return 0


def _trials() -> Iterator[tuple[str, str, Trial]]:
    yield "equal spread rejected though it is (Pitman-Morgan, n = 233)", "0.05", _equal_spread
    yield "systems told apart though alike (F, 42 groups)", "0.05", _alike_systems
    yield "an effect claimed though there is none (HC3, 25 of 230)", "0.05", _no_effect
    yield "Wilson's interval covers 13 % of 232", ">= 0.93", lambda rng: _covers(rng, wilson_interval)
    yield "the exact interval covers 13 % of 232", ">= 0.95", lambda rng: _covers(rng, exact_interval)
    yield "the interval of a difference covers 0.2 (70, 80)", "0.95", _difference
    yield "a change of a share claimed though there is none (mid-p, n = 230)", "0.05", _no_change
    yield "the interval of a paired change covers 0.1 (n = 230)", "0.95", _paired
    yield "Feldt's interval covers alpha (n = 80, 6 items)", "0.95", _alpha
    yield "sets of ranks hold all true ranks at once (10 units)", ">= 0.95", _ranks
    yield "a cost from 14 of 671 by number covers the truth, skewed", "far below", lambda rng: _cost(rng, by_size=False)
    yield "the same by size", "below 0.95", lambda rng: _cost(rng, by_size=True)


def _equal_spread(rng: np.random.Generator) -> bool:
    truth = rng.normal(60, 10, 233)
    sides = [[Fraction(round(float(one) * 100), 100) for one in truth + rng.normal(0, 5, 233)] for _ in range(2)]
    return compare_spread(sides[0], sides[1]).p < 0.05


def _alike_systems(rng: np.random.Generator) -> bool:
    groups = np.concatenate([np.arange(42), rng.integers(0, 42, 190)])
    return compare_groups(rng.normal(70, 11, 232), groups).p < 0.05


def _no_effect(rng: np.random.Generator) -> bool:
    first, member = rng.normal(60, 12, 230), np.arange(230) < 25
    second = 20 + 0.8 * first + rng.normal(0, 8, 230)
    return bool(fit(second, np.column_stack([np.ones(230), member, first])).p[1] < 0.05)


def _covers(rng: np.random.Generator, interval: Callable[[int, int], object]) -> bool:
    found = interval(int(rng.binomial(232, 0.13)), 232)
    return bool(found.lower <= 0.13 <= found.upper)  # type: ignore[attr-defined]


def _difference(rng: np.random.Generator) -> bool:
    found = share_difference((int(rng.binomial(70, 0.7)), 70), (int(rng.binomial(80, 0.5)), 80))
    return found.lower <= 0.2 <= found.upper


def _no_change(rng: np.random.Generator) -> bool:
    return compare_changes(PairedCounts(*map(int, rng.multinomial(230, [0.5, 0.12, 0.12, 0.26])))).mid < 0.05


def _paired(rng: np.random.Generator) -> bool:
    found = paired_difference(PairedCounts(*map(int, rng.multinomial(230, [0.5, 0.1, 0.2, 0.2]))))
    return found.lower <= 0.1 <= found.upper


def _alpha(rng: np.random.Generator) -> bool:
    answers = 0.7 * rng.standard_normal((80, 1)) + math.sqrt(0.51) * rng.standard_normal((80, 6))
    truth = 6 / 5 * (1 - 6 / (6 + 30 * 0.49))
    found = cronbach_alpha(answers)
    return found.lower <= truth <= found.upper


def _ranks(rng: np.random.Generator) -> bool:
    truth, errors = np.linspace(50, 62, 10), np.full(10, 3.0)
    sets = rank_sets(rng.normal(truth, errors), errors, rng=rng)
    ranks = np.arange(10, 0, -1)
    return bool(((sets.best <= ranks) & (ranks <= sets.worst)).all())


def _cost(rng: np.random.Generator, *, by_size: bool) -> bool:
    sizes = np.random.default_rng(671).lognormal(5, 0.9, 671)
    costs = sizes * np.random.default_rng(672).lognormal(0, 0.9, 671)
    drawn = rng.choice(671, 14, replace=False)
    found = by_ratio(costs[drawn], sizes[drawn], float(sizes.sum()), 671) if by_size else expand(costs[drawn], 671)
    return found.lower is not None and found.upper is not None and bool(found.lower <= costs.sum() <= found.upper)


if __name__ == "__main__":
    sys.exit(main())
