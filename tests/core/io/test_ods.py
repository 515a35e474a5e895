# SPDX-License-Identifier: MIT
"""A folder of files, read into one register with a report."""

from __future__ import annotations

from datetime import date

import pytest

from tests.core.io.ods_text import lines, practice, trust
from trigpoint.errors import FileTrouble, RegisterProblems
from trigpoint.io.ods import read_register
from trigpoint.io.ods_codes import read_code_uses
from trigpoint.io.ods_facts import FileKind
from trigpoint.organisations import CodeUse


@pytest.fixture
def folder(tmp_path):
    inside = tmp_path / "registers"
    inside.mkdir()
    (inside / "etr_2016.csv").write_text(lines(trust("RA0"), trust("RB0", "BIRCHMERE NHS TRUST", geography="Q71")))
    (inside / "etr_2022.csv").write_text(
        lines(trust("RA0", closed="20200331"), trust("RB0", "BIRCHMERE AND ASHWICK NHS TRUST"))
    )
    (inside / "epraccur.CSV").write_text(
        lines(practice("A00001"), practice("A00002", "OTHER", status="C", closed="20200331"))
    )
    (inside / "succession.csv").write_text("old_code,new_code,date\nRA0,RB0,2020-04-01\nRA0,RA0,2010-04-01\n")
    (inside / "cohorts.csv").write_text("programme,trust_name,source,note\nPioneers (2017),Ashwick NHS Trust,a list,\n")
    (inside / "answers.csv").write_text("a,b\n1,2\n")
    (inside / "readme.txt").write_text("not a table")
    return inside


def test_a_folder_becomes_one_register(folder):
    register = read_register(folder).register

    assert sorted(register.as_on(date(2017, 1, 1)).organisations) == ["A00001", "A00002", "RA0", "RB0"]
    assert sorted(register.as_on(date(2021, 1, 1)).organisations) == ["A00001", "RB0"]
    assert register.likely_successor("RA0", date(2021, 1, 1)).organisations == ("RB0",)
    assert (
        register.as_on(date(2017, 1, 1)).require_organisation("RB0").name_on(date(2017, 1, 1)) == "BIRCHMERE NHS TRUST"
    )
    assert register.cohorts[0].members_on(date(2017, 6, 1)) == ("RA0",)


def test_the_report_counts_each_file_and_notes_what_was_left_alone(folder):
    report = read_register(folder).report

    counts = {each.file: each for each in report.files}
    assert {name: (each.rows, each.organisations, each.closed) for name, each in counts.items()} == {
        "cohorts.csv": (1, 0, 0),
        "epraccur.CSV": (2, 2, 1),
        "etr_2016.csv": (2, 2, 0),
        "etr_2022.csv": (2, 2, 1),
        "succession.csv": (2, 0, 0),
    }
    assert (counts["etr_2022.csv"].kind, counts["etr_2022.csv"].as_at) == (FileKind.TRUSTS, date(2022, 1, 1))
    assert (counts["succession.csv"].successions, counts["cohorts.csv"].cohort_members) == (2, 1)
    assert counts["epraccur.CSV"].memberships == 2 * 3
    assert report.conflicts == ()
    assert report.notes == (
        "answers.csv: no register file, left alone",
        "epraccur.CSV: no date in its name or headings; what it says is taken to hold on every date",
        "1 successor records name one code twice; they are kept and say nothing",
    )


def test_files_can_be_given_by_name_and_once_is_enough(folder):
    register = read_register(folder / "etr_2022.csv", folder / "etr_2022.csv").register

    assert [each.code for each in register.organisations] == ["RA0", "RB0"]


def test_a_named_file_that_is_no_register_file_is_a_problem_even_if_its_folder_is_given_too(folder):
    for paths in ([folder / "answers.csv"], [folder, folder / "answers.csv"], [folder / "answers.csv", folder]):
        with pytest.raises(RegisterProblems, match=r"answers\.csv: this is no register file that we know"):
            read_register(*paths)


def test_the_problems_of_all_files_come_at_once(folder):
    (folder / "etr_2016.csv").write_bytes(b"")
    (folder / "etr_2022.csv").write_bytes(lines(trust("RA0", "ST MARY\u2019S")).encode("cp1252"))
    (folder / "succession.csv").write_text('old_code,new_code,date\nRA0,RB0,soon\nRC0,"RD0')

    with pytest.raises(RegisterProblems) as caught:
        read_register(folder)

    assert [(problem.file, problem.line) for problem in caught.value.problems] == [
        ("etr_2016.csv", None),
        ("etr_2022.csv", 1),
        ("succession.csv", 3),
        ("succession.csv", 2),
    ]


def test_a_folder_without_register_files_says_so(tmp_path):
    with pytest.raises(FileTrouble, match=r"no register file in .* Give a folder with ODS files"):
        read_register(tmp_path)


def test_a_path_that_is_not_there_says_so(tmp_path):
    with pytest.raises(FileTrouble, match="can't be read"):
        read_register(tmp_path / "nowhere")


def test_progress_names_each_file_and_ends_with_all_done(folder):
    told: list[tuple[int, int, str]] = []

    read_register(folder, on_progress=lambda *step: told.append(step))

    assert [(done, total) for done, total, _ in told] == [(number, 6) for number in range(7)]
    assert [file for _, _, file in told][-2:] == ["succession.csv", "putting them together"]


def test_a_merger_that_the_successor_records_have_too_is_kept_once(folder):
    (folder / "trust_types_2026.csv").write_text(
        "ods_code,name,alt_names,type,region,ics,predecessor_codes,merger_date\n"
        "RB0,Birchmere and Ashwick NHS Trust,,Acute,London,-,RA0,2020-04-01\n"
    )

    register = read_register(folder).register

    assert [(step.predecessor, step.successor) for step in register.successions] == [("RA0", "RA0"), ("RA0", "RB0")]


def test_reading_twice_gives_the_same_register(folder):
    assert read_register(folder) == read_register(folder)


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        ("RA0\nRB0\n", (CodeUse("RA0", None, 1), CodeUse("RB0", None, 2))),
        ("trust\nRA0\n", (CodeUse("RA0", None, 2),)),
        ("Organisation_Name,score,organisation_id\nAshwick,1,RA0\n,2,RB0\nshort\n",
         (CodeUse("RA0", "Ashwick", 2), CodeUse("RB0", None, 3), CodeUse("", "short", 4))),
        ("round,organisation\n2017, RA0 \n2017,\n", (CodeUse("RA0", None, 2), CodeUse("", None, 3))),
        ("code,name\nRA0,Ashwick\n", (CodeUse("RA0", "Ashwick", 2),)),
    ],
)  # fmt: skip
def test_codes_are_read_from_a_column_called_so_or_else_from_the_first(tmp_path, text, uses):
    path = tmp_path / "codes.csv"
    path.write_text(text)

    assert read_code_uses(path) == uses


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b'RA0\n"RB0', "not valid CSV from here on"),
        (b"organisation\n", "no codes below them"),
        (b",,\n", "every row of the file is blank"),
    ],
)
def test_a_list_of_codes_that_cannot_be_read_says_why(tmp_path, content, message):
    path = tmp_path / "codes.csv"
    path.write_bytes(content)

    with pytest.raises(RegisterProblems, match=message):
        read_code_uses(path)
