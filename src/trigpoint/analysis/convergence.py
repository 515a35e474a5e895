# SPDX-License-Identifier: MIT
"""Whether organisations came closer together between two rounds.

The lowest of a round rise by chance alone, as the highest fall: regression to the mean. So the lowest are never
compared with the highest by one grouping. Four stand side by side, and the test is of the spread of all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import log

from trigpoint.analysis.chart import Dot, DotChart, DotRow
from trigpoint.analysis.matched_rounds import MatchedRounds
from trigpoint.analysis.plain_words import say_p
from trigpoint.analysis.result import AnalysisResult, CheckedAssumption, Outcome, ResultRow
from trigpoint.errors import CannotAnalyse
from trigpoint.statistics.spread import SpreadTest, compare_spread

# Of those within 5 points of a top of 100 nobody can rise much.
NEAR_THE_TOP = 95
# More than 1 in 20 there, and the top may hold back the spread.
MANY_AT_THE_TOP = Fraction(1, 20)
SIGNIFICANT = 0.05
SMALLEST_GROUP = 5
NAME = "convergence"


class ChosenOn(Enum):
    """On what the lowest and the highest are chosen."""

    FIRST = "the earlier round"
    SECOND = "the later round"
    BOTH = "the mean of both rounds"
    EACH = "each round apart"


@dataclass(frozen=True, slots=True)
class GroupChange:
    """The mean change of the lowest and the highest `size` units.

    With EACH the two rounds' own lowest are compared, whoever they are: the change of a place, not of organisations.
    least, most: between what each lies, whichever of the units equal at the cut are taken.
    """

    chosen_on: ChosenOn
    lowest: Fraction
    highest: Fraction
    lowest_between: tuple[Fraction, Fraction]
    highest_between: tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Convergence:
    """Scores of n units in two rounds, and whether their spread changed.

    expected_lowest, expected_highest: the mean change of the groups chosen on the earlier round if only chance had
    moved units apart from the rise of all: same spread in both rounds, the correlation as it is.
    without_ceiling: the test on logits of the scores, which a top of 100 does not hold back; None off 0 to 100.
    """

    size: int
    mean_change: Fraction
    groups: tuple[GroupChange, ...]
    expected_lowest: float
    expected_highest: float
    spread: SpreadTest
    without_ceiling: SpreadTest | None
    near_the_top: tuple[int, int]


def analyse_convergence(matched: MatchedRounds, *, size: int = 50) -> AnalysisResult[Convergence]:
    """Return whether the spread of scores fell, with the four groupings of the lowest and the highest.

    size: how many are lowest and how many highest; 5 or more, and at most half of the units.
    Assumes that the error of measurement is the same in both rounds: one that grew looks like convergence undone, one
    that shrank like convergence. Raises CannotAnalyse for too few units, a wrong size or scores without any spread.
    Source: Pitman, Biometrika 31 (1939) 9-12; Morgan, Biometrika 31 (1939) 13-19; Oldham, J Chronic Dis 15 (1962)
    969-977; Barnett, van der Pols and Dobson, Int J Epidemiol 34 (2005) 215-220.
    """
    n = len(matched.keys)
    if size < SMALLEST_GROUP or 2 * size > n:
        raise CannotAnalyse(
            f"Groups of {size} can't be taken at both ends of {n} units: give a size from {SMALLEST_GROUP} to {n // 2}."
        )
    try:
        spread = compare_spread(matched.first, matched.second)
    except ValueError as error:
        raise CannotAnalyse(f"The spread can't be compared: {error}.") from error
    numbers = _measure(matched, size, spread)
    return AnalysisResult(
        analysis=NAME,
        sentence=_say(matched, numbers),
        definition=(
            f"Scores on {matched.measure}, unrounded, of units with a score in both {matched.rounds[0]} and "
            f"{matched.rounds[1]}, matched by organisation code and care setting; the {size} lowest and highest."
        ),
        n=n,
        of=n + len(matched.left_out),
        numbers=numbers,
        rows=tuple(_rows(matched, numbers)),
        checked=tuple(_check(matched, numbers)),
        cannot_tell=(
            "A smaller spread of self-assessed scores is not yet a smaller difference in what hospitals can do.",
            "A grouping by one round mixes what units did with how lucky they were in that round.",
        ),
        charts=(_draw(numbers),),
        left_out=tuple((" ".join(key), why) for key, why in matched.left_out.items()),
    )


def _measure(matched: MatchedRounds, size: int, spread: SpreadTest) -> Convergence:
    first, changes = matched.first, matched.changes
    mean_change = _mean(changes)
    away_lowest, away_highest = (
        float(_mean([first[at] for at in _end(first, size, highest=end)]) - _mean(first)) for end in (False, True)
    )
    loss = 1 - spread.correlation
    return Convergence(
        size=size,
        mean_change=mean_change,
        groups=tuple(_group(matched, size, chosen_on) for chosen_on in ChosenOn),
        expected_lowest=float(mean_change) - loss * away_lowest,
        expected_highest=float(mean_change) - loss * away_highest,
        spread=spread,
        without_ceiling=_without_ceiling(matched),
        near_the_top=(_count_near_the_top(first), _count_near_the_top(matched.second)),
    )


def _group(matched: MatchedRounds, size: int, chosen_on: ChosenOn) -> GroupChange:
    if chosen_on is ChosenOn.EACH:
        lowest, highest = (_change_of_places(matched, size, highest=end) for end in (False, True))
        return GroupChange(chosen_on, lowest, highest, (lowest, lowest), (highest, highest))
    scores = _scores_on(matched, chosen_on)
    lowest, highest = (_change_of_end(matched, scores, size, highest=end) for end in (False, True))
    between = [_change_between(matched, scores, size, highest=end) for end in (False, True)]
    return GroupChange(chosen_on, lowest, highest, between[0], between[1])


def _scores_on(matched: MatchedRounds, chosen_on: ChosenOn) -> Sequence[Fraction]:
    if chosen_on is ChosenOn.FIRST:
        return matched.first
    if chosen_on is ChosenOn.SECOND:
        return matched.second
    return [(before + after) / 2 for before, after in zip(matched.first, matched.second, strict=True)]


def _change_of_places(matched: MatchedRounds, size: int, *, highest: bool) -> Fraction:
    before, after = (_mean(sorted(scores, reverse=highest)[:size]) for scores in (matched.first, matched.second))
    return after - before


def _change_of_end(matched: MatchedRounds, scores: Sequence[Fraction], size: int, *, highest: bool) -> Fraction:
    changes = matched.changes
    return _mean([changes[at] for at in _end(scores, size, highest=highest)])


def _change_between(
    matched: MatchedRounds, scores: Sequence[Fraction], size: int, *, highest: bool
) -> tuple[Fraction, Fraction]:
    """Between what the mean change lies, whichever of those equal at the cut are taken."""
    changes, chosen = matched.changes, _end(scores, size, highest=highest)
    cut = scores[chosen[-1]]
    clear = [changes[at] for at in chosen if scores[at] != cut]
    tied = sorted(changes[at] for at, score in enumerate(scores) if score == cut)
    open_places = size - len(clear)
    return _mean(clear + tied[:open_places]), _mean(clear + tied[-open_places:])


def _end(scores: Sequence[Fraction], size: int, *, highest: bool) -> list[int]:
    """Positions of the `size` lowest or highest, outermost first; equals in the order given."""
    sign = -1 if highest else 1
    return sorted(range(len(scores)), key=lambda at: (sign * scores[at], at))[:size]


def _without_ceiling(matched: MatchedRounds) -> SpreadTest | None:
    """The test of spread on logits, by (score + 0.5) / 101 so that 0 and 100 have one."""
    if any(not 0 <= score <= 100 for score in (*matched.first, *matched.second)):
        return None
    logits = [[_logit(score) for score in scores] for scores in (matched.first, matched.second)]
    return compare_spread(*logits)


def _logit(score: Fraction) -> Fraction:
    share = (float(score) + 0.5) / 101
    return Fraction(log(share / (1 - share)))


def _count_near_the_top(scores: Sequence[Fraction]) -> int:
    return sum(1 for score in scores if score >= NEAR_THE_TOP)


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _say(matched: MatchedRounds, found: Convergence) -> str:
    spread = found.spread
    from_to = (
        f"standard deviation {spread.first:.1f} in {matched.rounds[0]}, {spread.second:.1f} in {matched.rounds[1]}"
    )
    if spread.p > SIGNIFICANT:
        return f"The spread of scores did not change by more than chance explains ({from_to}; {say_p(spread.p)})."
    direction = "smaller" if spread.second < spread.first else "larger"
    sentences = [f"The spread of scores became {direction} ({from_to}; {say_p(spread.p)}).", *_say_ceiling(found)]
    return " ".join([*sentences, _say_groups(found)])


def _say_ceiling(found: Convergence) -> Sequence[str]:
    logits = found.without_ceiling
    if logits is None or _check_ceiling(found).outcome is Outcome.HOLDS:
        return []
    doubt = f"on logits of the scores, which have no top, it did not change so ({say_p(logits.p)})."
    return [f"But that may be the doing of the top of the scale: {doubt}"]


def _say_groups(found: Convergence) -> str:
    first, second = found.groups[0], found.groups[1]
    return (
        f"Of how much, the {found.size} lowest and highest tell little: chosen on the earlier round they rose by "
        f"{float(first.lowest):.1f} and {float(first.highest):.1f} points, where chance alone gives "
        f"{found.expected_lowest:.1f} and {found.expected_highest:.1f}; chosen on the later round they rose by "
        f"{float(second.lowest):.1f} and {float(second.highest):.1f}."
    )


def _draw(found: Convergence) -> DotChart:
    rows = [DotRow(f"chosen on {one.chosen_on.value}", _dots(one.lowest, one.highest)) for one in found.groups]
    by_chance = DotRow(
        "by chance alone, chosen on the earlier round", _dots(found.expected_lowest, found.expected_highest)
    )
    return DotChart(
        title="What the lowest and the highest rose by depends on when they are chosen",
        series=(f"the {found.size} lowest", f"the {found.size} highest"),
        unit="points of change",
        rows=(*rows, by_chance),
        marked=("mean change of all", float(found.mean_change)),
    )


def _dots(*values: Fraction | float) -> tuple[Dot, ...]:
    return tuple(Dot(float(value)) for value in values)


def _rows(matched: MatchedRounds, found: Convergence) -> Sequence[ResultRow]:
    n, size, spread = len(matched.keys), found.size, found.spread
    rows = [ResultRow("mean change of all", float(found.mean_change), "points", n)]
    for group in found.groups:
        for what, value, (least, most) in (
            ("lowest", group.lowest, group.lowest_between),
            ("highest", group.highest, group.highest_between),
        ):
            note = "" if least == most else f"{float(least):.2f} to {float(most):.2f}, by which of equals are taken"
            name = f"mean change of the {size} {what}, chosen on {group.chosen_on.value}"
            rows.append(ResultRow(name, float(value), "points", size, note=note))
    for what, expected in (("lowest", found.expected_lowest), ("highest", found.expected_highest)):
        name = f"expected by chance of the {size} {what}, chosen on the earlier round"
        rows.append(ResultRow(name, expected, "points", size))
    rows += [
        ResultRow(f"standard deviation, {matched.rounds[0]}", spread.first, "points", n),
        ResultRow(f"standard deviation, {matched.rounds[1]}", spread.second, "points", n),
        ResultRow("correlation of the rounds", spread.correlation, "", n),
        ResultRow("p of equal spread (Pitman-Morgan)", spread.p, "", n),
    ]
    return rows


def _check(matched: MatchedRounds, found: Convergence) -> Sequence[CheckedAssumption]:
    n = len(matched.keys)
    most = max(found.near_the_top)
    near = " and ".join(str(count) for count in found.near_the_top)
    return [
        CheckedAssumption(
            f"few units are near the top of the scale ({NEAR_THE_TOP} or more), where nobody can rise",
            Outcome.HOLDS if Fraction(most, n) <= MANY_AT_THE_TOP else Outcome.DOUBTFUL,
            f"{near} of {n} in the two rounds",
        ),
        _check_ceiling(found),
        CheckedAssumption(
            "the scores are as exact in one round as in the other",
            Outcome.NOT_CHECKED,
            "needs units that were assessed twice in a round, or reviewed",
        ),
    ]


def _check_ceiling(found: Convergence) -> CheckedAssumption:
    assumption = "the top of the scale does not make the result"
    logits = found.without_ceiling
    if logits is None:
        return CheckedAssumption(assumption, Outcome.NOT_CHECKED, "the scale is not 0 to 100")
    verdicts = [(test.p <= SIGNIFICANT) * (1 if test.t > 0 else -1) for test in (found.spread, logits)]
    outcome = Outcome.HOLDS if verdicts[0] == verdicts[1] else Outcome.DOUBTFUL
    return CheckedAssumption(assumption, outcome, f"on logits of the scores {say_p(logits.p)}, t = {logits.t:.2f}")
