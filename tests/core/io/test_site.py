# SPDX-License-Identifier: MIT
"""A site's folder: made whole, the same again, checked against its own releases, and never over anything else."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from tests.core.publication.rounds import AAA, BBB, CCC, DDD, answers, release, unit, write
from tests.core.publication.site.sites import dated, first, reasons
from trigpoint.errors import FileTrouble, RegisterProblems
from trigpoint.io.release import list_paths
from trigpoint.io.release_verify import read_release, verify_release
from trigpoint.io.site import is_site, read_site, verify_site, write_site
from trigpoint.publication.site.site_files import SITE

ROUND = first().manifest.round
RNG = np.random.default_rng


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    better = {**AAA, "alerts_to_gp": "all"}
    table = answers((unit("AAA"), better), (unit("BBB"), BBB), (unit("CCC"), CCC), (unit("DDD"), DDD))
    return [
        write(tmp_path / "first", settings=dated("2031-05-01")),
        write(tmp_path / "mended", table, dated("2031-06-01")),
    ]


@pytest.fixture
def made(tmp_path: Path, folders: list[Path]) -> Path:
    make(folders, tmp_path / "site")
    return tmp_path / "site"


def make(folders: list[Path], target: Path) -> int:
    site = read_site(folders, title="Sharing", address="https://example.org", reasons=reasons(ROUND))
    return write_site(site, folders, target, rng_of=RNG)


def bytes_of(folder: Path) -> dict[str, str]:
    return {path: hashlib.sha256((folder / path).read_bytes()).hexdigest() for path in list_paths(folder)}


def test_a_site_holds_its_pages_and_its_releases_byte_for_byte(made: Path, folders: list[Path]) -> None:
    assert (made / "index.html").is_file()
    assert (made / "organisations" / "AAA.html").is_file()
    assert is_site(made)
    assert not is_site(folders[0])
    for folder, number in zip(folders, (1, 2), strict=True):
        assert bytes_of(made / "releases" / f"{ROUND}.{number}") == bytes_of(folder)


def test_the_number_of_pages_is_told(tmp_path: Path, folders: list[Path]) -> None:
    count = make(folders, tmp_path / "site")

    released = sum(path.endswith(".html") for path in list_paths(tmp_path / "site" / "releases")) - 1  # its own index
    assert count == sum(path.endswith(".html") for path in list_paths(tmp_path / "site")) - released


def test_made_again_it_has_the_same_bytes(tmp_path: Path, folders: list[Path], made: Path) -> None:
    before = bytes_of(made)

    make(folders, made)
    make(folders, tmp_path / "elsewhere" / "site")

    assert bytes_of(made) == before
    assert bytes_of(tmp_path / "elsewhere" / "site") == before


def test_copied_elsewhere_it_verifies_from_its_own_folder(tmp_path: Path, made: Path) -> None:
    elsewhere = made.rename(tmp_path / "elsewhere")

    found = verify_site(elsewhere, rng_of=RNG)

    assert found.differences == ()
    assert found.releases == 2
    assert found.scores == 2 * 4 * 3
    assert found.pages == len([path for path in list_paths(elsewhere) if not path.startswith("releases/" + ROUND)])


def test_every_release_on_it_verifies_by_itself(made: Path) -> None:
    for number in (1, 2):
        assert verify_release(made / "releases" / f"{ROUND}.{number}").differences == ()


def test_a_number_changed_on_a_page_is_found(made: Path) -> None:
    page = made / "organisations" / "AAA.html"
    page.write_text(page.read_text(encoding="utf-8").replace("80.0 of 100", "90.0 of 100"), encoding="utf-8")

    found = verify_site(made, rng_of=RNG)

    assert {one.file for one in found.differences} == {"organisations/AAA.html"}
    assert "90.0 of 100" in str(found.differences[0])


def test_a_changed_release_is_found_where_it_lies(made: Path) -> None:
    scores = made / "releases" / f"{ROUND}.1" / "scores.csv"
    scores.write_text(scores.read_text(encoding="utf-8").replace(",60,", ",61,"), encoding="utf-8")

    found = verify_site(made, rng_of=RNG)

    assert found.differences
    assert all(one.file.startswith(f"releases/{ROUND}.1/") for one in found.differences)


def test_files_added_and_taken_away_are_found(made: Path) -> None:
    (made / "hidden.xlsx").write_bytes(b"PK")
    (made / "table.html").unlink()

    found = verify_site(made, rng_of=RNG)

    assert {(one.file, one.what) for one in found.differences} == {
        ("hidden.xlsx", "extra file"),
        ("table.html", "missing file"),
    }


def test_a_release_that_differs_from_what_it_says_is_not_put_on_a_site(folders: list[Path]) -> None:
    (folders[1] / "scores.csv").write_text("nothing", encoding="utf-8")

    with pytest.raises(FileTrouble, match="differs from what it says"):
        read_site(folders, title="", address="", reasons={})


def test_a_site_takes_the_title_of_its_last_release_where_none_is_given(folders: list[Path]) -> None:
    assert read_site(folders, title="", address="", reasons=reasons(ROUND)).title == "Sharing records, 2031"


def test_a_folder_that_holds_anything_else_is_left_alone(tmp_path: Path, folders: list[Path]) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.docx").write_text("years of work", encoding="utf-8")

    with pytest.raises(FileTrouble, match="holds files that are no site"):
        make(folders, mine)
    with pytest.raises(FileTrouble, match="is a file"):
        make(folders, mine / "thesis.docx")

    assert (mine / "thesis.docx").read_text(encoding="utf-8") == "years of work"


def test_a_folder_that_can_not_be_made_says_so(tmp_path: Path, folders: list[Path]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(FileTrouble, match="Name a folder that can be made"):
        make(folders, tmp_path / "file" / "site")


def test_nothing_half_made_is_left_behind(tmp_path: Path, folders: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "shutil.copytree", lambda *_, **__: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    )

    with pytest.raises(FileTrouble, match="No space left on device"):
        make(folders, tmp_path / "site")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["first", "mended"]


@pytest.mark.parametrize("text", [None, "", "{}", '{"format": "trigpoint-site/1", "title": 1}'])
def test_a_folder_without_a_record_that_can_be_read_is_no_site(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / SITE).write_text(text, encoding="utf-8")

    with pytest.raises(FileTrouble, match="Name the folder of a site"):
        verify_site(tmp_path, rng_of=RNG)


def test_a_record_can_not_lead_outside_the_folder(made: Path) -> None:
    said = json.loads((made / SITE).read_text(encoding="utf-8"))
    said["releases"][0]["number"] = "../../../etc"
    (made / SITE).write_text(json.dumps(said), encoding="utf-8")

    with pytest.raises(FileTrouble, match="no number of a release"):
        verify_site(made, rng_of=RNG)


def test_a_release_is_read_back_as_it_was_published(folders: list[Path]) -> None:
    assert read_release(folders[0]).texts == release(settings=dated("2031-05-01")).texts


def test_what_can_not_be_read_as_a_release_says_where(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match=r"manifest\.json: can't be read"):
        read_release(tmp_path)


def with_groups(tmp_path: Path, folders: list[Path], text: str) -> Path:
    (tmp_path / "groups.csv").write_text(text, encoding="utf-8")
    site = read_site(folders, title="", address="", reasons=reasons(ROUND), groups=tmp_path / "groups.csv")
    write_site(site, folders, tmp_path / "grouped", rng_of=RNG)
    return tmp_path / "grouped"


@pytest.mark.parametrize(
    "text", ["organisation,system,type\nAAA,North,acute\nBBB,South,acute\n", "organisation,system\nAAA,North\n"]
)
def test_a_site_with_systems_verifies_from_its_own_groups(tmp_path: Path, folders: list[Path], text: str) -> None:
    grouped = with_groups(tmp_path, folders, text)

    assert verify_site(grouped, rng_of=RNG).differences == ()
    assert (grouped / "systems" / "index.html").is_file()


def test_groups_that_were_changed_are_found(tmp_path: Path, folders: list[Path]) -> None:
    grouped = with_groups(tmp_path, folders, "organisation,system\nAAA,North\nBBB,South\n")
    (grouped / "groups.csv").write_text("organisation,system\nAAA,North\n", encoding="utf-8")

    assert "groups.csv" in {one.file for one in verify_site(grouped, rng_of=RNG).differences}


@pytest.mark.parametrize("text", ["", "organisation\nAAA\n", "organisation,system\nAAA,North\nAAA,South\n"])
def test_groups_that_are_none_are_refused(tmp_path: Path, folders: list[Path], text: str) -> None:
    with pytest.raises(RegisterProblems):
        with_groups(tmp_path, folders, text)


def fail_to_put(monkeypatch: pytest.MonkeyPatch, target: Path) -> None:
    """Let the disk refuse to put the new site in its place, but not to put the old one back."""
    rename = Path.rename

    def refuse(path: Path, to: Path) -> Path:
        if to == target and not path.name.endswith("-before"):
            raise OSError(28, "No space left on device")
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", refuse)


def test_a_site_that_cannot_be_put_in_place_leaves_the_old_one(
    folders: list[Path], made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, beside = bytes_of(made), set(made.parent.iterdir())
    fail_to_put(monkeypatch, made.resolve())

    with pytest.raises(FileTrouble, match="No space left"):
        make(folders, made)

    assert bytes_of(made) == before
    assert set(made.parent.iterdir()) == beside


def test_a_first_site_that_cannot_be_put_in_place_leaves_nothing(
    tmp_path: Path, folders: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_to_put(monkeypatch, (tmp_path / "new").resolve())

    with pytest.raises(FileTrouble, match="No space left"):
        make(folders, tmp_path / "new")

    assert not (tmp_path / "new").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".site-")]
