# SPDX-License-Identifier: MIT
"""What a voluntary round can say of all who were asked, and whether it can at all."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trigpoint.analysis.chart import Dot, DotChart, DotRow
from trigpoint.analysis.plain_words import say_list, say_share
from trigpoint.analysis.result import AnalysisResult, CheckedAssumption, Outcome, ResultColumn, ResultRow, ResultTable
from trigpoint.analysis.scored_units import ScoredUnits
from trigpoint.errors import CannotAnalyse
from trigpoint.statistics.nonresponse import Bounds, Representativeness, bound_mean, representativeness, tipping_shift
from trigpoint.statistics.survey_estimates import SurveyDesign, SurveyEstimate, join_margins, weighted_mean
from trigpoint.statistics.survey_weights import Margin, effective_size, rake

NAME = "survey"
# Of an indicator below this, or of fewer than half, a mean of those who replied is called not representative.
LEAST_INDICATOR = 0.8
LEAST_RATE = 0.5
SCALE = (0.0, 100.0)
SMALL_SHIFT = 5.0


@dataclass(frozen=True, slots=True)
class Survey:
    """response: by the first classing. plain, weighted: means. effective: worth so many. tipping: shift to 0 change.

    weighted, effective None: some class has no reply. tipping: by how many points those who did not reply would have
    to differ for the mean of all to leave the interval of the weighted mean; None where everybody replied, too.
    """

    classes: tuple[str, ...]
    asked: tuple[int, ...]
    response: Representativeness
    plain: float
    weighted: SurveyEstimate | None
    effective: float | None
    bounds: Bounds
    tipping: float | None

    @property
    def is_representative(self) -> bool:
        """Return whether a mean may be said of all."""
        return self.response.indicator >= LEAST_INDICATOR and self.response.rate >= LEAST_RATE


def analyse_survey(
    units: ScoredUnits, asked: Collection[str], classings: Sequence[Mapping[str, str]]
) -> AnalysisResult[Survey]:
    """Return what those who replied say of all who were asked.

    asked: organisation codes. classings: one or more, each organisation code → class, for all who were asked.
    Raises CannotAnalyse for nobody who replied, replies of who was not asked, or who has no class.
    """
    scores = dict(zip((code for code, _ in units.keys), units.scores, strict=True))
    everybody = sorted(asked)
    _require(scores, everybody, classings)
    replied = np.array([code in scores for code in everybody], bool)
    classes = sorted({classings[0][code] for code in everybody})
    strata = np.array([classes.index(classings[0][code]) for code in everybody])
    values = np.array([float(scores[code]) for code in everybody if code in scores])
    weighted, effective = _weigh(everybody, replied, values, classings)
    tipping = None
    if weighted is not None and not replied.all():
        tipping = tipping_shift(values, len(everybody), weighted.lower)
    numbers = Survey(
        tuple(classes),
        tuple(int(count) for count in np.bincount(strata)),
        representativeness(replied, strata),
        float(values.mean()),
        weighted,
        effective,
        bound_mean(np.clip(values, *SCALE), len(everybody), least=SCALE[0], most=SCALE[1]),
        tipping,
    )
    return _result(units, numbers, everybody, scores)


def _require(scores: Mapping[str, object], everybody: Sequence[str], classings: Sequence[Mapping[str, str]]) -> None:
    if not scores.keys() & set(everybody):
        raise CannotAnalyse("Nobody who was asked replied with a score.")
    strangers = sorted(set(scores) - set(everybody))
    if strangers:
        raise CannotAnalyse(f"{say_list(strangers)} replied and were not asked: add them to the list of all.")
    unclassed = sorted(code for code in everybody if any(code not in one for one in classings))
    if unclassed or not classings:
        raise CannotAnalyse(
            f"Every organisation that was asked needs a class: {say_list(unclassed) or 'none is given'}."
        )


def _weigh(
    everybody: Sequence[str],
    replied: NDArray[np.bool_],
    values: NDArray[np.float64],
    classings: Sequence[Mapping[str, str]],
) -> tuple[SurveyEstimate | None, float | None]:
    """The mean weighted to all classings, and how many equally weighted replies it is worth; None where none can be."""
    if len(values) < 2:
        return None, None
    margins = []
    for one in classings:
        classes = sorted({one[code] for code in everybody})
        codes = np.array([classes.index(one[code]) for code in everybody])
        try:
            margins.append(Margin(codes[replied], np.bincount(codes).astype(np.float64)))
        except ValueError:
            return None, None
    weights = rake(np.full(len(values), len(everybody) / len(values)), margins)
    if not weights.is_converged:
        return None, None
    design = SurveyDesign(np.arange(len(values)), float(len(everybody)), join_margins(margins))
    return weighted_mean(values, weights.values, design), effective_size(weights.values)


def _result(
    units: ScoredUnits, found: Survey, everybody: Sequence[str], scores: Mapping[str, object]
) -> AnalysisResult[Survey]:
    silent = tuple((code, "did not reply with a score") for code in everybody if code not in scores)
    return AnalysisResult(
        analysis=NAME,
        sentence=_say(found, len(everybody)),
        definition=(
            f"Mean score on {units.measure} in {units.round}, unrounded, of the {len(everybody)} organisations that "
            "were asked, from those that have a score."
        ),
        n=len(everybody) - len(silent),
        of=len(everybody),
        numbers=found,
        rows=tuple(_rows(found, len(everybody))),
        checked=tuple(_check(found)),
        cannot_tell=(
            "Whether those who did not reply differ from others of their class: the weights say they do not.",
            "Anything of those who did not reply, one by one.",
        ),
        charts=(_draw(found),),
        tables=(_table(found),),
        left_out=silent,
    )


def _say(found: Survey, asked: int) -> str:
    n = round(found.response.rate * asked)
    label = "" if found.is_representative else "Not representative: "
    replied = f"{n} of {asked} organisations replied ({say_share(found.response.rate)})"
    bounds = f"whatever the others would have said, the mean of all lies between {found.bounds.lower:.1f} and "
    said = f"{label}{replied}; {bounds}{found.bounds.upper:.1f}."
    if found.weighted is None:
        return f"{said} It can't be weighted to all, as some class has no reply."
    one = found.weighted
    return (
        f"{said} Weighted to all classes it is {one.value:.1f} (95 % interval {one.lower:.1f} to {one.upper:.1f}), if "
        "those who did not reply are like others of their class."
    )


def _rows(found: Survey, asked: int) -> Sequence[ResultRow]:
    n, one = (
        sum(round(rate * count) for rate, count in zip(found.response.rates, found.asked, strict=True)),
        found.weighted,
    )
    weighted = (
        ResultRow("weighted mean", None, "points", n, note="some class has no reply")
        if one is None
        else ResultRow("weighted mean", one.value, "points", n, one.lower, one.upper)
    )
    rows = [
        ResultRow("share that replied", found.response.rate, "", asked),
        ResultRow(
            "R-indicator", found.response.indicator, "", asked, note=f"standard error {found.response.error:.2f}"
        ),
        ResultRow("mean of those who replied", found.plain, "points", n),
        weighted,
        ResultRow("least that the mean of all can be", found.bounds.lower, "points", asked),
        ResultRow("most that the mean of all can be", found.bounds.upper, "points", asked),
    ]
    if found.effective is not None:
        rows.append(ResultRow("equally weighted replies it is worth", found.effective, "replies", n))
    if found.tipping is not None:
        note = "those who did not reply against those who did"
        rows.append(
            ResultRow("difference that takes the mean out of its interval", found.tipping, "points", n, note=note)
        )
    return rows


def _table(found: Survey) -> ResultTable:
    names = ("class", "asked", "replied", "share")
    lines = tuple(
        (name, count, round(float(rate) * count), float(rate))
        for name, count, rate in zip(found.classes, found.asked, found.response.rates, strict=True)
    )
    return ResultTable("Who replied, by class", tuple(ResultColumn(name, 2) for name in names), lines)


def _check(found: Survey) -> Sequence[CheckedAssumption]:
    small = found.tipping is not None and abs(found.tipping) < SMALL_SHIFT
    return [
        CheckedAssumption(
            f"half or more replied, and classes alike (R-indicator of {LEAST_INDICATOR} or more)",
            Outcome.HOLDS if found.is_representative else Outcome.DOUBTFUL,
            f"{say_share(found.response.rate)} replied, R-indicator {found.response.indicator:.2f}",
        ),
        CheckedAssumption(
            "those who did not reply would have to be very different to matter",
            Outcome.NOT_CHECKED if found.tipping is None else Outcome.DOUBTFUL if small else Outcome.HOLDS,
            "everybody replied, or nothing could be weighted"
            if found.tipping is None
            else f"{abs(found.tipping):.1f} points would do",
        ),
        CheckedAssumption(
            "those who did not reply are like others of their class",
            Outcome.NOT_CHECKED,
            "nothing is known of their scores",
        ),
    ]


def _draw(found: Survey) -> DotChart:
    rows = [DotRow("of those who replied", (Dot(found.plain),))]
    if found.weighted is not None:
        rows.append(DotRow("weighted to all", (Dot(found.weighted.value, found.weighted.lower, found.weighted.upper),)))
    middle = (found.bounds.lower + found.bounds.upper) / 2
    rows.append(DotRow("whatever the others would say", (Dot(middle, found.bounds.lower, found.bounds.upper),)))
    return DotChart("The mean of all, by what is taken for granted", ("mean",), "points", tuple(rows))
