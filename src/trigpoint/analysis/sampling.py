# SPDX-License-Identifier: MIT
"""Whom to visit: a sample of organisations drawn by chance within strata of score and type, that anybody can redraw."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trigpoint.analysis.chart import Dot, DotChart, DotRow
from trigpoint.analysis.result import AnalysisResult, CheckedAssumption, Outcome, ResultColumn, ResultRow, ResultTable
from trigpoint.analysis.scored_units import ScoredUnits
from trigpoint.errors import CannotAnalyse
from trigpoint.statistics.drawing import Drawn, draw_stratified
from trigpoint.statistics.sample_sizes import Strata, whole_neyman
from trigpoint.statistics.strata_bounds import cut_by_root_frequency

NAME = "sampling"
LEAST_EACH = 1


@dataclass(frozen=True, slots=True)
class SampleStratum:
    """A stratum: units, how many are drawn by chance, how many taken anyway, and who steps in, in order."""

    stratum: str
    size: int
    drawn: int
    certain: int
    replacements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """codes: drawn, by code. chances: code → chance of being drawn, of all. error: of the mean.

    even_error: of the mean if as many were drawn in proportion.
    """

    codes: tuple[str, ...]
    chances: Mapping[str, float]
    strata: tuple[SampleStratum, ...]
    error: float
    even_error: float


def draw_sample(
    units: ScoredUnits,
    n: int,
    *,
    rng: np.random.Generator,
    type_of: Mapping[str, str] | None = None,
    certain: Collection[str] = (),
) -> AnalysisResult[Sample]:
    """Return a sample of n organisations, spread over bands of score and types as is best for the mean.

    rng: of a seed that is kept, so that anybody can draw them again. type_of: code → type; who has none is of the type
    "none". certain: codes that are taken anyway, counted among the n.
    Raises CannotAnalyse for an n that does not fit, or certain codes without a score.
    """
    codes = [code for code, _ in units.keys]
    absent = sorted(set(certain) - set(codes))
    if absent:
        raise CannotAnalyse(f"{', '.join(absent)} can't be taken: no score on {units.measure} in {units.round}.")
    values = units.values
    names, strata = _stratify(codes, values, type_of)
    taken = np.isin(codes, list(certain))
    free = [np.flatnonzero((strata == at) & ~taken) for at in range(len(names))]
    open_strata = [at for at, rows in enumerate(free) if len(rows)]
    try:
        parted = Strata(
            np.array([len(free[at]) for at in open_strata], float),
            np.array([max(float(values[free[at]].std()), 1e-6) for at in open_strata]),
        )
        counts = whole_neyman(parted, n - int(taken.sum()), least=LEAST_EACH)
    except ValueError as error:
        raise CannotAnalyse(f"A sample of {n} can't be drawn: {error}.") from error
    wanted = np.zeros(len(names), int)
    wanted[open_strata] = counts
    drawn = draw_stratified(strata, values, wanted.tolist(), certain=[int(at) for at in np.flatnonzero(taken)], rng=rng)
    numbers = _describe(codes, names, strata, wanted, drawn, parted, counts)
    return _result(units, numbers)


def _stratify(
    codes: Sequence[str], values: NDArray[np.float64], type_of: Mapping[str, str] | None
) -> tuple[list[str], NDArray[np.intp]]:
    """Bands of score by equal roots of frequencies, within types."""
    bounds: Sequence[float] = cut_by_root_frequency(values, 3) if len(values) > 2 and np.ptp(values) > 0 else ()
    bands = np.searchsorted(bounds, values, side="right")
    words = ("low", "middle", "high") if bounds else ("any",)
    labels = [
        f"{words[band]}, {type_of.get(code, 'none')}" if type_of else words[band]
        for code, band in zip(codes, bands, strict=True)
    ]
    names = sorted(set(labels))
    return names, np.array([names.index(label) for label in labels])


def _describe(  # noqa: PLR0913, PLR0917 - the parts of one draw
    codes: Sequence[str],
    names: Sequence[str],
    strata: NDArray[np.intp],
    wanted: NDArray[np.int64],
    drawn: Drawn,
    parted: Strata,
    counts: NDArray[np.intp],
) -> Sample:
    described = []
    for at, name in enumerate(names):
        members = np.flatnonzero(strata == at)
        picked = len(set(members.tolist()) & set(drawn.units))
        described.append(
            SampleStratum(
                name,
                len(members),
                int(wanted[at]),
                picked - int(wanted[at]),
                tuple(codes[row] for row in drawn.replacements[at]),
            )
        )
    total, even = int(counts.sum()), Strata(parted.sizes, np.ones(len(parted.sizes)))
    return Sample(
        codes=tuple(sorted(codes[row] for row in drawn.units)),
        chances={code: float(chance) for code, chance in zip(codes, drawn.chances, strict=True)},
        strata=tuple(described),
        error=parted.mean_error(counts.astype(float)),
        even_error=parted.mean_error(whole_neyman(even, total, least=LEAST_EACH).astype(float)),
    )


def _result(units: ScoredUnits, found: Sample) -> AnalysisResult[Sample]:
    n = len(found.codes)
    return AnalysisResult(
        analysis=NAME,
        sentence=(
            f"{n} of {len(units.keys)} organisations are drawn from {len(found.strata)} strata; "
            f"the same seed draws the same ones. The mean score of all would be known to {1.96 * found.error:.1f} "
            f"points from such a sample, to {1.96 * found.even_error:.1f} were it drawn in proportion."
        ),
        definition=f"Organisations with a score on {units.measure} in {units.round}, by band of score and type.",
        n=len(units.keys),
        of=len(units.keys) + len(units.left_out),
        numbers=found,
        rows=(
            ResultRow("organisations drawn", float(n), "organisations", len(units.keys)),
            ResultRow("standard error of the mean score", found.error, "points", n),
            ResultRow("the same, drawn in proportion", found.even_error, "points", n),
        ),
        checked=(
            CheckedAssumption(
                "every organisation can be drawn",
                Outcome.HOLDS if min(found.chances.values()) > 0 else Outcome.DOUBTFUL,
                f"the least chance is {min(found.chances.values()):.2f}",
            ),
            CheckedAssumption(
                "what visits find varies as scores do", Outcome.NOT_CHECKED, "nothing is known of it before the visits"
            ),
        ),
        cannot_tell=("Anything of one organisation that was not drawn.", "What visits will find."),
        charts=(_draw(found),),
        tables=(_strata_table(found), _drawn_table(found)),
        left_out=tuple((" ".join(key), why) for key, why in units.left_out.items()),
    )


def _strata_table(found: Sample) -> ResultTable:
    names = ("stratum", "organisations", "drawn", "taken anyway", "who steps in, in order")
    lines = tuple((one.stratum, one.size, one.drawn, one.certain, ", ".join(one.replacements)) for one in found.strata)
    return ResultTable("Strata", tuple(map(ResultColumn, names)), lines)


def _drawn_table(found: Sample) -> ResultTable:
    lines = tuple((code, found.chances[code], 1 / found.chances[code]) for code in found.codes)
    names = ("organisation", "chance of being drawn", "stands for")
    return ResultTable("Drawn", tuple(ResultColumn(name, 2) for name in names), lines)


def _draw(found: Sample) -> DotChart:
    rows = tuple(
        DotRow(one.stratum, (Dot(float(one.size)), Dot(float(one.drawn + one.certain)))) for one in found.strata
    )
    return DotChart("How many of each stratum are drawn", ("all", "drawn"), "organisations", rows, digits=0)
