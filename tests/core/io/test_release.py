# SPDX-License-Identifier: MIT
"""A release on disk: the same bytes each time, nothing but what is listed, nothing of the machine it was made on."""

from __future__ import annotations

import getpass
import json
import platform
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from tests.core.publication.rounds import AAA, BBB, SETTINGS, answers, called, release, sharing, unit, write
from trigpoint.errors import FileTrouble
from trigpoint.io.answers import read_answers
from trigpoint.io.content import framework_folder
from trigpoint.io.release import list_files, list_paths, read_framework_bytes, write_release
from trigpoint.io.release_workbook import read_workbook, write_workbook
from trigpoint.io.spreadsheets import LARGEST_ROWS
from trigpoint.publication.folder import may_be_in_release
from trigpoint.publication.manifest import parse_manifest
from trigpoint.publication.workbook import Sheet

FRAMEWORK = framework_folder("example-points@1")


def contents(folder: Path) -> dict[str, bytes]:
    return {path: (folder / path).read_bytes() for path in list_paths(folder)}


def parts(folder: Path) -> dict[str, bytes]:
    """Every file, and every part of the spreadsheet unpacked."""
    found = contents(folder)
    with zipfile.ZipFile(folder / "scores.xlsx") as packed:
        return found | {name: packed.read(name) for name in packed.namelist()}


def test_the_same_input_gives_the_same_bytes_in_another_folder(tmp_path: Path) -> None:
    one = write(tmp_path / "here")
    other = write(tmp_path / "far" / "away")

    assert contents(one) == contents(other)


def test_the_order_of_units_does_not_change_a_byte(tmp_path: Path) -> None:
    one = write(tmp_path / "one", answers((unit("AAA"), AAA), (unit("BBB"), BBB)))
    other = write(tmp_path / "other", answers((unit("BBB"), BBB), (unit("AAA"), AAA)))

    assert contents(one) == contents(other)


def test_another_answer_changes_the_release(tmp_path: Path) -> None:
    one = write(tmp_path / "one", answers((unit("AAA"), AAA)))
    other = write(tmp_path / "other", answers((unit("AAA"), {**AAA, "alerts_to_gp": "all"})))

    assert contents(one)["scores.csv"] != contents(other)["scores.csv"]


def test_a_release_holds_only_what_the_list_allows(tmp_path: Path) -> None:
    paths = list_paths(write(tmp_path / "made"))

    assert [path for path in paths if not may_be_in_release(path)] == []
    assert {"scores.csv", "scores.parquet", "scores.xlsx", "answers.csv", "answers.parquet"} < set(paths)
    assert {"index.html", "summary.csv", "dictionary.csv", "datapackage.json", "manifest.json"} < set(paths)


def test_the_framework_is_there_byte_for_byte(tmp_path: Path) -> None:
    made = write(tmp_path / "made")

    for name, content in read_framework_bytes(FRAMEWORK).items():
        assert (made / "framework" / name).read_bytes() == content
    assert (made / "framework" / "scoring.yaml").is_file()


def test_a_file_beside_the_framework_is_not_published(tmp_path: Path) -> None:
    own = tmp_path / "own"
    for name, content in read_framework_bytes(FRAMEWORK).items():
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).write_bytes(content)
    (own / "private notes.yaml").write_text("not for others\n")
    (own / "draft.docx").write_text("not for others\n")

    write_release(release(), own, tmp_path / "made")

    assert not any(b"not for others" in content for content in contents(tmp_path / "made").values())


def test_nothing_tells_where_or_by_whom_it_was_made(tmp_path: Path) -> None:
    made = write(tmp_path / "made")
    marks = {str(tmp_path), str(Path.home()), str(FRAMEWORK), platform.node(), *maybe_user()}
    # A short name of a user or machine may be a word of the text by chance; a path is none.
    telling = {mark.encode() for mark in marks if len(mark) > 4}

    for name, content in parts(made).items():
        assert not [mark for mark in telling if mark in content], name
        assert not re.search(rb"/(?:home|Users|root|tmp|private|var)/\w", content), name


def maybe_user() -> set[str]:
    try:
        return {getpass.getuser()}
    except (KeyError, OSError):
        return set()  # a container may run under a number without a name


def test_nothing_tells_when_it_was_made(tmp_path: Path) -> None:
    made = write(tmp_path / "made")

    with zipfile.ZipFile(made / "scores.xlsx") as packed:
        assert {one.date_time[0] for one in packed.infolist()} == {1980}
        properties = packed.read("docProps/core.xml").decode()
    assert re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", properties) == ["1980-01-01T00:00:00Z"] * 2


def test_the_spreadsheet_has_no_author_and_no_hidden_sheet(tmp_path: Path) -> None:
    inside = parts(write(tmp_path / "made"))
    properties = inside["docProps/core.xml"].decode() + inside["docProps/app.xml"].decode()

    assert re.findall(r"<dc:creator>(.*?)</dc:creator>", properties) in ([], [""])
    assert re.findall(r"<cp:lastModifiedBy>(.*?)</cp:lastModifiedBy>", properties) in ([], [""])
    assert re.findall(r"<(?:Company|Manager)>([^<]+)</", properties) == []
    assert b"state=" not in inside["xl/workbook.xml"]
    assert [name for name, _ in read_workbook(tmp_path / "made" / "scores.xlsx")] == [
        "Cover", "Scores", "Summary", "Dictionary",
    ]  # fmt: skip


def test_the_spreadsheet_runs_no_formula(tmp_path: Path) -> None:
    write_workbook(release(settings=called("=1+1")).sheets, tmp_path / "a.xlsx")

    with zipfile.ZipFile(tmp_path / "a.xlsx") as packed:
        sheets = [packed.read(name) for name in packed.namelist() if name.startswith("xl/worksheets/")]
    assert not any(b"<f>" in sheet for sheet in sheets)
    assert read_workbook(tmp_path / "a.xlsx")[0][1][0][0] == "=1+1"


def test_a_unit_without_a_score_is_said_so_and_never_nought(tmp_path: Path) -> None:
    made = write(tmp_path / "made")

    scores = dict(read_workbook(made / "scores.xlsx"))["Scores"]
    heading = scores[0]
    unscored = [row for row in scores if row[heading.index("organisation")] == "DDD"]
    assert {row[heading.index("score")] for row in unscored} == {"no score"}
    lines = [line for line in (made / "scores.csv").read_text().splitlines() if ",DDD," in line]
    assert all(line.split(",")[4] == "" for line in lines)


def test_no_place_in_an_order_is_published(tmp_path: Path) -> None:
    texts = [content for name, content in contents(write(tmp_path / "made")).items() if name.endswith(".csv")]

    assert not any(b"rank" in text.partition(b"\n")[0].lower() for text in texts)


def test_the_manifest_lists_every_other_file_with_hash_and_size(tmp_path: Path) -> None:
    made = write(tmp_path / "made")

    listed = parse_manifest((made / "manifest.json").read_text(encoding="utf-8"))

    assert listed.files == list_files(made)
    assert {one.path for one in listed.files} == set(list_paths(made)) - {"manifest.json"}
    assert listed.release == release().manifest.release


def test_the_answers_are_read_by_every_other_command(tmp_path: Path) -> None:
    made = write(tmp_path / "made")

    for name in ("answers.csv", "answers.parquet"):
        assert read_answers(made / name, framework=sharing()).hash == answers().hash


def test_synthetic_answers_are_called_so_in_every_form(tmp_path: Path) -> None:
    made = write(tmp_path / "made", settings=replace(SETTINGS, is_synthetic=True))

    assert "Synthetic data" in (made / "index.html").read_text(encoding="utf-8")
    assert "Synthetic data" in (made / "datapackage.json").read_text(encoding="utf-8")
    assert json.loads((made / "manifest.json").read_text(encoding="utf-8"))["synthetic"] is True
    assert dict(read_workbook(made / "scores.xlsx"))["Cover"][1][0] == "Synthetic"


def test_the_same_release_may_be_written_again(tmp_path: Path) -> None:
    before = contents(write(tmp_path / "made"))

    assert contents(write(tmp_path / "made")) == before


def test_another_release_is_not_overwritten_unasked(tmp_path: Path) -> None:
    before = contents(write(tmp_path / "made"))

    with pytest.raises(FileTrouble, match=r"another release, example-points-1-[0-9a-f]{16}.*--replace"):
        write(tmp_path / "made", settings=called("A correction"))

    assert contents(tmp_path / "made") == before


def test_another_release_is_overwritten_when_asked(tmp_path: Path) -> None:
    write(tmp_path / "made")

    write_release(release(settings=called("A correction")), FRAMEWORK, tmp_path / "made", replace=True)

    assert contents(tmp_path / "made") == contents(write(tmp_path / "fresh", settings=called("A correction")))


def test_a_broken_manifest_is_no_leave_to_overwrite(tmp_path: Path) -> None:
    made = write(tmp_path / "made")
    (made / "manifest.json").write_text("{")

    with pytest.raises(FileTrouble, match=r"whose manifest\.json can't be read"):
        write(made)


def test_a_folder_with_other_peoples_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "to the board.txt").write_text("Dear all")

    with pytest.raises(FileTrouble, match=r"no release, such as to the board\.txt"):
        write(tmp_path / "letters")

    assert (tmp_path / "letters" / "to the board.txt").read_text() == "Dear all"


def test_a_folder_with_a_page_but_no_manifest_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("mine")

    with pytest.raises(FileTrouble, match=r"no release, but no manifest\.json"):
        write(tmp_path / "site")


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    assert (write(tmp_path / "empty") / "manifest.json").is_file()


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "made").write_text("")

    with pytest.raises(FileTrouble, match="is a file"):
        write(tmp_path / "made")


def test_a_folder_that_can_not_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(FileTrouble, match="Name a folder that can be made"):
        write(tmp_path / "file" / "made")


def test_nothing_is_left_behind_beside_the_folder(tmp_path: Path) -> None:
    write(tmp_path / "made")

    assert [path.name for path in tmp_path.iterdir()] == ["made"]


def test_the_current_folder_may_hold_the_release_that_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = write(tmp_path / "made")
    monkeypatch.chdir(made)

    write_release(release(settings=called("A correction")), FRAMEWORK, Path(), replace=True)

    assert contents(made) == contents(write(tmp_path / "fresh", settings=called("A correction")))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fresh", "made"]


def refuse_renaming(monkeypatch: pytest.MonkeyPatch, *sources: str) -> None:
    """Let the disk refuse to rename folders of these names."""
    rename = Path.rename

    def refusing(path: Path, target: Path) -> Path:
        if path.name in sources:
            raise PermissionError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refusing)


def test_the_old_release_comes_back_when_the_new_one_can_not_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(write(tmp_path / "made"))
    refuse_renaming(monkeypatch, "release")

    with pytest.raises(FileTrouble, match="Permission denied"):
        write_release(release(settings=called("A correction")), FRAMEWORK, tmp_path / "made", replace=True)

    assert contents(tmp_path / "made") == before
    assert [path.name for path in tmp_path.iterdir()] == ["made"]


def test_a_first_release_that_can_not_take_its_place_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_renaming(monkeypatch, "release")

    with pytest.raises(FileTrouble, match="Permission denied"):
        write(tmp_path / "made")

    assert list(tmp_path.iterdir()) == []


def test_the_old_release_is_kept_beside_even_when_it_can_not_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(write(tmp_path / "made"))
    refuse_renaming(monkeypatch, "release", "before")

    with pytest.raises(FileTrouble, match=r"Permission denied\. The release that was there is kept as .*before\."):
        write_release(release(settings=called("A correction")), FRAMEWORK, tmp_path / "made", replace=True)

    (room,) = tmp_path.iterdir()
    assert contents(room / "before") == before


def test_a_link_is_listed_but_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "scores.csv").symlink_to(tmp_path / "secret")
    (tmp_path / "folder" / "framework").symlink_to(tmp_path, target_is_directory=True)

    assert [(one.path, one.size) for one in list_files(tmp_path / "folder")] == [("framework", 0), ("scores.csv", 0)]


def test_a_spreadsheet_that_can_not_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="No such file or directory"):
        write_workbook(release().sheets, tmp_path / "absent" / "a.xlsx")


def test_a_sheet_longer_than_a_spreadsheet_is_refused_and_not_cut_off(tmp_path: Path) -> None:
    whole, long = (Sheet("Scores", (10,), (("a",), *[("",)] * rows)) for rows in (LARGEST_ROWS - 1, LARGEST_ROWS))

    write_workbook([whole], tmp_path / "a.xlsx")
    with pytest.raises(FileTrouble) as caught:
        write_workbook([whole, long], tmp_path / "b.xlsx")

    assert str(caught.value) == (
        "b.xlsx: the sheet Scores has 1,048,577 rows; a spreadsheet holds 1,048,576. "
        "Release fewer returns at a time; trigpoint score writes them all, as CSV and Parquet."
    )
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_name_longer_than_a_cell_is_refused_and_not_cut_off(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="32,767 letters a cell, and this is more"):
        write(tmp_path / "made", answers((unit("AAA", name="x" * 32_768), AAA)))

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["absent.xlsx", "text.xlsx"])
def test_what_is_no_spreadsheet_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "text.xlsx").write_text("not a spreadsheet")

    with pytest.raises(FileTrouble, match="can't be read as a spreadsheet"):
        read_workbook(tmp_path / name)
