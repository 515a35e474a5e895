# SPDX-License-Identifier: MIT
"""Rules of every text file: the licence is said, and nothing in it belongs to one machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest

from tests.repository.house import (
    Offence,
    SourceFile,
    list_files,
    list_texts,
    made_up,
    messages,
    require_no_offence,
    require_none,
)

SPDX = "SPDX-License-Identifier: MIT"
LICENSED_SUFFIXES = {".py", ".toml", ".yaml", ".yml", ".css", ".js", ".html", ".typ", ".sql"}
LICENSED_NAMES = {".importlinter", ".gitignore", ".gitattributes", ".editorconfig"}

# Written in pieces, as this file is read by its own rules.
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)" + r"/[\w.]|\b[A-Z]:\\Users\\")
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("files", "pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("conda", "anaconda", "org"),
        ("ghcr", "io"),
        ("docker", "io"),
        ("proxy", "golang", "org"),
    )
)
# "Skip ..." is what a button says to somebody who leaves a question open.
UNFINISHED = re.compile(r"\b(?:FIX" + r"ME|HA" + r"CK)\b|\b(?<!Skip )for " + r"now\b|\bTO" + r"DO\b(?!\(#\d+\))")


def is_licensed(path: PurePosixPath) -> bool:
    """Say whether a file must carry the licence line. Made-up input of tests is exactly what its test says."""
    is_input_of_a_test = path.parts[0] == "tests" and path.suffix != ".py"
    is_command = path.parts[0] in {"script", ".ci"}
    is_lock = path.parts[0] == "requirements"
    has_form = path.suffix in LICENSED_SUFFIXES or path.name in LICENSED_NAMES
    return (is_command or is_lock or has_form) and not is_input_of_a_test


def find_missing_licence(source: SourceFile) -> Iterator[Offence]:
    if is_licensed(source.path) and not any(SPDX in line for line in source.lines[:3]):
        yield source.offence(1, f"no line '{SPDX}' among the first three")


def find_machine_paths(source: SourceFile) -> Iterator[Offence]:
    for number, line in enumerate(source.lines, 1):
        if found := MACHINE_PATH.search(line):
            yield source.offence(number, f"the path of one machine, {found[0]}: make it relative")


def find_registry_hosts(source: SourceFile) -> Iterator[Offence]:
    for number, line in enumerate(source.lines, 1):
        for host in REGISTRIES:
            if host in line:
                yield source.offence(number, f"names the registry {host}: the reader's settings decide that")


def find_unfinished_work(source: SourceFile) -> Iterator[Offence]:
    for number, line in enumerate(source.lines, 1):
        if found := UNFINISHED.search(line):
            yield source.offence(number, f"'{found[0]}': finish it, or write TO" + "DO(#123) with the issue's number")


def find_untidy_ends(source: SourceFile) -> Iterator[Offence]:
    if source.text and not source.text.endswith("\n"):
        yield source.offence(len(source.lines), "no line end at the end of the file")
    for number, line in enumerate(source.lines, 1):
        if line != line.rstrip():
            yield source.offence(number, "space at the end of the line")


def test_every_source_file_says_its_licence() -> None:
    require_no_offence(find_missing_licence, list_texts())


def test_no_file_names_a_path_of_one_machine() -> None:
    require_no_offence(find_machine_paths, list_texts())


def test_no_file_names_a_package_registry() -> None:
    require_no_offence(find_registry_hosts, list_texts())


def test_unfinished_work_names_its_issue() -> None:
    prose = {".md", ".txt"}
    ours = (source for source in list_texts() if "vendor" not in source.path.parts)
    require_no_offence(find_unfinished_work, (source for source in ours if source.path.suffix not in prose))


def test_code_and_documents_have_tidy_line_ends() -> None:
    kinds = {".py", ".md", ".toml", ".yaml", ".yml"}
    require_no_offence(find_untidy_ends, (source for source in list_texts() if source.path.suffix in kinds))


def test_the_lock_with_addresses_is_not_committed() -> None:
    locks = {"uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock"}

    require_none(
        Offence(str(path), 0, "holds registry addresses: requirements/*.txt is the lock")
        for path in list_files()
        if path.name in locks
    )


@pytest.mark.parametrize("path", ["src/trigpoint/x.py", "script/demo", ".ci/run", "frameworks/a/1/scoring.yaml"])
def test_a_source_file_without_licence_is_found(path: str) -> None:
    bare = made_up(path, "first = 1\n")
    licensed = made_up(path, f"#!/usr/bin/env bash\n# {SPDX}\n")

    assert messages(find_missing_licence, bare) == [f"{path}:1: no line '{SPDX}' among the first three"]
    assert messages(find_missing_licence, licensed) == []


def test_a_made_up_input_of_a_test_needs_no_licence() -> None:
    assert messages(find_missing_licence, made_up("tests/frameworks/bad/scoring.yaml", "points: [")) == []


@pytest.mark.parametrize("start", ["/work", "/root", "/home/ann", "/Users/ann"])
def test_a_path_of_one_machine_is_found(start: str) -> None:
    source = made_up("a.py", f'first = 1\nhere = "{start}/trigpoint"\n')

    assert [offence.line for offence in find_machine_paths(source)] == [2]


def test_a_path_in_the_repository_is_no_path_of_one_machine() -> None:
    assert messages(find_machine_paths, made_up("a.md", "see docs/work/x and ../shared/data and /tmp/x\n")) == []


def test_a_registry_is_found() -> None:
    source = made_up("a.toml", f'index = "https://{REGISTRIES[0]}/simple"\n')

    assert [offence.line for offence in find_registry_hosts(source)] == [1]


@pytest.mark.parametrize("word", ["TO" + "DO: later", "TO" + "DO(ann)", "FIX" + "ME", "a stub, for " + "now"])
def test_unfinished_work_without_an_issue_is_found(word: str) -> None:
    assert [offence.line for offence in find_unfinished_work(made_up("a.py", f"# {word}\n"))] == [1]


def test_unfinished_work_with_an_issue_passes() -> None:
    assert messages(find_unfinished_work, made_up("a.py", "# TODO(#123): weigh the third sight\n")) == []


def test_what_a_button_says_is_no_unfinished_work() -> None:
    assert messages(find_unfinished_work, made_up("a.py", 'return "Skip for ' + 'now", address\n')) == []


def test_untidy_ends_are_found() -> None:
    assert messages(find_untidy_ends, made_up("a.py", "a = 1 \nb = 2")) == [
        "a.py:1: space at the end of the line",
        "a.py:2: no line end at the end of the file",
    ]
