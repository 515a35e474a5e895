# SPDX-License-Identifier: MIT
"""A rule of the method as a table: answers in, scores out. The methodology pages are generated from these."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from trigpoint.frameworks import Framework, parse_framework
from trigpoint.scoring import Score, compile_plan, score_answers
from trigpoint.scoring.examples import exact_text
from trigpoint.submissions.questionnaire import as_answer, build_answers
from trigpoint.submissions.units import Unit

# Unit → question → what it answered, in the words of a file.
Answered = Mapping[str, Mapping[str, str | int | Decimal]]
# Unit → measure → score, with its band behind it where there are bands: "62.5", "80 high", "none".
Scored = Mapping[str, Mapping[str, str]]
# Measure → question → its scale, and anything else said of it in YAML.
Asked = Mapping[str, Mapping[str, str]]

CONTENT = """\
framework: case
version: "1"
title: A case
summary: A case.
round: case
scales:
  - {id: agreement, title: Agreement, answers: [{code: disagree, label: D}, {code: neither, label: N}, \
{code: agree, label: A}]}
  - {id: met, title: Met, answers: [{code: not_met, label: Not met}, {code: met, label: Met}]}
  - {id: percent, title: Per cent, number: {minimum: 0, maximum: 100}}
"""

# What a case does not say itself.
USUAL = {
    "kind": "kind: points",
    "points": "points: {agreement: {disagree: 0, neither: 50, agree: 100}}",
    "missing": "missing: "
    "{not_answered: leave_out, dont_know: leave_out, not_applicable: leave_out, not_shown: leave_out}",
    "levels": "levels: {section: {combine: mean_of_questions}, overall: {combine: mean_of_measures}}",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One rule with an example of it.

    page: the methodology page it stands on. title, prose: what the rule says, in a line and in one or two sentences.
    rules: the part of scoring.yaml that makes it so; the rest is as usual.
    asked: measure → question → scale. With several measures, `overall` stands above them.
    answers, expected: for each unit, named for what is special about it. What is not answered is left out.
    sums: for a unit, the arithmetic of its first expected score before any rounding; a test works it out.
    """

    page: str
    title: str
    prose: str
    rules: str
    asked: Asked
    answers: Answered
    expected: Scored
    sums: Mapping[str, str] = field(default_factory=dict)


def build_framework(case: Case) -> Framework:
    """Return the small framework that a case describes."""
    return parse_framework({"framework.yaml": _content(case.asked), "scoring.yaml": _scoring(case)})


def _content(asked: Asked) -> str:
    leaves = ", ".join(f"{{id: {measure}, title: {measure}, level: section}}" for measure in asked)
    tree = leaves if len(asked) == 1 else f"{{id: overall, title: Overall, level: overall, measures: [{leaves}]}}"
    questions = [
        f"  - {{id: {question}, measure: {measure}, scale: {scale}, text: {question}}}"
        for measure, own in asked.items()
        for question, scale in own.items()
    ]
    return "\n".join([f"{CONTENT}measures: [{tree}]", "questions:", *questions, ""])


def _scoring(case: Case) -> str:
    said = set(re.findall(r"^(\w+):", case.rules, flags=re.MULTILINE))
    usual = {key: text for key, text in USUAL.items() if key not in said}
    if len(case.asked) == 1 and "levels" in usual:
        usual["levels"] = "levels: {section: {combine: mean_of_questions}}"
    return "\n".join([*usual.values(), case.rules])


def score_case(case: Case) -> dict[str, dict[str, Score]]:
    """Return the score of each unit on each measure that the case expects something of."""
    framework = build_framework(case)
    units = [
        (Unit(name), {question: as_answer(answer) for question, answer in given.items()})
        for name, given in case.answers.items()
    ]
    scores = score_answers(build_answers(framework, units), compile_plan(framework))
    return {
        unit.organisation: {measure: scores.score(row, measure) for measure in case.expected[unit.organisation]}
        for row, (unit, _) in enumerate(units)
    }


def in_words(score: Score) -> str:
    """Return a score as the cases write it."""
    return exact_text(score.value) if score.band is None else f"{exact_text(score.value)} {score.band}"
