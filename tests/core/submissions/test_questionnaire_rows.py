# SPDX-License-Identifier: MIT
from __future__ import annotations

from decimal import Decimal

import pytest

from tests.support.frameworks import draft
from tests.support.questionnaires import ACUTE, BEDS, COMMUNITY, STRATEGY, small_framework, small_questionnaire
from trigpoint.submissions import Missing, Unit
from trigpoint.submissions.places import ORGANISATION
from trigpoint.submissions.questionnaire_rows import (
    UNSCORED_TITLE,
    AnswerChoices,
    build_parts,
    describe_routing,
    part_title,
    section_titles,
)


def choices_of(question: str) -> AnswerChoices:
    rows = [row for part in build_parts(small_questionnaire()) for row in part.rows]
    return next(row.choices for row in rows if row.place.question == question)


def test_the_organisation_comes_first_and_each_care_setting_is_asked_its_own() -> None:
    parts = build_parts(small_questionnaire())

    assert [(part.title, [row.place.question for row in part.rows]) for part in parts] == [
        ("Organisation", ["strategy"]),
        ("Acute", ["plan", "beds", "remark"]),
        ("Community", ["plan", "remark"]),
    ]


def test_questions_of_the_organisation_stand_in_the_order_asked_whichever_unit_brings_them() -> None:
    made = small_framework().content.questions
    first = {"id": "first", "scale": "answer", "text": "First?", "asked_of": "organisation", "care_settings": ["acute"]}
    second = {**first, "id": "second", "care_settings": []}
    questions = [first, second, *({"id": one.id, "scale": one.scale, "text": one.text} for one in made)]
    framework = small_framework(
        questions=[
            *questions,
            {**first, "id": "scored", "measure": "plans"},
            {**first, "id": "scored_too", "measure": "places"},
        ]
    )

    parts = build_parts(small_questionnaire(framework, units=(COMMUNITY, ACUTE), answers={}))

    assert [row.place.question for row in parts[0].rows] == ["first", "second", "scored", "scored_too"]


def test_a_routed_question_is_there_with_its_condition_whatever_was_answered() -> None:
    beds = build_parts(small_questionnaire())[1].rows[1]

    assert beds.condition == "Answer only if “Plan” (plan) is yes or Don't know."
    assert (beds.current is not None and beds.current.answer, beds.last) == (40.0, 12.0)


def test_a_number_opens_a_question_from_a_number_on_and_several_routes_are_one_or_the_other() -> None:
    framework = small_framework()
    questions = [
        {"id": "beds", "measure": "places", "scale": "count", "text": "Beds?"},
        {"id": "plan", "measure": "plans", "scale": "answer", "text": "Plan?"},
        {
            "id": "why",
            "scale": "answer",
            "text": "Why?",
            "shown_when_any": [
                {"question": "beds", "at_least": Decimal("2.5")},
                {"question": "plan", "answers": ["no"]},
            ],
        },
    ]
    framework = small_framework(questions=questions)

    said = describe_routing(framework, framework.questions["why"])

    assert said == "Answer only if “Beds?” (beds) is 2.5 or more or if “Plan?” (plan) is no."
    assert describe_routing(framework, framework.questions["plan"]) == ""


def test_sections_are_titled_below_a_lone_root() -> None:
    titles = section_titles(small_framework())

    assert titles == {"all_of_it": "all_of_it", "plans": "plans", "places": "places"}
    assert section_titles(draft({"one": {"first": ["q1"]}, "two": ["q2"]}).framework)["first"] == "one: first"
    assert section_titles(draft(["q1"]).framework) == {"all": "all"}


def test_what_is_not_scored_has_a_section_of_its_own() -> None:
    sections = [row.section for row in build_parts(small_questionnaire())[1].rows]

    assert sections == ["plans", "places", UNSCORED_TITLE]


def test_a_part_without_a_care_setting_of_the_framework_is_called_what_its_unit_is() -> None:
    framework = small_framework()

    assert [part_title(framework, one) for one in (ORGANISATION, "acute", "General")] == [
        "Organisation",
        "Acute",
        "General",
    ]
    (_, general) = build_parts(small_questionnaire(units=(Unit("RXX"),), answers={}))
    assert (general.asked_in, len(general.rows)) == ("General", 3)


def test_the_labels_end_with_what_may_be_missing() -> None:
    assert choices_of("strategy").labels == ("no", "partly", "yes", "Don't know", "Not applicable")
    assert choices_of("beds").labels == ("Don't know", "Not applicable")
    assert choices_of("remark").labels == ("no", "partly", "yes")


def test_a_scale_that_has_not_applicable_as_an_answer_keeps_it_apart_from_no_answer() -> None:
    scale = {"id": "answer", "title": "a", "answers": [{"code": "no", "label": "not applicable"}, {"code": "partly",
             "label": "P"}, {"code": "yes", "label": "Y"}]}  # fmt: skip
    scales = [scale, {"id": "count", "title": "c", "number": {"minimum": 0}}]
    choices = build_parts(small_questionnaire(small_framework(scales=scales)))[0].rows[0].choices

    assert choices.labels == ("not applicable", "P", "Y", "Don't know", "Not applicable (no answer)")
    assert choices.label_of(Missing.NOT_APPLICABLE) == "Not applicable (no answer)"


@pytest.mark.parametrize(
    ("answer", "label"),
    [
        ("yes", "yes"),
        (Missing.DONT_KNOW, "Don't know"),
        (Missing.NOT_ANSWERED, None),
        (Missing.NOT_SHOWN, None),
        (3.0, 3.0),
    ],
)
def test_every_answer_has_its_label_and_no_answer_has_none(answer, label) -> None:
    assert choices_of("strategy").label_of(answer) == label


def test_an_answer_keeps_its_label_where_being_missing_is_no_longer_offered() -> None:
    assert choices_of("remark").label_of(Missing.DONT_KNOW) == "Don't know"


def test_what_was_never_answered_has_no_current_answer() -> None:
    rows = {row.place: row for part in build_parts(small_questionnaire()) for row in part.rows}

    assert rows[STRATEGY].current is not None
    assert [rows[BEDS._replace(question="plan")].current, rows[BEDS._replace(question="plan")].last] == [None, None]
