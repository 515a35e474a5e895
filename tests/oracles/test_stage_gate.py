# SPDX-License-Identifier: MIT
"""Reference case u1: seven stages scored by brute force elsewhere, as patterns of stages and criterion by criterion."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Mapping, Sequence

import pytest

from tests.support.shared import reference
from trigpoint.frameworks import Framework, parse_framework
from trigpoint.scoring import compile_plan, score_answers
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.questionnaire import build_answers
from trigpoint.submissions.units import Unit

CASE = "u1_stage_gate"
STAGES = range(1, 8)
# Rule in the reference → share of a stage's criteria that is needed, and what a blank does.
RULES = {
    "stage_strict": ("1", "zero"),
    "stage_80": ("0.8", "zero"),
    "stage_strict_na_excluded": ("1", "leave_out"),
}
MEANING: Mapping[str, Answer] = {"1": "met", "0": "not_met", "": Missing.NOT_APPLICABLE}


def stage_framework(step_of: Mapping[str, int], *, share: str = "1", blank: str = "zero") -> Framework:
    """Return a framework of seven stages; step_of puts each criterion on its stage."""
    content = [
        "framework: seven-stages",
        'version: "1"',
        "title: Seven stages",
        "summary: Seven stages, each of some criteria.",
        "round: reference",
        "measures: [{id: stage, title: Stage, level: stage}]",
        "scales: [{id: met, title: Met, answers: [{code: not_met, label: Not met}, {code: met, label: Met}]}]",
        "questions:",
        *(f"  - {{id: {name}, measure: stage, scale: met, text: {name}.}}" for name in step_of),
    ]
    steps = [f"{{value: {n}, id: stage_{n}, title: Stage {n}, share_needed: {share}}}" for n in STAGES]
    scoring = [
        "kind: stage-gate",
        "points: {met: {not_met: 0, met: 1}}",
        f"missing: {{not_answered: zero, dont_know: zero, not_applicable: {blank}, not_shown: leave_out}}",
        "levels: {stage: {combine: ladder}}",
        "ladder:",
        "  base: {value: 0, id: stage_0, title: Stage 0}",
        f"  steps: [{', '.join(steps)}]",
        f"  step_of: {{{', '.join(f'{name}: stage_{step}' for name, step in step_of.items())}}}",
    ]
    return parse_framework({"framework.yaml": "\n".join(content), "scoring.yaml": "\n".join(scoring)})


def read_rows(name: str) -> list[dict[str, str]]:
    with reference(CASE, name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def stages_of(framework: Framework, rows: Sequence[Mapping[str, str]]) -> list[int]:
    """Return the stage that our engine gives each row; a row without a stage would fail here."""
    answers = [
        (Unit(f"O{at:03d}"), {name: MEANING[row[name]] for name in framework.questions}) for at, row in enumerate(rows)
    ]
    scores = score_answers(build_answers(framework, answers), compile_plan(framework))
    return [int(value) for value in scores.column("stage")]


@pytest.fixture
def expected() -> dict[str, dict[str, dict[str, int]]]:
    return dict(json.loads(reference(CASE, "expected.json").read_text(encoding="utf-8")))


def test_all_128_patterns_of_seven_stages_have_the_stage_of_the_reference(expected):
    rows = read_rows("input.csv")

    found = stages_of(stage_framework({f"s{n}": n for n in STAGES}), rows)

    assert len(rows) == 2**7
    assert found == [int(row["stage"]) for row in rows]
    assert Counter(map(str, found)) == expected["distribution"]


@pytest.mark.parametrize("rule", RULES)
def test_200_organisations_have_the_stage_of_the_reference(rule, expected):
    rows = read_rows("criteria.csv")
    share, blank = RULES[rule]
    criteria = {name: int(name[1]) for name in rows[0] if name[0] == "s" and "c" in name and name[1].isdigit()}

    found = stages_of(stage_framework(criteria, share=share, blank=blank), rows)

    assert (len(rows), len(criteria)) == (200, 24)
    assert found == [int(row[rule]) for row in rows]
    assert Counter(map(str, found)) == expected["criteria_distribution"][rule]


def test_the_three_rules_do_not_agree_with_each_other():
    """Else the case above could not tell which of them the engine follows."""
    rows = read_rows("criteria.csv")

    columns = {rule: tuple(row[rule] for row in rows) for rule in RULES}

    assert len(set(columns.values())) == len(RULES)
