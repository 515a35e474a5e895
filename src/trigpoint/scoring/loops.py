# SPDX-License-Identifier: MIT
"""The kernel's rules once more, in loops that are compiled to machine code.

Bit for bit what `kernel` gives: that one is the definition, this one is for many units. Imported only where the
compiler is there and units are many, as it takes a second to load. Units are taken some at a time, so that all that is
known of them stays in the nearest cache; each step is a loop over these units that the processor can do side by side.
"""

from __future__ import annotations

from math import gcd

import numpy as np
from numpy.typing import NDArray

from trigpoint.scoring.flat_plan import NONE, FlatPlan, Ints
from trigpoint.scoring.machine_code import compiled
from trigpoint.submissions.missing import LOWEST_MISSING_CODE

Codes = NDArray[np.uint8]
# Units at a time: measured best between 256 and 1,024.
BLOCK = 512
SQUARE = 8
# By position in plan.LANES, flat_plan.RULES and flat_plan.MODES.
POINTS, WEIGHT, ANSWERED, DONT_KNOW, NOT_APPLICABLE, NOT_SHOWN = range(6)
MEAN, LADDER = 0, 1
HALF_UP, HALF_EVEN, DOWN = 0, 1, 2


@compiled
def score_units(
    codes: Codes,
    numbers: NDArray[np.float64],
    plan: FlatPlan,
    tops: Ints,
    bottoms: Ints,
    bands: NDArray[np.int8],
    counts: NDArray[np.uint16],
    rows: tuple[int, int],
) -> bool:
    """Score units into arrays of shape (measures, units); counts: (5, measures, units), asked first.

    codes: shape (units, questions). numbers: (number questions, units). tops, bottoms: the scores as fractions.
    rows: the first of the units to score, and where to stop; arrays stay whole, so that lines are known to be joined.
    Returns False, with the work unfinished, where a number is none or lies below everything that has points.
    """
    here = np.zeros((len(plan.columns), BLOCK), np.uint8)
    sums = np.zeros((len(plan.tables), len(plan.group_starts), BLOCK), np.int64)
    lanes = np.empty((6, BLOCK), np.int64)
    for start in range(rows[0], rows[1], BLOCK):
        stop = min(start + BLOCK, rows[1])
        _turn(codes[start:stop], plan.columns, here)
        for which in range(len(numbers)):
            thresholds = plan.thresholds[plan.threshold_starts[which] : plan.threshold_starts[which + 1]]
            if not _place_numbers(numbers[which, start:stop], thresholds, here[plan.number_questions[which]]):
                return False
        for word in range(len(sums)):
            _sum_groups(here, plan.tables[word], plan.group_starts, sums[word])
        for at in plan.order:
            _score_measure(at, plan, sums, lanes, tops, bottoms, start, stop)
            for count in range(len(counts)):
                _write_count(count, plan.sizes[at], lanes, counts[count, at, start:stop])
            _find_bands(at, plan, tops[at, start:stop], bottoms[at, start:stop], lanes, bands[at, start:stop])
    return True


@compiled
def _place_numbers(numbers: NDArray[np.float64], thresholds: NDArray[np.float64], codes: Codes) -> bool:
    """Put the position of the last threshold not above it in place of each number given; False if there is none."""
    for unit in range(len(numbers)):
        if codes[unit] < LOWEST_MISSING_CODE:
            reached, step = -1, 128
            while step > 0:
                further = min(reached + step, len(thresholds) - 1)
                reached = further if thresholds[further] <= numbers[unit] else reached
                step //= 2
            if reached < 0:  # so it is for nan too, which reaches nothing
                return False
            codes[unit] = reached
    return True


@compiled
def _turn(codes: Codes, columns: Ints, here: Codes) -> None:
    """Copy the codes of some units, a line for each question of the plan. By squares, which the nearest cache holds."""
    whole = len(codes) - len(codes) % SQUARE
    for question in range(len(columns)):
        for unit in range(whole, len(codes)):
            here[question, unit] = codes[unit, columns[question]]
    for start in range(0, whole, SQUARE):
        for question in range(len(columns)):
            column = columns[question]
            for unit in range(SQUARE):
                here[question, start + unit] = codes[start + unit, column]


@compiled
def _sum_groups(here: Codes, table: Ints, group_starts: Ints, sums: Ints) -> None:
    """Running sums of one word, from the first group on: shape (groups + 1, BLOCK); the first line stays 0."""
    for group in range(len(group_starts) - 1):
        total = sums[group + 1]
        total[:] = sums[group]
        for question in range(group_starts[group], group_starts[group + 1]):
            amounts, codes = table[question * 256 : question * 256 + 256], here[question]
            for unit in range(BLOCK):
                total[unit] += amounts[codes[unit]]


@compiled
def _score_measure(
    at: int, plan: FlatPlan, sums: Ints, lanes: Ints, tops: Ints, bottoms: Ints, start: int, stop: int
) -> None:
    top, bottom = tops[at, start:stop], bottoms[at, start:stop]
    if plan.rule[at] == LADDER:
        _climb(at, plan, sums, lanes, top, bottom)
    elif plan.rule[at] != MEAN:
        _average(at, plan, tops, bottoms, start, stop)
    _read_lanes(plan.below_start[at], plan.below_stop[at], plan, sums, lanes, len(top))
    if plan.rule[at] == MEAN:
        _divide(lanes[POINTS], lanes[WEIGHT], plan.factor[at], plan.points_unit, top, bottom)
    _take_away(at, plan, lanes, bottom)
    if plan.rounding[at] == NONE:
        top[bottom == 0] = 0
    else:
        _round(plan.tens[at], plan.rounding[at], top, bottom)


@compiled
def _divide(points: Ints, weight: Ints, factor: int, points_unit: int, top: Ints, bottom: Ints) -> None:
    stretch = 1 if factor == 100 else points_unit
    for unit in range(len(top)):
        top[unit] = points[unit] * factor
        bottom[unit] = weight[unit] * stretch


@compiled
def _write_count(which: int, size: int, lanes: Ints, count: NDArray[np.uint16]) -> None:
    given = lanes[which + 1] if which else lanes[NOT_SHOWN]
    for unit in range(len(count)):
        count[unit] = given[unit] if which else size - given[unit]


@compiled
def _read_lanes(first: int, last: int, plan: FlatPlan, sums: Ints, lanes: Ints, units: int) -> None:
    """The sums of every lane over some groups: shape (6, BLOCK)."""
    for lane in range(6):
        shift, mask = plan.place_shift[lane], plan.place_mask[lane]
        before, after, found = sums[plan.place_word[lane], first], sums[plan.place_word[lane], last], lanes[lane]
        for unit in range(units):
            found[unit] = ((after[unit] - before[unit]) >> shift) & mask


@compiled
def _climb(at: int, plan: FlatPlan, sums: Ints, lanes: Ints, top: Ints, bottom: Ints) -> None:
    """A ladder: the value of the highest step that has something to meet and is met, with every step below it."""
    climbing = np.ones(len(top), np.bool_)
    top[:], bottom[:] = plan.base[at], 0
    first = plan.step_starts[at]
    for step in range(first, plan.step_starts[at + 1]):
        group = plan.below_start[at] + step - first
        _read_lanes(group, group + 1, plan, sums, lanes, len(top))
        for unit in range(len(top)):
            met, needed = lanes[POINTS, unit], lanes[WEIGHT, unit]
            climbing[unit] &= met * plan.share_bottoms[step] >= needed * plan.share_tops[step]
            if needed > 0:
                bottom[unit] = 1
                if climbing[unit]:
                    top[unit] = plan.step_values[step]


@compiled
def _average(at: int, plan: FlatPlan, tops: Ints, bottoms: Ints, start: int, stop: int) -> None:
    """The weighted mean of the measures below that have a score, as a fraction."""
    first, last = plan.child_starts[at], plan.child_starts[at + 1]
    total, weight = tops[at, start:stop], bottoms[at, start:stop]
    common = np.full(len(total), max(1, plan.fixed_common[at]))
    if plan.fixed_common[at] == NONE:
        _find_common(plan.children[first:last], bottoms, common, start)
    total[:], weight[:] = 0, 0
    for place in range(first, last):
        share, child = plan.child_weights[place], plan.children[place]
        top, bottom = tops[child, start:stop], bottoms[child, start:stop]
        for unit in range(len(total)):
            if bottom[unit] > 0:
                stretch = common[unit] if bottom[unit] == 1 else common[unit] // bottom[unit]
                weight[unit] += share
                total[unit] += top[unit] * share * stretch
    for unit in range(len(total)):
        weight[unit] *= common[unit]
    if plan.needs_all[at]:
        for child in plan.children[first:last]:
            weight[bottoms[child, start:stop] == 0] = 0


@compiled
def _find_common(children: Ints, bottoms: Ints, common: Ints, start: int) -> None:
    """The least common denominator of the measures' scores."""
    for child in children:
        for unit in range(len(common)):
            bottom = max(1, bottoms[child, start + unit])
            common[unit] = common[unit] // gcd(common[unit], bottom) * bottom


@compiled
def _take_away(at: int, plan: FlatPlan, lanes: Ints, bottom: Ints) -> None:
    """No score for units with too few answers, or with an answer missing in a way that allows none."""
    is_mean = plan.rule[at] > LADDER
    if plan.least_top[at] > 0:
        for unit in range(len(bottom)):
            asked = plan.sizes[at] - lanes[NOT_SHOWN, unit]
            if lanes[ANSWERED, unit] * plan.least_bottom[at] < asked * plan.least_top[at]:
                bottom[unit] = 0
    if is_mean or not plan.taken_away.any():
        return
    for unit in range(len(bottom)):
        named = lanes[ANSWERED, unit] + lanes[DONT_KNOW, unit] + lanes[NOT_APPLICABLE, unit]
        not_answered = plan.sizes[at] - lanes[NOT_SHOWN, unit] - named
        if (
            (plan.taken_away[0] and not_answered > 0)
            or (plan.taken_away[1] and lanes[DONT_KNOW, unit] > 0)
            or (plan.taken_away[2] and lanes[NOT_APPLICABLE, unit] > 0)
        ):
            bottom[unit] = 0


@compiled
def _round(tens: int, mode: int, top: Ints, bottom: Ints) -> None:
    """Round fractions as the framework says. All is below 2^52, so the floor of a float is that of the fraction."""
    for unit in range(len(top)):
        under = max(1, bottom[unit])
        scaled = top[unit] * tens
        if mode == DOWN:
            rounded = np.int64(np.floor(scaled / under))
        else:
            rounded = np.int64(np.floor((2 * scaled + under) / (2 * under)))
        if mode == HALF_EVEN:
            is_half = rounded * 2 * under == 2 * scaled + under
            rounded -= is_half & (rounded & 1)
        top[unit] = rounded if bottom[unit] > 0 else 0
        bottom[unit] = tens if bottom[unit] > 0 else 0


@compiled
def _find_bands(at: int, plan: FlatPlan, top: Ints, bottom: Ints, room: Ints, bands: NDArray[np.int8]) -> None:
    """The position of the last band whose limit is reached; -1 without a score, bands, or a limit reached."""
    position = room[0, : len(top)]
    position[:] = -1
    if plan.bands_on_rounded and (plan.rounding[at] == NONE or plan.tens[at] > 1):
        room[1, : len(top)], room[2, : len(top)] = top, bottom
        top, bottom = room[1, : len(top)], room[2, : len(top)]
        _round(1, HALF_UP, top, bottom)
    for band in range(len(plan.band_tops)):
        over, under = plan.band_tops[band], plan.band_bottoms[band]
        for unit in range(len(top)):
            position[unit] += (bottom[unit] > 0) & (top[unit] * under >= bottom[unit] * over)
    bands[:] = position
