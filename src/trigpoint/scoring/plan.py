# SPDX-License-Identifier: MIT
"""A framework compiled for scoring: lookup tables, groups of questions, and a rule for each measure.

Everything is whole numbers. Points and weights are held as multiples of one over `points_unit` and `weight_unit`,
so sums are exact, and a score is a fraction until the moment it is rounded or divided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from trigpoint.frameworks.framework import FrameworkRef
from trigpoint.frameworks.model import Bands, MissingRules, Rounding

Lane = Literal["points", "weight", "answered", "dont_know", "not_applicable", "not_shown"]
LANES: tuple[Lane, ...] = ("points", "weight", "answered", "dont_know", "not_applicable", "not_shown")

CODES = 256  # one table row has a place for every value of a byte
WORD_BITS = 62  # of an int64, so that sums stay clear of the sign


@dataclass(frozen=True, slots=True)
class Place:
    """Where one running sum lies: in word number `word`, `bits` wide, from bit `shift`."""

    word: int
    shift: int
    bits: int

    @property
    def mask(self) -> int:
        """The bits of this lane, shifted down."""
        return (1 << self.bits) - 1


@dataclass(frozen=True, slots=True)
class Node:
    """One measure and how its score comes about.

    below:    the groups of the questions at or under it, which stand side by side. A measure with questions of its
        own has one group, or one for each step of its ladder; none when no question of it is counted.
    children: positions of the child measures, with their weights as whole numbers.
    factor:   what num/den of the group is multiplied by: 100 for a share, else 1.
    steps:    of a ladder: (value, share needed) for each group; `base` is the value of none met.
    fixed_denominator: of the result, when it is the same for every unit (a rounded score or a ladder); else None.
    """

    measure: str
    rule: Literal["mean", "ladder", "mean_of_measures"]
    below: range
    children: tuple[int, ...]
    child_weights: tuple[int, ...]
    factor: int
    base: int
    steps: tuple[tuple[int, Fraction], ...]
    rounding: Rounding | None
    empty_measures: Literal["leave_out", "no_score"]
    minimum_answered: Fraction | None
    fixed_denominator: int | None


@dataclass(frozen=True, slots=True)
class ScoringPlan:
    """All that the kernel needs; nothing in it knows what a hospital is.

    rules_of, rules_hash: whose rules these are, and the hash of the questions together with them.
    questions:  the scored questions, those of one group side by side.
    starts:     shape (groups,), where each group begins in `questions`; group_sizes: how many it has.
    tables:     a flat table for each word, shape (questions x 256,): what an answer adds to its group's word.
    places:     where each lane lies in the words.
    thresholds: number question → shape (n,), rising; the answer counts as the last threshold not above it.
    nodes:      in the order of the framework, parents before children.
    stages:     positions of nodes that one rule scores, so that they are worked out together; children first.
    bits:       of the largest whole number that the measures tree may meet.
    """

    framework: FrameworkRef
    framework_hash: str
    rules_of: FrameworkRef
    rules_hash: str
    questions: tuple[str, ...]
    starts: NDArray[np.intp]
    group_sizes: tuple[int, ...]
    tables: tuple[NDArray[np.int64], ...]
    places: Mapping[Lane, Place]
    points_unit: int
    thresholds: Mapping[str, NDArray[np.float64]]
    missing: MissingRules
    nodes: tuple[Node, ...]
    stages: tuple[tuple[int, ...], ...]
    bands: Bands | None
    bits: int

    @property
    def is_wide(self) -> bool:
        """Whether sums may pass a machine word, so that the tree is worked in Python's whole numbers of any size."""
        return self.bits > WORD_BITS

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures scored, parents first."""
        return tuple(node.measure for node in self.nodes)
