# SPDX-License-Identifier: MIT
"""The command on made-up answers: what is printed, in which form, and how it ends."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.core.analysis.made_up_rounds import definition, made_up_round
from trigpoint.analysis.claims import Claim, ClaimResult, ClaimsFile, ClaimSource, Evidence, check_claims
from trigpoint.cli.claims import RESULT_HEADING, STATED_WIDTH, VERDICT_WIDTH, claims_app
from trigpoint.cli.claims_view import count_line, detail_lines, present_result, remark, result_row, stated_text
from trigpoint.cli.terminal import print_table
from trigpoint.errors import AnswersProblems, FileTrouble, FrameworkMismatch
from trigpoint.frameworks import Framework
from trigpoint.io.answers import write_answers
from trigpoint.io.claims_evidence import is_published, read_evidence, read_round
from trigpoint.io.content import read_framework
from trigpoint.submissions import AnswerTable, Unit
from trigpoint.submissions.questionnaire import build_answers

OWN_CLAIMS = """source: {id: own, title: Our paper, where: page 1}
claims:
  - {id: O-1, statement: Two answered., stated: [2], definition: {compute: count_returns, rounds: ["2017"]}}
  - id: O-2
    statement: Three answered.
    stated: [3]
    definition: {compute: count_returns, rounds: ["2017"]}
    alternatives:
      - {reading: within one, compare: {within: 1}}
  - {id: O-3, statement: Nine answered., stated: [9], definition: {compute: count_returns, rounds: ["2017"]}}
  - {id: O-4, statement: One answered first., stated: [1], definition: {compute: count_returns, rounds: ["2015-16"]}}
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(OWN_CLAIMS, encoding="utf-8")
    return path


@pytest.fixture
def answers_2017(tmp_path: Path) -> Path:
    path = tmp_path / "answers.csv"
    write_answers(round_of("nhs-dma@2017", "Z01", "Z02"), read_framework("nhs-dma@2017"), path)
    return path


def round_of(framework: str, *codes: str) -> AnswerTable:
    chosen = read_framework(framework)
    return build_answers(chosen, [(Unit(code, name=f"{code} Trust"), full_marks(chosen)) for code in codes])


def full_marks(framework: Framework) -> dict[str, str]:
    scaled = [question for question in framework.scored_questions if framework.scale_of(question.id).codes]
    return {question.id: framework.scale_of(question.id).codes[-1] for question in scaled}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(claims_app, [str(argument) for argument in arguments])


def run_json(*arguments: str | Path) -> list[dict[str, Any]]:
    ended = run(*arguments, "--json")
    assert ended.exit_code == 0, ended.output
    found: list[dict[str, Any]] = json.loads(ended.stdout)
    return found


def test_each_claim_gets_its_verdict(own: Path, answers_2017: Path) -> None:
    found = run_json("check", "--claims", own, "--answers-2017", answers_2017)

    assert [(one["id"], one["verdict"]) for one in found] == [
        ("O-1", "yes"),
        ("O-2", "nearly"),
        ("O-3", "no"),
        ("O-4", "not testable"),
    ]


def test_json_holds_the_numbers_and_every_reading(own: Path, answers_2017: Path) -> None:
    nearly = run_json("check", "--claims", own, "--answers-2017", answers_2017)[1]

    assert (nearly["stated"], nearly["values"], nearly["n"]) == ([3], [2], [2])
    assert nearly["definition_that_works"].endswith("within 1 of the stated number")
    assert [(one["reading"], one["gives_it"]) for one in nearly["alternatives"]] == [("within one", True)]


def test_the_reason_why_a_claim_is_not_testable_is_said(own: Path, answers_2017: Path) -> None:
    missing = run_json("check", "--claims", own, "--answers-2017", answers_2017)[3]

    assert (missing["reason"], missing["computed"], missing["n"]) == (
        "the answers of 2015-16 are not given",
        None,
        None,
    )


def test_without_it_a_table_and_a_count_are_printed(own: Path, answers_2017: Path) -> None:
    ended = run("check", "--claims", own, "--answers-2017", answers_2017)

    assert ended.exit_code == 0
    assert "own: Our paper" in ended.stdout
    table = [line.split() for line in ended.stdout.splitlines()]
    assert ["id", "verdict", "statement", "stated", "computed"] in table
    assert ["O-1", "yes", "Two", "answered.", "2", "2"] in table
    at = table.index(["O-2", "nearly", "Three", "answered.", "3", "2"])
    assert table[at + 1] == ["only", "so:", "within", "one"]
    assert ended.stdout.splitlines()[-1] == "4 claims: 1 yes, 1 nearly, 1 no, 1 not testable."


def test_one_claim_is_shown_with_every_reading(own: Path, answers_2017: Path) -> None:
    ended = run("check", "--claims", own, "--answers-2017", answers_2017, "--id", "O-2")

    assert ended.stdout.splitlines()[0] == "O-2: nearly"
    assert "  reading: as the words say: 2 (n = 2): does not give it" in ended.stdout
    assert "  reading: within one: 2 (n = 2): gives it" in ended.stdout
    assert ended.stdout.splitlines()[-1] == "1 claim: 0 yes, 1 nearly, 0 no, 0 not testable."


def test_with_no_answers_at_all_nothing_is_testable() -> None:
    found = run_json("check")

    assert len(found) == 88
    assert {one["verdict"] for one in found} == {"not testable"}


def test_one_source_can_be_chosen() -> None:
    assert [one["id"] for one in run_json("check", "--source", "digital-health-2023")] == ["D-2016", "D-2023"]
    assert [one["id"] for one in run_json("list", "--source", "digital-health-2023")] == ["D-2016", "D-2023"]


@pytest.mark.parametrize(
    ("option", "name", "said"), [("--id", "H-25", "Did you mean 'H-24'?"), ("--source", "hsj-2109", "'hsj-2019'")]
)
def test_an_unknown_name_ends_with_one_line(option: str, name: str, said: str) -> None:
    ended = run("check", option, name)

    assert ended.exit_code == 8
    assert said in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_a_broken_file_of_claims_ends_with_its_problems(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(OWN_CLAIMS.replace("count_returns", "count_return"), encoding="utf-8")

    ended = run("check", "--claims", path)

    assert ended.exit_code == 14
    assert len(ended.stderr.splitlines()) == 4
    assert ended.stderr.startswith(f"{path}:3:")


def test_cohorts_of_ones_own_can_be_given(tmp_path: Path, answers_2017: Path) -> None:
    cohorts, claims = tmp_path / "cohorts.yaml", tmp_path / "own.yaml"
    cohorts.write_text("cohorts: [{id: ours, name: Ours, source: us, members: [Z02]}]\n", encoding="utf-8")
    claims.write_text(
        "source: {id: own, title: Our paper, where: page 1}\nclaims:\n  - id: O-5\n    statement: A mean.\n"
        '    stated: [100]\n    definition: {compute: mean_score, round: "2017", groups: [{cohorts: [ours]}]}\n',
        encoding="utf-8",
    )

    found = run_json("check", "--claims", claims, "--cohorts", cohorts, "--answers-2017", answers_2017)

    assert (found[0]["verdict"], found[0]["n"]) == ("yes", [1])


def test_claims_are_listed_without_answers(own: Path) -> None:
    ended = run("list", "--claims", own)

    assert ended.exit_code == 0
    assert "Two answered." in ended.stdout


def test_one_claim_is_listed_in_full() -> None:
    found = run_json("list", "--id", "H-24")

    assert len(found) == 1
    assert (found[0]["stated"], found[0]["source"]) == ([24], "hsj-2019")
    assert found[0]["definition"].startswith("number of units by change: General returns;")
    assert "matched by the name as written" in found[0]["alternatives"]


def test_answers_of_another_round_are_refused(answers_2017: Path) -> None:
    ended = run("check", "--answers-2015-16", answers_2017)

    assert ended.exit_code == FrameworkMismatch.exit_code
    assert "answers to nhs-dma@2017, where those to nhs-dma@2015-16 are wanted" in ended.stderr


def test_a_parquet_file_of_answers_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "answers.parquet"
    write_answers(round_of("nhs-dma@2015-16", "Z01"), read_framework("nhs-dma@2015-16"), path)

    evidence = read_evidence({"2015-16": path}, {})

    assert [unit.organisation for unit in evidence.rounds["2015-16"].answers.units] == ["Z01"]


@pytest.mark.parametrize(
    "heading",
    [
        "organisation_name,organisation_id,care_setting\n",
        "organisation_name,organisation_id\n",
        'organisation_name,"organisation_id"\r\n',
        '"a name, as in the register",organisation_id',
        "\ufefforganisation_id,organisation_name\n",
    ],
)
def test_a_file_with_the_published_heading_is_read_as_published(tmp_path: Path, heading: str) -> None:
    path = tmp_path / "published.csv"
    path.write_text(heading, encoding="utf-8", newline="")

    with pytest.raises(AnswersProblems, match="have no column"):
        read_round("2017", path)


def test_a_file_without_a_heading_is_no_published_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_text("", encoding="utf-8")

    assert not is_published(path, "nhs-dma-2017")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match=r"none\.csv: No such file"):
        read_round("2017", tmp_path / "none.csv")


def result_of(stated: Any, **keys: Any) -> ClaimResult:
    evidence = Evidence({"1": made_up_round("1", {"A": (10, 20), "B": (30, 40), "C": (30, 40)})})
    others = {name: keys.pop(name, ()) for name in ("alternatives", "slips")}
    claim = Claim("T-1", "own", "What was said.", stated, definition(**keys), **others, comment="A remark.")
    return check_claims([claim], evidence)[0]


def test_a_no_is_shown_with_the_slip_that_would_explain_it() -> None:
    slip = definition(compute="unit_scores", round="1", units=("B",))

    explained = result_of((35,), compute="unit_scores", round="1", units=("A",), slips=(slip,))
    unexplained = result_of((36,), compute="unit_scores", round="1", units=("A",), slips=(slip,))

    assert remark(explained) == "in none of 1 readings; a slip would give it: as the words say"
    assert remark(unexplained) == "in none of 1 readings"


def test_a_yes_needs_no_remark() -> None:
    found = result_of((15,), compute="unit_scores", round="1", units=("A",))

    assert result_row(found) == ("T-1", "yes", "What was said.", "15", "A A Trust 15")


def test_what_could_not_be_computed_is_shown_by_its_reason_alone() -> None:
    found = result_of((1,), compute="unit_scores", round="3", units=("A",))

    assert result_row(found) == ("T-1", "not testable", "What was said.", "1", "the answers of 3 are not given")


@pytest.mark.parametrize("width", [80, 100])
def test_a_table_of_claims_keeps_ids_and_words_whole_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], width: int
) -> None:
    statement = "The average trust of the second round scored more than half of what can be had. " * 2
    rows = [("N-4-readi-2016", "not testable", statement, "99, 92, 97, 288, 96.0", "readiness 99\nonly so: cut")]
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("NO_COLOR", "1")

    print_table("", RESULT_HEADING, rows, unbroken=[0], widest={1: VERDICT_WIDTH, 3: STATED_WIDTH})

    out = re.sub("\x1b\\[[0-9;]*m", "", capsys.readouterr().out)
    assert max(map(len, out.splitlines())) <= width
    words = [*statement.split(), "N-4-readi-2016", "testable", "288,", "readiness", "only"]
    assert set(words) <= set(out.split())


def test_a_figure_that_cannot_be_read_is_a_question_mark() -> None:
    assert stated_text((1, None, "A")) == "1, ?, A"


def test_everything_about_a_result_is_said() -> None:
    file = ClaimsFile(ClaimSource(id="own", title="Our paper", where="page 1"), ())
    found = result_of((35, None), compute="places", round="1", group={"units": ("A", "B")}, give="range")

    lines = list(detail_lines(found, file))

    assert lines[1:4] == ["  What was said.", "  source: Our paper (page 1)", "  stated: 35, ?"]
    assert lines[4] == "  reading: as the words say: A A Trust 3; B B Trust 1 to 2 (n = 3): does not give it"
    assert lines[-1] == "  comment: A remark."


def test_a_note_stands_beside_n() -> None:
    file = ClaimsFile(ClaimSource(id="own", title="Our paper", where="page 1"), ())
    found = result_of(("B",), compute="ranking", round="1", end="highest", size=1)

    lines = list(detail_lines(found, file))

    assert lines[4] == "  reading: as the words say: B (n = 3; equal at the cut and not shown: C): gives it"


def test_what_could_not_be_worked_out_is_said() -> None:
    file = ClaimsFile(ClaimSource(id="own", title="Our paper", where="page 1"), ())
    found = result_of((1,), compute="unit_scores", round="3", units=("A",))

    assert list(detail_lines(found, file))[4] == "  reading: as the words say: the answers of 3 are not given"
    assert present_result(found)["values"] is None


def test_values_keep_their_kind_in_json() -> None:
    places = present_result(result_of((3, 1), compute="places", round="1", group={"units": ("A", "B")}, give="range"))
    lowest = present_result(result_of(("A", 10), compute="lowest_score", round="1", measure="planning"))
    share = present_result(result_of((1,), compute="places", round="1", group={"units": ("B",)}, give="share"))

    assert places["values"] == [[3, 3], [1, 2]]
    assert lowest["values"] == ["A", 10]
    assert share["values"] == [1 / 3]


def test_a_count_of_one_is_singular() -> None:
    found = result_of((15,), compute="unit_scores", round="1", units=("A",))

    assert count_line([found]) == "1 claim: 1 yes, 0 nearly, 0 no, 0 not testable."
