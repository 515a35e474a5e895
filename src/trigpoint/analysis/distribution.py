# SPDX-License-Identifier: MIT
"""How scores and answers lie: percentiles, bands from counts, and every answer with the missing states apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from trigpoint.analysis.chart import Dot, DotChart, DotRow
from trigpoint.analysis.plain_words import say_list
from trigpoint.analysis.result import AnalysisResult, CheckedAssumption, Outcome, ResultColumn, ResultRow, ResultTable
from trigpoint.analysis.scored_units import ScoredUnits, list_scored_units
from trigpoint.frameworks import Framework
from trigpoint.scoring.score_table import ScoreTable
from trigpoint.statistics.proportions import wilson_interval
from trigpoint.statistics.quantiles import exact_quantile
from trigpoint.submissions import Missing
from trigpoint.submissions.answers import AnswerTable
from trigpoint.submissions.missing import CODE_OF

POINTS = (5, 25, 50, 75, 95)
# Of fewer, a percentile tells somebody's score.
SMALLEST_GROUP = 5
NAME = "distribution"


@dataclass(frozen=True, slots=True)
class BandCount:
    """How many units are in a band, of those that have a score."""

    band: str
    count: int


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """How often each answer to a question was given, by code; and each way of being missing."""

    question: str
    given: Mapping[str, int]
    missing: Mapping[Missing, int]


@dataclass(frozen=True, slots=True)
class Distribution:
    """percentiles: of POINTS. by_group: group → n and percentiles, groups of 5 or more. All exact."""

    mean: Fraction
    percentiles: tuple[Fraction, ...]
    bands: tuple[BandCount, ...]
    by_group: Mapping[str, tuple[int, tuple[Fraction, ...]]]
    answers: tuple[AnswerCounts, ...]


def analyse_distribution(
    table: ScoreTable, framework: Framework, measure: str, *, group_of: Mapping[str, str] | None = None
) -> AnalysisResult[Distribution]:
    """Return how the scores on a measure lie, and how every question was answered.

    group_of: organisation code → group. Raises CannotAnalyse when nobody has a score, KeyError for an unknown measure.
    """
    units = list_scored_units(table, measure)
    numbers = Distribution(
        mean=sum(units.scores, Fraction(0)) / len(units.scores),
        percentiles=_percentiles(units.scores),
        bands=_bands(table, measure),
        by_group=_by_group(units, group_of or {}),
        answers=tuple(_count_answers(table.answers, framework, at) for at in range(len(table.answers.questions))),
    )
    return AnalysisResult(
        analysis=NAME,
        sentence=_say(units, numbers),
        definition=f"Scores on {measure} in {table.round}, unrounded, of units that have one; answers of all units.",
        n=len(units.keys),
        of=len(table.units),
        numbers=numbers,
        rows=tuple(_rows(units, numbers)),
        checked=(
            CheckedAssumption(
                "every unit has a score",
                Outcome.DOUBTFUL if units.left_out else Outcome.HOLDS,
                f"{len(units.left_out)} of {len(table.units)} have none",
            ),
            CheckedAssumption(
                "units can be set side by side",
                Outcome.NOT_CHECKED,
                "unlike organisations have unlike questions to answer",
            ),
        ),
        cannot_tell=("Why scores lie as they do.", "What organisations that have no score would have had."),
        charts=(_draw(numbers),),
        tables=tuple(_tables(numbers)),
        left_out=tuple((" ".join(key), why) for key, why in units.left_out.items()),
    )


def _percentiles(scores: Sequence[Fraction]) -> tuple[Fraction, ...]:
    rising = sorted(scores)
    found = [exact_quantile(rising, Fraction(point, 100)) for point in POINTS]
    return tuple(one for one in found if one is not None)


def _bands(table: ScoreTable, measure: str) -> tuple[BandCount, ...]:
    positions = table.band_positions[:, table.measures.index(measure)]
    return tuple(BandCount(band, int((positions == at).sum())) for at, band in enumerate(table.band_ids))


def _by_group(units: ScoredUnits, group_of: Mapping[str, str]) -> Mapping[str, tuple[int, tuple[Fraction, ...]]]:
    found: dict[str, list[Fraction]] = {}
    for key, score in zip(units.keys, units.scores, strict=True):
        if key[0] in group_of:
            found.setdefault(group_of[key[0]], []).append(score)
    return {
        group: (len(scores), _percentiles(scores))
        for group, scores in sorted(found.items())
        if len(scores) >= SMALLEST_GROUP
    }


def _count_answers(answers: AnswerTable, framework: Framework, column: int) -> AnswerCounts:
    question = answers.questions[column]
    counts = Counter(answers.codes[:, column].tolist())
    codes = framework.scale_of(question).codes or ("a number",)
    return AnswerCounts(
        question,
        {code: counts.get(at, 0) for at, code in enumerate(codes)},
        {state: counts.get(code, 0) for state, code in CODE_OF.items()},
    )


def _say(units: ScoredUnits, found: Distribution) -> str:
    low, quarter, middle, three_quarters, high = (float(one) for one in found.percentiles)
    bands = say_list([f"{one.count} are {one.band}" for one in found.bands], most=9)
    return (
        f"Half of the units score between {quarter:.1f} and {three_quarters:.1f}, the middle one {middle:.1f}; nine in "
        f"ten lie between {low:.1f} and {high:.1f}." + (f" Of {len(units.keys)}, {bands}." if found.bands else "")
    )


def _rows(units: ScoredUnits, found: Distribution) -> Sequence[ResultRow]:
    n = len(units.keys)
    rows = [ResultRow("mean", float(found.mean), "points", n)]
    for point, value in zip(POINTS, found.percentiles, strict=True):
        rows.append(ResultRow(f"percentile {point}", float(value), "points", n))
    for one in found.bands:
        share = wilson_interval(one.count, n)
        rows.append(
            ResultRow(f"share in band {one.band}", share.share, "", n, share.lower, share.upper, f"{one.count}")
        )
    return rows


def _tables(found: Distribution) -> Sequence[ResultTable]:
    points = (ResultColumn("group"), ResultColumn("n"), *(ResultColumn(f"percentile {point}") for point in POINTS))
    groups = ResultTable(
        "By group",
        points,
        tuple((group, n, *map(float, percentiles)) for group, (n, percentiles) in found.by_group.items()),
    )
    return [*([groups] if found.by_group else []), _answers_table(found)]


def _answers_table(found: Distribution) -> ResultTable:
    """A line for each question; the answers in one column, as scales differ."""
    names = ("question", "answers given", "don't know", "not applicable", "not answered", "not shown")
    states = (Missing.DONT_KNOW, Missing.NOT_APPLICABLE, Missing.NOT_ANSWERED, Missing.NOT_SHOWN)
    return ResultTable(
        "Answers to each question, counts of units",
        tuple(map(ResultColumn, names)),
        tuple(
            (
                one.question,
                ", ".join(f"{code} {count}" for code, count in one.given.items()),
                *(one.missing[state] for state in states),
            )
            for one in found.answers
        ),
    )


def _draw(found: Distribution) -> DotChart:
    groups = {"all": (0, found.percentiles), **found.by_group}
    rows = []
    for group, (n, percentiles) in groups.items():
        low, _, middle, _, high = map(float, percentiles)
        rows.append(DotRow(group if not n else f"{group} (n = {n})", (Dot(middle, low, high),)))
    return DotChart("The middle score, and between what nine in ten lie", ("median",), "points", tuple(rows))
