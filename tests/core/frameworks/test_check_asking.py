# SPDX-License-Identifier: MIT
"""Every problem of pages, refused missing answers and contradictions, once each, at its place."""

from __future__ import annotations

import pytest

from tests.core.frameworks.texts import CONTENT, FILES, place_of, problems_after, problems_of
from tests.support.framework_files import edited
from trigpoint.frameworks.check_asking import MOST_ON_A_PAGE

NAME = "framework.yaml"
READ = "text: It is read."
RULES = """\
contradictions:
  - id: read_but_absent
    text: What is not there is said to be read.
    when:
      - {question: has_plan, answers: [disagree]}
      - {question: wards_online, at_least: 3}
"""
SOUND = {
    **FILES,
    NAME: CONTENT.replace(READ, f"{READ}\n    asked_with: has_plan\n    missing_refused: [dont_know]\n    title: Read")
    + RULES,
}


def test_a_framework_with_pages_refusals_and_contradictions_is_sound() -> None:
    assert problems_of(SOUND) == []


# old text, new text, what then stands at the place, message
CASES = [
    (
        "{id: community, title: Community}",
        "{id: organisation, title: All}",
        "id: organisation",
        "'organisation' says where answers of the whole organisation stand. Choose another id.",
    ),
    (
        "[dont_know]",
        "[dont_know, dont_know]",
        "dont_know]",
        "'dont_know' stands twice. Keep one.",
    ),
    (
        "contradictions:\n",
        "missing_refused: [not_applicable, not_applicable]\ncontradictions:\n",
        "not_applicable]",
        "'not_applicable' stands twice. Keep one.",
    ),
    (
        "asked_with: has_plan",
        "asked_with: plan_read",
        "asked_with",
        "'plan_read' is asked with 'plan_read', which is not asked before it.",
    ),
    (
        "asked_with: has_plan",
        "asked_with: wards_online",
        "asked_with",
        "'plan_read' is asked with 'wards_online', which is not asked before it.",
    ),
    (
        "text: They like it.",
        "text: They like it.\n    asked_with: plan_read",
        "asked_with: plan_read",
        "'plan_read' is itself asked with 'has_plan'. Name that question instead.",
    ),
    (
        "text: They like it.",
        "text: They like it.\n    asked_with: has_plan",
        "asked_with: has_plan\n    shown_when: {question: wards_online",
        "'wards_happy' counts towards another measure than 'has_plan'. They can't share a page.",
    ),
    (
        "text: They like it.",
        "text: They like it.\n    asked_with: has_plan",
        "asked_with: has_plan\n    shown_when: {question: wards_online",
        "'wards_happy' is shown by 'wards_online', which is asked after the page of 'has_plan'.",
    ),
    (
        "asked_with: has_plan",
        "asked_with: has_plan\n    asked_of: organisation",
        "asked_with",
        "one of 'plan_read' and 'has_plan' is asked of the organisation. They can't share a page.",
    ),
    (
        "      - {question: wards_online, at_least: 3}\n",
        "",
        "when:\n",
        "the contradiction 'read_but_absent' needs conditions on two questions or more.",
    ),
    (
        "{question: wards_online, at_least: 3}",
        "{question: has_plan, answers: [agree]}  # again",
        "question: has_plan, answers: [agree]}  # again",
        "the contradiction 'read_but_absent' has two conditions on 'has_plan'. Make them one.",
    ),
    (
        "{question: wards_online, at_least: 3}",
        "{question: wards_onlin, at_least: 3}",
        "question: wards_onlin,",
        "there is no question 'wards_onlin'. Did you mean 'wards_online'?",
    ),
    (
        "at_least: 3",
        "answers: [agree]",
        "{question: wards_online, answers: [agree]}",
        "a contradiction on 'wards_online' needs `at_least`, as it is a number, and nothing else.",
    ),
    (
        "[disagree]",
        "[disagre]",
        "disagre]",
        "there is no answer of 'has_plan' 'disagre'. Did you mean 'disagree'?",
    ),
    (
        "contradictions:\n",
        "contradictions:\n  - {id: read_but_absent, text: Twice., when: []}\n",
        "id: read_but_absent\n",
        "the id 'read_but_absent' is taken. Every one of contradictions needs its own.",
    ),
]


@pytest.mark.parametrize(("old", "new", "there", "message"), CASES)
def test_each_problem_is_told_at_its_place(old: str, new: str, there: str, message: str) -> None:
    text = edited(SOUND, NAME, (old, new))[NAME]

    assert f"{NAME}:{place_of(text, there)}: {message}" in problems_after(SOUND, NAME, (old, new))


def test_a_condition_on_a_missing_answer_is_sound() -> None:
    assert problems_after(SOUND, NAME, ("[disagree]", "[disagree, dont_know, not_applicable]")) == []


def test_a_condition_on_a_question_whose_scale_is_unknown_is_not_told_twice() -> None:
    said = problems_after(SOUND, NAME, ("measure: records, scale: wards", "measure: records, scale: ward"))

    assert [one for one in said if "contradiction" in one] == []


@pytest.mark.parametrize("state", ["not_answered", "not_shown", "blank"])
def test_only_missing_answers_that_can_be_chosen_can_be_refused(state: str) -> None:
    [said] = problems_after(SOUND, NAME, ("[dont_know]", f"[{state}]"))

    assert "dont_know" in said


@pytest.mark.parametrize(("companions", "problems"), [(MOST_ON_A_PAGE - 1, 0), (MOST_ON_A_PAGE, 1), (9, 1)])
def test_a_page_holds_a_few_questions_and_no_more(companions: int, problems: int) -> None:
    more = "".join(
        f"  - {{id: more_{at}, scale: agreement, text: More {at}., asked_with: wards_online, measure: records}}\n"
        for at in range(companions)
    )

    said = problems_of({**FILES, NAME: CONTENT + more})

    assert len(said) == problems
    assert all("the page of 'wards_online' is full: 5 questions are the most." in one for one in said)


def test_a_question_may_be_shown_by_one_on_its_own_page_or_before() -> None:
    companion = "  - {id: why, measure: plans, scale: agreement, text: Why., asked_with: has_plan,\n"
    route = "    shown_when: {question: plan_read, answers: [agree]}}\n"

    assert (
        problems_of({**SOUND, NAME: SOUND[NAME].replace("contradictions:\n", companion + route + "contradictions:\n")})
        == []
    )


def test_an_unscored_question_may_be_asked_with_a_scored_one() -> None:
    loose = "  - {id: why, scale: agreement, text: Why., asked_with: wards_online}\n"

    assert problems_of({**FILES, NAME: CONTENT + loose}) == []


def test_a_route_that_leads_nowhere_is_told_by_the_routing_alone() -> None:
    said = problems_after(SOUND, NAME, ("shown_when: {question: has_plan", "shown_when: {question: no_plan"))

    assert [one.partition(": ")[2] for one in said] == [
        "'plan_read' is shown by 'no_plan', which is not asked before it."
    ]
