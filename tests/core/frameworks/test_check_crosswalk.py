# SPDX-License-Identifier: MIT
"""Every problem of crosswalk.yaml, once each, at its place."""

from __future__ import annotations

import pytest

from tests.core.frameworks.texts import CROSSWALK, FILES, place_of, problems_after, problems_of
from tests.support.framework_files import edited
from tests.support.frameworks import draft
from trigpoint.frameworks import Framework
from trigpoint.frameworks.check_crosswalk import questions_of

NAME = "crosswalk.yaml"
WITH_CROSSWALK = {**FILES, NAME: CROSSWALK}
PREVIOUS = draft(["had_plan", "wards", "old_one"]).framework


def test_a_total_crosswalk_has_no_problem() -> None:
    assert problems_of(WITH_CROSSWALK, PREVIOUS) == []


# old text, new text, what then stands at the place, message
CASES = [
    ("framework: made-up", "framework: nhs-dma", "framework", "this crosswalk lies in 'made-up'; say that."),
    ('to: "2"', 'to: "3"', 'to: "3"', "this crosswalk must lead to version '2', where it lies."),
    ('from: "1"', 'from: "0"', 'from: "0"', "there is no version '0' to come from."),
    (
        "class: reworded",
        "class: split",
        "class: split}\n  - {from: wards",
        "split is one question to several, merged several to one, every other class one to one.",
    ),
    (
        "from: wards, to: [wards_online, wards_happy], class: split",
        "from: wards, to: [wards_online, wards_happy], class: merged",
        "class: merged",
        "split is one question to several, merged several to one, every other class one to one.",
    ),
    (
        "to: has_plan",
        "to: had_plan",
        "to: had_plan",
        "in version 2 there is no question 'had_plan'. Did you mean 'has_plan'?",
    ),
    (
        "from: had_plan",
        "from: has_plan",
        "from: has_plan",
        "in version 1 there is no question 'has_plan'. Did you mean 'had_plan'?",
    ),
    (
        "new: [plan_read]",
        "new: [plan_read, has_plan]",
        "has_plan]",
        "'has_plan' of version 2 stands twice in the crosswalk. Keep one.",
    ),
    (
        "withdrawn: [old_one]",
        "withdrawn: [old_one, wards]",
        "wards]",
        "'wards' of version 1 stands twice in the crosswalk. Keep one.",
    ),
    (
        "new: [plan_read]",
        "new: []",
        "framework",
        "'plan_read' of version 2 is not in the crosswalk. Pair it, or list it as new.",
    ),
    (
        "withdrawn: [old_one]",
        "withdrawn: []",
        "framework",
        "'old_one' of version 1 is not in the crosswalk. Pair it, or list it as withdrawn.",
    ),
]


@pytest.mark.parametrize(("old", "new", "there", "message"), CASES)
def test_each_problem_is_told_at_its_place(old: str, new: str, there: str, message: str) -> None:
    files = edited(WITH_CROSSWALK, NAME, (old, new))

    assert f"{NAME}:{place_of(files[NAME], there)}: {message}" in problems_of(files, PREVIOUS)


def test_several_questions_may_become_one() -> None:
    merged = "{from: [had_plan, wards], to: has_plan, class: merged}"
    pairs = CROSSWALK[CROSSWALK.index("  - {from: had") : CROSSWALK.index("withdrawn")]
    files = edited(
        WITH_CROSSWALK,
        NAME,
        (pairs, f"  - {merged}\n"),
        ("new: [plan_read]", "new: [plan_read, wards_online, wards_happy]"),
    )

    assert problems_of(files, PREVIOUS) == []


def test_without_the_version_before_only_the_newer_side_is_checked() -> None:
    assert problems_after(WITH_CROSSWALK, NAME, ("withdrawn: [old_one]", "withdrawn: [anything]")) == []
    assert len(problems_after(WITH_CROSSWALK, NAME, ("new: [plan_read]", "new: [anything]"))) == 2


def test_the_version_before_is_the_same_framework_under_another_version() -> None:
    said = problems_of(edited(WITH_CROSSWALK, NAME, ('from: "1"', 'from: "3"')), PREVIOUS)

    assert [one.split(": ", 1)[1] for one in said] == ["there is no version '3' to come from."]


@pytest.mark.parametrize("previous", [None, PREVIOUS])
def test_a_version_that_comes_from_itself_is_told(previous: Framework | None) -> None:
    said = problems_of(edited(WITH_CROSSWALK, NAME, ('from: "1"', 'from: "2"')), previous)

    message = "a version can't come from itself. Name the version before it."
    assert said == [f"{NAME}:3:1: {message}"]


def test_a_side_of_a_pair_is_one_question_or_several() -> None:
    assert questions_of("a") == ("a",)
    assert questions_of(("a", "b")) == ("a", "b")
