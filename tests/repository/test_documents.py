# SPDX-License-Identifier: MIT
"""The documents a newcomer needs are there, and what they name exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest

from tests.repository.house import (
    REPOSITORY,
    Offence,
    SourceFile,
    list_files,
    list_texts,
    made_up,
    messages,
    require_no_offence,
)

DECISION_PARTS = ("Context", "Options", "Decision", "Consequences")
LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
SCRIPT = re.compile(r"\bscript/[a-z_]+(?:\.py)?")


def read(name: str) -> str:
    return (REPOSITORY / name).read_text(encoding="utf-8")


def list_decisions() -> list[SourceFile]:
    return [s for s in list_texts() if s.path.parent == PurePosixPath("docs/decisions") and s.path.suffix == ".md"]


def find_missing_parts(decision: SourceFile) -> Iterator[Offence]:
    headings = [line.lstrip("# ") for line in decision.lines if line.startswith("## ")]
    for part in DECISION_PARTS:
        if part not in headings:
            yield decision.offence(0, f"a decision needs the heading '## {part}'")


def find_dead_links(page: SourceFile) -> Iterator[Offence]:
    for number, line in enumerate(page.lines, 1):
        for target in (found["target"] for found in LINK.finditer(line)):
            is_elsewhere = "://" in target or target.startswith(("#", "mailto:"))
            if not is_elsewhere and not (REPOSITORY / page.path.parent / target.split("#")[0]).exists():
                yield page.offence(number, f"the link leads nowhere: {target}")


def find_unknown_scripts(page: SourceFile) -> Iterator[Offence]:
    for number, line in enumerate(page.lines, 1):
        for command in SCRIPT.findall(line):
            if not (REPOSITORY / command).is_file():
                yield page.offence(number, f"there is no {command}")


def test_readme_names_the_two_commands_of_a_newcomer() -> None:
    readme = read("README.md")

    assert "script/demo" in readme
    assert "script/test" in readme


def test_changelog_says_what_moved_published_numbers() -> None:
    assert re.search(r"^#+ Results changed$", read("CHANGELOG.md"), re.MULTILINE)


def test_decisions_are_numbered_from_1_without_gaps() -> None:
    numbers = [decision.path.name[:5] for decision in list_decisions()]

    assert numbers == [f"{number:04}-" for number in range(1, len(numbers) + 1)]
    assert numbers, "docs/decisions is empty"


def test_decisions_say_what_was_weighed() -> None:
    require_no_offence(find_missing_parts, list_decisions())


def test_links_between_documents_lead_somewhere() -> None:
    require_no_offence(find_dead_links, (page for page in list_texts() if page.path.suffix == ".md"))


def test_documents_name_only_scripts_that_exist() -> None:
    require_no_offence(find_unknown_scripts, (page for page in list_texts() if page.path.suffix == ".md"))


def test_commands_can_be_run() -> None:
    commands = [path for path in list_files() if path.parts[0] in {"script", ".ci"} and path.suffix == ""]
    # script/environment is read by the other scripts, never run.
    commands = [path for path in commands if path.name != "environment"]

    without_run_bit = [str(path) for path in commands if not (REPOSITORY / path).stat().st_mode & 0o111]

    assert {"demo", "test", "check", "docs", "bench", "run"} <= {path.name for path in commands}
    assert without_run_bit == [], "run: git update-index --chmod=+x, and chmod +x"


def test_a_decision_without_consequences_is_found() -> None:
    decision = made_up("docs/decisions/0009-x.md", "# 9 X\n\n## Context\n\n## Options\n\n## Decision\n")

    assert messages(find_missing_parts, decision) == [
        "docs/decisions/0009-x.md: a decision needs the heading '## Consequences'"
    ]


@pytest.mark.parametrize(
    ("target", "found"), [("nowhere.md", 1), ("LICENSE", 0), ("LICENSE#top", 0), ("#words", 0), ("https://a.uk/b", 0)]
)
def test_a_link_that_leads_nowhere_is_found(target: str, found: int) -> None:
    assert len(messages(find_dead_links, made_up("page.md", f"see [this]({target})\n"))) == found


def test_a_script_that_does_not_exist_is_found() -> None:
    page = made_up("page.md", "run script/test, then script/launch\n")

    assert messages(find_unknown_scripts, page) == ["page.md:1: there is no script/launch"]
