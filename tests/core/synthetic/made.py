# SPDX-License-Identifier: MIT
"""The shipped shape with its rounds, and a framework small enough to see through."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np

from trigpoint.frameworks import Framework, parse_framework
from trigpoint.io.content import read_framework
from trigpoint.io.synthetic_shape import read_shape_texts
from trigpoint.submissions.missing import Missing
from trigpoint.synthetic import DEFAULT_SEED, Shape, SyntheticRounds, make_rounds, parse_shape
from trigpoint.synthetic.shape import DRAWN_MISSING, NumberClass, QuestionShape, RoundShape, SectionShape

SMALL_CONTENT = """# SPDX-License-Identifier: MIT
framework: small
version: "1"
title: Small
summary: Two sections and a box.
round: "2020"
care_settings:
  - {id: acute, title: Acute}
  - {id: community, title: Community}
measures:
  - id: overall
    title: Overall
    level: theme
    measures:
      - {id: plans, title: Plans, level: section}
      - {id: tools, title: Tools, level: section}
scales:
  - id: steps
    title: Three steps
    answers:
      - {code: never, label: "No", published: [No way]}
      - {code: partly, label: Partly}
      - {code: fully, label: Fully}
  - id: percent
    title: Percentage
    number: {minimum: 0, maximum: 100, whole: true}
  - id: box
    title: Box
    answers:
      - {code: empty, label: Empty}
      - {code: ticked, label: Ticked, published: ["1"]}
questions:
  - {id: gives_acute, scale: box, text: Gives acute care., asked_of: organisation,
     published: {column: 2, answer_column: 2, text_sha256: "HASH"}}
  - {id: plan, measure: plans, scale: steps, text: There is a plan.,
     published: {column: 4, answer_column: 4, score_column: 5, text_sha256: "HASH"}}
  - {id: plan_kept, measure: plans, scale: steps, text: The plan is kept.,
     shown_when: {question: plan, answers: [fully, dont_know]},
     published: {column: 6, answer_column: 6, score_column: 7, text_sha256: "HASH"}}
  - {id: wards, measure: plans, scale: steps, text: The wards know it., care_settings: [acute],
     published: {column: 8, answer_column: 8, score_column: 9, text_sha256: "HASH"}}
  - {id: devices, measure: tools, scale: percent, text: Share of staff with a device.,
     published: {column: 10, answer_column: 10, text_sha256: "HASH"}}
  - {id: device_care, measure: tools, scale: steps, text: Devices are looked after.,
     shown_when: {question: devices, at_least: 50}}
"""
SMALL_SCORING = """# SPDX-License-Identifier: MIT
kind: points
points:
  steps: {never: 0, partly: 50, fully: 100}
  percent: [[0, 0], [50, 100]]
missing: {not_answered: leave_out, dont_know: zero, not_applicable: leave_out, not_shown: leave_out}
levels:
  section: {combine: mean_of_questions, rounding: {mode: half_up, digits: 0}}
  theme: {combine: mean_of_measures}
"""


def generator(seed: int) -> np.random.Generator:
    """Return the only source of chance that the rounds are made from."""
    return np.random.Generator(np.random.PCG64(seed))


@cache
def frameworks() -> tuple[Framework, Framework]:
    return read_framework("nhs-dma@2015-16"), read_framework("nhs-dma@2017")


@cache
def shape() -> Shape:
    return parse_shape(read_shape_texts(), frameworks())


@cache
def rounds(seed: int = DEFAULT_SEED) -> SyntheticRounds:
    return make_rounds(generator(seed), shape(), frameworks())


@cache
def small_framework() -> Framework:
    texts = SMALL_CONTENT
    for number in range(texts.count("HASH")):
        texts = texts.replace("HASH", f"{number:064x}", 1)
    return parse_framework({"framework.yaml": texts, "scoring.yaml": SMALL_SCORING})


def question_shape(question: str, *answers: float, **missing: float) -> QuestionShape:
    """Return a question's shape; what is missing is named: not_answered=0.1."""
    return QuestionShape(question, answers, tuple(missing.get(state.value, 0.0) for state in DRAWN_MISSING))


def small_shape(*, loading: float = 0.6, section_gap_share: float = 0.0, tendency: float = 0.5) -> RoundShape:
    """Return a shape for the small framework in which each way of being missing occurs."""
    assert Missing.NOT_SHOWN not in DRAWN_MISSING
    questions = (
        question_shape("gives_acute", 0.5, 0.5),
        question_shape("plan", 0.2, 0.3, 0.3, dont_know=0.2),
        question_shape("plan_kept", 0.25, 0.25, 0.5),
        question_shape("wards", 0.1, 0.2, 0.4, not_applicable=0.2, not_answered=0.1),
        QuestionShape("devices", (0.45, 0.45), (0.0, 0.1, 0.0), (NumberClass(0, 49), NumberClass(50, 100))),
        question_shape("device_care", 0.0, 1.0, 0.0),
    )
    return RoundShape(
        framework="small@1",
        register_on=date(2020, 1, 1),
        questions={one.question: one for one in questions},
        sections=(SectionShape("plans", loading), SectionShape("tools", loading)),
        tendencies=(tendency,) * len(DRAWN_MISSING),
        section_gap_share=section_gap_share,
        ticked_by={"gives_acute": "acute"},
    )
