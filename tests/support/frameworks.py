# SPDX-License-Identifier: MIT
"""Small frameworks for tests, as plain mappings that are written out as the two YAML files and parsed again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np

from tests.support.second_scoring import Given, SlowScore, score_slowly
from trigpoint.frameworks import Framework, parse_framework
from trigpoint.frameworks.model import Kind
from trigpoint.scoring import ScoreTable, compile_plan, score_answers
from trigpoint.submissions import AnswerTable, Unit
from trigpoint.submissions.questionnaire import as_answer, build_answers

COMBINE_OF: Mapping[str, str] = {
    "points": "mean_of_questions",
    "indicator": "mean_of_questions",
    "sum-of-marks": "share_of_marks",
    "level-gate": "ladder",
    "stage-gate": "ladder",
    "status": "ladder",
    "pass-mark": "share_met",
}
LEAVE_OUT = dict.fromkeys(("not_answered", "dont_know", "not_applicable", "not_shown"), "leave_out")


@dataclass(frozen=True, slots=True)
class Return:
    """One unit's answers as words and numbers, with the care settings it gives."""

    answers: Mapping[str, Given]
    care_settings: tuple[str, ...] = ()


@dataclass(frozen=True)  # no slots: it is parsed once
class Draft:
    """A framework before it is read: what framework.yaml and scoring.yaml say, as mappings and lists."""

    content: Mapping[str, Any]
    scoring: Mapping[str, Any]

    @property
    def files(self) -> dict[str, str]:
        return {"framework.yaml": written(self.content), "scoring.yaml": written(self.scoring)}

    @cached_property
    def framework(self) -> Framework:
        return parse_framework(self.files)

    def with_scoring(self, **changes: Any) -> Draft:
        return replace(self, scoring={**self.scoring, **changes})

    def with_content(self, **changes: Any) -> Draft:
        return replace(self, content={**self.content, **changes})


def written(value: object) -> str:
    """Return a value as YAML on one line; Decimals digit by digit.

    >>> written({"weight": Decimal("0.50"), "ids": ["a"], "whole": True, "none": None})
    '{"weight": 0.50, "ids": ["a"], "whole": true, "none": null}'
    """
    if isinstance(value, Mapping):
        return "{" + ", ".join(f'"{key}": {written(part)}' for key, part in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def option_scale(scale: str, codes: Sequence[str]) -> dict[str, Any]:
    """Return an answer scale of options, least first."""
    return {"id": scale, "title": scale, "answers": [{"code": code, "label": code} for code in codes]}


def number_scale(scale: str, minimum: Given = 0, **more: Any) -> dict[str, Any]:
    """Return an answer scale of numbers."""
    return {"id": scale, "title": scale, "number": {"minimum": minimum, **more}}


def draft(
    tree: Mapping[str, Any] | Sequence[str] = ("q1", "q2", "q3"),
    *,
    kind: Kind = "points",
    rules: Mapping[str, Mapping[str, Any]] | None = None,
    **scoring: Any,
) -> Draft:
    """Return a framework of yes/partly/no questions (1 or 0 where the kind is met or not met; else 100, 50, 0).

    tree: the ids of the questions of one measure named "all", or measure → questions or child measures, to any depth.
    rules: more of the rule of a level; levels are "leaf" with questions, "node" above. scoring: other keys of the file.
    """
    nested = tree if isinstance(tree, Mapping) else {"all": tree}
    codes = ["no", "yes"] if COMBINE_OF[kind] in {"ladder", "share_met"} else ["no", "partly", "yes"]
    points = {"no": 0, "yes": 1} if len(codes) == 2 else {"no": 0, "partly": 50, "yes": 100}
    content = {
        "framework": "made-up",
        "version": "1",
        "title": "Made up",
        "summary": "For a test.",
        "round": "2020",
        "measures": [_measure(name, below) for name, below in nested.items()],
        "scales": [option_scale("answer", codes)],
        "questions": [question for name, below in nested.items() for question in _questions(name, below)],
    }
    levels = {"leaf": {"combine": COMBINE_OF[kind]}, "node": {"combine": "mean_of_measures"}}
    used = {name: {**rule, **(rules or {}).get(name, {})} for name, rule in levels.items() if name in str(content)}
    return Draft(content, {"kind": kind, "points": {"answer": points}, "missing": LEAVE_OUT, "levels": used, **scoring})


def _measure(name: str, below: Any) -> dict[str, Any]:
    if isinstance(below, Mapping):
        children = [_measure(child, under) for child, under in below.items()]
        return {"id": name, "title": name, "level": "node", "measures": children}
    return {"id": name, "title": name, "level": "leaf"}


def _questions(measure: str, below: Any) -> list[dict[str, Any]]:
    if isinstance(below, Mapping):
        return [question for child, under in below.items() for question in _questions(child, under)]
    return [{"id": name, "measure": measure, "scale": "answer", "text": name} for name in below]


def answer_table(framework: Framework, returns: Sequence[Return | Mapping[str, Given]]) -> AnswerTable:
    """Return the answers of some made-up units, X00, X01 and so on."""
    given = [one if isinstance(one, Return) else Return(one) for one in returns]
    rows = [
        (
            Unit(f"X{at:02}", care_settings=one.care_settings),
            {
                name: as_answer(answer if isinstance(answer, str) else Decimal(str(answer)))
                for name, answer in one.answers.items()
            },
        )
        for at, one in enumerate(given)
    ]
    return build_answers(framework, rows)


def scored(draft: Draft, *returns: Return | Mapping[str, Given], only: Sequence[str] | None = None) -> ScoreTable:
    """Return the scores of some made-up units."""
    framework = draft.framework
    return score_answers(answer_table(framework, returns), compile_plan(framework, only=only))


def all_scores(table: ScoreTable, unit: int = 0) -> dict[str, SlowScore]:
    """Return every score of one unit in the form of the second implementation."""
    found = {}
    for measure in table.measures:
        score = table.score(unit, measure)
        counts = (score.asked, score.answered, score.dont_know, score.not_applicable, score.not_shown)
        found[measure] = SlowScore(score.value, score.band, *counts)
    return found


def slow_scores(draft: Draft, one: Return, only: Sequence[str] | None = None) -> dict[str, SlowScore]:
    """Return every score of one unit by the second implementation."""
    return score_slowly(draft.content, draft.scoring, one.answers, care_settings=one.care_settings, only=only)


def same_scores(one: ScoreTable, another: ScoreTable) -> bool:
    """Whether two tables hold the same numbers, bit by bit."""
    pairs = [
        (one.numerators, another.numerators),
        (one.denominators, another.denominators),
        (one.band_positions, another.band_positions),
        *((one.counts[name], another.counts[name]) for name in one.counts),
    ]
    return one.measures == another.measures and all(np.array_equal(left, right) for left, right in pairs)
