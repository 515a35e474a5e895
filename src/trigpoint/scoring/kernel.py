# SPDX-License-Identifier: MIT
"""AnswerTable + ScoringPlan → ScoreTable: the one place where answers become scores.

One unit is a table of one row. Sums are whole numbers in packed words; a score is a fraction of two whole numbers,
rounded only where the framework says so, and by whole-number arithmetic, so half up means half up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trigpoint.errors import FrameworkMismatch
from trigpoint.frameworks.model import Bands, Exact, Rounding
from trigpoint.scoring.plan import CODES, Lane, Node, ScoringPlan
from trigpoint.scoring.score_table import ENGINE_VERSION, ScoreTable
from trigpoint.submissions.answers import AnswerTable
from trigpoint.submissions.missing import LOWEST_MISSING_CODE

Whole = NDArray[Any]  # int64, or Python ints in an object array when a plan is wide

# Rows whose gathered words fit the second-level cache; measured best between 256 and 4,096 on several machines.
GATHER_ROWS = 1024
# Rows for which the measures tree is worked at a time: long enough that numpy's call overhead doesn't count.
TREE_ROWS = 16 * GATHER_ROWS
COUNTED: tuple[Lane, ...] = ("answered", "dont_know", "not_applicable", "not_shown")


def score_answers(answers: AnswerTable, plan: ScoringPlan, *, basis: str = "self") -> ScoreTable:
    """Return the scores of every unit on every measure of the plan, with counts and bands.

    basis: what the answers are (self, assured, …), carried along with the numbers.
    Raises FrameworkMismatch when the answers were collected with another framework or other content than the plan's.
    """
    if (answers.framework, answers.framework_hash) != (plan.framework, plan.framework_hash):
        raise FrameworkMismatch(_mismatch(answers, plan))
    results = _Results.empty(plan, len(answers.units))
    codes = _plan_codes(answers, plan)
    for start in range(0, len(answers.units), TREE_ROWS):
        rows = slice(start, min(start + TREE_ROWS, len(answers.units)))
        _score_rows(_group_words(codes[rows], plan), plan, results, rows)
    return ScoreTable(
        framework=plan.framework,
        framework_hash=plan.framework_hash,
        rules_of=plan.rules_of,
        answers=answers,
        engine=ENGINE_VERSION,
        basis=basis,
        measures=plan.measures,
        numerators=results.numerators.T,
        denominators=results.denominators.T,
        band_positions=results.bands.T,
        band_ids=tuple(band.id for band in plan.bands.bands) if plan.bands else (),
        counts={name: column.T for name, column in results.counts.items()},
    )


def _mismatch(answers: AnswerTable, plan: ScoringPlan) -> str:
    if answers.framework != plan.framework:
        return (
            f"the answers were collected with {answers.framework}, not {plan.framework}. "
            f"Score them with {answers.framework}, or ask for the rules of {plan.framework} by name."
        )
    return (
        f"the answers were collected with other content of {plan.framework} (hash {answers.framework_hash[:12]}, "
        f"not {plan.framework_hash[:12]}). Use the framework files they were collected with, or ingest them again."
    )


@dataclass(frozen=True, slots=True)
class _Results:
    """Room for the results, measure by measure: shape (measures, units)."""

    numerators: Whole
    denominators: Whole
    bands: NDArray[np.int8]
    counts: Mapping[str, NDArray[np.uint16]]

    @classmethod
    def empty(cls, plan: ScoringPlan, units: int) -> _Results:
        shape = (len(plan.nodes), units)
        kind = object if plan.is_wide else np.int64
        counts = {name: np.empty(shape, np.uint16) for name in ("asked", *COUNTED)}
        return cls(np.empty(shape, kind), np.empty(shape, kind), np.empty(shape, np.int8), counts)


def _plan_codes(answers: AnswerTable, plan: ScoringPlan) -> NDArray[np.uint8]:
    """The columns of the plan's questions, in its order; a number becomes the position of its threshold."""
    position = {question: at for at, question in enumerate(answers.questions)}
    missing = [question for question in plan.questions if question not in position]
    if missing:
        raise FrameworkMismatch(f"the answers have no column for {', '.join(missing)}. Ingest them again.")
    columns = [position[question] for question in plan.questions]
    if columns == list(range(len(answers.questions))) and not plan.thresholds:
        return answers.codes
    codes = answers.codes[:, columns]
    for at, question in enumerate(plan.questions):
        if question in plan.thresholds:
            given = codes[:, at] < LOWEST_MISSING_CODE
            above = np.searchsorted(plan.thresholds[question], answers.numbers[question][given], side="right") - 1
            codes[given, at] = above.astype(np.uint8)
    return codes


def _group_words(codes: NDArray[np.uint8], plan: ScoringPlan) -> list[NDArray[np.int64]]:
    """For each word the sum over each group's questions: shape (groups, units)."""
    sums = [np.empty((len(codes), len(plan.group_sizes)), np.int64) for _ in plan.tables]
    offsets = np.arange(len(plan.questions), dtype=np.intp) * CODES
    index = np.empty((min(GATHER_ROWS, len(codes)), len(plan.questions)), np.intp)
    gathered = np.empty(index.shape, np.int64)
    for start in range(0, len(codes), GATHER_ROWS):
        rows = codes[start : start + GATHER_ROWS]
        here = index[: len(rows)]
        np.add(rows, offsets, out=here)
        for table, total in zip(plan.tables, sums, strict=True):
            # "clip" only lets numpy write straight into `gathered`: every index is within the table.
            np.take(table, here, out=gathered[: len(rows)], mode="clip")
            np.add.reduceat(gathered[: len(rows)], plan.starts, axis=1, out=total[start : start + len(rows)])
    return [np.ascontiguousarray(total.T) for total in sums]


def _score_rows(words: list[NDArray[np.int64]], plan: ScoringPlan, results: _Results, rows: slice) -> None:
    lanes = {lane: (words[place.word] >> place.shift) & place.mask for lane, place in plan.places.items()}
    for at in plan.order:
        node = plan.nodes[at]
        counts = _counts(node, plan, lanes)
        numerator, denominator = _node_score(node, plan, lanes, results, rows)
        denominator = np.where(_has_too_little(node, plan, counts), 0, denominator)
        numerator = np.where(denominator == 0, 0, numerator)
        if node.rounding is not None:
            numerator, denominator = round_fraction(numerator, denominator, node.rounding)
        results.numerators[at, rows], results.denominators[at, rows] = numerator, denominator
        results.bands[at, rows] = find_bands(numerator, denominator, plan.bands)
        for name, column in counts.items():
            results.counts[name][at, rows] = column


def _counts(node: Node, plan: ScoringPlan, lanes: Mapping[Lane, Whole]) -> dict[str, Whole]:
    """How many of the measure's questions were asked, answered, and missing in each way; not answered is the rest."""
    below = list(node.below)
    counts: dict[str, Whole] = {name: lanes[name][below].sum(axis=0) for name in COUNTED}
    counts["asked"] = sum(plan.group_sizes[at] for at in below) - counts["not_shown"]
    return counts


def _has_too_little(node: Node, plan: ScoringPlan, counts: Mapping[str, Whole]) -> NDArray[np.bool_]:
    """Whether a rule takes the score away: too few answers, or a way of being missing that allows no score."""
    asked, answered = counts["asked"], counts["answered"]
    too_little = asked < 0
    if node.minimum_answered is not None:
        least = node.minimum_answered
        too_little = too_little | (answered * least.denominator < asked * least.numerator)
    if node.rule == "mean_of_measures":
        return too_little
    unanswered = asked - answered - counts["dont_know"] - counts["not_applicable"]
    for state, count in (("not_answered", unanswered), *((name, counts[name]) for name in COUNTED[1:3])):
        if getattr(plan.missing, state) == "no_score":
            too_little = too_little | (count > 0)
    return too_little


def _node_score(
    node: Node, plan: ScoringPlan, lanes: Mapping[Lane, Whole], results: _Results, rows: slice
) -> tuple[Whole, Whole]:
    if node.rule == "mean_of_measures":
        return _mean_of_measures(node, plan, results, rows)
    if not node.groups:  # none of its questions is counted
        nothing = np.zeros(lanes["points"].shape[1], results.numerators.dtype)
        return nothing, nothing
    kind = results.numerators.dtype
    points = [lanes["points"][group].astype(kind) for group in node.groups]
    weight = [lanes["weight"][group].astype(kind) for group in node.groups]
    if node.rule == "ladder":
        return _ladder(node, points, weight)
    return points[0] * node.factor, weight[0] * (1 if node.factor == 100 else plan.points_unit)


def _ladder(node: Node, points: list[Whole], weight: list[Whole]) -> tuple[Whole, Whole]:
    """The value of the highest step that is met together with every step below it."""
    level = np.full_like(points[0], node.base)
    climbing = np.ones(points[0].shape, np.bool_)
    counted = np.zeros(points[0].shape, np.bool_)
    for (value, share), met, needed in zip(node.steps, points, weight, strict=True):
        climbing = climbing & (met * share.denominator >= needed * share.numerator)
        level = np.where(climbing, value, level)
        counted = counted | (needed > 0)
    return level, counted.astype(points[0].dtype)


def _mean_of_measures(node: Node, plan: ScoringPlan, results: _Results, rows: slice) -> tuple[Whole, Whole]:
    tops = [results.numerators[child, rows] for child in node.children]
    bottoms = [results.denominators[child, rows] for child in node.children]
    present = [bottom > 0 for bottom in bottoms]
    fixed = [plan.nodes[child].fixed_denominator for child in node.children]
    whole = [np.where(here, bottom, 1) for here, bottom in zip(present, bottoms, strict=True)]
    common = lcm(*(one for one in fixed if one)) if all(fixed) else reduce(np.lcm, whole)
    kind = results.numerators.dtype
    total, weight = np.zeros(len(tops[0]), kind), np.zeros(len(tops[0]), kind)
    for share, top, bottom, here in zip(node.child_weights, tops, whole, present, strict=True):
        total = total + share * here * top * (common // bottom)
        weight = weight + share * here.astype(kind)
    if node.empty_measures == "no_score":
        weight = np.where(np.logical_and.reduce(present), weight, 0)
    return total, weight * common


def round_fraction(numerator: Whole, denominator: Whole, rounding: Rounding) -> tuple[Whole, Whole]:
    """Return fractions rounded to `digits` decimals, as fractions of a power of ten; no score (0/0) stays none.

    half_up: a half goes up (towards plus infinity). half_even: to the even neighbour. down: towards minus infinity.
    """
    tens = 10**rounding.digits
    bottom = np.where(denominator == 0, 1, denominator)
    scaled = numerator * tens
    if rounding.mode == "down":
        rounded = scaled // bottom
    else:
        rounded = (2 * scaled + bottom) // (2 * bottom)
        if rounding.mode == "half_even":
            is_half = (2 * scaled + bottom) % (2 * bottom) == 0
            rounded = rounded - (is_half & (rounded % 2 == 1))
    return rounded, np.where(denominator == 0, 0, np.full_like(bottom, tens))


def find_bands(numerator: Whole, denominator: Whole, bands: Bands | None) -> NDArray[np.int8]:
    """Return the position of each score's band, -1 where there is no score or no band."""
    none = np.full(numerator.shape, -1, np.int8)
    if bands is None:
        return none
    if bands.band_on == "rounded":
        numerator, denominator = round_fraction(numerator, denominator, Rounding("half_up", 0))
    position = none.copy()
    for at, band in enumerate(bands.bands):
        position[_is_at_least(numerator, denominator, band.from_score)] = at
    return np.where(denominator == 0, none, position)


def _is_at_least(numerator: Whole, denominator: Whole, limit: Exact) -> NDArray[np.bool_]:
    exact = Fraction(limit)
    return np.asarray(numerator * exact.denominator >= denominator * exact.numerator, dtype=np.bool_)
