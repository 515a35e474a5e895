# SPDX-License-Identifier: MIT
"""Every problem of framework.yaml, once each, at its place."""

from __future__ import annotations

import pytest

from tests.core.frameworks.texts import CONTENT, FILES, place_of, problems_after, problems_of
from tests.support.framework_files import edited
from trigpoint.frameworks.check_content import MOST_ANSWERS

NAME = "framework.yaml"
OPENED = "shown_when: {question: has_plan, answers: [agree]}"


def test_a_sound_framework_has_no_problem() -> None:
    assert problems_of(FILES) == []


# old text, new text, what then stands at the place, message
CASES = [
    (
        "{id: rules, title: The rules}",
        "{id: rules, title: The rules}\n  - {id: rules, title: Again}",
        "id: rules, title: Again",
        "the id 'rules' is taken. Every one of sources needs its own.",
    ),
    (
        "{id: community, title: Community}",
        "{id: acute, title: Again}",
        "id: acute, title: Again",
        "the id 'acute' is taken. Every one of care_settings needs its own.",
    ),
    (
        "- id: wards_happy",
        "- id: has_plan",
        "id: has_plan\n",
        "the id 'has_plan' is taken. Every one of questions needs its own.",
    ),
    (
        "{id: has_plan, measure: plans",
        "{id: records, measure: plans",
        "id: records, measure",
        "the question id 'records' is also a measure's. Choose another.",
    ),
    (
        "{id: records, title: Records, level: section}",
        "{id: plans, title: Records, level: section}",
        "id: plans, title: Records",
        "the measure id 'plans' is taken. Every measure needs its own.",
    ),
    (
        "{id: records, title: Records, level: section}",
        "{id: overall, title: Records, level: section}",
        "id: overall, title: Records",
        "the measures tree is circular: overall > overall. A measure can't contain itself.",
    ),
    (
        "number: {minimum: 0, maximum: 50, whole: true}",
        "summary: none",
        "summary: none",
        "'summary' is not a key that belongs here.",
    ),
    (
        "    number: {minimum: 0, maximum: 50, whole: true}\n",
        "",
        "id: wards\n",
        "the scale 'wards' needs either `answers` or `number`, and not both.",
    ),
    (
        "number: {minimum: 0, maximum: 50, whole: true}",
        "number: {minimum: 0}\n    answers: [{code: some, label: Some}]",
        "id: wards\n",
        "the scale 'wards' needs either `answers` or `number`, and not both.",
    ),
    (
        "{code: disagree, label: Disagree}",
        "{code: agree, label: Disagree}",
        "code: agree, label: Agree",
        "the scale 'agreement' has the code 'agree' twice. Each answer needs its own.",
    ),
    (
        "{code: disagree, label: Disagree}",
        "{code: dont_know, label: Disagree}",
        "code: dont_know",
        "the code 'dont_know' is the name of a missing answer. Every question can have it: take it out.",
    ),
    (
        "{code: disagree, label: Disagree}",
        "{code: disagree, label: I agree}",
        "{code: agree, label: Agree",
        "two answers of the scale 'agreement' are both spelled 'I agree', capitals aside. A file could not be read.",
    ),
    (
        "minimum: 0, maximum: 50",
        "minimum: 51, maximum: 50",
        "maximum: 50",
        "the maximum 50 is below the minimum 51.",
    ),
    (
        "measure: plans, scale: agreement, text: There",
        "measure: plans, scale: agrement, text: There",
        "scale: agrement",
        "there is no scale 'agrement'. Did you mean 'agreement'?",
    ),
    (
        "measure: records, scale: wards,",
        "measure: recrods, scale: wards,",
        "measure: recrods",
        "there is no measure 'recrods'. Did you mean 'records'?",
    ),
    (
        "measure: records, scale: wards,",
        "measure: overall, scale: wards,",
        "measure: overall, scale",
        "'overall' has measures below it, so it can't have questions. Name one of those.",
    ),
    (
        "care_settings: [acute]",
        "care_settings: [acute, ambulance]",
        "ambulance",
        "there is no care setting 'ambulance'. There are: acute, community.",
    ),
    (
        "{question: has_plan, answers: [agree]}",
        "{question: wards_online, answers: [agree]}",
        "question: wards_online, answers",
        "'plan_read' is shown by 'wards_online', which is not asked before it.",
    ),
    (
        "{question: has_plan, answers: [agree]}",
        "{question: plan_read, answers: [agree]}",
        "question: plan_read, answers",
        "'plan_read' is shown by 'plan_read', which is not asked before it.",
    ),
    (
        "{question: has_plan, answers: [agree]}",
        "{question: has_plan, at_least: 1}",
        "shown_when: {question: has_plan",
        "routing on 'has_plan' needs `answers`, some of its scale, and nothing else.",
    ),
    (
        "{question: has_plan, answers: [agree]}",
        "{question: has_plan, answers: [agree], at_least: 1}",
        "shown_when: {question: has_plan",
        "routing on 'has_plan' needs `answers`, some of its scale, and nothing else.",
    ),
    (
        "{question: has_plan, answers: [agree]}",
        "{question: has_plan}",
        "shown_when: {question: has_plan",
        "routing on 'has_plan' needs `answers`, some of its scale, and nothing else.",
    ),
    (
        "{question: wards_online, at_least: 1}",
        "{question: wards_online, answers: [agree]}",
        "shown_when: {question: wards_online",
        "routing on 'wards_online' needs `at_least`, as it is a number, and nothing else.",
    ),
    (
        "{question: has_plan, answers: [agree]}",
        "{question: has_plan, answers: [agree, agreed]}",
        "agreed",
        "there is no answer of 'has_plan' 'agreed'. Did you mean 'agree'?",
    ),
    (
        "shown_when: {question: has_plan, answers: [agree]}",
        f"{OPENED}\n    shown_when_any: [{{question: has_plan, answers: [agree]}}]",
        "shown_when_any",
        "use `shown_when` or `shown_when_any`, not both.",
    ),
    (
        "shown_when: {question: has_plan, answers: [agree]}",
        "shown_when_any: [{question: has_plan, answers: [agree]}, {question: plans, answers: [agree]}]",
        "question: plans",
        "'plan_read' is shown by 'plans', which is not asked before it.",
    ),
]


@pytest.mark.parametrize(("old", "new", "there", "message"), CASES)
def test_each_problem_is_told_at_its_place(old: str, new: str, there: str, message: str) -> None:
    text = edited(FILES, NAME, (old, new))[NAME]

    assert f"{NAME}:{place_of(text, there)}: {message}" in problems_after(FILES, NAME, (old, new))


def test_the_id_of_a_scale_that_is_taken_is_told() -> None:
    more = "scales:\n  - {id: wards, title: Again, number: {minimum: 0}}\n"

    said = problems_after(FILES, NAME, ("scales:\n", more))

    place = place_of(edited(FILES, NAME, ("scales:\n", more))[NAME], "id: wards\n")
    assert said == [f"{NAME}:{place}: the id 'wards' is taken. Every one of scales needs its own."]


def test_a_measure_without_questions_could_never_have_a_score() -> None:
    old, new = "level: section}\nscales", "level: section}\n      - {id: spare, title: Spare, level: section}\nscales"

    place = place_of(edited(FILES, NAME, (old, new))[NAME], "{id: spare")
    assert problems_after(FILES, NAME, (old, new)) == [
        f"{NAME}:{place}: the measure 'spare' has no question and no measure below it: it could never have a score."
    ]


def test_a_framework_needs_a_measure() -> None:
    tree = CONTENT[CONTENT.index("measures:\n") : CONTENT.index("scales:\n")]

    assert f"{NAME}:12:1: there is no measure. Name at least one." in problems_after(
        FILES, NAME, (tree, "measures: []\n")
    )


def test_a_scale_has_no_more_answers_than_a_byte_can_hold() -> None:
    extra = "".join(f"      - {{code: c{at}, label: C{at}}}\n" for at in range(MOST_ANSWERS - 1))
    old = "      - {code: disagree, label: Disagree}\n"

    said = problems_after(FILES, NAME, (old, old + extra))

    assert (
        f"{NAME}:{place_of(CONTENT, 'id: agreement')}: the scale 'agreement' has 201 answers; 200 is the most." in said
    )


def test_a_question_may_follow_from_not_knowing_the_answer_before() -> None:
    change = ("{question: has_plan, answers: [agree]}", "{question: has_plan, answers: [dont_know, not_applicable]}")

    assert problems_after(FILES, NAME, change) == []


def test_routing_on_a_question_whose_scale_is_unknown_is_told_as_the_unknown_scale_only() -> None:
    said = problems_after(FILES, NAME, ("scale: agreement, text: There", "scale: nowhere, text: There"))

    assert [one.split(": ", 1)[1] for one in said] == ["there is no scale 'nowhere'. There are: agreement, wards."]


def test_several_problems_are_told_at_once_in_the_order_of_the_file() -> None:
    said = problems_after(
        FILES,
        NAME,
        ("minimum: 0, maximum: 50", "minimum: 51, maximum: 50"),
        ("measure: records, scale: wards,", "measure: nowhere, scale: wards,"),
        ("care_settings: [acute]", "care_settings: [ambulance]"),
    )

    lines = [int(one.split(":")[1]) for one in said]
    assert len(said) == 3
    assert lines == sorted(lines)
