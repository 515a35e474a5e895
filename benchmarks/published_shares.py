# SPDX-License-Identifier: MIT
"""Read a published round, count its answers, and blur the counts until they tell of no provider.

The rules of blurring and their reasons: docs/decisions/0004-synthetic-rounds.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from trigpoint.frameworks import Framework
from trigpoint.frameworks.model import Question
from trigpoint.io.content import read_framework
from trigpoint.io.published import read_published
from trigpoint.scoring import compile_plan, score_answers
from trigpoint.submissions.answers import AnswerTable
from trigpoint.submissions.missing import CODE_OF, Missing
from trigpoint.synthetic.answers import RoundAnswers, shown_to
from trigpoint.synthetic.parse import SHARES_HEADING
from trigpoint.synthetic.shape import DRAWN_MISSING

Floats = NDArray[np.float64]

# Below five in a cell a provider could be told; half a per cent is more than one provider of 239 (ADR 0004).
FEWEST = 5
GRID_PERCENT = 0.5
# A question that fewer were shown is taken together with its likes: same scale, same care settings.
FEWEST_SHOWN = 50
# Numbers that next to nobody gave are not measured: 2 per cent give one, as likely 1 as 5,000. Made up.
MADE_UP_NUMBERS = {"not_answered": 98.0, "1..5000": 2.0}
CLASS_WIDTH = 5


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
    drawn = RoundAnswers(table.codes, dict(table.numbers))
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
