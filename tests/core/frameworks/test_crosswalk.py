# SPDX-License-Identifier: MIT
from __future__ import annotations

from typing import Any

import pytest

from tests.support.frameworks import draft, written
from trigpoint.errors import FrameworkMismatch
from trigpoint.frameworks import Framework, parse_framework
from trigpoint.frameworks.crosswalk import ComparablePair, comparable_pairs, comparable_questions

OLDER = draft(["same_as_ever", "asked_otherwise", "other_scale", "one", "gone"]).framework
PAIRS = [
    {"from": "same_as_ever", "to": "same_now", "class": "same"},
    {"from": "asked_otherwise", "to": "asked_anew", "class": "reworded"},
    {"from": "other_scale", "to": "new_scale", "class": "rescaled"},
    {"from": "one", "to": ["two", "three"], "class": "split"},
]


def newer(**crosswalk: Any) -> Framework:
    of = draft(["same_now", "asked_anew", "new_scale", "two", "three"]).with_content(version="2")
    heading = {"framework": "made-up", "from": "1", "to": "2", "pairs": PAIRS, "withdrawn": ["gone"], **crosswalk}
    return parse_framework({**of.files, "crosswalk.yaml": written(heading)})


def test_questions_are_comparable_when_asked_on_the_same_scale() -> None:
    assert comparable_questions(newer(), OLDER) == {"same_now", "asked_anew"}


def test_the_crosswalk_is_found_from_either_side() -> None:
    assert comparable_questions(OLDER, newer()) == {"same_as_ever", "asked_otherwise"}


def test_a_question_that_is_not_scored_is_not_compared() -> None:
    unscored = draft(["gone"]).with_content(
        questions=[
            {"id": "gone", "measure": "all", "scale": "answer", "text": "Counts."},
            {"id": "same_as_ever", "scale": "answer", "text": "Counts for nothing."},
        ]
    )

    older = parse_framework(unscored.files)

    assert comparable_questions(older, newer(pairs=PAIRS[:1], new=["asked_anew", "new_scale", "two", "three"])) == set()


@pytest.mark.parametrize("version", ["0", "2"])
def test_versions_without_a_crosswalk_between_them_can_not_be_compared(version: str) -> None:
    with pytest.raises(FrameworkMismatch, match="there is no crosswalk between made-up@1 and made-up@2"):
        comparable_questions(
            OLDER, newer(**{"from": "0"}) if version == "0" else draft().with_content(version="2").framework
        )


def test_a_crosswalk_of_another_framework_does_not_count() -> None:
    other = draft(["same_as_ever"]).with_content(framework="another").framework

    with pytest.raises(FrameworkMismatch, match="no crosswalk between made-up@2 and another@1"):
        comparable_questions(newer(), other)


def test_each_comparable_question_is_paired_with_its_earlier_self() -> None:
    assert dict(comparable_pairs(newer(), OLDER)) == {
        "same_now": ComparablePair("same_now", "same_as_ever", "same"),
        "asked_anew": ComparablePair("asked_anew", "asked_otherwise", "reworded"),
    }


def test_pairs_are_found_from_the_older_side_too() -> None:
    assert dict(comparable_pairs(OLDER, newer())) == {
        "same_as_ever": ComparablePair("same_as_ever", "same_now", "same"),
        "asked_otherwise": ComparablePair("asked_otherwise", "asked_anew", "reworded"),
    }


def test_every_question_of_a_version_is_the_same_as_itself() -> None:
    pairs = comparable_pairs(OLDER, OLDER)

    assert list(pairs) == list(OLDER.questions)
    assert all(pair == ComparablePair(question, question, "same") for question, pair in pairs.items())
