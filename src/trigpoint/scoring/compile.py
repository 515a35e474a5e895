# SPDX-License-Identifier: MIT
"""Framework → ScoringPlan."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trigpoint.frameworks.check_scoring import decimals
from trigpoint.frameworks.framework import Framework, FrameworkRef
from trigpoint.frameworks.model import Exact, LevelRule, Measure, Question
from trigpoint.frameworks.points import list_points, points_table
from trigpoint.scoring.plan import CODES, LANES, WORD_BITS, Lane, Node, Place, ScoringPlan
from trigpoint.scoring.width import Bound, count_bits
from trigpoint.submissions.missing import CODE_OF, Missing


@dataclass(frozen=True, slots=True)
class _Group:
    """Questions that are summed together."""

    measure: str
    step: str | None
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class _Amounts:
    """What each answer to one question is worth, in whole numbers, by code; and what a counted answer weighs."""

    points: tuple[int, ...]
    weight: int
    full: int


def compile_plan(
    framework: Framework, *, only: Collection[str] | None = None, rules_of: FrameworkRef | None = None
) -> ScoringPlan:
    """Return the plan that scores answers to a framework.

    only: ids of the questions to count; the others are left out as if never asked. None means all.
    rules_of: the version whose rules the framework carries, when they are not its own: see `rules.with_rules_of`.
    """
    groups = tuple(_groups(framework, only))
    points_unit, weight_unit = _units(framework)
    questions = [question for group in groups for question in group.questions]
    amounts = [_amounts(framework, question, points_unit, weight_unit) for question in questions]
    places = _places(amounts)
    nodes = _nodes(framework, groups)
    return ScoringPlan(
        framework=framework.ref,
        framework_hash=framework.hash,
        rules_of=rules_of or framework.ref,
        rules_hash=framework.hash,
        questions=tuple(question.id for question in questions),
        starts=np.cumsum([0, *(len(group.questions) for group in groups)])[:-1].astype(np.intp),
        group_sizes=tuple(len(group.questions) for group in groups),
        tables=_tables(framework, amounts, places),
        places=places,
        points_unit=points_unit,
        thresholds=dict(_thresholds(framework, questions)),
        missing=framework.scoring.missing,
        nodes=nodes,
        stages=_stages(nodes),
        bands=framework.scoring.bands,
        bits=count_bits(nodes, _leaf_bounds(nodes, groups, amounts, points_unit), framework.scoring.bands),
    )


def _groups(framework: Framework, only: Collection[str] | None) -> Iterator[_Group]:
    ladder = framework.scoring.ladder
    for measure in framework.walk_measures():
        questions = [q for q in framework.questions_of(measure.id) if only is None or q.id in only]
        if measure.measures or not questions:
            continue
        if framework.scoring.levels[measure.level].combine != "ladder" or ladder is None:
            yield _Group(measure.id, None, tuple(questions))
            continue
        for step in ladder.steps:
            here = tuple(question for question in questions if ladder.step_of[question.id] == step.id)
            if here:
                yield _Group(measure.id, step.id, here)


def _units(framework: Framework) -> tuple[int, int]:
    """The smallest powers of ten that make all points, and all weights, whole."""
    scoring = framework.scoring
    tables = [*scoring.points.values(), *scoring.question_points.values()]
    points = [amount for table in tables for amount in list_points(table)]
    return _power_of_ten([*points, *scoring.marks_out_of.values()]), _power_of_ten(scoring.weights.questions.values())


def _power_of_ten(amounts: Collection[Exact]) -> int:
    return int(10 ** max((decimals(amount) for amount in amounts), default=0))


def _amounts(framework: Framework, question: Question, points_unit: int, weight_unit: int) -> _Amounts:
    scoring = framework.scoring
    table = points_table(scoring, question.id, question.scale)
    assert table is not None, "a checked framework has points for every scored question"
    scale = framework.scales[question.scale]
    earned = [table[code] for code in scale.codes] if isinstance(table, Mapping) else list_points(table)
    weight = int(scoring.weights.questions.get(question.id, 1) * weight_unit)
    points = tuple(int(amount * points_unit) * weight for amount in earned)
    rule = scoring.levels[framework.measures[question.measure or ""].level]
    if rule.combine == "share_of_marks":
        most = scoring.marks_out_of.get(question.scale, max(earned))
        return _Amounts(points, weight, int(most * points_unit) * weight)
    return _Amounts(points, weight, weight)


def _places(amounts: list[_Amounts]) -> dict[Lane, Place]:
    """Pack the running sums into as few words as they fit in; each lane is wide enough for all questions together."""
    largest: dict[Lane, int] = dict.fromkeys(LANES, len(amounts))
    largest["points"] = sum(max(one.points) for one in amounts)
    largest["weight"] = sum(one.full for one in amounts)
    places: dict[Lane, Place] = {}
    word, shift = 0, 0
    for lane in LANES:
        bits = max(1, largest[lane].bit_length())
        if shift + bits > WORD_BITS:
            word, shift = word + 1, 0
        places[lane] = Place(word, shift, bits)
        shift += bits
    return places


def _tables(
    framework: Framework, amounts: list[_Amounts], places: Mapping[Lane, Place]
) -> tuple[NDArray[np.int64], ...]:
    words = 1 + max(place.word for place in places.values())
    tables = np.zeros((words, len(amounts), CODES), dtype=np.int64)

    def add(row: int, code: int, lane: Lane, amount: int) -> None:
        tables[places[lane].word, row, code] += amount << places[lane].shift

    rules = framework.scoring.missing
    for row, one in enumerate(amounts):
        for code, earned in enumerate(one.points):
            add(row, code, "points", earned)
            add(row, code, "weight", one.full)
            add(row, code, "answered", 1)
        for state, code in CODE_OF.items():
            if getattr(rules, state.value) == "zero":
                add(row, code, "weight", one.full)
            if state is not Missing.NOT_ANSWERED:
                add(row, code, state.value, 1)
    return tuple(table.reshape(-1) for table in tables)


def _thresholds(framework: Framework, questions: Collection[Question]) -> Iterator[tuple[str, NDArray[np.float64]]]:
    for question in questions:
        table = points_table(framework.scoring, question.id, question.scale)
        if isinstance(table, tuple):
            yield question.id, np.array([float(low) for low, _ in table])


def _nodes(framework: Framework, groups: tuple[_Group, ...]) -> tuple[Node, ...]:
    measures = tuple(framework.walk_measures())
    position = {measure.id: at for at, measure in enumerate(measures)}
    return tuple(_node(framework, measure, groups, position) for measure in measures)


def _node(framework: Framework, measure: Measure, groups: tuple[_Group, ...], position: Mapping[str, int]) -> Node:
    rule = framework.scoring.levels[measure.level]
    below = {one.id for one in measure.walk()}
    weights = [framework.scoring.weights.measures.get(child.id, 1) for child in measure.measures]
    unit = _power_of_ten(weights)
    ladder = framework.scoring.ladder if rule.combine == "ladder" else None
    under = [at for at, group in enumerate(groups) if group.measure in below]
    values = {step.id: (step.value, Fraction(step.share_needed)) for step in ladder.steps} if ladder else {}
    return Node(
        measure=measure.id,
        rule="ladder" if ladder else "mean_of_measures" if measure.measures else "mean",
        below=range(under[0], under[-1] + 1) if under else range(0),
        children=tuple(position[child.id] for child in measure.measures),
        child_weights=tuple(int(weight * unit) for weight in weights),
        factor=100 if rule.combine in {"share_of_marks", "share_met"} else 1,
        base=ladder.base.value if ladder else 0,
        steps=tuple(values[groups[at].step or ""] for at in under) if ladder else (),
        rounding=rule.rounding,
        empty_measures=rule.empty_measures,
        minimum_answered=None if rule.minimum_answered is None else Fraction(rule.minimum_answered),
        fixed_denominator=_fixed_denominator(rule),
    )


def _fixed_denominator(rule: LevelRule) -> int | None:
    if rule.rounding is not None:
        return int(10**rule.rounding.digits)
    return 1 if rule.combine == "ladder" else None


def _stages(nodes: tuple[Node, ...]) -> tuple[tuple[int, ...], ...]:
    """Nodes that are alike in height above the questions and in rule, the lowest first."""
    heights: dict[int, int] = {}
    stages: dict[tuple[Any, ...], list[int]] = {}
    # Parents stand before their children in the framework's own order, so the reverse has children first.
    for at in reversed(range(len(nodes))):
        node = nodes[at]
        heights[at] = 1 + max((heights[child] for child in node.children), default=-1)
        alike = (heights[at], node.rule, node.factor, node.rounding, node.minimum_answered)
        stages.setdefault(alike, []).insert(0, at)
    return tuple(tuple(stages[alike]) for alike in sorted(stages, key=lambda alike: alike[0]))


def _leaf_bounds(
    nodes: tuple[Node, ...], groups: tuple[_Group, ...], amounts: list[_Amounts], points_unit: int
) -> dict[int, Bound]:
    """The bounds of the measures with questions of their own, by position."""
    ends = list(accumulate((len(group.questions) for group in groups), initial=0))
    bounds = {}
    for at, node in enumerate(nodes):
        own = amounts[ends[node.below.start] : ends[node.below.stop]] if not node.children else []
        weight = sum(one.full for one in own) * points_unit
        # The most points that any answer has, rounded up to a whole number; a share is at most 100.
        most = max((-(-max(one.points) // (one.full * points_unit)) for one in own if one.full), default=0)
        steps = [node.base, *(value for value, _ in node.steps)]
        bounds[at] = Bound(weight, max(map(abs, [node.factor, most, *steps])))
    return bounds
