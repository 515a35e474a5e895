# SPDX-License-Identifier: MIT
"""A small sound framework as texts, to be spoiled one place at a time, and where in a text something stands."""

from __future__ import annotations

from collections.abc import Mapping

from tests.support.framework_files import edited
from trigpoint.frameworks import Framework
from trigpoint.frameworks.parse import read_parts

CONTENT = """\
# SPDX-License-Identifier: MIT
framework: made-up
version: "2"
title: Made up
summary: For a test.
round: "2020"
sources:
  - {id: rules, title: The rules}
care_settings:
  - {id: acute, title: Acute}
  - {id: community, title: Community}
measures:
  - id: overall
    title: Overall
    level: overall
    measures:
      - {id: plans, title: Plans, level: section}
      - {id: records, title: Records, level: section}
scales:
  - id: agreement
    title: Agreement
    answers:
      - {code: disagree, label: Disagree}
      - {code: agree, label: Agree, published: [I agree]}
  - id: wards
    title: Wards
    number: {minimum: 0, maximum: 50, whole: true}
questions:
  - {id: has_plan, measure: plans, scale: agreement, text: There is a plan.}
  - id: plan_read
    measure: plans
    scale: agreement
    text: It is read.
    shown_when: {question: has_plan, answers: [agree]}
  - {id: wards_online, measure: records, scale: wards, text: Wards online., care_settings: [acute]}
  - id: wards_happy
    measure: records
    scale: agreement
    text: They like it.
    shown_when: {question: wards_online, at_least: 1}
"""

SCORING = """\
# SPDX-License-Identifier: MIT
kind: points
points:
  agreement: {disagree: 0, agree: 100}
  wards: [[0, 0], [10, 50], [20, 100]]
question_points:
  plan_read: {disagree: 10, agree: 90}
weights:
  questions: {has_plan: 2}
  measures: {plans: 1.5}
missing: {not_answered: leave_out, dont_know: zero, not_applicable: leave_out, not_shown: leave_out}
levels:
  section: {combine: mean_of_questions, rounding: {mode: half_up, digits: 0}, minimum_answered: 0.5}
  overall: {combine: mean_of_measures, empty_measures: no_score}
bands:
  band_on: rounded
  bands:
    - {id: low, title: Low, from: 0}
    - {id: high, title: High, from: 70}
sources: {points: rules}
"""

LADDER = """\
# SPDX-License-Identifier: MIT
kind: level-gate
points:
  agreement: {disagree: 0, agree: 1}
  wards: [[0, 0], [10, 1]]
missing: {not_answered: zero, dont_know: zero, not_applicable: leave_out, not_shown: leave_out}
levels:
  section: {combine: ladder}
  overall: {combine: mean_of_measures}
ladder:
  base: {value: 1, id: level_1, title: Level 1}
  steps:
    - {value: 2, id: level_2, title: Level 2}
    - {value: 3, id: level_3, title: Level 3, share_needed: 0.5}
  step_of: {has_plan: level_2, plan_read: level_3, wards_online: level_2, wards_happy: level_3}
"""

CROSSWALK = """\
# SPDX-License-Identifier: MIT
framework: made-up
from: "1"
to: "2"
pairs:
  - {from: had_plan, to: has_plan, class: reworded}
  - {from: wards, to: [wards_online, wards_happy], class: split}
withdrawn: [old_one]
new: [plan_read]
"""

EXAMPLE = """\
# SPDX-License-Identifier: MIT
title: A plan that nobody reads
care_settings: [acute]
answers: {has_plan: agree, plan_read: dont_know, wards_online: 12}
expect:
  plans: {score: 67, band: low, answered: 1, asked: 2, dont_know: 1, not_applicable: 0, not_shown: 0}
  overall: {score: "263/3"}
"""

FILES = {"framework.yaml": CONTENT, "scoring.yaml": SCORING}
LADDER_FILES = {"framework.yaml": CONTENT, "scoring.yaml": LADDER}


def place_of(text: str, part: str) -> str:
    """Return the line:column of the one place where a part stands in a text."""
    assert text.count(part) == 1, f"{part!r} stands {text.count(part)} times"
    before = text[: text.index(part)]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def problems_of(files: Mapping[str, str], previous: Framework | None = None) -> list[str]:
    """Return what the loader says of the files, one line a problem."""
    return [str(problem) for problem in read_parts(files, previous=previous).problems]


def problems_after(files: Mapping[str, str], name: str, *changes: tuple[str, str]) -> list[str]:
    """Return what the loader says once some places of one file are changed."""
    return problems_of(edited(files, name, *changes))
