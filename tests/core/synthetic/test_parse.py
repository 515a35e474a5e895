# SPDX-License-Identifier: MIT
"""The files of a shape are read whole or refused with what is wrong, and where."""

from __future__ import annotations

import pytest

from tests.core.synthetic.made import frameworks, shape, small_framework
from trigpoint.errors import ProblemsFound
from trigpoint.io.synthetic_shape import read_shape_texts
from trigpoint.synthetic import parse_shape
from trigpoint.synthetic.parse import parse_correlations, parse_shares
from trigpoint.synthetic.shape import NumberClass

SHARES = """question,answer,percent
gives_acute,ticked,100
plan,never,20
plan,partly,30
plan,fully,30
plan,dont_know,20
plan_kept,fully,100
wards,never,99.5
devices,0..49,40
devices,50..100,40
devices,not_answered,20
device_care,partly,50
device_care,fully,49.5
"""


def messages(file: str, old: str, new: str) -> str:
    """Return what is said of the shipped shape after a change of one file."""
    texts = read_shape_texts()
    assert old in texts[file], "the change would change nothing"
    with pytest.raises(ProblemsFound) as found:
        parse_shape({**texts, file: texts[file].replace(old, new, 1)}, frameworks())
    return str(found.value)


def shares_problems(text: str) -> str:
    with pytest.raises(ProblemsFound) as found:
        parse_shares(text, small_framework(), file="s.csv")
    return str(found.value)


def test_the_shipped_shape_knows_every_question_and_section() -> None:
    for round_shape, framework in zip(shape().rounds, frameworks(), strict=True):
        assert set(round_shape.questions) == set(framework.questions)
        assert {one.section for one in round_shape.sections} == {q.measure for q in framework.scored_questions}
    assert len(shape().correlations) == sum(len(one.sections) for one in shape().rounds)


def test_shares_are_made_to_come_to_1_exactly() -> None:
    shares = parse_shares(SHARES, small_framework(), file="s.csv")

    assert shares["plan"].answers == (0.2, 0.3, 0.3)
    # not applicable, not answered, don't know
    assert shares["plan"].missing == (0.0, 0.0, 0.2)
    # 50 and 49.5 of 99.5
    assert shares["device_care"].answers == (0.0, 50 / 99.5, 49.5 / 99.5)
    assert shares["wards"].answers == (1.0, 0.0, 0.0)


def test_classes_of_numbers_are_read_with_both_ends() -> None:
    devices = parse_shares(SHARES, small_framework(), file="s.csv")["devices"]

    assert devices.classes == (NumberClass(0, 49), NumberClass(50, 100))
    assert devices.answers == (0.4, 0.4)
    assert devices.missing == (0.0, 0.2, 0.0)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("plan,never,20", "plan,never", "s.csv:3: 2 cells, not 3."),
        ("plan,never,20", "plans,never,20", "s.csv:3: the framework has no question 'plans'."),
        ("plan,never,20", "plan,partly,20", "s.csv:4: plan has 'partly' twice."),
        ("plan,never,20", "plan,never,many", "s.csv:3: 'many' is not a number."),
        ("plan,never,20", "plan,never,-1", "s.csv:3: -1 is not 0 to 100."),
        ("plan,never,20", "plan,never,nan", "s.csv:3: nan is not 0 to 100."),
        ("plan,never,20", "plan,seldom,20", "s.csv: plan: 'seldom' is not in its scale."),
        ("plan,never,20", "plan,never,25", "s.csv: plan: the shares come to 105 per cent, not to 100."),
        ("plan_kept,fully,100", "plan_kept,dont_know,100", "s.csv: plan_kept: nobody answers it"),
        ("0..49", "low", "s.csv: devices: 'low' is not a class of numbers such as 60..64."),
        ("0..49", "49..0", "s.csv: devices: '49..0' is not a class of numbers such as 60..64."),
    ],
)
def test_a_wrong_share_is_said_with_its_line(old: str, new: str, message: str) -> None:
    assert message in shares_problems(SHARES.replace(old, new, 1))


def test_all_wrong_shares_are_said_at_once() -> None:
    said = shares_problems(SHARES.replace("plan,never,20", "plan,never").replace("device_care,partly,50", "x,y,50"))

    assert said.splitlines()[:2] == ["s.csv:3: 2 cells, not 3.", "s.csv:12: the framework has no question 'x'."]
    assert len(said.splitlines()) == 4  # and the shares of plan and device_care no longer come to 100


@pytest.mark.parametrize("text", ["", "question;answer;percent\n", "answer,question,percent\n"])
def test_a_file_of_shares_with_another_heading_is_refused(text: str) -> None:
    assert shares_problems(text) == "s.csv:1: the heading must be question,answer,percent"


def test_correlations_are_read_by_name() -> None:
    assert parse_correlations(",a,b\na,1,0.5\nb,0.5,1\n", ["a", "b"]) == ((1.0, 0.5), (0.5, 1.0))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "heading and first column must be a, b"),
        (",b,a\nb,1,0.5\na,0.5,1\n", "heading and first column must be a, b"),
        (",a,b\na,1,0.5\n", "heading and first column must be a, b"),
        (",a,b\na,1,0.5\nb,0.4,1\n", "not symmetric with 1 on the diagonal"),
        (",a,b\na,0.9,0.5\nb,0.5,1\n", "not symmetric with 1 on the diagonal"),
        (",a,b\na,1,0.5\nb,0.5\n", "Fit them anew"),
        (",a,b\na,1,x\nb,x,1\n", "could not convert string to float: 'x'. Fit them anew."),
        (",a,b\na,1,1\nb,1,1\n", "not positive definite"),
    ],
)
def test_impossible_correlations_are_refused(text: str, message: str) -> None:
    with pytest.raises(ProblemsFound, match=message):
        parse_correlations(text, ["a", "b"])


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("rounds.yaml", "both: 230", "both: some", "providers.both"),
        ("rounds.yaml", "providers:", "providrs:", "providrs"),
        ("rounds.yaml", "providers: {", "providers: [{", "not valid YAML"),
        ("rounds.yaml", "nhs-dma@2017", "nhs-dma@2018", "rounds.yaml: a round of nhs-dma@2018 stands where one of"),
        (
            "fitted.yaml",
            "nhs-dma@2015-16",
            "other@1",
            "fitted.yaml: a round of other@1 stands where",
        ),
        ("fitted.yaml", "      leadership: 0.", "      leader: 0.", "lack or don't know leader, leadership."),
        ("fitted.yaml", "dont_know: 0.", "unsure: 0.", "tendencies must be dont_know, not_answered, not_applicable."),
        ("fitted.yaml", "leadership: 0.", "leadership: 1.", "leadership"),
        ("section_correlations.csv", "nhs-dma@2015-16 leadership", "leadership", "heading and first column"),
    ],
)
def test_a_wrong_file_is_said_by_name(file: str, old: str, new: str, message: str) -> None:
    assert message in messages(file, old, new)


def test_a_file_that_is_not_there_is_said() -> None:
    texts = read_shape_texts()
    del texts["places.yaml"]

    with pytest.raises(ProblemsFound, match=r"places\.yaml: the file is not there\."):
        parse_shape(texts, frameworks())


def test_the_place_of_a_wrong_value_is_said() -> None:
    assert messages("rounds.yaml", "both: 230", "both: some").startswith("rounds.yaml:5:")
