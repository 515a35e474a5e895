# SPDX-License-Identifier: MIT
from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.cli.made_up import FRAMEWORK, answers_file, json_of, printed, run
from tests.support.frameworks import answer_table, draft
from trigpoint.io.answers import write_answers


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    return answers_file(tmp_path)


def explained(answers: Path, *more: str) -> list[str]:
    """What is printed, line by line, with one blank between words."""
    text = printed("explain", answers, *more, "--framework", FRAMEWORK)
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def test_a_section_is_explained_answer_by_answer_down_to_its_score(answers: Path) -> None:
    lines = explained(answers, "X01", "--measure", "sending")

    assert lines[:3] == [
        "First [Trust] (X01, General)",
        "Sending records: 60.0, medium (3 of 3 questions answered)",
        "It is the mean of the points of its questions, rounded to a whole number (a half goes up).",
    ]
    # (1 x 100 + 2 x 70 + 1 x 0) / (1 + 2 + 1)
    assert any(line.endswith("Agree completely 100 1 25") for line in lines)
    assert any(line.endswith("More than half 70 2 35") for line in lines)
    assert any(line.endswith("None 0 1 0") for line in lines)
    assert "Rounding 0" in lines
    assert "Score 60.0" in lines


def test_without_a_measure_the_top_one_is_explained_by_those_below(answers: Path) -> None:
    lines = explained(answers, "X01")

    assert lines[1] == "Overall: 67.5, medium (6 of 6 questions answered)"
    assert "Viewing records 75 1 37.50" in lines
    assert "Sending records 60 1 30" in lines


def test_what_is_left_out_is_said(answers: Path) -> None:
    lines = explained(answers, "X01", "--measure", "viewing")

    (hidden,) = [line for line in lines if "social" in line]
    assert hidden.endswith(" not shown left out 1 0")


def test_the_one_answer_that_lifts_to_the_next_band_is_shown(answers: Path) -> None:
    lines = explained(answers, "X01", "--measure", "sending")

    # The question worth nothing yet gains most: "All" would give (100 + 2 x 70 + 100) / 4 = 85, and the step below
    # it is enough: (100 + 2 x 70 + 70) / 4 = 77.5, half up 78.
    at = lines.index("This answer would make it 78.0, high (3 of 3 questions answered):")
    assert lines[-1].endswith(" None More than half")
    assert at < len(lines) - 1


def test_several_answers_are_counted(answers: Path) -> None:
    lines = explained(answers, "X02", "--care-setting", "Acute")

    assert lines[0] == "Second Trust (X02, Acute)"
    (line,) = [line for line in lines if line.startswith("These ")]
    shown = lines[lines.index(line) + 1 :]
    count = int(line.split()[1])
    assert line.split()[2:6] == ["answers", "would", "make", "it"]
    assert count > 1
    assert sum(" not answered " in row or " don't know " in row for row in shown) == count


def test_a_score_that_is_not_there_is_explained_too(answers: Path) -> None:
    lines = explained(answers, "X02", "--care-setting", "Community")

    assert lines[1].startswith("Overall: no score (0 of ")
    assert "There is no score because no question of it was answered." in lines
    assert not [line for line in lines if line.startswith(("Rounding", "Score"))]
    assert "There is no band above this one that other answers to the questions shown would reach." in lines


def test_a_unit_without_a_name_goes_by_its_code(tmp_path: Path) -> None:
    made = draft(("q1",))
    (tmp_path / "1").mkdir()
    for name, text in made.files.items():
        (tmp_path / "1" / name).write_text(text, encoding="utf-8")
    framework = made.framework
    write_answers(answer_table(framework, [{"q1": "yes"}]), framework, tmp_path / "a.csv")

    text = printed("explain", tmp_path / "a.csv", "X00", "--framework", tmp_path / "1")

    assert text.startswith("X00 (X00, General)\nall: 100.0 (1 of 1 questions answered)\n")


def test_json_holds_all_of_it_in_numbers(answers: Path) -> None:
    found = json_of("explain", answers, "X01", "--framework", FRAMEWORK, "--measure", "sending")

    assert (found["organisation"], found["care_setting"], found["framework"]) == ("X01", "General", FRAMEWORK)
    assert (found["measure"], found["title"], found["score"]["value"]) == ("sending", "Sending records", 60)
    assert sum(line["adds"] for line in found["lines"]) + found["rounding"] == 60
    assert [line["weight"] for line in found["lines"]] == [1, 2, 1]
    assert found["no_score_because"] == ""
    assert found["lift"]["then"]["band"] == "high"
    assert [set(step) for step in found["lift"]["steps"]] == [{"question", "title", "now", "then"}]


def test_json_of_no_score_is_null(answers: Path) -> None:
    found = json_of("explain", answers, "X02", "--framework", FRAMEWORK, "--care-setting", "Community")

    assert found["score"]["value"] is None
    assert found["lift"]["then"] is None


def test_the_rules_of_another_version_explain_their_own_scores(tmp_path: Path) -> None:
    made = draft(("q1", "q2"))
    strict = made.with_content(version="2").with_scoring(missing={**made.scoring["missing"], "dont_know": "zero"})
    for version, one in (("1", made), ("2", strict)):
        (tmp_path / version).mkdir()
        for name, text in one.files.items():
            (tmp_path / version / name).write_text(text, encoding="utf-8")
    framework = made.framework
    write_answers(answer_table(framework, [{"q1": "yes", "q2": "dont_know"}]), framework, tmp_path / "a.csv")

    arguments = ("explain", tmp_path / "a.csv", "X00", "--framework", tmp_path / "1")
    own, other = json_of(*arguments), json_of(*arguments, "--rules", tmp_path / "2")

    assert own["score"]["value"] == 100
    assert other["score"]["value"] == (100 + 0) / 2
    assert sum(line["adds"] for line in other["lines"]) == 50


def test_an_organisation_with_several_returns_must_be_asked_for_one(answers: Path) -> None:
    result = run("explain", answers, "X02", "--framework", FRAMEWORK)

    assert result.exit_code == 11
    assert result.stderr == (
        "X02 made no return for 'General'. It made: Acute, Community. Say which with --care-setting.\n"
    )


@pytest.mark.parametrize(
    ("asked", "exit_code", "message"),
    [
        (("X03",), 11, "in these answers there is no organisation 'X03'. Did you mean 'X02'?\n"),
        (
            ("X01", "--measure", "sendin"),
            16,
            "in example-points@1 there is no measure 'sendin'. Did you mean 'sending'?\n",
        ),
    ],
)
def test_what_is_not_in_the_answers_is_told_with_the_nearest(
    answers: Path, asked: tuple[str, ...], exit_code: int, message: str
) -> None:
    result = run("explain", answers, *asked, "--framework", FRAMEWORK, "--json")

    assert (result.exit_code, result.stdout, result.stderr) == (exit_code, "", message)


def test_capitals_make_no_difference_to_a_code_or_a_care_setting(answers: Path) -> None:
    assert explained(answers, "x01", "--care-setting", "general") == explained(answers, "X01")
