# SPDX-License-Identifier: MIT
"""How large can the whole numbers of scoring get? When they may pass a machine word, Python's own are used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm, prod

from trigpoint.frameworks.model import Bands
from trigpoint.scoring.plan import Node


@dataclass(frozen=True, slots=True)
class Bound:
    """No score of a measure has a denominator above `denominator` or lies further from 0 than `value`."""

    denominator: int
    value: int


def count_bits(nodes: tuple[Node, ...], leaves: Mapping[int, Bound], bands: Bands | None) -> int:
    """Return how many bits the largest whole number takes that could be met on the way up the measures tree.

    leaves: bounds of the measures without child measures, by position in nodes.
    """
    bounds: dict[int, Bound] = {}
    bits = 0
    for at in reversed(range(len(nodes))):  # children first
        node = nodes[at]
        raw = _mean_bound(node, nodes, bounds) if node.children else leaves[at]
        bits = max(bits, _largest(node, raw, bands).bit_length())
        bounds[at] = Bound(node.fixed_denominator or max(1, raw.denominator), raw.value)
    return bits


def _mean_bound(node: Node, nodes: tuple[Node, ...], bounds: Mapping[int, Bound]) -> Bound:
    below = [bounds[child] for child in node.children]
    is_fixed = all(nodes[child].fixed_denominator for child in node.children)
    common = lcm(*(one.denominator for one in below)) if is_fixed else prod(one.denominator for one in below)
    return Bound(common * sum(node.child_weights), max(one.value for one in below))


def _largest(node: Node, raw: Bound, bands: Bands | None) -> int:
    """A bound of every product and sum in scoring a node, rounding it and comparing it with steps and bands."""
    tens = 10**node.rounding.digits if node.rounding else 1
    limits = [Fraction(band.from_score) for band in bands.bands] if bands else []
    compared = [share.denominator for _, share in node.steps]
    compared += [max(limit.denominator, abs(limit.numerator)) for limit in limits]
    # Rounding adds half a denominator to the score and doubles the sum: (2 x score x tens + 1) x denominator.
    return 4 * max(raw.denominator, tens) * (raw.value + 1) * tens * max([1, *compared])
