# SPDX-License-Identifier: MIT
"""Measure the statistical shape of the two published rounds and write it as the summary that ships.

    python -m benchmarks.fit_synthetic_shape FOLDER_OF_PUBLISHED_ROUNDS

It writes synthetic/nhs-dma/fitted.yaml, shares_*.csv and section_correlations.csv. What is measured, how it is blurred
so that no provider's answer can be told, and why: docs/decisions/0004-synthetic-rounds.md. Loadings, tendencies and
correlations can't be read off the answers; they are found by making very large rounds until the scores of these
spread and correlate as the published ones do.
"""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from benchmarks.published_shares import (
    Floats,
    Measured,
    care_settings_percents,
    gap_percent,
    measure,
    section_scores,
    shares_text,
)
from trigpoint.io.content import content_folder
from trigpoint.io.synthetic_shape import read_shape_texts
from trigpoint.submissions.missing import CODE_OF, Missing
from trigpoint.submissions.units import Unit
from trigpoint.synthetic.answers import draw_answers
from trigpoint.synthetic.latent import correlate, draw_normals, lower_root
from trigpoint.synthetic.parse import parse_shares
from trigpoint.synthetic.providers import allot
from trigpoint.synthetic.rounds import build_table
from trigpoint.synthetic.shape import DRAWN_MISSING, CareSettingsShare, RoundShape, SectionShape

ROUNDS = ("2015-16", "2017")
FITTED_FILES = ("fitted.yaml", "shares_2015-16.csv", "shares_2017.csv", "section_correlations.csv")

# Units made at each step, and steps: after these the largest miss no longer falls.
UNITS_MADE = 9200
STEPS = 7
SEED = 20171231
PACE = 0.7  # of each miss that one step makes good: all of it swings, less is slow
LARGEST = 0.98  # a loading or tendency of 1 would leave a question nothing of its own
SMALLEST_EIGENVALUE = 0.02  # rounding to two digits can take no more than that


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("published", type=Path, help="folder with dma_2015-16_answers.csv and dma_2017_answers.csv")
    arguments.add_argument("--out", type=Path, default=content_folder("synthetic") / "nhs-dma")
    given = arguments.parse_args()
    for name, text in fit(given.published, report=True).items():
        (given.out / name).write_text(text, encoding="utf-8")
        print(f"{given.out / name}: {len(text.splitlines())} lines")


def fit(published: Path, *, report: bool = False) -> dict[str, str]:
    """Return file name → text of everything that is measured."""
    first = measure(published, ROUNDS[0], settings=None)
    settings = dict(zip(first.organisations, first.care_settings, strict=True))
    rounds = (first, measure(published, ROUNDS[1], settings=settings))
    shares = [shares_text(one) for one in rounds]
    combinations = care_settings_percents(first)
    planned = yaml.safe_load(read_shape_texts()["rounds.yaml"])["rounds"]
    shapes = [start_shape(one, text, plan) for one, text, plan in zip(rounds, shares, planned, strict=True)]
    fitted, matrix = calibrate(rounds, shapes, combinations, report=report)
    texts = [fitted_text(fitted, combinations), *shares, correlations_text(fitted, matrix)]
    return dict(zip(FITTED_FILES, texts, strict=True))


def start_shape(measured: Measured, shares: str, planned: Mapping[str, Any]) -> RoundShape:
    """Return the shape of a round with first guesses for what must be found by trial."""
    return RoundShape(
        framework=planned["framework"],
        register_on=date.fromisoformat(planned["register_on"]),
        questions=parse_shares(shares, measured.framework, file=planned["shares"]),
        sections=tuple(SectionShape(section, 0.6) for section in measured.sections),
        tendencies=(0.5,) * len(DRAWN_MISSING),
        section_gap_share=gap_percent(measured) / 100,
        ticked_by=planned["ticked_by"],
    )


@dataclass(frozen=True)
class Spread:
    """What is to be met. deviations: of section scores; correlations: of those of both rounds, side by side;
    tendencies: for each round and missing state, the standard deviation between units of its share of what was shown.
    """

    deviations: Floats
    correlations: Floats
    tendencies: Floats


def published_spread(rounds: Sequence[Measured]) -> Spread:
    codes = sorted({code for one in rounds for code in one.organisations})
    scores = np.full((len(codes), sum(len(one.sections) for one in rounds)), np.nan)
    start = 0
    for one in rounds:
        rows = [codes.index(code) for code in one.organisations]
        scores[rows, start : start + len(one.sections)] = one.scores
        start += len(one.sections)
    tendencies = np.stack([state_deviations(one.codes, one.shown) for one in rounds])
    return Spread(np.nanstd(scores, axis=0, ddof=1), pairwise_correlations(scores), tendencies)


def pairwise_correlations(scores: Floats) -> Floats:
    return np.asarray(np.ma.corrcoef(np.ma.masked_invalid(scores), rowvar=False).filled(0.0))  # type: ignore[no-untyped-call]


def state_deviations(codes: NDArray[np.uint8], shown: NDArray[np.bool_]) -> Floats:
    shares = [((codes == CODE_OF[state]) & shown).sum(axis=1) / shown.sum(axis=1) for state in DRAWN_MISSING]
    return np.array([share.std(ddof=1) for share in shares])


def calibrate(
    rounds: tuple[Measured, Measured],
    shapes: Sequence[RoundShape],
    combinations: Mapping[tuple[str, ...], float],
    *,
    report: bool,
) -> tuple[list[RoundShape], Floats]:
    """Return the shapes with loadings and tendencies, and the correlations, that meet the published spread."""
    wanted = published_spread(rounds)
    matrix = nearest_correlations(wanted.correlations)
    settings = allot(UNITS_MADE, [CareSettingsShare(one, percent / 100) for one, percent in combinations.items()])
    fitted = list(shapes)
    for step in range(STEPS):
        made = make_spread(rounds, fitted, matrix, settings)
        fitted = [adjust(at, shape, wanted, made) for at, shape in enumerate(fitted)]
        matrix = nearest_correlations(matrix + PACE * (wanted.correlations - made.correlations))
        if report:
            print(f"step {step + 1}: {misses(wanted, made)}")
    return fitted, matrix


def make_spread(
    rounds: Sequence[Measured], shapes: Sequence[RoundShape], matrix: Floats, settings: Sequence[tuple[str, ...]]
) -> Spread:
    """Return the spread of rounds made with these shapes; the same draws each time, so that only the shape counts."""
    rng = np.random.Generator(np.random.PCG64(SEED))
    factors = correlate(draw_normals(rng, len(settings), len(matrix)), lower_root(matrix.tolist()))
    scores, tendencies, start = [], [], 0
    for one, shape in zip(rounds, shapes, strict=True):
        size = len(shape.sections)
        drawn = draw_answers(rng, one.framework, shape, factors[:, start : start + size], settings)
        start += size
        table = build_table(one.framework, drawn, [Unit(str(at)) for at in range(len(settings))])
        scores.append(section_scores(one.framework, table, one.sections))
        tendencies.append(state_deviations(drawn.codes, drawn.codes != CODE_OF[Missing.NOT_SHOWN]))
    together = np.concatenate(scores, axis=1)
    return Spread(np.nanstd(together, axis=0, ddof=1), pairwise_correlations(together), np.stack(tendencies))


def adjust(at: int, shape: RoundShape, wanted: Spread, made: Spread) -> RoundShape:
    """Return the shape with each loading and tendency moved towards what is wanted."""
    size = len(shape.sections)
    span = slice(-size, None) if at else slice(size)
    ratios = (wanted.deviations / made.deviations)[span]
    sections = tuple(
        SectionShape(one.section, round(min(LARGEST, one.loading * float(ratio) ** PACE), 2))
        for one, ratio in zip(shape.sections, ratios, strict=True)
    )
    more = (wanted.tendencies / made.tendencies)[at]
    tendencies = tuple(
        round(min(LARGEST, one * float(ratio) ** PACE), 2) for one, ratio in zip(shape.tendencies, more, strict=True)
    )
    return dataclasses.replace(shape, sections=sections, tendencies=tendencies)


def nearest_correlations(matrix: Floats) -> Floats:
    """Return a positive definite correlation matrix near this one, rounded to two digits, no eigenvalue under 0.02."""
    values, vectors = np.linalg.eigh(np.clip((matrix + matrix.T) / 2, -LARGEST, 1))
    raised = vectors @ np.diag(np.maximum(values, SMALLEST_EIGENVALUE)) @ vectors.T
    scale = 1 / np.sqrt(np.diag(raised))
    rounded = np.round(raised * scale * scale[:, None], 2)
    np.fill_diagonal(rounded, 1.0)
    return np.asarray(np.maximum(rounded, rounded.T))


def misses(wanted: Spread, made: Spread) -> str:
    largest = [
        float(np.abs(getattr(wanted, name) - getattr(made, name)).max())
        for name in ("deviations", "correlations", "tendencies")
    ]
    return "largest miss {:.2f} points, {:.3f} of a correlation, {:.3f} of a share".format(*largest)


# Writing


def fitted_text(shapes: Sequence[RoundShape], combinations: Mapping[tuple[str, ...], float]) -> str:
    """Return fitted.yaml."""
    lines = [
        "# SPDX-License-Identifier: MIT",
        "# Written by benchmarks/fit_synthetic_shape.py from the two published rounds: summary statistics only.",
        "",
        "care_settings:",
        *(f"  - {{care_settings: [{', '.join(one)}], percent: {share:g}}}" for one, share in combinations.items()),
        "",
        "rounds:",
    ]
    for shape in shapes:
        states = zip(DRAWN_MISSING, shape.tendencies, strict=True)
        lines += [
            f"  - framework: {shape.framework}",
            f"    section_gap_percent: {100 * shape.section_gap_share:g}",
            f"    tendencies: {{{', '.join(f'{state.value}: {each:.2f}' for state, each in states)}}}",
            "    loadings:",
            *(f"      {one.section}: {one.loading:.2f}" for one in shape.sections),
        ]
    return "\n".join(lines) + "\n"


def correlations_text(shapes: Sequence[RoundShape], matrix: Floats) -> str:
    """Return the CSV of the correlations between what the sections measure."""
    names = [f"{shape.framework} {one.section}" for shape in shapes for one in shape.sections]
    rows = [",".join([name, *(f"{each:.2f}" for each in row)]) for name, row in zip(names, matrix, strict=True)]
    return "\n".join([",".join(["", *names]), *rows]) + "\n"


if __name__ == "__main__":
    main()
