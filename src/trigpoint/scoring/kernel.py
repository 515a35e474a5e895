# SPDX-License-Identifier: MIT
"""AnswerTable + ScoringPlan → ScoreTable: the one place where answers become scores.

One unit is a table of one row. Sums are whole numbers in packed words; a score is a fraction of two whole numbers,
rounded only where the framework says so, and by whole-number arithmetic, so half up means half up.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trigpoint.errors import FrameworkMismatch
from trigpoint.frameworks.mismatch import collected_with_another, collected_with_other_content
from trigpoint.scoring.gather import GATHER_ROWS, GroupSum, Words, group_words
from trigpoint.scoring.many_units import is_worth_loops, score_in_loops
from trigpoint.scoring.plan import Lane, Node, Place, ScoringPlan
from trigpoint.scoring.results import Results
from trigpoint.scoring.rounding import Whole, find_bands, round_fraction
from trigpoint.scoring.score_table import COUNTS, ENGINE_VERSION, ScoreTable
from trigpoint.submissions.answers import AnswerTable
from trigpoint.submissions.missing import MISSING_WHERE_SHOWN, Missing

# Rows for which the measures tree is worked at a time: many enough that numpy's call overhead doesn't count, few
# enough that the numbers of one stage stay in the caches.
TREE_ROWS = 8 * GATHER_ROWS
COUNTED: tuple[Lane, ...] = ("answered", "dont_know", "not_applicable", "not_shown")


def score_answers(answers: AnswerTable, plan: ScoringPlan, *, basis: str = "self") -> ScoreTable:
    """Return the scores of every unit on every measure of the plan, with counts and bands.

    basis: what the answers are (self, assured, …), carried along with the numbers.
    Raises FrameworkMismatch when the answers were collected with another framework or other content than the plan's,
    and AnswersProblems for numbers that are not numbers or lie below everything that has points.
    """
    if answers.framework != plan.framework:
        raise FrameworkMismatch(collected_with_another(str(answers.framework), plan.framework))
    if answers.framework_hash != plan.framework_hash:
        raise FrameworkMismatch(
            collected_with_other_content(answers.framework_hash, plan.framework, plan.framework_hash)
        )
    results = Results.empty(plan, len(answers.units))
    if not (is_worth_loops(plan, len(answers.units)) and score_in_loops(answers, plan, results)):
        _score_in_stages(answers, plan, results)
    return ScoreTable(
        framework=plan.framework,
        framework_hash=plan.framework_hash,
        rules_of=plan.rules_of,
        rules_hash=plan.rules_hash,
        answers=answers,
        engine=ENGINE_VERSION,
        basis=basis,
        measures=plan.measures,
        numerators=results.numerators.T,
        denominators=results.denominators.T,
        band_positions=results.bands.T,
        band_ids=tuple(band.id for band in plan.bands.bands) if plan.bands else (),
        counts={name: column.T for name, column in zip(COUNTS, results.counts, strict=True)},
    )


def _score_in_stages(answers: AnswerTable, plan: ScoringPlan, results: Results) -> None:
    gather = GroupSum.prepare(answers, plan)
    for start in range(0, len(answers.units), TREE_ROWS):
        rows = slice(start, min(start + TREE_ROWS, len(answers.units)))
        _score_rows(group_words(answers, plan, gather, rows), plan, results.at(rows))


def _score_rows(words: Words, plan: ScoringPlan, results: Results) -> None:
    totals = _measure_totals(words, plan)
    counts = _counts(totals, plan)
    for name, column in zip(COUNTS, results.counts, strict=True):
        column[:] = counts[name]
    for stage in plan.stages:
        at, like = list(stage), plan.nodes[stage[0]]  # the nodes of a stage are alike in all that is done here
        numerator, denominator = _stage_score(at, plan, words, totals, results)
        denominator = np.where(_has_too_little(at, plan, counts), 0, denominator)
        numerator = np.where(denominator == 0, 0, numerator)
        if like.rounding is not None:
            numerator, denominator = round_fraction(numerator, denominator, like.rounding)
        results.numerators[at], results.denominators[at] = numerator, denominator
        results.bands[at] = find_bands(numerator, denominator, plan.bands)


def _lane(words: Words, place: Place) -> NDArray[np.int64]:
    return (words[place.word] >> place.shift) & place.mask


def _measure_totals(words: Words, plan: ScoringPlan) -> Words:
    """For each word the sum over all questions at or under each measure: shape (measures, units)."""
    totals = [np.empty((len(plan.nodes), word.shape[1]), np.int64) for word in words]
    for word, total in zip(words, totals, strict=True):
        for at, node in enumerate(plan.nodes):
            np.add.reduce(word[node.below.start : node.below.stop], axis=0, out=total[at])
    return totals


def _counts(totals: Words, plan: ScoringPlan) -> dict[str, NDArray[np.int64]]:
    """How many of each measure's questions were asked, answered, and missing in each way; not answered is the rest."""
    counts: dict[str, NDArray[np.int64]] = {name: _lane(totals, plan.places[name]) for name in COUNTED}
    sizes = [sum(plan.group_sizes[node.below.start : node.below.stop]) for node in plan.nodes]
    counts["asked"] = np.array(sizes)[:, np.newaxis] - counts["not_shown"]
    return counts


def _has_too_little(stage: list[int], plan: ScoringPlan, counts: Mapping[str, NDArray[np.int64]]) -> NDArray[np.bool_]:
    """Whether a rule takes the score away: too few answers, or a way of being missing that allows no score.

    Shape (nodes of the stage, units), or () where no rule does.
    """
    like, too_little = plan.nodes[stage[0]], np.zeros((), np.bool_)
    if like.minimum_answered is not None:
        least, asked, answered = like.minimum_answered, counts["asked"][stage], counts["answered"][stage]
        too_little = too_little | (answered * least.denominator < asked * least.numerator)
    if like.rule == "mean_of_measures":
        return too_little
    for state in MISSING_WHERE_SHOWN:
        if getattr(plan.missing, state.value) == "no_score":
            too_little = too_little | (_count(state, counts)[stage] > 0)
    return too_little


def _count(state: Missing, counts: Mapping[str, NDArray[np.int64]]) -> NDArray[np.int64]:
    if state is not Missing.NOT_ANSWERED:
        return counts[state.value]
    return counts["asked"] - counts["answered"] - counts["dont_know"] - counts["not_applicable"]


def _stage_score(
    stage: list[int], plan: ScoringPlan, words: Words, totals: Words, results: Results
) -> tuple[Whole, Whole]:
    """The scores of the nodes of one stage before any rounding, as fractions: shape (nodes, units)."""
    nodes, kind = [plan.nodes[at] for at in stage], results.numerators.dtype
    if nodes[0].rule == "mean":
        own = [word[stage] for word in totals]
        points, weight = (_lane(own, plan.places[lane]).astype(kind, copy=False) for lane in ("points", "weight"))
        return points * nodes[0].factor, weight * (1 if nodes[0].factor == 100 else plan.points_unit)
    if nodes[0].rule == "ladder":
        points, weight = (_lane(words, plan.places[lane]).astype(kind, copy=False) for lane in ("points", "weight"))
        scores = [_ladder(node, points, weight) for node in nodes]
    else:
        scores = [_mean_of_measures(node, plan, results) for node in nodes]
    return np.stack([top for top, _ in scores]), np.stack([bottom for _, bottom in scores])


def _ladder(node: Node, points: Whole, weight: Whole) -> tuple[Whole, Whole]:
    """The value of the highest step that has something to meet and is met, together with every step below it."""
    level = np.full(points.shape[1], node.base, points.dtype)
    climbing = np.ones(points.shape[1], np.bool_)
    counted = np.zeros(points.shape[1], np.bool_)
    for (value, share), group in zip(node.steps, node.below, strict=True):
        met, needed = points[group], weight[group]
        climbing &= np.asarray(met * share.denominator >= needed * share.numerator, np.bool_)
        # A step none of whose questions counts here does not stop the climb, but nobody has reached it either.
        here = np.asarray(needed > 0, np.bool_)
        level = np.where(climbing & here, value, level)
        counted |= here
    return level, counted.astype(points.dtype)


def _mean_of_measures(node: Node, plan: ScoringPlan, results: Results) -> tuple[Whole, Whole]:
    kind, children = results.numerators.dtype, list(node.children)
    tops, bottoms = results.numerators[children], results.denominators[children]
    present = np.asarray(bottoms > 0, np.bool_)
    total, weight = np.zeros(tops.shape[1], kind), np.zeros(tops.shape[1], kind)
    common, stretches = _common_denominator([plan.nodes[child].fixed_denominator for child in children], bottoms)
    for share, top, stretch, here in zip(node.child_weights, tops, stretches, present, strict=True):
        total += top * (share * stretch)  # 0 where the child has no score
        weight += share * here.astype(kind)
    if node.empty_measures == "no_score":
        weight = np.where(present.all(axis=0), weight, 0)
    return total, weight * common


def _common_denominator(fixed: list[int | None], bottoms: Whole) -> tuple[Any, list[Any]]:
    """A denominator that all children's scores share, and what each child's must be multiplied by to get there.

    Plain numbers where the children's denominators are the same for every unit, else one for each unit.
    """
    known = [one for one in fixed if one is not None]
    if len(known) == len(fixed):
        return lcm(*known), [lcm(*known) // one for one in known]
    whole = np.where(bottoms == 0, 1, bottoms)
    common = np.lcm.reduce(whole, axis=0)
    return common, list(common // whole)
