# SPDX-License-Identifier: MIT
"""Bad input from the command line: what is wrong, where and what to do, an exit code, and nothing lost or half done."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.support.published_files import MadeUpReturn, csv_text, published_file, published_rows
from trigpoint.cli import app

# Exit codes, as docs/reference/exit-codes.md promises them.
ANSWERS, UNKNOWN_FRAMEWORK, MISMATCH, TOO_LARGE, UNKNOWN_UNIT, FILE = 4, 6, 7, 10, 11, 13

LAYOUT = "nhs-dma-2017"
GOOD = {"digital_strategy": ("Mostly Agree", "75"), "ig_toolkit_score": ("84", None)}
X01 = MadeUpReturn("X01", GOOD, name="First Trust")
X02 = MadeUpReturn("X02", {"digital_strategy": ("Agree Completely", "100")}, name="Second, Trust")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def ingest(file: Path, layout: str = LAYOUT, *more: object) -> Result:
    """Take a file in, and check that a refusal leaves nothing behind and the file as it was."""
    before = file.read_bytes() if file.stat().st_size < 10_000_000 else b""
    out = file.parent / "out.parquet"
    result = run("ingest", layout, file, "--out", out, *more)
    assert result.exit_code == 0 or not list(file.parent.glob("out.*")), "a refused file must leave no half result"
    assert not before or file.read_bytes() == before
    return result


def refusal(result: Result) -> list[str]:
    """Return the lines on stderr, when nothing was printed besides and no traceback."""
    assert result.stdout == ""
    assert isinstance(result.exception, SystemExit)
    return result.stderr.splitlines()


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_text(text, encoding=encoding, newline="")
    return path


def test_a_good_file_is_taken_in(tmp_path: Path) -> None:
    result = ingest(published_file(tmp_path, LAYOUT, X01, X02))

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("2 returns of 2 organisations, nhs-dma@2017 -> ")


def test_a_file_cut_in_the_middle_of_a_row(tmp_path: Path) -> None:
    text = csv_text(published_rows(LAYOUT, X01, X02))
    start = text.index("Second")
    file = write(tmp_path / "cut.csv", text[: start + 40])

    result = ingest(file)

    assert result.exit_code == ANSWERS
    cells = text[start : start + 40].count(",") + 1 - 1  # the comma in the quoted name parts no cells
    assert refusal(result) == [
        f"{file}:3: {cells} cells where the heading has 367: the row is cut short or has a stray comma or quote."
    ]


def test_a_file_cut_inside_a_quote(tmp_path: Path) -> None:
    text = csv_text(published_rows(LAYOUT, X01, X02))
    file = write(tmp_path / "cut.csv", text[: text.index('"Second,') + 5])

    result = ingest(file)

    assert result.exit_code == ANSWERS
    assert refusal(result) == [
        f"{file}:3: not valid CSV from here on: unexpected end of data. Is a quote left open, or the file cut short?"
    ]


def test_a_file_in_windows_1252(tmp_path: Path) -> None:
    text = csv_text(published_rows(LAYOUT, X01, MadeUpReturn("X02", name="Trust of Saint Zoë")))
    file = tmp_path / "old.csv"
    file.write_bytes(text.encode("cp1252"))

    result = ingest(file)

    assert result.exit_code == ANSWERS
    (line,) = refusal(result)
    assert "is not UTF-8 text. The file is probably in Windows-1252 or UTF-16: save it again as 'CSV UTF-8'." in line
    assert line.startswith(f"{file}:")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_utf_16_with_or_without_its_mark(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "wide.csv"
    file.write_bytes("organisation_name,organisation_id\nA,X01\n".encode(encoding))

    result = ingest(file)

    assert result.exit_code == ANSWERS
    (line,) = refusal(result)
    assert line.startswith(f"{file}:1: byte ")
    assert line.endswith(" The file is probably in Windows-1252 or UTF-16: save it again as 'CSV UTF-8'.")


def test_a_byte_order_mark_is_no_trouble(tmp_path: Path) -> None:
    file = write(tmp_path / "mark.csv", csv_text(published_rows(LAYOUT, X01)), encoding="utf-8-sig")

    assert ingest(file).exit_code == 0


def test_a_row_that_stands_twice(tmp_path: Path) -> None:
    file = published_file(tmp_path, LAYOUT, X01, X02, X01, X01)

    result = ingest(file)

    assert result.exit_code == ANSWERS
    message = "X01 General stands twice, first on line 2. Keep the return that counts."
    assert refusal(result) == [f"{file}:4: {message}", f"{file}:5: {message}"]


def changed_heading(folder: Path, change: Callable[[list[str]], None]) -> Path:
    """Write a made-up file of two rows after a change to each row, the heading first."""
    rows = published_rows(LAYOUT, X01)
    for _, row in rows:
        change(row)
    return write(folder / "changed.csv", csv_text(rows))


def test_an_unknown_question_column(tmp_path: Path) -> None:
    rows = published_rows(LAYOUT, X01)
    for (_, row), cell in zip(rows, ("Do you like it?", "Yes"), strict=True):
        row.append(cell)
    file = write(tmp_path / "more.csv", csv_text(rows))

    result = ingest(file)

    assert result.exit_code == ANSWERS
    assert refusal(result) == [
        f"{file}:1:368: the column 'Do you like it?' is no question of nhs-dma@2017. Take it out, or add the question."
    ]


def test_a_missing_question_column_with_its_answers_column(tmp_path: Path) -> None:
    def take_out(row: list[str]) -> None:
        del row[20:22]

    file = changed_heading(tmp_path, take_out)

    result = ingest(file)

    assert result.exit_code == ANSWERS
    assert refusal(result) == [
        f"{file}:1: no column has the wording of the question 'digital_strategy'. Was it renamed?"
    ]


def test_a_renamed_question_column_is_told_from_both_sides(tmp_path: Path) -> None:
    rows = published_rows(LAYOUT, X01)
    rows[0][1][20] = "We have a strategy"
    file = write(tmp_path / "renamed.csv", csv_text(rows))

    result = ingest(file)

    assert result.exit_code == ANSWERS
    assert refusal(result) == [
        f"{file}:1: no column has the wording of the question 'digital_strategy'. Was it renamed?",
        (
            f"{file}:1:21: the column 'We have a strategy' is no question of nhs-dma@2017. "
            "Take it out, or add the question."
        ),
    ]


def test_a_missing_column_of_answers_beside_its_question(tmp_path: Path) -> None:
    def take_out(row: list[str]) -> None:
        del row[21]

    file = changed_heading(tmp_path, take_out)

    result = ingest(file)

    assert result.exit_code == ANSWERS
    assert refusal(result) == [
        (
            f"{file}:1:21: beside the question 'digital_strategy' there is no column without a heading for its answers "
            "or item scores. Was a column taken out or moved?"
        )
    ]


def test_the_last_column_of_answers_missing(tmp_path: Path) -> None:
    def take_out(row: list[str]) -> None:
        del row[-1]

    file = changed_heading(tmp_path, take_out)

    result = ingest(file)

    assert result.exit_code == ANSWERS
    (line,) = refusal(result)
    assert line.startswith(f"{file}:1:366: beside the question ")


def test_a_column_that_stands_twice(tmp_path: Path) -> None:
    def double(row: list[str]) -> None:
        row += [row[20], ""]

    file = changed_heading(tmp_path, double)

    result = ingest(file)

    assert result.exit_code == ANSWERS
    (line,) = refusal(result)
    assert line.startswith(f"{file}:1:368: the column ")
    assert line.endswith(" stands twice. Keep one.")


def test_another_rounds_file(tmp_path: Path) -> None:
    file = published_file(tmp_path, "nhs-dma-2015-16", MadeUpReturn("X01"))

    result = ingest(file)

    assert result.exit_code == ANSWERS
    lines = refusal(result)
    assert lines[0] == f"{file}:1: there is no column 'care_setting'. Is this a file of nhs-dma@2017?"
    assert lines[1].endswith(" questions of nhs-dma@2017 have no column: another round's file?")
    assert len(lines) == 2


def test_a_file_of_something_else(tmp_path: Path) -> None:
    file = write(tmp_path / "something.csv", "a,b\n1,2\n")

    result = ingest(file)

    assert result.exit_code == ANSWERS
    assert refusal(result) == [
        *(
            f"{file}:1: there is no column {name!r}. Is this a file of nhs-dma@2017?"
            for name in ("organisation_name", "organisation_id", "care_setting")
        ),
        f"{file}:1: 175 questions of nhs-dma@2017 have no column: another round's file?",
    ]


def test_answers_outside_their_scale(tmp_path: Path) -> None:
    bad = MadeUpReturn("X09", {"digital_strategy": ("Perhaps", ""), "ig_toolkit_score": ("101", None)})
    file = published_file(tmp_path, LAYOUT, X01, bad)

    result = ingest(file)

    assert result.exit_code == ANSWERS
    assert refusal(result) == [
        (
            f"{file}:3:22: X09: 'Perhaps' is not in the scale of 'digital_strategy' and the item score '' doesn't say. "
            "Correct the cell, or add the answer to the scale."
        ),
        (
            f"{file}:3:69: X09: '101' is not in the scale of 'ig_toolkit_score'. "
            "Correct the cell, or add the answer to the scale."
        ),
    ]


def test_an_empty_file(tmp_path: Path) -> None:
    file = write(tmp_path / "empty.csv", "")

    result = ingest(file)

    assert result.exit_code == ANSWERS
    assert refusal(result) == [f"{file}: the file is empty: no heading and no returns."]


def test_a_heading_only(tmp_path: Path) -> None:
    file = published_file(tmp_path, LAYOUT)

    result = ingest(file)

    assert result.exit_code == ANSWERS
    assert refusal(result) == [f"{file}: the file has a heading and no returns."]


def test_a_return_without_an_organisation_code(tmp_path: Path) -> None:
    file = published_file(tmp_path, LAYOUT, MadeUpReturn(" ", GOOD, name="Nameless Trust"))

    result = ingest(file)

    assert result.exit_code == ANSWERS
    assert refusal(result) == [f"{file}:2: 'Nameless Trust' has no organisation code."]


def test_every_problem_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    bad = MadeUpReturn("", {"digital_strategy": ("Perhaps", "")}, name="Nameless Trust")
    worse = MadeUpReturn("X01", {"ig_toolkit_score": ("x", None)})
    file = published_file(tmp_path, LAYOUT, X01, bad, worse)

    result = ingest(file)

    assert result.exit_code == ANSWERS
    assert [line.removeprefix(f"{file}:")[:3] for line in refusal(result)] == ["3:2", "4:6", "3: ", "4: "]


def test_lines_are_counted_as_in_the_file_when_a_cell_holds_a_line_break(tmp_path: Path) -> None:
    first = MadeUpReturn("X01", GOOD, name="First\r\nTrust\r\nof all")
    file = published_file(tmp_path, LAYOUT, first, MadeUpReturn("X02", {"digital_strategy": ("Perhaps", "")}))

    result = ingest(file)

    # line 1 the heading, lines 2 to 4 the first return
    assert refusal(result)[0].startswith(f"{file}:5:22: X02: 'Perhaps'")


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".xlsx"])
def test_a_ten_gigabyte_file_is_refused_by_its_size(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"national{suffix}"
    with file.open("wb") as sparse:
        sparse.truncate(10_000_000_000)

    result = ingest(file, "table", "--framework", "nhs-dma@2017")

    most = {".csv": "1", ".parquet": "4", ".xlsx": "0.2"}[suffix]
    advice = "" if suffix == ".parquet" else ", or turn it into Parquet, which is some ten times smaller"
    assert result.exit_code == TOO_LARGE
    assert refusal(result) == [
        (f"{file} is 10.0 GB; the most that is read in one piece is {most} GB. Split it by organisation{advice}.")
    ]


def test_a_ten_gigabyte_published_file_is_refused_by_its_size(tmp_path: Path) -> None:
    file = tmp_path / "national.csv"
    with file.open("wb") as sparse:
        sparse.truncate(10_000_000_000)

    assert ingest(file).exit_code == TOO_LARGE


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """Answers of two made-up trusts, one of them with two returns, taken in."""
    (tmp_path / "in").mkdir()
    community = MadeUpReturn("X02", GOOD, care_setting="Community")
    file = published_file(tmp_path / "in", LAYOUT, X01, X02, community)
    out = tmp_path / "answers.parquet"
    assert run("ingest", LAYOUT, file, "--out", out).exit_code == 0
    return out


def test_answers_of_another_version_are_not_scored(answers: Path) -> None:
    result = run("score", answers, "--framework", "nhs-dma@2015-16", "--out", answers.parent / "scores")

    assert result.exit_code == MISMATCH
    assert refusal(result) == [
        (
            f"{answers}: these answers were collected with nhs-dma@2017, not nhs-dma@2015-16. Score them with --framework "
            "nhs-dma@2017; to use another version's rules add --rules nhs-dma@2015-16."
        )
    ]
    assert not (answers.parent / "scores").exists()


def test_answers_to_other_content_of_the_same_version_are_not_scored(answers: Path) -> None:
    wide = answers.with_name("wide.csv")
    assert run("ingest", "table", answers, "--out", wide, "--wide").exit_code == 0
    heading, first = wide.read_text(encoding="utf-8").splitlines()[:2]
    own = first.split(",")[1]
    write(wide, "\n".join([heading, first.replace(own, "0" * 64)]))

    result = run("score", wide, "--framework", "nhs-dma@2017", "--out", answers.parent / "scores")

    assert result.exit_code == MISMATCH
    assert refusal(result) == [
        (
            f"{wide}: these answers were collected with other content of nhs-dma@2017 (hash 000000000000, not "
            f"{own[:12]}). Use the framework files they were collected with, or ingest them again."
        )
    ]


def test_a_framework_that_is_not_there(answers: Path) -> None:
    result = run("score", answers, "--framework", "nhs-dma@2071", "--out", answers.parent / "scores")

    assert result.exit_code == UNKNOWN_FRAMEWORK
    assert refusal(result) == [
        (
            "there is no framework 'nhs-dma@2071'. Did you mean 'nhs-dma@2017'? A folder with a framework.yaml would also "
            "do."
        )
    ]


def test_the_rules_of_another_kind_of_framework(answers: Path) -> None:
    scores = answers.parent / "scores"

    result = run("score", answers, "--framework", "nhs-dma@2017", "--rules", "example-status@1", "--out", scores)

    assert result.exit_code == MISMATCH
    assert refusal(result) == [
        "example-status@1 is of kind status, nhs-dma@2017 of kind points. The rules of one can't be used on the other."
    ]


def explain(answers: Path, *more: str) -> Result:
    return run("explain", answers, *more, "--framework", "nhs-dma@2017")


def test_explaining_an_unknown_organisation(answers: Path) -> None:
    result = explain(answers, "X03")

    assert result.exit_code == UNKNOWN_UNIT
    assert refusal(result) == ["in these answers there is no organisation 'X03'. Did you mean 'X02'?"]


def test_explaining_an_unknown_care_setting(answers: Path) -> None:
    result = explain(answers, "X02", "--care-setting", "Acute")

    assert result.exit_code == UNKNOWN_UNIT
    assert refusal(result) == [
        "X02 made no return for 'Acute'. It made: General, Community. Say which with --care-setting."
    ]


def test_explaining_an_unknown_measure(answers: Path) -> None:
    result = explain(answers, "X01", "--measure", "readyness")

    assert result.exit_code == UNKNOWN_UNIT
    assert refusal(result) == ["in nhs-dma@2017 there is no measure 'readyness'. Did you mean 'readiness'?"]


def test_a_parquet_file_cut_short(answers: Path) -> None:
    cut = answers.with_name("cut.parquet")
    cut.write_bytes(answers.read_bytes()[:-100])

    result = run("score", cut, "--framework", "nhs-dma@2017", "--out", answers.parent / "scores")

    assert result.exit_code == ANSWERS
    assert refusal(result) == [f"{cut}: not a Parquet file, or cut short. Make it again with trigpoint ingest."]


@pytest.mark.parametrize("content", [b"", b"not a spreadsheet", b"PK\x03\x04 and no more"])
def test_a_broken_spreadsheet(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "answers.xlsx"
    file.write_bytes(content)

    result = ingest(file, "table", "--framework", "nhs-dma@2017")

    assert result.exit_code == ANSWERS
    (line,) = refusal(result)
    assert line.startswith(f"{file}: can't be read as a spreadsheet: ")
    assert line.endswith(" Save it again as .xlsx.")


def test_a_file_of_another_kind(tmp_path: Path) -> None:
    file = write(tmp_path / "answers.docx", "x")

    result = ingest(file, "table", "--framework", "nhs-dma@2017")

    assert result.exit_code == FILE
    assert refusal(result) == [f"{file}: answers are read from .parquet, .csv, .xlsx. Is this the right file?"]


def test_an_output_of_another_kind(tmp_path: Path) -> None:
    file = published_file(tmp_path, LAYOUT, X01)

    result = run("ingest", LAYOUT, file, "--out", tmp_path / "answers.docx")

    assert result.exit_code == FILE
    assert refusal(result) == [
        f"{tmp_path}/answers.docx: answers are written as .parquet, .csv, .xlsx. Give the file one of these endings."
    ]
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    result = run("ingest", LAYOUT, tmp_path / "absent.csv", "--out", tmp_path / "out.parquet")

    assert result.exit_code == FILE
    assert refusal(result) == [f"{tmp_path}/absent.csv: No such file or directory."]


def test_an_unknown_layout_is_named_with_the_nearest(tmp_path: Path) -> None:
    result = run("ingest", "nhs-dma-2016", tmp_path / "a.csv", "--out", tmp_path / "out.parquet")

    assert result.exit_code == FILE
    (line,) = refusal(result)
    assert line.startswith("there is no layout 'nhs-dma-2016'. Did you mean 'nhs-dma-201")


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".xlsx"])
def test_an_output_folder_that_is_not_there(tmp_path: Path, suffix: str) -> None:
    file = published_file(tmp_path, LAYOUT, X01)

    result = run("ingest", LAYOUT, file, "--out", tmp_path / "absent" / f"out{suffix}")

    assert result.exit_code == FILE
    (line,) = refusal(result)
    assert line.startswith(f"{tmp_path}/absent/out{suffix}: ")


def test_scores_are_not_written_into_a_file(answers: Path) -> None:
    result = run("score", answers, "--framework", "nhs-dma@2017", "--out", answers)

    assert result.exit_code == FILE
    assert refusal(result) == [f"{answers}: File exists. Name a folder that can be made and written to."]


@pytest.mark.parametrize(("name", "out"), [("in.csv", "in.csv"), ("in.report.csv", "in.csv")])
def test_the_file_of_answers_is_never_written_over(tmp_path: Path, name: str, out: str) -> None:
    file = published_file(tmp_path, LAYOUT, X01).rename(tmp_path / name)
    before = file.read_bytes()

    result = run("ingest", LAYOUT, file, "--out", tmp_path / "." / out)

    assert result.exit_code == FILE
    assert refusal(result) == [
        f"{tmp_path}/{name}: this would write over the file of answers. Give --out another name."
    ]
    assert file.read_bytes() == before


def test_a_formula_in_a_name_stays_text(tmp_path: Path) -> None:
    name = '=HYPERLINK("http://example.org","click")'
    file = published_file(tmp_path, LAYOUT, MadeUpReturn("X01", GOOD, name=name))
    sheet = tmp_path / "answers.xlsx"

    assert run("ingest", LAYOUT, file, "--out", sheet, "--wide").exit_code == 0
    result = run("explain", sheet, "X01", "--framework", "nhs-dma@2017")

    assert result.stdout.startswith(f"{name} (X01, General)")


# Tables that people make themselves.

SMALL = "example-points@1"
QUESTIONS = (
    "sees_gp_record,sees_social_care_record,sees_images,record_in_context,sharing_agreement,discharge_summaries,"
    "alerts_to_gp"
)


def ingest_table(folder: Path, text: str, name: str = "answers.csv") -> tuple[Path, Result]:
    file = write(folder / name, text)
    return file, ingest(file, "table", "--framework", SMALL)


def test_problems_of_a_wide_table_point_at_its_rows(tmp_path: Path) -> None:
    file, result = ingest_table(
        tmp_path,
        f"organisation,name,{QUESTIONS}\n"
        'X01,"two\nlines",neither,,,,,,\n'
        "\n"
        "X02,,none,,,,,all,some\n"
        "X03,,,,,,,dont_know,\n"
        "X03,,,,,,,,\n",
    )

    assert result.exit_code == ANSWERS
    # The heading is line 1, the first return lines 2 and 3, line 4 is blank.
    assert refusal(result) == [f"{file}:7: X03 stands twice, first on line 6. Keep one return."]

    write(file, file.read_text(encoding="utf-8").replace("X03,,,,,,,,\n", ""))
    result = ingest(file, "table", "--framework", SMALL)

    assert refusal(result) == [
        (
            f"{file}:5: X02 General: 'none' is no answer to 'sees_gp_record'. There are: disagree_completely, "
            "somewhat_disagree, neither, mostly_agree, agree_completely; or not_answered, dont_know, not_applicable, "
            "not_shown."
        ),
        (
            f"{file}:5: X02 General: 'some' is no answer to 'alerts_to_gp'. There are: none, up_to_half, over_half, all; "
            "or not_answered, dont_know, not_applicable, not_shown."
        ),
    ]


def test_a_wide_table_says_which_columns_are_unknown_missing_or_double(tmp_path: Path) -> None:
    questions = QUESTIONS.replace("sees_images", "sees_image")

    file, result = ingest_table(tmp_path, f"organisation,{questions},colour\nX01,,,,,,,,\n")

    assert result.exit_code == ANSWERS
    assert refusal(result) == [
        f"{file}:1:4: in {SMALL} there is no question 'sees_image'. Did you mean 'sees_images'? Take the column out.",
        (
            f"{file}:1:9: in {SMALL} there is no question 'colour'. There are: {QUESTIONS.replace(',', ', ')}. "
            "Take the column out."
        ),
        f"{file}:1: there is no column for the question 'sees_images'. Add it, empty where nobody answered.",
    ]


def test_problems_of_a_long_table_point_at_its_lines(tmp_path: Path) -> None:
    file, result = ingest_table(
        tmp_path,
        "organisation,care_settings,question,answer,missing\n"
        "X01,acute;comunity,sees_gp_record,neither,\n"
        "X01,acute,sees_images,neither,dont_know\n"
        "X02,,alerts_to_gp,all,\n"
        "X02,,alerts_to_gp,none,\n"
        ",,alerts_to_gp,none,\n"
        "X02,,alerts_to_g,none,\n",
    )

    assert result.exit_code == ANSWERS
    assert refusal(result) == [
        f"{file}:2: in {SMALL} there is no care setting 'comunity'. Did you mean 'community'?",
        f"{file}:3: X01 General has another name or care settings above.",
        f"{file}:3: X01 General: 'sees_images' has the answer 'neither' and is missing as 'dont_know'. Keep one.",
        f"{file}:5: X02 General answers 'alerts_to_gp' twice. Keep one.",
        f"{file}:6: there is no organisation code.",
        f"{file}:7: in {SMALL} there is no question 'alerts_to_g'. Did you mean 'alerts_to_gp'?",
    ]


def test_a_table_of_two_rounds(tmp_path: Path) -> None:
    file, result = ingest_table(
        tmp_path, "organisation,round,question,answer\nX01,one,alerts_to_gp,all\nX02,two,alerts_to_gp,all\n"
    )

    assert refusal(result) == [f"{file}: the answers are of several rounds: one, two. Make a file of each."]


def test_a_table_that_names_no_framework(tmp_path: Path) -> None:
    file = write(tmp_path / "answers.csv", "organisation,question,answer\nX01,alerts_to_gp,all\n")

    result = ingest(file, "table")

    assert result.exit_code == ANSWERS
    assert refusal(result) == [
        f"{file}: which framework these answers are for is not clear: it names none. Say --framework NAME@VERSION."
    ]


def test_refusals_under_json_leave_stdout_empty(tmp_path: Path) -> None:
    result = ingest(write(tmp_path / "empty.csv", ""), LAYOUT, "--json")

    assert result.exit_code == ANSWERS
    assert len(refusal(result)) == 1


def test_a_good_file_under_json_is_one_json_value(tmp_path: Path) -> None:
    result = ingest(published_file(tmp_path, LAYOUT, X01), LAYOUT, "--json")

    assert json.loads(result.stdout)["returns"] == 1
