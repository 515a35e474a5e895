# SPDX-License-Identifier: MIT
"""Frameworks on disk: where they are found, what lies beside them, and how a version is published."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.framework_files import edited, parsed, template_files
from trigpoint.errors import FileTrouble, FrameworkProblems, UnknownFramework
from trigpoint.io.framework_release import (
    check_framework_at,
    folder_named,
    publish_framework,
    read_released,
    released_file,
)

pytestmark = pytest.mark.usefixtures("home")

STATUS = template_files("status")


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def second_version(folder: Path) -> Path:
    """A version 2 in which every question is the same."""
    files = edited(STATUS, "framework.yaml", ('version: "1"', 'version: "2"'))
    pairs = "\n".join(f"  - {{from: {one}, to: {one}, class: same}}" for one in parsed(STATUS).questions)
    files["crosswalk.yaml"] = f'framework: example-status\nfrom: "1"  # the first\nto: "2"\npairs:\n{pairs}\n'
    return write(folder, files)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A working directory with version 1 of a framework in `mine/example-status/1`."""
    monkeypatch.chdir(tmp_path)
    write(Path("mine/example-status/1"), STATUS)
    return tmp_path


def messages(name: str) -> list[str]:
    return [str(problem) for problem in check_framework_at(name).problems]


def test_a_folder_right_below_the_top_is_checked_like_any_other(monkeypatch):
    monkeypatch.setattr(Path, "resolve", lambda path: Path("/") / path.name)

    assert released_file(Path("1")) == Path("/RELEASED.yaml")


def test_a_list_of_releases_that_is_not_utf_8_is_told():
    Path("mine/RELEASED.yaml").write_bytes("caf\u00e9:\n".encode("cp1252"))

    with pytest.raises(FrameworkProblems, match=r"mine/RELEASED\.yaml:1:4: not UTF-8\. Save the file as UTF-8\."):
        check_framework_at("mine/example-status/1")


@pytest.mark.parametrize(
    "name", ["mine/example-status/1", "./mine/example-status/1/", "mine/example-status/1/framework.yaml"]
)
def test_a_framework_is_checked_by_its_folder_or_its_main_file(name):
    checked = check_framework_at(name)

    assert checked.problems == ()
    assert checked.framework == parsed(STATUS)


def test_files_are_named_in_problems_as_the_person_named_them(home):
    (home / "mine/example-status/1/scoring.yaml").write_text("", encoding="utf-8")
    absolute = (home / "mine/example-status/1").as_posix()

    assert messages("mine/example-status/1") == ["mine/example-status/1/scoring.yaml:1:1: the file is empty."]
    assert messages(absolute) == [f"{absolute}/scoring.yaml:1:1: the file is empty."]


def test_from_within_its_folder_the_files_have_no_prefix(monkeypatch):
    monkeypatch.chdir("mine/example-status/1")
    Path("scoring.yaml").write_text("", encoding="utf-8")

    assert messages(".") == ["scoring.yaml:1:1: the file is empty."]
    assert messages("framework.yaml") == ["scoring.yaml:1:1: the file is empty."]


def test_a_shipped_framework_is_checked_by_name():
    assert check_framework_at("example-status@1").framework == parsed(STATUS)


def test_what_is_neither_shipped_nor_a_folder_is_unknown():
    with pytest.raises(UnknownFramework, match="'nowhere'"):
        check_framework_at("nowhere")


def test_a_folder_without_a_framework_says_what_is_missing(home):
    (home / "empty").mkdir()

    assert messages("empty") == [
        "empty/framework.yaml: the file framework.yaml is missing.",
        "empty/scoring.yaml: the file scoring.yaml is missing.",
    ]


def test_the_version_before_lies_beside():
    second_version(Path("mine/example-status/2"))

    assert messages("mine/example-status/2") == []


def test_a_version_before_that_is_not_there_is_told():
    second_version(Path("elsewhere/2"))

    assert messages("elsewhere/2") == [
        (
            "elsewhere/2/crosswalk.yaml:2:1: example-status@1 lies neither beside this version nor among the published "
            "ones. Put its folder beside."
        )
    ]


def test_problems_of_the_version_before_are_told_after_those_of_the_version_itself(home):
    second_version(Path("mine/example-status/2"))
    (home / "mine/example-status/1/scoring.yaml").write_text("", encoding="utf-8")
    (home / "mine/example-status/2/notes.yaml").write_text("a: 1", encoding="utf-8")

    found = messages("mine/example-status/2")

    assert found[0].startswith("mine/example-status/2/notes.yaml: ")
    assert found[-1] == "mine/example-status/1/scoring.yaml:1:1: the file is empty."


def test_published_versions_are_listed_beside_the_framework():
    framework, path = publish_framework("mine/example-status/1")

    assert path == Path("mine/RELEASED.yaml")
    assert read_released(path)["example-status@1"].hash == framework.hash == parsed(STATUS).hash


def test_publishing_twice_changes_nothing():
    _, path = publish_framework("mine/example-status/1")
    once = path.read_bytes()

    publish_framework("mine/example-status/1")

    assert path.read_bytes() == once


def test_versions_are_listed_in_the_order_of_their_publication():
    second_version(Path("mine/example-status/2"))

    publish_framework("mine/example-status/1")
    _, path = publish_framework("mine/example-status/2")

    assert list(read_released(path)) == ["example-status@1", "example-status@2"]
    assert messages("mine/example-status/1") == messages("mine/example-status/2") == []


def test_a_published_version_can_not_be_changed(home):
    publish_framework("mine/example-status/1")
    file = home / "mine/example-status/1/framework.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("A backup was", "A copy was"), encoding="utf-8")

    (found,) = messages("mine/example-status/1")
    assert "example-status@1 was published with the hash" in found
    assert "Take the change back, or make a new version." in found
    with pytest.raises(FrameworkProblems, match="was published with the hash"):
        publish_framework("mine/example-status/1")


def test_a_framework_with_problems_is_not_published(home):
    (home / "mine/example-status/1/scoring.yaml").write_text("", encoding="utf-8")

    with pytest.raises(FrameworkProblems, match="the file is empty"):
        publish_framework("mine/example-status/1")

    assert not (home / "mine/RELEASED.yaml").exists()


def test_a_list_that_can_not_be_written_is_told(home):
    (home / "mine/RELEASED.yaml").mkdir()

    with pytest.raises(FileTrouble, match=r"RELEASED\.yaml: Is a directory"):
        publish_framework("mine/example-status/1")


def test_where_nothing_was_published_the_list_is_empty():
    assert read_released(Path("mine/RELEASED.yaml")) == {}


def test_the_list_lies_two_folders_up(home, monkeypatch):
    assert released_file(Path("mine/example-status/1")) == Path("mine/RELEASED.yaml")
    monkeypatch.chdir("mine/example-status/1")
    assert released_file(Path()) == home / "mine" / "RELEASED.yaml"


def test_a_shipped_framework_outside_the_working_directory_keeps_its_whole_path():
    folder = folder_named("example-status@1")

    assert folder.is_absolute()
    assert (folder.parent.name, folder.name) == ("example-status", "1")


def test_a_shipped_framework_below_the_working_directory_is_named_from_there(monkeypatch):
    monkeypatch.chdir(folder_named("example-status@1").resolve().parents[1])

    assert folder_named("example-status@1") == Path("example-status/1")


def test_an_unreadable_file_is_told(home):
    (home / "mine/example-status/1/scoring.yaml").write_bytes(b"kind: \xff")

    with pytest.raises(FrameworkProblems, match=r"scoring\.yaml:1:7: not UTF-8"):
        check_framework_at("mine/example-status/1")
