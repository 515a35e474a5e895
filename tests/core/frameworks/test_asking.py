# SPDX-License-Identifier: MIT
"""How questions are put to people: pages, sections, short titles and the missing answers on offer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.frameworks import draft
from trigpoint.frameworks import Framework
from trigpoint.frameworks.asking import pages_of, section_of
from trigpoint.frameworks.missing import Missing
from trigpoint.frameworks.missing_offered import missing_offered

PLAIN = draft({"left": ["one", "two", "three"], "right": ["four"]})
BOTH = (Missing.DONT_KNOW, Missing.NOT_APPLICABLE)


def framework(rules: dict[str, dict[str, Any]], **content: Any) -> Framework:
    """The plain framework with an unscored question behind it, and more keys for some of its questions."""
    questions = [*PLAIN.content["questions"], {"id": "loose", "scale": "answer", "text": "Loose."}]
    return PLAIN.with_content(
        questions=[{**question, **rules.get(question["id"], {})} for question in questions], **content
    ).framework


def test_each_question_has_its_own_page_unless_it_is_asked_with_another() -> None:
    assert pages_of(framework({})) == (("one",), ("two",), ("three",), ("four",), ("loose",))


def test_questions_asked_with_another_follow_on_its_page_wherever_they_stand() -> None:
    together = framework({"three": {"asked_with": "one"}, "loose": {"asked_with": "one"}})

    assert pages_of(together) == (("one", "three", "loose"), ("two",), ("four",))


def test_a_question_stands_in_the_section_of_its_measure() -> None:
    of = framework({})

    assert [section_of(of, question) for question in of.content.questions] == ["left", "left", "left", "right", None]


def test_a_question_that_is_not_scored_stands_where_the_one_it_is_asked_with_stands() -> None:
    of = framework({"loose": {"asked_with": "four"}})

    assert section_of(of, of.questions["loose"]) == "right"


def test_a_question_is_named_by_its_title_or_else_by_its_text() -> None:
    of = framework({"one": {"title": "First"}})

    assert [question.short_title for question in of.content.questions[:2]] == ["First", "two"]


@pytest.mark.parametrize(
    ("everywhere", "here", "offered"),
    [
        ([], [], BOTH),
        (["dont_know"], [], (Missing.NOT_APPLICABLE,)),
        ([], ["not_applicable"], (Missing.DONT_KNOW,)),
        (["dont_know"], ["not_applicable"], ()),
        (["dont_know", "not_applicable"], ["dont_know"], ()),
    ],
)
def test_what_neither_framework_nor_question_refuses_is_offered(
    everywhere: list[str], here: list[str], offered: tuple[Missing, ...]
) -> None:
    of = framework({"one": {"missing_refused": here}}, missing_refused=everywhere)

    assert missing_offered(of, of.questions["one"]) == offered


def test_the_questions_that_are_asked_once_are_known_in_their_order() -> None:
    of = framework({"four": {"asked_of": "organisation"}, "two": {"asked_of": "organisation"}})

    assert list(of.asked_once) == ["two", "four"]
    assert [question.is_asked_once for question in of.content.questions] == [False, True, False, True, False]


def test_fields_that_are_left_out_do_not_move_the_hash_and_those_that_are_given_do() -> None:
    empty = framework({"one": {"missing_refused": []}}, missing_refused=[], contradictions=[])

    assert empty.hash == framework({}).hash
    assert framework({"one": {"title": "First"}}).hash != framework({}).hash
