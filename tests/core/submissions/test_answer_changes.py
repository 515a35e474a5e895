# SPDX-License-Identifier: MIT
from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.core.submissions.collected import FRAMEWORK
from tests.core.submissions.test_suggestions import OLDER, newer
from tests.support.frameworks import draft
from trigpoint.errors import FrameworkMismatch
from trigpoint.submissions import Missing
from trigpoint.submissions.answer_changes import AnswerChange, AnswerChanges, compare_submissions
from trigpoint.submissions.answers import Answer

NOTHING = AnswerChanges(
    up=(), down=(), same=0, newly_not_applicable=(), newly_answered=(), no_longer_answered=(), not_comparable=()
)
NEWER = newer()


def changed(before: Answer, now: Answer, question: str = "plan") -> AnswerChanges:
    return compare_submissions(FRAMEWORK, {question: now}, FRAMEWORK, {question: before})


def test_an_answer_further_along_the_scale_is_up_and_one_less_far_is_down() -> None:
    assert changed("no", "partly").up == (AnswerChange("plan", "plan", "no", "partly"),)
    assert changed("yes", "partly").down == (AnswerChange("plan", "plan", "yes", "partly"),)


def test_a_larger_number_is_up_and_a_smaller_one_down() -> None:
    assert changed(9.0, 10.0, "beds").up == (AnswerChange("beds", "beds", 9.0, 10.0),)
    assert changed(9.0, 0.0, "beds").down == (AnswerChange("beds", "beds", 9.0, 0.0),)


@pytest.mark.parametrize(("answer", "question"), [("yes", "plan"), (0.0, "beds")])
def test_the_same_answer_is_only_counted(answer: Answer, question: str) -> None:
    changes = changed(answer, answer, question)

    assert changes.same == 1
    assert (changes.up, changes.down, changes.newly_answered) == ((), (), ())


@pytest.mark.parametrize("before", ["yes", Missing.DONT_KNOW, Missing.NOT_ANSWERED, Missing.NOT_SHOWN])
def test_what_becomes_not_applicable_is_told(before: Answer) -> None:
    assert changed(before, Missing.NOT_APPLICABLE).newly_not_applicable == (
        AnswerChange("plan", "plan", before, Missing.NOT_APPLICABLE),
    )


@pytest.mark.parametrize("before", list(Missing))
def test_what_was_missing_and_has_an_answer_is_newly_answered(before: Missing) -> None:
    assert changed(before, "no").newly_answered == (AnswerChange("plan", "plan", before, "no"),)


@pytest.mark.parametrize("now", [Missing.DONT_KNOW, Missing.NOT_ANSWERED, Missing.NOT_SHOWN])
def test_what_had_an_answer_and_is_missing_is_no_longer_answered(now: Missing) -> None:
    assert changed("no", now).no_longer_answered == (AnswerChange("plan", "plan", "no", now),)


@pytest.mark.parametrize("before", list(Missing))
@pytest.mark.parametrize("now", [Missing.DONT_KNOW, Missing.NOT_ANSWERED, Missing.NOT_SHOWN])
def test_what_stays_without_an_answer_is_no_change(before: Missing, now: Missing) -> None:
    assert changed(before, now) == NOTHING


def test_what_was_not_applicable_and_still_is_is_no_change() -> None:
    assert changed(Missing.NOT_APPLICABLE, Missing.NOT_APPLICABLE) == NOTHING


def test_a_question_that_is_in_neither_is_no_change() -> None:
    assert compare_submissions(FRAMEWORK, {}, FRAMEWORK, {}) == NOTHING


def test_reworded_questions_are_compared_under_both_their_names() -> None:
    changes = compare_submissions(NEWER, {"said_anew": "yes"}, OLDER, {"said_otherwise": "no"})

    assert changes.up == (AnswerChange("said_anew", "said_otherwise", "no", "yes"),)


@pytest.mark.parametrize("now", ["yes", Missing.NOT_APPLICABLE])
def test_questions_that_are_split_or_rescaled_are_not_compared_but_named(now: Answer) -> None:
    answers: Mapping[str, Answer] = dict.fromkeys(["three", "two", "new_scale"], now)

    changes = compare_submissions(NEWER, answers, OLDER, {"one": "no", "other_scale": "no"})

    assert changes.not_comparable == ("new_scale", "two", "three")
    assert (changes.up, changes.newly_answered, changes.newly_not_applicable) == ((), (), ())


@pytest.mark.parametrize("now", [Missing.DONT_KNOW, Missing.NOT_ANSWERED, Missing.NOT_SHOWN])
def test_a_question_that_can_not_be_compared_and_says_nothing_is_not_named(now: Missing) -> None:
    assert compare_submissions(NEWER, {"two": now}, OLDER, {"one": "no"}) == NOTHING


def test_an_earlier_answer_that_the_scale_no_longer_has_can_not_be_compared() -> None:
    changes = compare_submissions(newer(("no", "yes")), {"kept": "yes", "said_anew": "yes"}, OLDER,
                                  {"kept": "partly", "said_otherwise": "yes"})  # fmt: skip

    assert (changes.not_comparable, changes.same, changes.up) == (("kept",), 1, ())


def test_versions_without_a_crosswalk_can_not_be_compared() -> None:
    with pytest.raises(FrameworkMismatch, match="no crosswalk"):
        compare_submissions(draft().with_content(version="3").framework, {}, OLDER, {})
