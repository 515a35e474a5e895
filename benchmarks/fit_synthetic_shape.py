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

from trigpoint.frameworks import Framework
from trigpoint.frameworks.model import Question
from trigpoint.io.content import content_folder, read_framework
from trigpoint.io.published import read_published
from trigpoint.io.synthetic_shape import read_shape_texts
from trigpoint.scoring import compile_plan, score_answers
from trigpoint.submissions.answers import AnswerTable
from trigpoint.submissions.missing import CODE_OF, Missing
from trigpoint.submissions.units import Unit
from trigpoint.synthetic.answers import DrawnAnswers, draw_answers, shown_to
from trigpoint.synthetic.latent import correlate, draw_normals, lower_root
from trigpoint.synthetic.parse import SHARES_HEADING, parse_shares
from trigpoint.synthetic.providers import allot
from trigpoint.synthetic.rounds import build_table
from trigpoint.synthetic.shape import DRAWN_MISSING, CareSettingsShare, RoundShape, SectionShape

Floats = NDArray[np.float64]
ROUNDS = ("2015-16", "2017")
FITTED_FILES = ("fitted.yaml", "shares_2015-16.csv", "shares_2017.csv", "section_correlations.csv")

# Below five in a cell a provider could be told; half a per cent is more than one provider of 239 (ADR 0004).
FEWEST = 5
GRID_PERCENT = 0.5
# A question that fewer were shown is taken together with its likes: same scale, same care settings.
FEWEST_SHOWN = 50
# Numbers that next to nobody gave are not measured: 2 per cent give one, as likely 1 as 5,000. Made up.
MADE_UP_NUMBERS = {"not_answered": 98.0, "1..5000": 2.0}
CLASS_WIDTH = 5

# Units made at each step, and steps: after these the largest miss no longer falls.
UNITS_MADE = 9200
STEPS = 7
SEED = 20171231
PACE = 0.7  # of each miss that one step makes good: all of it swings, less is slow
LARGEST = 0.98  # a loading or tendency of 1 would leave a question nothing of its own
SMALLEST_EIGENVALUE = 0.02  # rounding to two digits can take no more than that


@dataclass(frozen=True)
class Measured:
    """One round as published: answers with blanks told apart by care setting, and section scores (units, sections)."""

    framework: Framework
    codes: NDArray[np.uint8]
    numbers: Mapping[str, Floats]
    shown: NDArray[np.bool_]
    gaps: NDArray[np.bool_]
    organisations: tuple[str, ...]
    care_settings: tuple[tuple[str, ...], ...]
    sections: tuple[str, ...]
    scores: Floats


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


# Measuring


def measure(published: Path, name: str, settings: Mapping[str, tuple[str, ...]] | None) -> Measured:
    """Return a round as published: one return an organisation, care settings from the first round's boxes."""
    table = read_published(f"nhs-dma-{name}", published / f"dma_{name}_answers.csv").answers
    framework = read_framework(str(table.framework))
    returns = [unit.organisation for unit in table.units]
    kept = np.array([
        len(unit.organisation) == 3 and returns.count(unit.organisation) == 1
        and bool(unit.care_settings if settings is None else settings.get(unit.organisation))
        for unit in table.units
    ])  # fmt: skip
    table = table.only(kept)
    given = tuple(unit.care_settings if settings is None else settings[unit.organisation] for unit in table.units)
    drawn = DrawnAnswers(table.codes, dict(table.numbers))
    shown = np.stack([shown_to(framework, q, given, drawn) for q in framework.content.questions], axis=1)
    codes = np.where(shown & (table.codes == CODE_OF[Missing.NOT_SHOWN]), CODE_OF[Missing.NOT_ANSWERED], table.codes)
    sections = sections_of(framework)
    return Measured(
        framework, codes, table.numbers, shown, section_gaps(framework, codes, shown, sections),
        tuple(unit.organisation for unit in table.units), given, sections, section_scores(framework, table, sections),
    )  # fmt: skip


def sections_of(framework: Framework) -> tuple[str, ...]:
    """Return the measures with questions, in the order of the framework."""
    return tuple(measure for measure in framework.measures if framework.questions_of(measure))


def section_scores(framework: Framework, table: AnswerTable, sections: Sequence[str]) -> Floats:
    scores = score_answers(table, compile_plan(framework))
    return np.stack([scores.column(section) for section in sections], axis=1)


def section_gaps(
    framework: Framework, codes: NDArray[np.uint8], shown: NDArray[np.bool_], sections: Sequence[str]
) -> NDArray[np.bool_]:
    """Return where an organisation left open every question of a section that it was shown: (units, sections)."""
    columns = list(framework.questions)
    gaps = []
    for section in sections:
        at = [columns.index(question.id) for question in framework.questions_of(section)]
        answered = shown[:, at] & (codes[:, at] != CODE_OF[Missing.NOT_ANSWERED])
        gaps.append(shown[:, at].any(axis=1) & ~answered.any(axis=1))
    return np.stack(gaps, axis=1)


# Blurring


def shares_text(measured: Measured) -> str:
    """Return the CSV of answer shares of a round."""
    counts = {question.id: count(measured, question) for question in measured.framework.content.questions}
    likes = {q.id: pooled(measured, q, counts) for q in measured.framework.content.questions}
    rare = rare_percents(likes)
    lines = [",".join(SHARES_HEADING)]
    for question, counted in likes.items():
        for answer, percent in blur(counted, rare).items():
            lines.append(f"{question},{answer},{percent:g}")
    return "\n".join(lines) + "\n"


def count(measured: Measured, question: Question) -> dict[str, int]:
    """Return how often each answer, class of numbers and missing state was given where the question was shown."""
    framework = measured.framework
    column = list(framework.questions).index(question.id)
    rows = measured.shown[:, column]
    if question.measure is not None:
        rows = rows & ~measured.gaps[:, measured.sections.index(question.measure)]
    codes = measured.codes[rows, column]
    if question.id in measured.numbers:
        counted = count_numbers(measured.numbers[question.id][rows])
    else:
        scale = framework.scale_of(question.id).codes
        counted = {code: int((codes == at).sum()) for at, code in enumerate(scale)}
    return counted | {state.value: int((codes == CODE_OF[state]).sum()) for state in DRAWN_MISSING}


def count_numbers(numbers: Floats) -> dict[str, int]:
    """Return how many numbers fall in each class, classes widened until each holds enough; none for a handful."""
    given = np.sort(numbers[~np.isnan(numbers)]).astype(int)
    if len(given) < 2 * FEWEST:
        return {}
    classes: dict[str, int] = {}
    low = int(given[0]) // CLASS_WIDTH * CLASS_WIDTH
    top = int(given[-1]) // CLASS_WIDTH * CLASS_WIDTH + CLASS_WIDTH
    for high in range(low + CLASS_WIDTH, top + 1, CLASS_WIDTH):
        inside = int(((given >= low) & (given < high)).sum())
        if inside >= FEWEST and ((given >= high).sum() >= FEWEST or high == top):
            classes[f"{low}..{min(high - 1, 100)}"] = inside
            low = high
        elif high == top:
            classes[f"{low}..{min(high - 1, 100)}"] = inside
    return classes


def pooled(measured: Measured, question: Question, counts: Mapping[str, dict[str, int]]) -> dict[str, int]:
    """Return the counts of a question; of all its likes together where few were shown it."""
    if sum(counts[question.id].values()) >= FEWEST_SHOWN:
        return counts[question.id]
    likes = [
        other for other in measured.framework.content.questions
        if (other.scale, other.care_settings) == (question.scale, question.care_settings)
    ]  # fmt: skip
    return {answer: sum(counts[like.id][answer] for like in likes) for answer in counts[question.id]}


def rare_percents(counts: Mapping[str, dict[str, int]]) -> dict[str, float]:
    """Return for each missing state its percentage over all the questions where fewer than FEWEST are in it."""
    percents = {}
    for state in DRAWN_MISSING:
        few = [counted for counted in counts.values() if counted[state.value] < FEWEST]
        total = sum(counted[state.value] for counted in few)
        shown = sum(sum(counted.values()) for counted in few)
        percents[state.value] = round(100 * total / shown, 1) if total >= FEWEST else 0.0
    return percents


def blur(counted: Mapping[str, int], rare: Mapping[str, float]) -> dict[str, float]:
    """Return percentages that come to 100: states in few hands get the common rate, answers in few hands are joined."""
    states = {state.value for state in DRAWN_MISSING}
    answers = {answer: number for answer, number in counted.items() if answer not in states}
    if not answers:
        return dict(MADE_UP_NUMBERS)
    total = sum(counted.values())
    percents = {
        state: on_grid(100 * counted[state] / total) if counted[state] >= FEWEST else rare[state] for state in states
    }
    left = 100 - sum(percents.values())
    joined = join_few(list(answers.values()))
    shares = [on_grid(left * number / sum(joined)) for number in joined]
    shares[shares.index(max(shares))] += left - sum(shares)
    whole = {**dict(zip(answers, shares, strict=True)), **{s.value: percents[s.value] for s in DRAWN_MISSING}}
    return {answer: round(percent, 1) for answer, percent in whole.items() if percent > 0}


def on_grid(percent: float) -> float:
    return round(percent / GRID_PERCENT) * GRID_PERCENT


def join_few(numbers: list[int]) -> list[int]:
    """Return the counts with each that is under FEWEST added to its neighbour on the side of the largest."""
    joined = list(numbers)
    top = joined.index(max(joined))
    for at in [*range(top), *range(len(joined) - 1, top, -1)]:
        if 0 < joined[at] < FEWEST:
            joined[at + (1 if at < top else -1)] += joined[at]
            joined[at] = 0
    return joined


def care_settings_percents(measured: Measured) -> dict[tuple[str, ...], float]:
    """Return each combination of care settings that FEWEST or more organisations have, with its percentage."""
    found = {one: measured.care_settings.count(one) for one in sorted(set(measured.care_settings))}
    kept = {one: number for one, number in found.items() if number >= FEWEST}
    percents = {one: on_grid(100 * number / sum(kept.values())) for one, number in kept.items()}
    largest = max(percents, key=lambda one: percents[one])
    percents[largest] += 100 - sum(percents.values())
    return dict(sorted(percents.items(), key=lambda pair: (-pair[1], pair[0])))


def gap_percent(measured: Measured) -> float:
    return round(100 * float(measured.gaps.sum()) / measured.gaps.size, 1)


# Calibrating


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
