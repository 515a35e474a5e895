# SPDX-License-Identifier: MIT
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import trigpoint
from tests.support.frameworks import Draft, draft, written
from trigpoint.errors import FileTrouble, FrameworkProblems, TooLarge, UnknownFramework
from trigpoint.frameworks import FrameworkRef
from trigpoint.io import content
from trigpoint.io.content import (
    LARGEST_FILE,
    content_folder,
    framework_files,
    framework_folder,
    list_frameworks,
    read_framework,
)
from trigpoint.io.framework_release import folder_named

MADE = draft(("q1", "q2"))


def folder_of(made: Draft, folder: Path, **more: str) -> Path:
    (folder / "worked_examples").mkdir(parents=True)
    for name, text in {**made.files, **more}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def crosswalk(older: str, newer: str) -> str:
    pairs = [{"from": name, "to": name, "class": "same"} for name in ("q1", "q2")]
    heading = f'framework: made-up\nfrom: "{older}"\nto: "{newer}"\n'
    return f"{heading}pairs: {written(pairs)}\n"


def test_the_shipped_frameworks_are_listed_by_name_and_version() -> None:
    found = list_frameworks()

    assert found == tuple(sorted(found))
    assert {FrameworkRef("nhs-dma", "2015-16"), FrameworkRef("nhs-dma", "2017")} <= set(found)


def test_every_shipped_framework_is_read_by_its_name() -> None:
    for ref in list_frameworks():
        assert read_framework(str(ref)).ref == ref


def test_a_framework_is_read_once() -> None:
    assert read_framework("nhs-dma@2017") is read_framework("nhs-dma@2017")


def test_a_framework_may_be_named_by_its_folder_or_its_file(tmp_path: Path) -> None:
    folder = folder_of(MADE, tmp_path / "mine" / "1")

    assert framework_folder(str(folder)) == framework_folder(str(folder / "framework.yaml")) == folder
    assert read_framework(str(folder)).hash == MADE.framework.hash


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("nhs-dma@2018", "'nhs-dma@2017'"), ("nhs-dma2017", "'nhs-dma@2017'"), ("exmple-status@1", "'example-status@1'")],
)
def test_an_unknown_framework_is_told_with_the_nearest(name: str, nearest: str) -> None:
    with pytest.raises(UnknownFramework) as caught:
        read_framework(name)

    assert f"there is no framework {name!r}. Did you mean {nearest}" in str(caught.value)
    assert str(caught.value).endswith(" A folder with a framework.yaml would also do.")


def test_a_name_longer_than_any_file_may_have_is_told_as_unknown() -> None:
    for find in (framework_folder, folder_named):
        with pytest.raises(UnknownFramework) as caught:
            find("x" * 5_000)
        assert f"there is no framework '{'x' * 200}'." in str(caught.value)


def test_a_file_of_another_name_is_no_framework(tmp_path: Path) -> None:
    folder = folder_of(MADE, tmp_path / "1")

    for name in (folder / "scoring.yaml", tmp_path / "framework.yaml"):
        with pytest.raises(UnknownFramework):
            framework_folder(str(name))


def test_the_files_of_a_framework_are_named_inside_its_folder(tmp_path: Path) -> None:
    folder = folder_of(MADE, tmp_path / "1", **{"worked_examples/one.yaml": "a: b"})
    (folder / "notes.txt").write_text("not a part of it", encoding="utf-8")

    assert list(framework_files(folder)) == ["framework.yaml", "scoring.yaml", "worked_examples/one.yaml"]


def test_a_file_that_is_not_utf_8_is_told_with_the_byte(tmp_path: Path) -> None:
    folder = folder_of(MADE, tmp_path / "1")
    (folder / "scoring.yaml").write_bytes("kind: caf\u00e9".encode("cp1252"))

    with pytest.raises(FrameworkProblems) as caught:
        framework_files(folder)

    assert str(caught.value) == f"{folder}/scoring.yaml:1:10: not UTF-8. Save the file as UTF-8."


def test_a_file_that_is_too_large_to_be_a_framework_is_not_read(tmp_path: Path) -> None:
    folder = folder_of(MADE, tmp_path / "1")
    with (folder / "scoring.yaml").open("wb") as sparse:
        sparse.truncate(LARGEST_FILE + 1)

    with pytest.raises(TooLarge) as caught:
        framework_files(folder)

    assert str(caught.value) == f"{folder}/scoring.yaml: over 10 MB, which nobody wrote by hand. Split it."


def test_the_folder_of_a_framework_with_one_version_names_that_version(tmp_path: Path) -> None:
    one = folder_of(MADE, tmp_path / "mine" / "1")

    assert framework_folder(str(tmp_path / "mine")) == one
    folder_of(MADE, tmp_path / "mine" / "2")
    with pytest.raises(UnknownFramework):
        framework_folder(str(tmp_path / "mine"))


def test_a_file_that_can_not_be_opened_is_told(tmp_path: Path) -> None:
    folder = folder_of(MADE, tmp_path / "1")
    (folder / "crosswalk.yaml").mkdir()

    with pytest.raises(FileTrouble) as caught:
        framework_files(folder)

    assert str(caught.value) == f"{folder}/crosswalk.yaml: Is a directory."


def test_problems_name_the_file_with_its_folder(tmp_path: Path) -> None:
    folder = folder_of(MADE.with_scoring(kind="guess"), tmp_path / "1")

    with pytest.raises(FrameworkProblems) as caught:
        read_framework(str(folder))

    assert {problem.file for problem in caught.value.problems} == {f"{folder}/scoring.yaml"}


def test_a_crosswalk_is_checked_against_the_version_beside_it(tmp_path: Path) -> None:
    folder_of(draft(("q1", "q2", "q3")), tmp_path / "1")
    newer = folder_of(MADE.with_content(version="2"), tmp_path / "2", **{"crosswalk.yaml": crosswalk("1", "2")})

    with pytest.raises(FrameworkProblems) as caught:
        read_framework(str(newer))

    (problem,) = caught.value.problems
    assert problem.message == "'q3' of version 1 is not in the crosswalk. Pair it, or list it as withdrawn."


def test_a_crosswalk_from_a_version_that_is_not_at_hand_is_checked_on_the_newer_side(tmp_path: Path) -> None:
    newer = folder_of(MADE.with_content(version="2"), tmp_path / "2", **{"crosswalk.yaml": crosswalk("1", "2")})

    assert read_framework(str(newer)).crosswalk is not None


def test_a_crosswalk_that_does_not_say_where_it_is_from_is_told(tmp_path: Path) -> None:
    text = crosswalk("1", "2").replace('from: "1"\n', "")
    newer = folder_of(MADE.with_content(version="2"), tmp_path / "2", **{"crosswalk.yaml": text})

    with pytest.raises(FrameworkProblems) as caught:
        read_framework(str(newer))

    assert [problem.file for problem in caught.value.problems] == [f"{newer}/crosswalk.yaml"]


def test_two_versions_that_each_come_from_the_other_are_read_and_not_for_ever(tmp_path: Path) -> None:
    one = folder_of(MADE, tmp_path / "1", **{"crosswalk.yaml": crosswalk("2", "1")})
    two = folder_of(MADE.with_content(version="2"), tmp_path / "2", **{"crosswalk.yaml": crosswalk("1", "2")})

    assert [read_framework(str(folder)).ref.version for folder in (one, two)] == ["1", "2"]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package that lies elsewhere, as an installed wheel does."""
    package = tmp_path / "site" / "trigpoint"
    package.mkdir(parents=True)
    monkeypatch.setattr(trigpoint, "__file__", str(package / "__init__.py"))
    content._shipped.cache_clear()
    yield package
    content._shipped.cache_clear()


def test_in_a_wheel_the_content_lies_inside_the_package(package: Path) -> None:
    folder_of(MADE, package / "_content" / "frameworks" / "made-up" / "1")

    assert content_folder("frameworks") == package / "_content" / "frameworks"
    assert list_frameworks() == (FrameworkRef("made-up", "1"),)


def test_in_a_checkout_the_content_lies_beside_the_sources(package: Path) -> None:
    assert content_folder("frameworks") == package.parents[1] / "frameworks"
