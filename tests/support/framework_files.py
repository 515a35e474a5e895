# SPDX-License-Identifier: MIT
"""The shipped worked frameworks as texts, to be spoiled on purpose."""

from __future__ import annotations

from collections.abc import Mapping

from trigpoint.frameworks import Framework, parse_framework
from trigpoint.frameworks.model import Kind
from trigpoint.io.content import framework_files, framework_folder
from trigpoint.scoring.battery import check_framework


def template_files(kind: Kind) -> dict[str, str]:
    """Return the files of the shipped worked framework of a kind."""
    return framework_files(framework_folder(f"example-{kind}@1"))


def edited(files: Mapping[str, str], name: str, *changes: tuple[str, str]) -> dict[str, str]:
    """Return the files with one of them changed; each old text must stand in it exactly once."""
    text = files[name]
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        text = text.replace(old, new)
    return {**files, name: text}


def without(files: Mapping[str, str], *names: str) -> dict[str, str]:
    """Return the files without some of them."""
    return {name: text for name, text in files.items() if name not in names}


def parsed(files: Mapping[str, str]) -> Framework:
    """Return the framework in the files, which must be sound."""
    return parse_framework(files)


def messages_of(files: Mapping[str, str], **given: object) -> list[str]:
    """Return what the battery says of the files, one line a problem."""
    return [str(problem) for problem in check_framework(files, **given).problems]  # type: ignore[arg-type]


def line_of(files: Mapping[str, str], name: str, text: str) -> int:
    """Return the number of the one line that holds a text."""
    found = [number for number, line in enumerate(files[name].splitlines(), 1) if text in line]
    assert len(found) == 1, f"{text!r} stands on {len(found)} lines of {name}"
    return found[0]
