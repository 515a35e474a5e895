# SPDX-License-Identifier: MIT
"""What share of units is somewhere, and whether as many left as came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trigpoint.analysis.chart import Dot, DotChart, DotRow
from trigpoint.analysis.matched_rounds import UnitKey
from trigpoint.analysis.plain_words import say_p, say_share
from trigpoint.analysis.result import AnalysisResult, CheckedAssumption, Outcome, ResultRow
from trigpoint.errors import CannotAnalyse
from trigpoint.frameworks import Framework
from trigpoint.frameworks.suggest import no_such
from trigpoint.scoring.score_table import ScoreTable
from trigpoint.statistics.paired_proportions import PairedCounts, PairedTest, compare_changes, paired_difference
from trigpoint.statistics.proportions import ShareInterval, wilson_interval
from trigpoint.submissions import Missing
from trigpoint.submissions.answers import AnswerTable
from trigpoint.submissions.missing import CODE_OF, LOWEST_MISSING_CODE

NAME = "shares"
SIGNIFICANT = 0.05
# Of fewer who changed, a test finds nothing but the largest differences.
FEW_CHANGED = 10


@dataclass(frozen=True, slots=True)
class RoundMembers:
    """Which units of a round are where one looks: unit → yes or no, for those that count. what: in words."""

    round: str
    what: str
    inside: Mapping[UnitKey, bool]
    left_out: Mapping[UnitKey, str]


@dataclass(frozen=True, slots=True)
class Shares:
    """first, second: of all units of each round. counts, test, change: of the same units."""

    first: ShareInterval
    second: ShareInterval
    counts: PairedCounts
    test: PairedTest
    change: ShareInterval


def in_band(table: ScoreTable, measure: str, band: str) -> RoundMembers:
    """Return which units are in a band. Raises CannotAnalyse for a band that is not there, KeyError for a measure."""
    if band not in table.band_ids:
        raise CannotAnalyse(f"{table.framework}: {no_such('band', band, table.band_ids)}")
    wanted, at = table.band_ids.index(band), table.measures.index(measure)
    positions = {unit.key: int(table.band_positions[row, at]) for row, unit in enumerate(table.units)}
    return RoundMembers(
        table.round,
        f"in band {band} of {measure}",
        {key: position == wanted for key, position in positions.items() if position >= 0},
        {key: f"no band in {table.round}" for key, position in positions.items() if position < 0},
    )


def who_answered(answers: AnswerTable, framework: Framework, question: str, codes: Sequence[str]) -> RoundMembers:
    """Return which units gave one of some answers; a "don't know" is none of them.

    Raises CannotAnalyse for a question or an answer that is not there.
    """
    if question not in answers.questions:
        raise CannotAnalyse(f"{framework.ref}: {no_such('question', question, answers.questions)}")
    scale = framework.scale_of(question).codes
    absent = [code for code in codes if code not in scale]
    if absent or not codes:
        raise CannotAnalyse(f"{question}: {no_such('answer', absent[0] if absent else '', scale)}")
    wanted = {scale.index(code) for code in codes}
    given = answers.codes[:, answers.questions.index(question)].tolist()
    counts = {CODE_OF[Missing.DONT_KNOW], *range(LOWEST_MISSING_CODE)}
    keys = [unit.key for unit in answers.units]
    return RoundMembers(
        answers.round,
        f"answering {question} with {' or '.join(codes)}",
        {key: code in wanted for key, code in zip(keys, given, strict=True) if code in counts},
        {key: f"not answered in {answers.round}" for key, code in zip(keys, given, strict=True) if code not in counts},
    )


def analyse_shares(first: RoundMembers, second: RoundMembers) -> AnalysisResult[Shares]:
    """Return the share of each round and its change among the same units. Raises CannotAnalyse without such units."""
    both = [key for key in second.inside if key in first.inside]
    if not both:
        raise CannotAnalyse(f"No unit counts in both {first.round} and {second.round}.")
    pairs = [(first.inside[key], second.inside[key]) for key in both]
    counts = PairedCounts(
        both=pairs.count((True, True)),
        only_first=pairs.count((True, False)),
        only_second=pairs.count((False, True)),
        neither=pairs.count((False, False)),
    )
    numbers = Shares(_share(first), _share(second), counts, compare_changes(counts), paired_difference(counts))
    return _result(first, second, numbers, both)


def _share(members: RoundMembers) -> ShareInterval:
    return wilson_interval(sum(members.inside.values()), len(members.inside))


def _result(
    first: RoundMembers, second: RoundMembers, found: Shares, both: Sequence[UnitKey]
) -> AnalysisResult[Shares]:
    left_out = {**first.left_out, **second.left_out}
    left_out |= {key: f"does not count in {second.round}" for key in first.inside if key not in second.inside}
    left_out |= {key: f"does not count in {first.round}" for key in second.inside if key not in first.inside}
    for key in both:
        left_out.pop(key, None)
    return AnalysisResult(
        analysis=NAME,
        sentence=_say(first, second, found),
        definition=(
            f"Units {second.what}, of those that count: {len(first.inside)} in {first.round}, {len(second.inside)} in "
            f"{second.round}, {len(both)} in both, matched by organisation code and care setting."
        ),
        n=len(both),
        of=len(both) + len(left_out),
        numbers=found,
        rows=tuple(_rows(first, second, found)),
        checked=(
            CheckedAssumption(
                f"{FEW_CHANGED} units or more changed",
                Outcome.HOLDS if found.counts.changed >= FEW_CHANGED else Outcome.DOUBTFUL,
                f"{found.counts.changed} changed",
            ),
            CheckedAssumption(
                "band or answers mean the same in both rounds", Outcome.NOT_CHECKED, "see what changed between versions"
            ),
        ),
        cannot_tell=(
            "Whether more organisations can do it, or more say that they can.",
            "The sampling error of a national share: all were asked, so there is none.",
        ),
        charts=(_draw(first, second, found),),
        left_out=tuple((" ".join(key), why) for key, why in left_out.items()),
    )


def _say(first: RoundMembers, second: RoundMembers, found: Shares) -> str:
    counts, change = found.counts, found.change
    shares = f"{say_share(found.first.share)} in {first.round}, {say_share(found.second.share)} in {second.round}"
    moved = (
        f"of the same {counts.n} units {counts.only_second} came and {counts.only_first} left "
        f"({100 * change.lower:+.0f} to {100 * change.upper:+.0f} percentage points, {say_p(found.test.mid)})"
    )
    verdict = "more than chance explains" if found.test.mid <= SIGNIFICANT else "no more than chance explains"
    return f"Of all units {shares} are {second.what}; {moved}: {verdict}."


def _rows(first: RoundMembers, second: RoundMembers, found: Shares) -> Sequence[ResultRow]:
    rows = [
        ResultRow(f"share in {members.round}", one.share, "", len(members.inside), one.lower, one.upper)
        for members, one in ((first, found.first), (second, found.second))
    ]
    counts, change = found.counts, found.change
    return [
        *rows,
        ResultRow("change among the same units", change.share, "", counts.n, change.lower, change.upper),
        ResultRow("came", float(counts.only_second), "units", counts.n),
        ResultRow("left", float(counts.only_first), "units", counts.n),
        ResultRow("p that as many came as left (mid-p)", found.test.mid, "", counts.n),
    ]


def _draw(first: RoundMembers, second: RoundMembers, found: Shares) -> DotChart:
    shares = ((first.round, found.first), (second.round, found.second))
    rows = tuple(DotRow(name, (Dot(100 * one.share, 100 * one.lower, 100 * one.upper),)) for name, one in shares)
    return DotChart(f"Units {second.what}", ("share",), "per cent", rows)
