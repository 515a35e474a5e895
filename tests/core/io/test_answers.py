# SPDX-License-Identifier: MIT
from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.frameworks import Draft, Return, answer_table, draft
from tests.support.strategies import drafts_and_returns
from trigpoint.errors import AnswersProblems, FileTrouble, FrameworkMismatch, TooLarge, UnknownFramework
from trigpoint.io.answers import LARGEST_PARQUET, SUFFIXES, read_answers, write_answers, write_csv
from trigpoint.io.content import read_framework
from trigpoint.io.duck import write_parquet
from trigpoint.io.spreadsheets import write_sheet
from trigpoint.submissions import AnswerTable, Missing, Unit
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.questionnaire import build_answers

SMALL = read_framework("example-points@1")
QUESTIONS = tuple(SMALL.questions)
FORMS = [(suffix, wide) for suffix in SUFFIXES for wide in (False, True)]


def table() -> AnswerTable:
    """Two made-up returns with all four ways of being missing and a name that is hard to write down."""
    first: dict[str, Answer] = {
        "sees_gp_record": "mostly_agree",
        "record_in_context": "over_half",
        "sharing_agreement": Missing.DONT_KNOW,
        "alerts_to_gp": Missing.NOT_APPLICABLE,
    }
    name = '=Trust, the "first";\nof\rmany'
    return build_answers(
        SMALL,
        [
            (Unit("X01", "Acute", name, ("acute",)), first),
            (Unit("X02", care_settings=("acute", "community")), {"discharge_summaries": "all"}),
        ],
        round_id="pilot",
    )


def problems(path: Path, text: str) -> list[str]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AnswersProblems) as caught:
        read_answers(path, framework=SMALL)
    return [str(problem).removeprefix(f"{path}:").removeprefix(" ") for problem in caught.value.problems]


@pytest.mark.parametrize(("suffix", "wide"), FORMS)
def test_every_form_of_file_holds_the_same_answers(tmp_path: Path, suffix: str, wide: bool) -> None:
    path = tmp_path / f"answers{suffix}"

    write_answers(table(), SMALL, path, wide=wide)

    again = read_answers(path, framework=SMALL)
    assert again.hash == table().hash
    assert again.units == table().units
    assert again.round == "pilot"


@pytest.mark.parametrize(("suffix", "wide"), FORMS)
def test_the_same_answers_give_the_same_bytes(tmp_path: Path, suffix: str, wide: bool) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_answers(table(), SMALL, tmp_path / name / f"answers{suffix}", wide=wide)

    assert (tmp_path / f"one/answers{suffix}").read_bytes() == (tmp_path / f"two/answers{suffix}").read_bytes()


@settings(max_examples=30)
@given(made=drafts_and_returns(), form=st.sampled_from(FORMS))
def test_answers_to_any_framework_come_back_from_any_form(
    tmp_path_factory: pytest.TempPathFactory, made: tuple[Draft, list[Return]], form: tuple[str, bool]
) -> None:
    framework = made[0].framework
    answers = answer_table(framework, made[1])
    path = tmp_path_factory.mktemp("any") / f"answers{form[0]}"

    write_answers(answers, framework, path, wide=form[1])

    assert read_answers(path, framework=framework).hash == answers.hash


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)


@settings(max_examples=40)
@given(name=NAMES, wide=st.booleans(), suffix=st.sampled_from([".csv", ".parquet"]))
def test_any_name_comes_back(tmp_path_factory: pytest.TempPathFactory, name: str, wide: bool, suffix: str) -> None:
    answers = build_answers(SMALL, [(Unit("X01", name=name), {})])
    path = tmp_path_factory.mktemp("any") / f"answers{suffix}"

    write_answers(answers, SMALL, path, wide=wide)

    assert read_answers(path, framework=SMALL).units[0].name == name


def test_a_file_that_names_its_framework_needs_no_other_word(tmp_path: Path) -> None:
    write_answers(table(), SMALL, tmp_path / "answers.csv")

    assert read_answers(tmp_path / "answers.csv").hash == table().hash


@pytest.mark.parametrize(
    ("column", "found"),
    [("", "it names none"), ("example-points@1,other@2", "it names example-points@1, other@2")],
)
def test_a_file_that_does_not_name_one_framework_is_not_guessed(tmp_path: Path, column: str, found: str) -> None:
    path = tmp_path / "answers.csv"
    rows = "".join(f"X0{at},{name},alerts_to_gp,all\n" for at, name in enumerate(column.split(",")))
    path.write_text(f"organisation,framework,question,answer\n{rows}", encoding="utf-8")

    with pytest.raises(AnswersProblems) as caught:
        read_answers(path)

    message = f"which framework these answers are for is not clear: {found}. Say --framework NAME@VERSION."
    assert str(caught.value) == f"{path}: {message}"


def test_a_framework_that_is_not_shipped_is_told(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("organisation,framework,question,answer\nX01,mine@1,q1,yes\n", encoding="utf-8")

    with pytest.raises(UnknownFramework):
        read_answers(path)


def test_endings_may_be_in_capitals(tmp_path: Path) -> None:
    for ending in (".CSV", ".Parquet", ".XLSX"):
        path = tmp_path / f"answers{ending}"
        write_answers(table(), SMALL, path)
        assert read_answers(path).hash == table().hash


def test_another_ending_is_refused_both_ways(tmp_path: Path) -> None:
    path = tmp_path / "answers.ods"

    with pytest.raises(FileTrouble) as written:
        write_answers(table(), SMALL, path)
    with pytest.raises(FileTrouble) as read:
        read_answers(path)

    known = ".parquet, .csv, .xlsx"
    assert str(written.value) == f"{path}: answers are written as {known}. Give the file one of these endings."
    assert str(read.value) == f"{path}: answers are read from {known}. Is this the right file?"
    assert not path.exists()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_that_is_not_there_is_told(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(FileTrouble, match=f"absent{suffix}: "):
        read_answers(tmp_path / f"absent{suffix}")


def test_a_parquet_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "answers.parquet"
    with path.open("wb") as sparse:
        sparse.truncate(LARGEST_PARQUET + 1)

    with pytest.raises(TooLarge):
        read_answers(path)


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    assert problems(tmp_path / "a.csv", "") == ["the file is empty."]
    assert problems(tmp_path / "a.csv", "organisation,question,answer\n") == ["the file has no answers."]
    assert problems(tmp_path / "a.csv", f"organisation,{','.join(QUESTIONS)}\n") == ["the file has no answers."]


def test_rows_of_another_width_and_double_columns_come_together(tmp_path: Path) -> None:
    text = 'organisation,question,answer,answer\nX01,"two\nlines",all,\nX01,alerts_to_gp,all\n\nX02,alerts_to_gp\n'

    assert problems(tmp_path / "a.csv", text) == [
        "4: 3 cells where the heading has 4: is the row cut short?",
        "6: 2 cells where the heading has 4: is the row cut short?",
        "1:4: the column 'answer' stands twice. Keep one.",
    ]


def test_problems_of_a_wide_file_point_at_the_line_a_return_begins_on(tmp_path: Path) -> None:
    heading = f"organisation,name,{','.join(QUESTIONS)}\n"
    blanks = "," * (len(QUESTIONS) - 1)

    found = problems(tmp_path / "a.csv", f'{heading}X01,"a\nb",{blanks}\n\nX02,c,no{blanks}\n')

    assert [problem.split(".")[0] for problem in found] == ["5: X02 General: 'no' is no answer to 'sees_gp_record'"]


def test_problems_of_a_spreadsheet_point_at_its_row(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_sheet(path, "s", ["organisation", "question", "answer"], [[None] * 3, ["X01", "alerts_to_gp", "some"]])

    with pytest.raises(AnswersProblems) as caught:
        read_answers(path, framework=SMALL)

    assert [problem.line for problem in caught.value.problems] == [3]


def test_problems_of_a_parquet_file_count_rows_as_a_spreadsheet_would(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    columns = {"organisation": ["X01", "X02"], "question": ["alerts_to_gp"] * 2, "answer": ["all", "some"]}
    write_parquet(columns, dict.fromkeys(columns, "VARCHAR"), path)

    with pytest.raises(AnswersProblems) as caught:
        read_answers(path, framework=SMALL)

    assert [problem.line for problem in caught.value.problems] == [3]


def test_columns_with_quotes_in_their_names_are_told_and_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    columns = {"organisation": ["X01"], 'my "own"': ["x"], "alerts_to_gp": ["all"]}
    write_parquet(columns, dict.fromkeys(columns, "VARCHAR"), path)

    with pytest.raises(AnswersProblems) as caught:
        read_answers(path, framework=SMALL)

    assert caught.value.problems[0].message.startswith("in example-points@1 there is no question 'my \"own\"'.")


def test_a_wide_file_without_organisations_or_answers_is_told(tmp_path: Path) -> None:
    assert problems(tmp_path / "a.csv", "a,b\n1,2\n") == [
        "1: there is no column 'organisation'.",
        "1: there is no column with answers to example-points@1.",
    ]


def test_a_wide_file_must_have_every_question(tmp_path: Path) -> None:
    text = f"organisation,{','.join(QUESTIONS[1:])},colour\nX01,{',' * len(QUESTIONS[1:])}\n"

    first, second = problems(tmp_path / "a.csv", text)

    assert first.startswith("1:8: in example-points@1 there is no question 'colour'.")
    assert first.endswith(" Take the column out.")
    assert second == "1: there is no column for the question 'sees_gp_record'. Add it, empty where nobody answered."


def test_a_return_that_stands_twice_in_a_wide_file_is_told_once(tmp_path: Path) -> None:
    blanks = "," * len(QUESTIONS)
    heading = f"organisation,care_setting,{','.join(QUESTIONS)}\n"

    found = problems(tmp_path / "a.csv", f"{heading}X01,Acute{blanks}\nX01,{blanks}\nX01,Acute{blanks}\n")

    assert found == ["4: X01 Acute stands twice, first on line 2. Keep one return."]


@pytest.mark.parametrize("name", ["mine", "x" * 5_000])
def test_a_framework_that_a_file_names_is_looked_for_among_those_shipped_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "framework.yaml").write_text("never read", encoding="utf-8")
    Path("a.csv").write_text(f"framework,organisation,question,answer\n{name},X01,q1,all\n", encoding="utf-8")

    with pytest.raises(UnknownFramework) as caught:
        read_answers(Path("a.csv"))

    assert str(caught.value).startswith(f"a.csv: there is no framework '{name[:60]}'.")
    assert str(caught.value).endswith(" Say --framework with the folder of your own.")


def test_a_blank_care_setting_is_general_and_a_space_makes_no_other_return(tmp_path: Path) -> None:
    blanks = "," * len(QUESTIONS)
    heading = f"organisation,care_setting,{','.join(QUESTIONS)}\n"

    found = problems(tmp_path / "a.csv", f"{heading}X01,{blanks}\nX01,General{blanks}\nX01 ,{blanks}\n")

    assert found == [
        "3: X01 General stands twice, first on line 2. Keep one return.",
        "4: X01 General stands twice, first on line 2. Keep one return.",
    ]


@pytest.mark.parametrize(
    ("heading", "places"),
    [
        ("organisation,answer", ["3"]),
        ("organisation,question,answer,answer", ["3:4"]),
        ("colour", ["3", "3"]),
        (f"{','.join(QUESTIONS[1:])},organisation,colour", ["3:8", "3"]),
    ],
)
def test_the_heading_is_told_by_the_line_it_stands_on(tmp_path: Path, heading: str, places: list[str]) -> None:
    cells = "x" + "," * heading.count(",")

    found = problems(tmp_path / "a.csv", f"\n,,\n{heading}\n{cells}\n")

    assert [one.partition(": ")[0] for one in found] == places


def test_answers_of_another_version_are_refused(tmp_path: Path) -> None:
    write_answers(table(), SMALL, tmp_path / "a.csv", wide=True)

    with pytest.raises(FrameworkMismatch):
        read_answers(tmp_path / "a.csv", framework=read_framework("example-status@1"))


def test_a_question_named_like_a_column_about_the_return_is_not_written_wide(tmp_path: Path) -> None:
    framework = draft(("name", "question", "q1")).framework
    answers = answer_table(framework, [{"name": "yes", "question": "no", "q1": "partly"}])
    path = tmp_path / "a.csv"

    with pytest.raises(FileTrouble) as caught:
        write_answers(answers, framework, path, wide=True)
    write_answers(answers, framework, path)

    message = "the questions name, question are named like other columns. Write it long."
    assert str(caught.value) == f"{path}: {message}"
    assert read_answers(path, framework=framework).hash == answers.hash


def test_a_csv_file_has_bare_line_feeds_and_blank_cells_for_none(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"

    write_csv(path, ["a", "b"], [["1", None], ['say "x"', "y,z"], ["lone\rreturn", None]])

    assert path.read_bytes() == b'a,b\n1,\n"say ""x""","y,z"\n"lone\rreturn",""\n'


def test_a_csv_file_in_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble) as caught:
        write_csv(tmp_path / "absent" / "a.csv", ["a"], [])

    assert str(caught.value) == f"{tmp_path}/absent/a.csv: No such file or directory."


def test_a_published_file_is_told_what_to_do_first(tmp_path: Path) -> None:
    file = tmp_path / "published.csv"
    file.write_text("organisation_name,organisation_id,What share,,What share\nA,RA0,1,,2\n", encoding="utf-8")

    with pytest.raises(AnswersProblems) as caught:
        read_answers(file)

    assert [str(problem) for problem in caught.value.problems] == [
        (
            f"{file}:1: this is a published file. First take it in, for example: "
            "trigpoint ingest nhs-dma-2017 FILE --out OUT"
        )
    ]
