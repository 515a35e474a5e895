# SPDX-License-Identifier: MIT
"""AnswerTable + ScoringPlan → ScoreTable: the one place where answers become scores.

One unit is a table of one row. Sums are whole numbers in packed words; a score is a fraction of two whole numbers,
rounded only where the framework says so, and by whole-number arithmetic, so half up means half up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trigpoint.errors import AnswersProblems, FrameworkMismatch, Problem
from trigpoint.frameworks.model import Bands, Exact, Rounding
from trigpoint.scoring.plan import CODES, Lane, Node, Place, ScoringPlan
from trigpoint.scoring.score_table import ENGINE_VERSION, ScoreTable
from trigpoint.submissions.answers import AnswerTable
from trigpoint.submissions.missing import LOWEST_MISSING_CODE

Whole = NDArray[Any]  # int64, or Python ints in an object array when a plan is wide
Words = list[NDArray[np.int64]]  # packed running sums, one array a word: see plan.Place

# Rows whose looked-up amounts stay in the caches; measured best between 512 and 2,048 on several runs.
GATHER_ROWS = 1024
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
    if (answers.framework, answers.framework_hash) != (plan.framework, plan.framework_hash):
        raise FrameworkMismatch(_mismatch(answers, plan))
    results = _Results.empty(plan, len(answers.units))
    gather = _Gather.prepare(answers, plan)
    for start in range(0, len(answers.units), TREE_ROWS):
        rows = slice(start, min(start + TREE_ROWS, len(answers.units)))
        _score_rows(_group_words(answers, plan, gather, rows), plan, results.at(rows))
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

    def at(self, rows: slice) -> _Results:
        """Return the room of some units."""
        counts = {name: column[:, rows] for name, column in self.counts.items()}
        return _Results(self.numerators[:, rows], self.denominators[:, rows], self.bands[:, rows], counts)


@dataclass(frozen=True, slots=True)
class _Gather:
    """Room in which codes are looked up, a line for each question of the plan, used again for each tile of units.

    Asking for fresh memory for every tile would cost several times the work that is done in it.
    columns: where the plan's questions stand in the answers. offsets: where each question's table begins.
    """

    columns: NDArray[np.intp]
    offsets: NDArray[np.intp]
    codes: NDArray[np.uint8]
    index: NDArray[np.intp]
    amounts: NDArray[np.int64]

    @classmethod
    def prepare(cls, answers: AnswerTable, plan: ScoringPlan) -> _Gather:
        shape = (len(plan.questions), min(GATHER_ROWS, len(answers.units)))
        offsets = np.arange(len(plan.questions), dtype=np.intp)[:, np.newaxis] * CODES
        room = np.empty(shape, np.uint8), np.empty(shape, np.intp), np.empty(shape, np.int64)
        return cls(_columns(answers, plan), offsets, *room)

    def tile(self, units: int) -> _Gather:
        """Return the room of the first units of it."""
        room = self.codes[:, :units], self.index[:, :units], self.amounts[:, :units]
        return _Gather(self.columns, self.offsets, *room)


def _columns(answers: AnswerTable, plan: ScoringPlan) -> NDArray[np.intp]:
    position = {question: at for at, question in enumerate(answers.questions)}
    missing = [question for question in plan.questions if question not in position]
    missing += [question for question in plan.thresholds if question not in answers.numbers]
    if missing:
        raise FrameworkMismatch(f"the answers have no column for {', '.join(missing)}. Ingest them again.")
    return np.array([position[question] for question in plan.questions], dtype=np.intp)


def _group_words(answers: AnswerTable, plan: ScoringPlan, gather: _Gather, rows: slice) -> Words:
    """For each word the sum over each group's questions: shape (groups, units)."""
    sums = [np.empty((len(plan.group_sizes), rows.stop - rows.start), np.int64) for _ in plan.tables]
    for start in range(rows.start, rows.stop, GATHER_ROWS):
        tile = slice(start, min(start + GATHER_ROWS, rows.stop))
        here = gather.tile(tile.stop - tile.start)
        _read_codes(answers, plan, here, tile)
        np.add(here.codes, here.offsets, out=here.index)
        for table, total in zip(plan.tables, sums, strict=True):
            # "clip" only spares numpy a check of bounds: every index is within the table.
            np.take(table, here.index, out=here.amounts, mode="clip")
            for group, (first, size) in enumerate(zip(plan.starts, plan.group_sizes, strict=True)):
                at = total[group, start - rows.start : tile.stop - rows.start]
                np.add.reduce(here.amounts[first : first + size], axis=0, out=at)
    return sums


def _read_codes(answers: AnswerTable, plan: ScoringPlan, here: _Gather, tile: slice) -> None:
    """Copy the codes of some units to their room; a number becomes the position of its threshold."""
    np.take(answers.codes[tile].T, here.columns, axis=0, out=here.codes, mode="clip")
    for question, thresholds in plan.thresholds.items():
        codes = here.codes[plan.questions.index(question)]
        given = codes < LOWEST_MISSING_CODE
        numbers = answers.numbers[question][tile][given]
        reached = np.searchsorted(thresholds, numbers, side="right")
        if np.isnan(numbers).any() or (reached == 0).any():
            raise AnswersProblems(_unscorable(answers, plan, question))
        codes[given] = (reached - 1).astype(np.uint8)


def _unscorable(answers: AnswerTable, plan: ScoringPlan, question: str) -> Iterator[Problem]:
    given = answers.codes[:, answers.questions.index(question)] < LOWEST_MISSING_CODE
    # Not "below": nan is neither below nor above.
    enough = answers.numbers[question] >= plan.thresholds[question][0]
    for row in np.flatnonzero(given & ~enough):
        number = answers.numbers[question][row]
        message = f"{' '.join(answers.units[row].key)}: {number} is no answer to {question!r}. Check the answers first."
        yield Problem("answers", None, None, message)


def _score_rows(words: Words, plan: ScoringPlan, results: _Results) -> None:
    totals = _measure_totals(words, plan)
    counts = _counts(totals, plan)
    for name, column in results.counts.items():
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
    for state in ("not_answered", "dont_know", "not_applicable"):
        if getattr(plan.missing, state) == "no_score":
            too_little = too_little | (_count(state, counts)[stage] > 0)
    return too_little


def _count(state: str, counts: Mapping[str, NDArray[np.int64]]) -> NDArray[np.int64]:
    if state != "not_answered":
        return counts[state]
    return counts["asked"] - counts["answered"] - counts["dont_know"] - counts["not_applicable"]


def _stage_score(
    stage: list[int], plan: ScoringPlan, words: Words, totals: Words, results: _Results
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


def _mean_of_measures(node: Node, plan: ScoringPlan, results: _Results) -> tuple[Whole, Whole]:
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
    position = np.full(numerator.shape, -1, np.int8)
    if bands is None:
        return position
    if bands.band_on == "rounded" and (denominator > 1).any():  # else they are whole numbers already
        numerator, denominator = round_fraction(numerator, denominator, Rounding("half_up", 0))
    for band in bands.bands:  # they rise, so a score's band is the last of those it has reached
        position += _is_at_least(numerator, denominator, band.from_score)
    return np.where(denominator == 0, np.int8(-1), position)


def _is_at_least(numerator: Whole, denominator: Whole, limit: Exact) -> NDArray[np.bool_]:
    exact = Fraction(limit)
    return np.asarray(numerator * exact.denominator >= denominator * exact.numerator, dtype=np.bool_)
