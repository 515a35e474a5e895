# SPDX-License-Identifier: MIT
"""A framework small enough to hold in the head, with one of everything that the pages have to show."""

from __future__ import annotations

FRAMEWORK = """
framework: small
version: "2"
title: A small assessment
summary: Eight questions, with all that a page can meet.
round: "2026"
care_settings:
  - {id: acute, title: Acute}
  - {id: community, title: Community}
measures:
  - id: overall
    title: Overall
    level: overall
    measures:
      - {id: leading, title: Leading, level: section, summary: Who leads digital change.}
      - {id: sharing, title: Sharing records, level: section, summary: Who sees which record.}
scales:
  - id: agreement
    title: Agreement
    answers:
      - {code: disagree, label: Disagree}
      - {code: neither, label: Neither agree nor disagree}
      - {code: agree, label: Agree}
  - {id: percent, title: Percent, number: {minimum: 0, maximum: 100, whole: true, unit: "%"}}
contradictions:
  - id: share_without_record
    text: Records can’t be opened at the bedside by more than half of staff where there is no digital record.
    when:
      - {question: has_record, answers: [disagree]}
      - {question: bedside_share, at_least: 50}
questions:
  - id: board_leads
    measure: leading
    scale: agreement
    asked_of: organisation
    title: The Board leads
    text: The Board leads digital change.
    good_looks_like: The Board sees progress at each meeting and decides on it.
    why: Change without the Board stops at the first obstacle.
    evidence: Minutes of a Board meeting from the last year.
  - {id: has_strategy, measure: leading, scale: agreement, asked_of: organisation, text: There is a digital strategy.}
  - id: strategy_costed
    measure: leading
    scale: agreement
    asked_of: organisation
    text: The strategy is costed.
    asked_with: has_strategy
    shown_when: {question: has_strategy, answers: [neither, agree]}
  - {id: has_record, measure: sharing, scale: agreement, text: Clinicians work with a digital record.}
  - id: bedside_share
    measure: sharing
    scale: percent
    text: What share of staff can open it at the bedside?
    missing_refused: [not_applicable]
  - {id: sees_images, measure: sharing, scale: agreement, care_settings: [acute], text: Clinicians see images.}
  - {id: visits_offline, measure: sharing, scale: agreement, care_settings: [community], text: It works on home visits.}
  - {id: record_users, scale: percent, text: What share of staff used it last month?}
"""

SCORING = """
kind: points
points:
  agreement: {disagree: 0, neither: 50, agree: 100}
  percent: [[0, 0], [50, 50], [90, 100]]
missing: {not_answered: zero, dont_know: zero, not_applicable: leave_out, not_shown: leave_out}
levels:
  section: {combine: mean_of_questions, rounding: {mode: half_up, digits: 0}}
  overall: {combine: mean_of_measures, empty_measures: leave_out}
bands:
  band_on: rounded
  bands: [{id: low, title: Low, from: 0}, {id: medium, title: Medium, from: 40}, {id: high, title: High, from: 70}]
"""

CROSSWALK = """
framework: small
from: "1"
to: "2"
pairs:
  - {from: board_leads, to: board_leads, class: same}
  - {from: has_strategy, to: has_strategy, class: reworded}
  - {from: has_record, to: has_record, class: same}
  - {from: bedside_share, to: bedside_share, class: same}
  - {from: sees_images, to: sees_images, class: rescaled}
new: [strategy_costed, visits_offline, record_users]
"""

_EARLIER_QUESTIONS = """
questions:
  - {id: board_leads, measure: leading, scale: agreement, asked_of: organisation, text: The Board leads.}
  - {id: has_strategy, measure: leading, scale: agreement, asked_of: organisation, text: A strategy is written.}
  - {id: has_record, measure: sharing, scale: agreement, text: Clinicians work with a digital record.}
  - {id: bedside_share, measure: sharing, scale: percent, text: What share of staff can open it at the bedside?}
  - {id: sees_images, measure: sharing, scale: agreement, care_settings: [acute], text: Images are seen.}
"""


def small_framework() -> dict[str, str]:
    """Return the files of the small framework, version 2."""
    return {"framework.yaml": FRAMEWORK, "scoring.yaml": SCORING, "crosswalk.yaml": CROSSWALK}


def earlier_framework() -> dict[str, str]:
    """Return the files of version 1, which the crosswalk of version 2 comes from."""
    head = FRAMEWORK.partition("contradictions:")[0].replace('version: "2"', 'version: "1"').replace('"2026"', '"2024"')
    return {"framework.yaml": head + _EARLIER_QUESTIONS.lstrip("\n"), "scoring.yaml": SCORING}
