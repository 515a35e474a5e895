# SPDX-License-Identifier: MIT
"""A scoring plan as plain arrays, for loops that are compiled to machine code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import accumulate, chain
from math import lcm
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trigpoint.scoring.plan import CODES, LANES, Node, ScoringPlan
from trigpoint.submissions.missing import MISSING_WHERE_SHOWN

Ints = NDArray[np.int64]
RULES = ("mean", "ladder", "mean_of_measures")
MODES = ("half_up", "half_even", "down")
# In place of what a measure or a band has not got.
NONE = -1
# A least share of answers that every unit has.
NO_LEAST = Fraction(0)


class FlatPlan(NamedTuple):
    """All of a plan that loops need. A named tuple of arrays, as the compiler knows no dataclasses.

    tables: shape (words, questions x 256). columns: where each question stands in the answers.
    group_starts: length groups + 1, the first question of each, and the end.
    number_questions: the positions of number questions. thresholds, threshold_starts: of theirs, joined.
    place_word, place_shift, place_mask: of each lane, in the order of LANES.
    order: nodes as they are scored, children first; all below is by node, joined arrays with their starts.
    fixed_common: the denominator that children share whatever the unit, else NONE.
    taken_away: by the order of MISSING_WHERE_SHOWN, whether one such answer leaves no score.
    band_tops, band_bottoms: each band's lower limit as a fraction; none where the framework has no bands.
    """

    tables: Ints
    columns: Ints
    group_starts: Ints
    number_questions: Ints
    thresholds: NDArray[np.float64]
    threshold_starts: Ints
    place_word: Ints
    place_shift: Ints
    place_mask: Ints
    points_unit: int
    order: Ints
    rule: Ints
    below_start: Ints
    below_stop: Ints
    sizes: Ints
    factor: Ints
    base: Ints
    step_starts: Ints
    step_values: Ints
    share_tops: Ints
    share_bottoms: Ints
    child_starts: Ints
    children: Ints
    child_weights: Ints
    fixed_common: Ints
    needs_all: NDArray[np.bool_]
    least_top: Ints
    least_bottom: Ints
    rounding: Ints
    tens: Ints
    taken_away: NDArray[np.bool_]
    bands_on_rounded: bool
    band_tops: Ints
    band_bottoms: Ints


def flatten_plan(plan: ScoringPlan, columns: NDArray[np.intp]) -> FlatPlan:  # long: a line for each array
    """Return a plan as arrays. columns: where its questions stand in the answers. The plan must not be wide."""
    nodes = plan.nodes
    least = [NO_LEAST if node.minimum_answered is None else node.minimum_answered for node in nodes]
    shares = [share for node in nodes for _, share in node.steps]
    limits = [Fraction(band.from_score) for band in plan.bands.bands] if plan.bands else []
    given = list(plan.thresholds.values())
    step_values, step_starts = _joined([value for value, _ in node.steps] for node in nodes)
    children, child_starts = _joined(node.children for node in nodes)
    child_weights, _ = _joined(node.child_weights for node in nodes)
    return FlatPlan(
        tables=np.stack(plan.tables).reshape(len(plan.tables), len(plan.questions) * CODES),
        columns=columns.astype(np.int64),
        group_starts=_ints(accumulate(plan.group_sizes, initial=0)),
        number_questions=_ints(plan.questions.index(question) for question in plan.thresholds),
        thresholds=np.concatenate([np.empty(0), *given]),
        threshold_starts=_ints(accumulate(map(len, given), initial=0)),
        place_word=_ints(plan.places[lane].word for lane in LANES),
        place_shift=_ints(plan.places[lane].shift for lane in LANES),
        place_mask=_ints(plan.places[lane].mask for lane in LANES),
        points_unit=plan.points_unit,
        order=_ints(at for stage in plan.stages for at in stage),
        rule=_ints(RULES.index(node.rule) for node in nodes),
        below_start=_ints(node.below.start for node in nodes),
        below_stop=_ints(node.below.stop for node in nodes),
        sizes=_ints(sum(plan.group_sizes[node.below.start : node.below.stop]) for node in nodes),
        factor=_ints(node.factor for node in nodes),
        base=_ints(node.base for node in nodes),
        step_starts=step_starts,
        step_values=step_values,
        share_tops=_ints(share.numerator for share in shares),
        share_bottoms=_ints(share.denominator for share in shares),
        child_starts=child_starts,
        children=children,
        child_weights=child_weights,
        fixed_common=_ints(_fixed_common(plan, node) for node in nodes),
        needs_all=np.array([node.empty_measures == "no_score" for node in nodes], np.bool_),
        least_top=_ints(share.numerator for share in least),
        least_bottom=_ints(share.denominator for share in least),
        rounding=_ints(NONE if node.rounding is None else MODES.index(node.rounding.mode) for node in nodes),
        tens=_ints(1 if node.rounding is None else 10**node.rounding.digits for node in nodes),
        taken_away=np.array(
            [getattr(plan.missing, state.value) == "no_score" for state in MISSING_WHERE_SHOWN], np.bool_
        ),
        bands_on_rounded=plan.bands is not None and plan.bands.band_on == "rounded",
        band_tops=_ints(limit.numerator for limit in limits),
        band_bottoms=_ints(limit.denominator for limit in limits),
    )


def _ints(numbers: Iterable[int]) -> Ints:
    return np.array(list(numbers), np.int64)


def _fixed_common(plan: ScoringPlan, node: Node) -> int:
    known = [plan.nodes[child].fixed_denominator for child in node.children]
    return lcm(*(one for one in known if one)) if all(known) else NONE


def _joined(rows: Iterable[Sequence[int]]) -> tuple[Ints, Ints]:
    """Rows of different lengths as one array, and where each begins, and the end."""
    rows = list(rows)
    return _ints(chain.from_iterable(rows)), _ints(accumulate(map(len, rows), initial=0))
