# SPDX-License-Identifier: MIT
from __future__ import annotations

from tests.core.submissions.collected import ACUTE, COMMUNITY, FRAMEWORK, UNITS, collected, placed, places
from trigpoint.submissions import Missing
from trigpoint.submissions.places import (
    ORGANISATION,
    AnswerPlace,
    answers_of_unit,
    asked_places,
    place_of,
    spread_answers,
)

NOT_ANSWERED, NOT_SHOWN = Missing.NOT_ANSWERED, Missing.NOT_SHOWN


def test_a_question_of_the_organisation_has_one_place_whatever_the_unit() -> None:
    plan = FRAMEWORK.questions["plan"]

    assert place_of(plan, ACUTE) == place_of(plan, COMMUNITY) == AnswerPlace(ORGANISATION, "plan")


def test_any_other_question_has_a_place_in_each_unit() -> None:
    notes = FRAMEWORK.questions["notes"]

    assert [place_of(notes, unit) for unit in UNITS] == [("acute", "notes"), ("community", "notes")]


def test_an_answer_of_the_organisation_counts_in_each_unit() -> None:
    spread = [
        spread_answers(FRAMEWORK, unit, organisation_answers={"plan": "yes"}, unit_answers={"notes": notes})
        for unit, notes in zip(UNITS, ("no", "partly"), strict=True)
    ]

    assert [(answers["plan"], answers["notes"]) for answers in spread] == [("yes", "no"), ("yes", "partly")]


def test_every_question_has_an_answer_or_says_why_not_once_spread() -> None:
    spread = spread_answers(
        FRAMEWORK, COMMUNITY, organisation_answers={}, unit_answers={"notes": "no", "letters": "yes"}
    )

    assert spread == {
        "plan": NOT_ANSWERED,
        "plan_tested": NOT_ANSWERED,
        "notes": "no",
        "letters": NOT_SHOWN,
        "beds": NOT_SHOWN,
        "visits": NOT_ANSWERED,
        "remark": NOT_ANSWERED,
    }


def test_an_answer_on_the_wrong_side_does_not_count() -> None:
    spread = spread_answers(
        FRAMEWORK, ACUTE, organisation_answers={"notes": "yes", "gone": "yes"}, unit_answers={"plan": "yes"}
    )

    assert (spread["notes"], spread["plan"], "gone" in spread) == (NOT_ANSWERED, NOT_ANSWERED, False)


def test_the_answers_of_a_unit_are_found_among_those_of_its_organisation() -> None:
    answers = placed(organisation={"plan": "yes"}, acute={"notes": "yes"}, community={"notes": "no"})

    assert answers_of_unit(FRAMEWORK, COMMUNITY, answers) == spread_answers(
        FRAMEWORK, COMMUNITY, organisation_answers={"plan": "yes"}, unit_answers={"notes": "no"}
    )


def test_the_organisation_is_asked_first_and_then_unit_by_unit() -> None:
    assert asked_places(FRAMEWORK, UNITS, {}) == (
        *places("organisation", "plan", "plan_tested"),
        *places("acute", "notes", "beds", "visits", "remark"),
        *places("community", "notes", "visits", "remark"),
    )


def test_an_answer_opens_a_question_in_its_own_unit_only() -> None:
    asked = asked_places(FRAMEWORK, UNITS, placed(community={"notes": "yes"}))

    assert [place for place in asked if place.question == "letters"] == [("community", "letters")]


def test_a_question_of_the_organisation_is_asked_when_any_unit_is_shown_it() -> None:
    opened = {
        "id": "opened", "scale": "answer", "text": "Opened.", "asked_of": "organisation",
        "shown_when": {"question": "notes", "answers": ["yes"]},
    }  # fmt: skip
    framework = collected(questions=[*collected().content["questions"], opened]).framework

    closed = asked_places(framework, UNITS, placed(acute={"notes": "no"}))
    asked = asked_places(framework, UNITS, placed(acute={"notes": "no"}, community={"notes": "yes"}))

    assert AnswerPlace(ORGANISATION, "opened") not in closed
    assert asked[:3] == places("organisation", "plan", "plan_tested", "opened")


def test_nothing_is_asked_of_an_organisation_without_units() -> None:
    assert asked_places(FRAMEWORK, (), placed(organisation={"plan": "yes"})) == ()
