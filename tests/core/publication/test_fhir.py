# SPDX-License-Identifier: MIT
"""FHIR R4: questionnaires that HL7's schema takes, and answers that go out and come back the same."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from hypothesis import given, settings

from tests.core.analysis.test_every_result import rounds
from tests.core.organisations.made_up import organisation
from tests.core.publication.rounds import AAA, answers, sharing, unit
from tests.support.frameworks import Draft, Return, answer_table, draft, number_scale, same_scores
from tests.support.strategies import drafts_and_returns
from trigpoint.errors import AnswersProblems
from trigpoint.io.content import list_frameworks, read_framework
from trigpoint.publication.fhir_organization import ODS_CODE, build_organization
from trigpoint.publication.fhir_questionnaire import ITEM_WEIGHT, build_questionnaire
from trigpoint.publication.fhir_response import build_response, missing_url, parse_response
from trigpoint.scoring import compile_plan, score_answers
from trigpoint.submissions import AnswerTable, Missing, Unit
from trigpoint.submissions.questionnaire import fill_table

BASE = "https://example.org/fhir"
SCHEMA = Path(__file__).parents[2] / "support" / "vendor" / "fhir-r4.schema.json"


@cache
def validator(kind: str) -> jsonschema.Draft6Validator:
    whole = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return jsonschema.Draft6Validator({**whole, "$ref": f"#/definitions/{kind}"})


def require_valid(resource: dict[str, Any]) -> None:
    # through text, as it travels
    told = json.loads(json.dumps(resource, allow_nan=False))
    errors = [
        f"{'/'.join(map(str, one.path))}: {one.message[:200]}"
        for one in validator(told["resourceType"]).iter_errors(told)
    ]
    assert errors == []


def items_of(resource: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}

    def walk(entries: list[dict[str, Any]]) -> None:
        for item in entries:
            assert item["linkId"] not in found, "a linkId stands once"
            found[item["linkId"]] = item
            walk(item.get("item", []))

    walk(resource.get("item", []))
    return found


def returned(table: AnswerTable, framework: Any) -> AnswerTable:
    """A table sent out as responses and read back."""
    sent = [json.loads(json.dumps(build_response(table, row, framework, base=BASE))) for row in range(len(table.units))]
    found = [parse_response(one, framework, base=BASE) for one in sent]
    return fill_table(framework, [(one.unit, one.answers) for one in found], round_id=table.round)


def same_answers(one: AnswerTable, other: AnswerTable) -> bool:
    same_numbers = all(np.array_equal(one.numbers[q], other.numbers[q], equal_nan=True) for q in one.numbers)
    return np.array_equal(one.codes, other.codes) and same_numbers and one.units == other.units


@pytest.mark.parametrize("name", [str(one) for one in list_frameworks()])
def test_every_shipped_framework_is_a_questionnaire_by_the_schema_of_hl7(name: str) -> None:
    framework = read_framework(name)

    made = build_questionnaire(framework, base=BASE)

    require_valid(made)
    assert f"{made['url']}|{made['version']}" == f"{BASE}/Questionnaire/{name.replace('@', '|')}"
    assert set(framework.questions) <= set(items_of(made))


def test_the_schema_refuses_what_is_wrong() -> None:
    made = build_questionnaire(sharing(), base=BASE)

    assert list(validator("Questionnaire").iter_errors({**made, "status": "nope"}))
    assert list(validator("Questionnaire").iter_errors({**made, "itme": []}))


def test_answers_carry_what_they_are_worth() -> None:
    framework = sharing()
    item = items_of(build_questionnaire(framework, base=BASE))["sees_gp_record"]

    weights = {
        one["valueCoding"]["code"]: one["valueCoding"]["extension"][0]["valueDecimal"]
        for one in item["answerOption"]
        if "extension" in one["valueCoding"]
    }
    assert weights == {code: float(points) for code, points in framework.scoring.points["agreement"].items()}  # type: ignore[union-attr]
    assert all(
        one["valueCoding"].get("extension", [{"url": ITEM_WEIGHT}])[0]["url"] == ITEM_WEIGHT
        for one in item["answerOption"]
    )


def test_dont_know_and_not_applicable_are_options_apart_without_a_weight_unless_refused() -> None:
    item = items_of(build_questionnaire(sharing(), base=BASE))["sees_gp_record"]
    last = [one["valueCoding"] for one in item["answerOption"][-2:]]

    assert [one["code"] for one in last] == ["dont_know", "not_applicable"]
    assert all(one["system"].endswith("/CodeSystem/missing-answer") and "extension" not in one for one in last)
    refusing = draft(["q1"]).with_content(missing_refused=["dont_know"]).framework
    options = items_of(build_questionnaire(refusing, base=BASE))["q1"]["answerOption"]
    assert [one["valueCoding"]["code"] for one in options][-1] == "not_applicable"
    assert len(options) == 4


def test_the_measures_are_groups_in_the_order_of_their_tree() -> None:
    made = build_questionnaire(draft({"top": {"left": ["q1"], "right": ["q2", "q3"]}}).framework, base=BASE)

    (top,) = made["item"]
    assert top["linkId"] == "m-top"
    assert [(one["linkId"], [q["linkId"] for q in one["item"]]) for one in top["item"]] == [
        ("m-left", ["q1"]),
        ("m-right", ["q2", "q3"]),
    ]


def routed(**route: Any) -> Draft:
    of = draft(["q1", "q2"])
    first, second = of.content["questions"]
    return of.with_content(questions=[first, {**second, **route}])


def test_routing_becomes_conditions_of_which_one_is_enough() -> None:
    of = routed(shown_when={"question": "q1", "answers": ["yes", "dont_know"]})
    item = items_of(build_questionnaire(of.framework, base=BASE))["q2"]

    assert item["enableBehavior"] == "any"
    assert [(one["question"], one["operator"], one["answerCoding"]["code"]) for one in item["enableWhen"]] == [
        ("q1", "=", "yes"),
        ("q1", "=", "dont_know"),
    ]


def test_a_number_opens_a_question_from_a_size_on() -> None:
    of = draft(["q1", "q2"])
    scale = number_scale("count", minimum=0)
    first, second = of.content["questions"]
    of = of.with_content(
        scales=[*of.content["scales"], scale],
        questions=[
            {**{k: v for k, v in first.items() if k != "measure"}, "scale": "count"},
            {**second, "shown_when": {"question": "q1", "at_least": Decimal("2.5")}},
        ],
    )
    found = items_of(build_questionnaire(of.framework, base=BASE))

    assert found["q2"]["enableWhen"] == [{"question": "q1", "operator": ">=", "answerDecimal": 2.5}]
    assert found["q1"]["type"] == "decimal"
    assert found["q1"]["extension"] == [{"url": "http://hl7.org/fhir/StructureDefinition/minValue", "valueDecimal": 0}]
    assert found["q1--missing"]["type"] == "choice"


def test_a_care_setting_is_asked_what_it_is_asked() -> None:
    framework = read_framework("nhs-dma@2017")
    everything = items_of(build_questionnaire(framework, base=BASE))
    one = framework.content.care_settings[0].id

    some = items_of(build_questionnaire(framework, base=BASE, care_settings=(one,)))

    assert {q.id for q in framework.content.questions if q.is_asked_in((one,))} == set(some) & set(framework.questions)
    assert len(some) < len(everything)


@settings(max_examples=120, deadline=None)
@given(drafts_and_returns())
def test_answers_go_out_and_come_back_the_same_and_score_the_same(case: tuple[Draft, list[Return]]) -> None:
    of, units = case
    framework = of.framework
    table = answer_table(framework, units)
    table = replace(table, units=tuple(replace(one, organisation=f"X{at}") for at, one in enumerate(table.units)))

    back = returned(table, framework)

    assert same_answers(back, table)
    plan = compile_plan(framework)
    assert same_scores(score_answers(back, plan), score_answers(table, plan))


def test_a_made_up_nation_goes_out_and_comes_back_and_is_valid() -> None:
    for one in rounds():
        table = one.answers.only(slice(0, 6))

        for row in range(6):
            require_valid(build_response(table, row, one.framework, base=BASE))
        assert same_answers(returned(table, one.framework), table)


def test_a_state_that_routing_would_not_give_is_said() -> None:
    framework = sharing()
    hidden = answers((unit("AAA"), {**AAA, "sees_images": Missing.NOT_SHOWN}))

    item = items_of(build_response(hidden, 0, framework, base=BASE))["sees_images"]

    assert item["extension"] == [{"url": missing_url(BASE), "valueCode": "not_shown"}]
    assert same_answers(returned(hidden, framework), hidden)


def test_a_response_of_another_system_may_leave_out_what_was_not_answered() -> None:
    framework = sharing()
    sent = build_response(answers((unit("AAA"), AAA)), 0, framework, base=BASE)
    for group in sent["item"][0]["item"]:
        group["item"] = [one for one in group["item"] if one["linkId"] != "sees_images"]

    found = parse_response(sent, framework, base=BASE)

    assert found.answers["sees_images"] is Missing.NOT_ANSWERED
    assert found.answers["sees_gp_record"] == "mostly_agree"
    assert found.unit == unit("AAA")


def broken(change: Any) -> list[str]:
    sent = copy.deepcopy(build_response(answers((unit("AAA"), AAA)), 0, sharing(), base=BASE))
    change(sent)
    with pytest.raises(AnswersProblems) as caught:
        parse_response(sent, sharing(), base=BASE, file="a.json")
    return [str(one) for one in caught.value.problems]


def first_item(sent: dict[str, Any]) -> dict[str, Any]:
    return items_of(sent)["sees_gp_record"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda sent: sent.update(resourceType="Patient"),
            "a.json: resourceType: 'Patient' is no QuestionnaireResponse.",
        ),
        (lambda sent: sent.update(questionnaire=f"{BASE}/Questionnaire/other|9"), "is another questionnaire than"),
        (lambda sent: sent.pop("subject"), f"there is no code of the system {ODS_CODE}"),
        (lambda sent: first_item(sent).update(linkId="nonsense"), "has no question 'nonsense'"),
        (lambda sent: first_item(sent)["answer"][0]["valueCoding"].update(code="maybe"), "has no answer 'maybe'"),
        (lambda sent: first_item(sent)["answer"][0]["valueCoding"].update(system="x"), "of x. Its answers are"),
        (
            lambda sent: first_item(sent).update(answer=[{"valueString": "yes"}]),
            "given as valueString, not as valueCoding",
        ),
        (lambda sent: first_item(sent).update(answer=[{}]), "given as nothing, not as valueCoding"),
        (lambda sent: first_item(sent)["answer"].append({}), "has more than one answer"),
        (lambda sent: sent["item"].append(copy.deepcopy(first_item(sent))), "has more than one answer"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(change: Any, said: str) -> None:
    problems = broken(change)

    assert len(problems) == 1
    assert said in problems[0]
    assert problems[0].startswith("a.json: ")


def test_everything_wrong_is_said_at_once() -> None:
    def change(sent: dict[str, Any]) -> None:
        sent.pop("subject")
        first_item(sent).update(linkId="nonsense")
        items_of(sent)["sees_images"]["answer"][0]["valueCoding"].update(code="maybe")

    problems = broken(change)

    assert len(problems) == 3
    assert any("item[0].item[0].item[1].answer[0].valueCoding" in one for one in problems)


def test_an_answer_to_what_is_not_shown_is_refused() -> None:
    of = routed(shown_when={"question": "q1", "answers": ["yes"]})
    table = answer_table(of.framework, [Return({"q1": "yes", "q2": "no"})])
    sent = build_response(table, 0, of.framework, base=BASE)
    items_of(sent)["q1"]["answer"][0]["valueCoding"]["code"] = "no"

    with pytest.raises(AnswersProblems, match="q2: is answered, and is not shown to this unit"):
        parse_response(sent, of.framework, base=BASE)


def test_a_number_is_given_as_a_number() -> None:
    of = draft(["q1"]).with_content(scales=[number_scale("answer")])
    of = of.with_scoring(points={"answer": [[0, 10], [50, 100]]})
    sent = build_response(answer_table(of.framework, [Return({"q1": 42.5})]), 0, of.framework, base=BASE)
    item = items_of(sent)["q1"]
    assert item["answer"] == [{"valueDecimal": 42.5}]

    item["answer"] = [{"valueInteger": 7}]
    assert parse_response(sent, of.framework, base=BASE).answers["q1"] == 7.0
    item["answer"] = [{"valueBoolean": True}]
    with pytest.raises(AnswersProblems, match="given as valueBoolean, not as valueDecimal"):
        parse_response(sent, of.framework, base=BASE)
    item["answer"] = [{"valueCoding": {"system": "x", "code": "y"}}]
    with pytest.raises(AnswersProblems, match="Its answers are a number"):
        parse_response(sent, of.framework, base=BASE)


def test_an_organisation_has_its_code_its_name_and_whether_it_is_open_on_the_day() -> None:
    made = build_organization(
        organisation("RXX", "2010-04-01", "2020-03-31", aliases=("AH",)), on=date(2015, 1, 1), part_of="QXX"
    )

    require_valid(made)
    assert made["identifier"] == [
        {"system": ODS_CODE, "value": "RXX", "period": {"start": "2010-04-01", "end": "2020-03-31"}}
    ]
    assert made["active"] is True
    assert made["alias"] == ["AH"]
    assert made["partOf"]["identifier"] == {"system": ODS_CODE, "value": "QXX"}
    assert build_organization(organisation("RXX", closed="2020-03-31"), on=date(2021, 1, 1))["active"] is False


def test_days_that_are_not_known_are_left_out() -> None:
    made = build_organization(organisation("RXX", None), on=date(2015, 1, 1))

    require_valid(made)
    assert made["identifier"] == [{"system": ODS_CODE, "value": "RXX"}]
    assert "alias" not in made
    assert "partOf" not in made


def test_a_unit_without_a_name_has_none_and_its_care_setting_travels() -> None:
    table = answers((replace(unit("AAA", care_setting="Community"), name=""), AAA))

    sent = build_response(table, 0, sharing(), base=BASE)

    assert "display" not in sent["subject"]
    assert parse_response(sent, sharing(), base=BASE).unit == Unit("AAA", "Community", "", ("acute",))


def test_a_measure_of_which_nothing_is_asked_has_no_group() -> None:
    of = draft({"top": {"left": ["q1"], "right": ["q2"]}}).with_content(
        care_settings=[{"id": "acute", "title": "A"}, {"id": "community", "title": "C"}]
    )
    first, second = of.content["questions"]
    of = of.with_content(questions=[first, {**second, "care_settings": ["community"]}])

    made = build_questionnaire(of.framework, base=BASE, care_settings=("acute",))

    assert set(items_of(made)) == {"m-top", "m-left", "q1"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda sent: sent.update(item=3), "item: is no list of objects."),
        (lambda sent: sent.update(subject=[]), "subject: is no object."),
        (lambda sent: sent.update(extension=["x"]), "extension: is no list of objects."),
        (lambda sent: sent["subject"].update(display=3), "subject.display: 3 is no text."),
        (lambda sent: sent["subject"]["identifier"].update(value=" "), "there is no code of the system"),
        (lambda sent: first_item(sent).update(answer="yes"), "answer: is no list of objects."),
    ],
)
def test_what_is_of_the_wrong_kind_is_said_too(change: Any, said: str) -> None:
    assert any(said in one for one in broken(change))
