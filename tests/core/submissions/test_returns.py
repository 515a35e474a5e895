# SPDX-License-Identifier: MIT
from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.support.frameworks import Draft, draft
from trigpoint.errors import Problem
from trigpoint.frameworks import Framework
from trigpoint.organisations.near_codes import looks_like_ods_code
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.intake_report import Finding, IntakeLine
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.returns import Return, build_table, check_returns
from trigpoint.submissions.units import Unit

QUESTIONS = ("plan", "routed", "wards", "homes")


def made() -> Draft:
    """Two sections; "routed" is shown by a yes to "plan", "wards" only asked in acute care, "homes" in community."""
    one = draft({"plans": ["plan", "routed"], "tools": ["wards", "homes"]})
    asked = {question["id"]: question for question in one.content["questions"]}
    asked["routed"]["shown_when"] = {"question": "plan", "answers": ["yes"]}
    asked["wards"]["care_settings"] = ["acute"]
    asked["homes"]["care_settings"] = ["community"]
    return one.with_content(
        care_settings=[{"id": "acute", "title": "Acute care"}, {"id": "community", "title": "Community"}]
    )


@pytest.fixture(scope="module")
def framework() -> Framework:
    return made().framework


def a_return(
    organisation: str = "RX1",
    answers: Mapping[str, Answer] | None = None,
    *,
    line: int = 2,
    care_setting: str = "General",
    care_settings: tuple[str, ...] = (),
) -> Return:
    blank: dict[str, Answer] = dict.fromkeys(QUESTIONS, Missing.NOT_ANSWERED)
    return Return(line, organisation, care_setting, f"{organisation} Trust", care_settings, blank | dict(answers or {}))


def answers_of(framework: Framework, *returns: Return, markers: bool = False, row: int = 0) -> dict[str, Answer]:
    table, _ = build_table(framework, returns, markers=markers)
    return {question: table.answer(row, question, framework) for question in QUESTIONS}


def lines_of(framework: Framework, *returns: Return, markers: bool = False) -> list[tuple[Finding, str]]:
    _, lines = build_table(framework, returns, markers=markers)
    return [(line.finding, line.organisation) for line in lines]


def test_returns_with_different_keys_are_no_problem() -> None:
    returns = [a_return("RX1"), a_return("RX1", care_setting="Acute"), a_return("RX2")]

    assert check_returns(returns, file="f.csv") == []


def test_a_return_that_stands_twice_is_told_with_the_line_of_the_first() -> None:
    returns = [a_return("RX1", line=2), a_return("RX2", line=3), a_return("RX1", line=4), a_return("RX1", line=5)]

    message = "RX1 General stands twice, first on line 2. Keep the return that counts."
    assert check_returns(returns, file="f.csv") == [
        Problem("f.csv", 4, None, message),
        Problem("f.csv", 5, None, message),
    ]


def test_returns_without_a_code_are_each_told_and_not_taken_for_twins() -> None:
    returns = [a_return("", line=2), a_return("", line=3)]

    assert check_returns(returns, file="f.csv") == [
        Problem("f.csv", 2, None, "' Trust' has no organisation code."),
        Problem("f.csv", 3, None, "' Trust' has no organisation code."),
    ]


def test_a_blank_is_not_answered_where_the_question_is_shown(framework: Framework) -> None:
    answers = answers_of(framework, a_return(answers={"plan": "yes", "wards": "no"}))

    assert answers == {"plan": "yes", "routed": Missing.NOT_ANSWERED, "wards": "no", "homes": Missing.NOT_ANSWERED}


def test_a_blank_is_not_shown_where_routing_or_care_setting_hides_the_question(framework: Framework) -> None:
    answers = answers_of(framework, a_return(answers={"plan": "no"}, care_settings=("community",)))

    assert answers == {
        "plan": "no",
        "routed": Missing.NOT_SHOWN,
        "wards": Missing.NOT_SHOWN,
        "homes": Missing.NOT_ANSWERED,
    }


def test_an_answer_to_a_hidden_question_counts_as_it_did_in_the_published_scores(framework: Framework) -> None:
    given: dict[str, Answer] = {"plan": "no", "routed": "partly", "wards": Missing.DONT_KNOW}

    answers = answers_of(framework, a_return(answers=given, care_settings=("community",)))

    assert (answers["routed"], answers["wards"]) == ("partly", Missing.DONT_KNOW)


def test_a_question_that_the_file_does_not_have_is_not_answered(framework: Framework) -> None:
    bare = Return(2, "RX1", "General", "", (), {"plan": "yes"})

    assert answers_of(framework, bare)["routed"] is Missing.NOT_ANSWERED
    # Nor is its section taken for one that was answered.
    other = a_return("RX1", {"wards": "yes"}, care_setting="Acute", line=3)
    assert answers_of(framework, bare, other)["wards"] is Missing.NOT_SHOWN


def test_a_section_answered_in_another_return_of_the_organisation_is_not_shown_in_this_one(
    framework: Framework,
) -> None:
    whole = a_return("RX1", {"plan": "yes"})
    part = a_return("RX1", {"wards": "no"}, care_setting="Acute", line=3)
    stranger = a_return("RX2", {"plan": "yes"}, line=4)

    first, second, third = (answers_of(framework, whole, part, stranger, row=row) for row in range(3))

    assert (first["wards"], first["routed"]) == (Missing.NOT_SHOWN, Missing.NOT_ANSWERED)
    assert (second["plan"], second["homes"]) == (Missing.NOT_SHOWN, Missing.NOT_ANSWERED)
    assert third["wards"] is Missing.NOT_ANSWERED


def test_a_section_that_no_return_answered_is_not_answered_in_each(framework: Framework) -> None:
    returns = [a_return("RX1", {"plan": "yes"}), a_return("RX1", {"plan": "no"}, care_setting="Acute", line=3)]

    assert [answers_of(framework, *returns, row=row)["wards"] for row in (0, 1)] == [Missing.NOT_ANSWERED] * 2


def units(framework: Framework, *returns: Return) -> tuple[Unit, ...]:
    return build_table(framework, returns, markers=True)[0].units


@pytest.mark.parametrize(
    ("answers", "care_settings"),
    [
        ({"wards": "no"}, ("acute",)),
        ({"homes": "yes", "wards": "yes"}, ("acute", "community")),
        ({"homes": Missing.DONT_KNOW}, ("community",)),
        ({"wards": Missing.NOT_APPLICABLE}, ()),
        ({"plan": "yes"}, ()),
    ],
)
def test_the_care_given_is_read_off_from_the_questions_that_only_one_setting_is_asked(
    framework: Framework, answers: Mapping[str, Answer], care_settings: tuple[str, ...]
) -> None:
    (unit,) = units(framework, a_return(answers=answers))

    assert unit == Unit("RX1", "General", "RX1 Trust", care_settings)


def test_a_return_named_for_a_care_setting_is_for_that_one(framework: Framework) -> None:
    (unit,) = units(framework, a_return(answers={"homes": "yes"}, care_setting="ACUTE care"))

    assert (unit.care_setting, unit.care_settings) == ("ACUTE care", ("acute",))


def test_without_markers_the_care_settings_stay_as_the_file_has_them(framework: Framework) -> None:
    table, lines = build_table(
        framework, [a_return(answers={"wards": "yes"}, care_settings=("community",))], markers=False
    )

    assert table.units[0].care_settings == ("community",)
    assert lines == ()


def test_reading_off_is_said_once_and_only_when_something_was_read_off(framework: Framework) -> None:
    marked = [a_return("RX1", {"wards": "yes"}), a_return("RX2", {"homes": "yes"}, line=3)]

    assert lines_of(framework, *marked, markers=True) == [(Finding.READ_OFF, "")]
    assert lines_of(framework, a_return(answers={"plan": "yes"}), markers=True) == []


def test_a_code_that_continues_another_returns_code_is_a_second_return(framework: Framework) -> None:
    returns = [a_return("RX12", {"plan": "yes"}, line=2), a_return("RX1", {"plan": "no"}, line=3)]

    _, lines = build_table(framework, returns, markers=False)

    message = "RX12 is not an ODS code: it continues RX1, so this is a second return of it"
    assert lines == (IntakeLine(Finding.SECOND_RETURN, 2, "RX12", "General", message),)


def test_a_code_without_the_shape_of_one_is_told_and_kept(framework: Framework) -> None:
    table, lines = build_table(framework, [a_return("rx1", {"plan": "yes"})], markers=False)

    message = "'rx1' does not have the shape of an ODS code"
    assert lines == (IntakeLine(Finding.NOT_A_CODE, 2, "rx1", "General", message),)
    assert table.units[0].organisation == "rx1"


def test_two_codes_without_the_shape_of_one_are_not_taken_for_each_other(framework: Framework) -> None:
    returns = [a_return("X", {"plan": "yes"}), a_return("XY", {"plan": "yes"}, line=3)]

    assert lines_of(framework, *returns) == [(Finding.NOT_A_CODE, "X"), (Finding.NOT_A_CODE, "XY")]


def test_each_return_of_an_organisation_with_several_is_told(framework: Framework) -> None:
    returns = [a_return("RX1", {"plan": "yes"}, care_setting=one, line=at) for at, one in enumerate(("A", "B"), 2)]

    _, lines = build_table(framework, returns, markers=False)

    message = "RX1 made 2 returns; each is scored by itself"
    assert lines == tuple(
        IntakeLine(Finding.SEVERAL_RETURNS, line, "RX1", setting, message) for line, setting in ((2, "A"), (3, "B"))
    )


def test_a_return_without_an_answer_to_a_scored_question_is_told(framework: Framework) -> None:
    _, lines = build_table(framework, [a_return("RX1")], markers=False)

    assert lines == (IntakeLine(Finding.EMPTY_RETURN, 2, "RX1", "General", "RX1 Trust answered no scored question"),)


def test_saying_dont_know_to_everything_is_no_empty_return(framework: Framework) -> None:
    assert lines_of(framework, a_return(answers=dict.fromkeys(QUESTIONS, Missing.DONT_KNOW))) == []


@pytest.mark.parametrize(
    ("code", "is_one"),
    [(code, True) for code in ("RX1", "A81001", "NLF01", "Q101", "AB1234567")]
    + [(code, False) for code in ("RKE2", "rx1", "RX")],
)
def test_a_code_is_odd_where_the_register_would_find_it_odd(framework: Framework, code: str, is_one: bool) -> None:
    told = lines_of(framework, a_return(code, answers={"plan": "yes"}))

    assert looks_like_ods_code(code) is is_one
    assert told == ([] if is_one else [(Finding.NOT_A_CODE, code)])
