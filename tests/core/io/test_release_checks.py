# SPDX-License-Identifier: MIT
"""The checks on folders, as made and as somebody meddled with them, and what a spreadsheet can hide."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from tests.core.cli.test_release_command import run
from tests.core.publication.rounds import write
from tests.core.publication.site.sites import dated
from trigpoint.errors import FileTrouble, ReleaseProblems
from trigpoint.io.hidden_content import find_hidden_content
from trigpoint.io.release_checks import check_folder, check_release


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("checked") / "made", settings=dated("2031-05-01"))


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "copy"))


def failed(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return title → problems of the checks that failed."""
    return {one.title: one.problems for one in check_release(folder) if not one.passed}


def pack(path: Path, **parts: str) -> Path:
    """Write a spreadsheet of some parts, named with "__" for "/" and "_dot_" for "."."""
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return path


def test_a_release_as_made_passes_every_check(made: Path) -> None:
    checks = check_release(made)

    assert len(checks) == 6
    assert [one.title for one in checks if not one.passed] == []


def test_a_file_put_beside_is_named_and_so_is_the_difference(copy: Path) -> None:
    (copy / "draft.docx").write_text("x", encoding="utf-8")

    found = failed(copy)

    assert found["Only files on the list"] == ("draft.docx is no file of a release. Take it out.",)
    assert "draft.docx" in found["Every number works out again"][0]


def test_a_changed_score_is_named(copy: Path) -> None:
    text = (copy / "scores.csv").read_text(encoding="utf-8")
    (copy / "scores.csv").write_text(text.replace("overall,67.5", "overall,97.5"), encoding="utf-8", newline="")

    assert any("67.5" in one for one in failed(copy)["Every number works out again"])


def test_a_link_that_leads_nowhere_is_named(copy: Path) -> None:
    (copy / "answers-wide.csv").unlink()

    assert failed(copy)["Every link leads to a page or file"] == (
        "index.html leads to answers-wide.csv, which is not there.",
    )


@pytest.mark.parametrize(("content", "why"), [(None, "is missing"), ("no spreadsheet", "can't be read")])
def test_a_spreadsheet_that_is_none_is_named(content: str | None, why: str, copy: Path) -> None:
    (copy / "scores.xlsx").unlink()
    if content is not None:
        (copy / "scores.xlsx").write_text(content, encoding="utf-8")

    assert why in failed(copy)["No hidden content"][0]


def test_a_page_that_is_no_text_is_trouble(copy: Path) -> None:
    (copy / "index.html").write_bytes(b"\xff\xfe")

    with pytest.raises(FileTrouble, match="a page can't be read"):
        check_release(copy)


def test_all_that_a_spreadsheet_hides_is_found(tmp_path: Path) -> None:
    path = pack(
        tmp_path / "book.xlsx",
        xl__workbook_dot_xml='<sheet name="Working" sheetId="2" state="veryHidden"/><definedName hidden="1"/>',
        xl__worksheets__sheet1_dot_xml='<col min="1" hidden="1"/><row r="2" hidden="true"/>',
        docProps__core_dot_xml="<dc:creator>A. Person</dc:creator><cp:lastModifiedBy></cp:lastModifiedBy>",
        xl__comments1_dot_xml="<comments/>",
        xl__vbaProject_dot_bin="",
    )

    assert set(find_hidden_content(path)) == {
        "book.xlsx has a hidden sheet, Working. Take it out.",
        "book.xlsx has a hidden name in xl/workbook.xml. Take it out.",
        "book.xlsx has a hidden column in xl/worksheets/sheet1.xml. Take it out.",
        "book.xlsx has a hidden row in xl/worksheets/sheet1.xml. Take it out.",
        "book.xlsx names a writer, A. Person. Take it out.",
        "book.xlsx holds xl/comments1.xml, which nobody sees. Take it out.",
        "book.xlsx holds xl/vbaProject.bin, which nobody sees. Take it out.",
    }


def test_a_visible_spreadsheet_hides_nothing(tmp_path: Path) -> None:
    path = pack(
        tmp_path / "book.xlsx",
        xl__workbook_dot_xml='<sheet state="visible"/><definedName name="_xlnm._FilterDatabase" hidden="1"/>',
        xl__worksheets__sheet1_dot_xml='<row r="2" hidden="0"/>',
        docProps__core_dot_xml="<dc:creator/>",
    )

    assert find_hidden_content(path) == ()


def test_a_site_is_checked_with_each_of_its_releases(made: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert run("site", str(made), "--out", str(site)).exit_code == 0

    checks = check_folder(site)

    assert [one.title for one in checks if not one.passed] == []
    assert len(checks) == 7
    assert sum(": " in one.title for one in checks) == 6


def test_the_command_lists_each_check_and_ends_with_0(made: Path) -> None:
    told = run("check", str(made))

    assert told.exit_code == 0, told.output
    assert told.output.count("passed  ") == 6


def test_the_command_names_all_that_was_found(copy: Path) -> None:
    (copy / "a.tmp").write_text("", encoding="utf-8")
    (copy / "b.tmp").write_text("", encoding="utf-8")

    told, as_json = run("check", str(copy)), run("check", str(copy), "--json")

    assert told.exit_code == as_json.exit_code == ReleaseProblems.exit_code
    assert "FAILED  Only files on the list" in told.output
    assert "a.tmp is no file of a release" in told.output
    assert "b.tmp is no file of a release" in told.output
    assert '"problems": []' in as_json.stdout


def test_a_folder_that_holds_no_release_is_trouble(tmp_path: Path) -> None:
    assert run("check", str(tmp_path)).exit_code == FileTrouble.exit_code
