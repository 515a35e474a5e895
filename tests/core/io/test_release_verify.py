# SPDX-License-Identifier: MIT
"""Working a release out again: equal as made, and every kind of tampering told, even with the manifest made to fit."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.publication.rounds import SETTINGS, answers, release, sharing, write
from trigpoint.errors import FileTrouble
from trigpoint.io.content import framework_files, framework_folder
from trigpoint.io.duck import read_parquet, write_parquet
from trigpoint.io.release import SOFTWARE, list_files, write_release
from trigpoint.io.release_verify import Verification, verify_release
from trigpoint.io.release_workbook import write_workbook
from trigpoint.io.scores import SCORE_TYPES
from trigpoint.publication.compare import Difference
from trigpoint.publication.folder import framework_files_to_publish, needed_files
from trigpoint.publication.manifest import parse_manifest
from trigpoint.publication.release import build_release
from trigpoint.scoring.score_table import ENGINE_VERSION


def release_files() -> tuple[str, ...]:
    """Every file of the small release but its manifest."""
    examples = framework_files_to_publish(framework_files(framework_folder("example-points@1")))
    return tuple(sorted({*needed_files(), *(f"framework/{name}" for name in examples)}))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("releases") / "made")


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "copy"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def seal(folder: Path) -> None:
    """Make the manifest fit the files again, as a forger would."""
    published = parse_manifest((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(published.manifest.text(list_files(folder)), encoding="utf-8")


def told(found: Verification, what: str) -> list[Difference]:
    return [one for one in found.differences if one.what == what]


def test_a_release_as_made_is_equal_and_says_how_much_was_compared(made: Path) -> None:
    found = verify_release(made)

    assert found.differences == ()
    assert found.notes == ()
    assert found.release == release().manifest.release
    assert found.scores == 4 * 3  # units x measures
    assert found.answers == 4 * 7  # units x questions
    assert found.files == len(list_files(made)) + 1
    assert found.numbers > len(release().summary.lines)


def test_a_release_on_another_basis_is_equal_too(tmp_path: Path) -> None:
    assured = build_release(answers(), sharing(), SETTINGS, software=SOFTWARE, basis="assured")
    write_release(assured, framework_folder("example-points@1"), tmp_path / "made")

    assert verify_release(tmp_path / "made").differences == ()


def test_a_changed_score_is_told_as_a_changed_file_and_as_a_score(copy: Path) -> None:
    edit(copy / "scores.csv", "AAA,General,overall,67.5", "AAA,General,overall,77.5")

    found = verify_release(copy)

    assert [str(one) for one in found.differences if one.file == "scores.csv"][-1] == (
        "scores.csv: AAA General overall: score: published 77.5, recomputed 67.5"
    )
    assert told(found, "changed file")[0].file == "scores.csv"


def test_a_changed_score_is_told_when_the_manifest_was_made_to_fit(copy: Path) -> None:
    edit(copy / "scores.csv", "AAA,General,overall,67.5", "AAA,General,overall,77.5")
    seal(copy)

    assert [one.what for one in verify_release(copy).differences if one.file == "scores.csv"] == ["score"]


def test_a_changed_band_and_a_changed_count_are_told(copy: Path) -> None:
    edit(copy / "scores.csv", "AAA,General,overall,67.5,medium,6,6", "AAA,General,overall,67.5,high,6,5")
    seal(copy)

    found = verify_release(copy)

    assert [one.what for one in found.differences if one.file == "scores.csv"] == ["band", "answered"]


def test_a_changed_answer_is_told_by_the_scores_it_would_have_given(copy: Path) -> None:
    # all alerts sent: sending (100 + 2·70 + 100) / 4 = 85, overall (75 + 85) / 2 = 80
    edit(
        copy / "answers.csv",
        "AAA,AAA Hospitals,General,acute,alerts_to_gp,none",
        "AAA,AAA Hospitals,General,acute,alerts_to_gp,all",
    )
    seal(copy)

    found = verify_release(copy)

    assert "scores.csv: AAA General overall: score: published 67.5, recomputed 80" in map(str, found.differences)
    assert [one.file for one in told(found, "answers_hash")] == ["manifest.json"]
    assert [one.where for one in told(found, "answer")] == ["AAA General alerts_to_gp"]


def test_a_changed_point_of_the_framework_is_told_by_the_scores_it_gives(copy: Path) -> None:
    # mostly agree is worth 60: viewing of AAA (60 + 50 + 100) / 3 = 70
    edit(copy / "framework" / "scoring.yaml", "mostly_agree: 75", "mostly_agree: 60")
    for example in (copy / "framework" / "worked_examples").iterdir():
        example.unlink()
    seal(copy)

    found = verify_release(copy)

    assert "scores.csv: AAA General viewing: score: published 75, recomputed 70" in map(str, found.differences)
    assert len(told(found, "framework_hash")) == 1
    assert told(found, "answers_hash") == []


def test_a_comment_in_the_framework_changes_a_file_but_no_score(copy: Path) -> None:
    edit(copy / "framework" / "scoring.yaml", "kind: points", "kind: points  # as ever")

    assert [one.what for one in verify_release(copy).differences] == ["changed file"]


def test_a_file_that_was_deleted_is_told(copy: Path) -> None:
    (copy / "units.csv").unlink()

    assert [str(one)[:28] for one in verify_release(copy).differences] == ["units.csv: missing file: pub"]


@pytest.mark.parametrize("name", ["scores.csv", "scores.parquet", "scores.xlsx", "summary.csv", "index.html"])
def test_a_form_of_the_scores_that_was_deleted_is_told(copy: Path, name: str) -> None:
    (copy / name).unlink()

    assert [(one.file, one.what) for one in verify_release(copy).differences] == [(name, "missing file")]


def test_a_file_that_was_deleted_is_told_when_the_manifest_was_made_to_fit(copy: Path) -> None:
    (copy / "units.csv").unlink()
    seal(copy)

    assert [(one.file, one.what) for one in verify_release(copy).differences] == [("units.csv", "missing file")]


def test_a_file_that_was_added_is_told_when_the_manifest_was_made_to_fit(copy: Path) -> None:
    (copy / "league table.csv").write_text("1,AAA\n")
    seal(copy)

    assert [(one.file, one.what) for one in verify_release(copy).differences] == [("league table.csv", "extra file")]


@pytest.mark.parametrize("name", release_files())
def test_one_changed_byte_of_any_file_is_told(copy: Path, name: str) -> None:
    content = bytearray((copy / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / name).write_bytes(content)

    assert name in {one.file for one in told(verify_release(copy), "changed file")}


# Each example works a whole release out; hypothesis spreads a few over the 156 cells.
@settings(max_examples=25)
@given(row=st.integers(1, 12), column=st.integers(0, 12))
def test_a_change_to_any_cell_of_the_scores_is_told_even_when_sealed(
    made: Path, tmp_path_factory: pytest.TempPathFactory, row: int, column: int
) -> None:
    copy = Path(shutil.copytree(made, tmp_path_factory.mktemp("cells") / "copy"))
    lines = (copy / "scores.csv").read_text(encoding="utf-8").splitlines()
    cells = lines[row].split(",")
    lines[row] = ",".join([*cells[:column], f"{cells[column]}9", *cells[column + 1 :]])
    (copy / "scores.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    seal(copy)

    assert "scores.csv" in {one.file for one in verify_release(copy).differences}


def test_a_file_that_was_added_is_told(copy: Path) -> None:
    (copy / "league table.csv").write_text("1,AAA\n")

    assert [(one.file, one.what) for one in verify_release(copy).differences] == [("league table.csv", "extra file")]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('"units": 4', '"units": 5', "units"),
        ('"round": "example"', '"round": "another"', "round"),
        ('"synthetic": false', '"synthetic": true', "synthetic"),
        ('"release": "example', '"release": "sample', "release"),
        ("no ranks are given", "ranks are given", "definitions"),
    ],
)
def test_an_edited_manifest_is_told(copy: Path, old: str, new: str, what: str) -> None:
    edit(copy / "manifest.json", old, new)

    assert told(verify_release(copy), what)


def test_an_edited_title_is_told_by_the_name_of_the_release(copy: Path) -> None:
    edit(copy / "manifest.json", "Sharing records, 2031", "Sharing records, 2032")

    found = verify_release(copy)

    assert {one.what for one in found.differences} == {"release", "cell", "text"}


def test_an_edited_hash_is_told(copy: Path) -> None:
    parts = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    parts["files"][0]["sha256"] = "0" * 64
    (copy / "manifest.json").write_text(json.dumps(parts), encoding="utf-8")

    assert [one.what for one in verify_release(copy).differences] == ["changed file"]


def test_a_changed_number_of_the_summary_is_told(copy: Path) -> None:
    edit(copy / "summary.csv", "overall,mean,58", "overall,mean,59")
    seal(copy)

    assert "summary.csv: overall mean: value: published 59, recomputed 58" in map(str, verify_release(copy).differences)


def test_a_changed_number_of_the_page_is_told(copy: Path) -> None:
    edit(copy / "index.html", ">58.0</span>", ">68.0</span>")
    seal(copy)

    assert "index.html: overall mean: number: published 68.0, recomputed 58.0" in map(
        str, verify_release(copy).differences
    )


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("index.html", "They are no league table", "They are a league table"),
        ("units.csv", "AAA Hospitals", "AAA Trust"),
        ("questions.csv", "Clinicians see images", "Nurses see images"),
        ("dictionary.csv", "the measure scored", "the measure"),
        ("measures.csv", "Viewing records", "Seeing records"),
    ],
)
def test_a_changed_word_is_told_with_its_line(copy: Path, name: str, old: str, new: str) -> None:
    edit(copy / name, old, new)
    seal(copy)

    assert (name, "text") in {(one.file, one.what) for one in verify_release(copy).differences}


def test_a_changed_description_of_the_package_is_told(copy: Path) -> None:
    edit(copy / "datapackage.json", "Open Government Licence v3.0", "All rights reserved")
    seal(copy)

    assert [(one.file, one.what) for one in verify_release(copy).differences] == [("datapackage.json", "text")]


def test_a_changed_parquet_file_is_told_by_its_cells(copy: Path) -> None:
    columns = read_parquet(copy / "scores.parquet")
    columns["score"][0] = "99"
    write_parquet(columns, SCORE_TYPES, copy / "scores.parquet")
    seal(copy)

    found = [one for one in verify_release(copy).differences if one.file == "scores.parquet"]

    assert [(one.where, one.what, one.published) for one in found] == [("AAA General overall", "score", "99.0")]


def test_a_changed_spreadsheet_is_told_by_its_cells(copy: Path) -> None:
    sheets = list(release().sheets)
    heading, first, *rest = sheets[1].rows
    sheets[1] = replace(sheets[1], rows=(heading, (*first[:5], 99.0, *first[6:]), *rest))
    write_workbook(sheets, copy / "scores.xlsx")
    seal(copy)

    found = [one for one in verify_release(copy).differences if one.file == "scores.xlsx"]

    assert [(one.where, one.published) for one in found] == [("sheet Scores, row 2, column 6", "99.0")]


def test_a_sheet_that_was_added_is_told(copy: Path) -> None:
    write_workbook([*release().sheets, replace(release().sheets[0], name="Draft")], copy / "scores.xlsx")

    assert told(verify_release(copy), "sheets")


@pytest.mark.parametrize("name", ["scores.parquet", "scores.xlsx", "answers.parquet"])
def test_a_file_that_can_not_be_opened_is_told_and_the_rest_is_still_compared(copy: Path, name: str) -> None:
    (copy / name).write_bytes(b"broken")
    edit(copy / "scores.csv", "AAA,General,overall,67.5", "AAA,General,overall,77.5")

    found = verify_release(copy)

    assert [one.file for one in told(found, "can't be read")] == [name]
    assert told(found, "score")


@pytest.mark.parametrize(
    ("damage", "file"),
    [
        (lambda folder: (folder / "manifest.json").unlink(), "manifest.json"),
        (lambda folder: (folder / "manifest.json").write_text("{}"), "manifest.json"),
        (lambda folder: (folder / "manifest.json").write_bytes(b"\xff"), "manifest.json"),
        (lambda folder: (folder / "manifest.json").write_text("[" * 200_000), "manifest.json"),
        (lambda folder: shutil.rmtree(folder / "framework"), "framework"),
        (lambda folder: (folder / "framework" / "scoring.yaml").write_text("kind: ["), "framework"),
        (lambda folder: (folder / "answers.csv").unlink(), "answers.csv"),
        (lambda folder: (folder / "answers.csv").write_text(""), "answers.csv"),
        (lambda folder: (folder / "answers.csv").write_text("organisation,question\nAAA\n"), "answers.csv"),
        (lambda folder: (folder / "answers.csv").write_text("organisation\nAAA\n"), "answers.csv"),
    ],
)
def test_without_what_it_was_made_from_a_release_can_not_be_worked_out(
    copy: Path, damage: Callable[[Path], None], file: str
) -> None:
    damage(copy)

    found = verify_release(copy)

    assert told(found, "can't be read")[0].file == file
    assert found.scores == 0


def test_an_answer_that_is_no_answer_is_told_with_how_many_more(copy: Path) -> None:
    edit(copy / "answers.csv", "sees_gp_record,mostly_agree", "sees_gp_record,perhaps")
    edit(copy / "answers.csv", "sees_images,neither", "sees_images,perhaps")

    found = told(verify_release(copy), "can't be read")

    assert "'perhaps' is no answer to 'sees_gp_record'" in found[0].published
    assert found[0].published.endswith("(1 more problems)")


def test_a_table_that_is_not_utf_8_is_told_though_its_hash_was_made_to_fit(copy: Path) -> None:
    (copy / "measures.csv").write_bytes("Caf\u00e9\n".encode("cp1252"))
    seal(copy)

    found = told(verify_release(copy), "can't be read")

    assert [one.file for one in found] == ["measures.csv"]
    assert "byte 3 is not UTF-8 text" in found[0].published


def test_a_name_that_would_run_as_a_formula_is_told(copy: Path) -> None:
    text = (copy / "answers.csv").read_text(encoding="utf-8")
    (copy / "answers.csv").write_text(text.replace("AAA Hospitals", "=AAA"), encoding="utf-8")

    assert "would run as a formula" in told(verify_release(copy), "can't be read")[0].published


def test_another_engine_is_noted_and_is_no_difference_while_the_numbers_are_the_same(tmp_path: Path) -> None:
    older = build_release(answers(), sharing(), SETTINGS, software=replace(SOFTWARE, engine="0"))
    write_release(older, framework_folder("example-points@1"), tmp_path / "old")

    found = verify_release(tmp_path / "old")

    assert found.notes == (f"scored by engine 0; recomputed here by engine {ENGINE_VERSION}",)
    assert found.differences == ()


def test_the_wording_of_another_version_is_not_compared_but_its_numbers_are(tmp_path: Path) -> None:
    older = build_release(answers(), sharing(), SETTINGS, software=replace(SOFTWARE, version="0.0.9"))
    old = tmp_path / "old"
    write_release(older, framework_folder("example-points@1"), old)
    edit(old / "index.html", "They are no league table", "They are no ranking")
    seal(old)

    found = verify_release(old)

    assert found.differences == ()
    assert found.notes[0].startswith("written by Trigpoint 0.0.9, read by ")
    edit(old / "index.html", ">58.0</span>", ">68.0</span>")
    assert told(verify_release(old), "number")


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="no such folder"):
        verify_release(tmp_path / "absent")


def test_a_changed_cell_of_the_wide_table_is_told(copy: Path) -> None:
    edit(copy / "answers-wide.csv", "mostly_agree", "agree_completely")
    assert [one.file for one in told(verify_release(copy), "sees_gp_record")] == ["answers-wide.csv"]
