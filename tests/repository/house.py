# SPDX-License-Identifier: MIT
"""The files of the repository, and how offences against its rules are gathered and said."""

from __future__ import annotations

import ast
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True, order=True)
class Offence:
    """One place where a rule is broken. path: from the repository's root; line counts from 1, 0 is the whole file."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}" if self.line else f"{self.path}: {self.message}"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of text with its place, so that a rule can be tried on a made-up one."""

    path: PurePosixPath
    text: str

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=str(self.path))

    @property
    def is_script(self) -> bool:
        return self.path.parts[0] in {"script", ".ci"} and self.path.suffix == ""

    def offence(self, line: int, message: str) -> Offence:
        return Offence(str(self.path), line, message)


Rule = Callable[[SourceFile], Iterable[Offence]]


@cache
def list_files() -> tuple[Path, ...]:
    """Return every file that is tracked, or would be if all were added now; relative to the root, in order."""
    git = shutil.which("git")
    if git is None or not (REPOSITORY / ".git").exists():
        pytest.skip("this is not a git checkout, so nothing says which files belong to the repository")
    # A checkout of another user, as in a container, is no reason for git to refuse.
    command = [git, "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    names = sorted(set(listing.split("\0")) - {""})
    return tuple(Path(name) for name in names if (REPOSITORY / name).is_file())


@cache
def list_texts() -> tuple[SourceFile, ...]:
    """Return every file of the repository that is text in UTF-8."""
    return tuple(_read_texts())


def list_python(*folders: str) -> tuple[SourceFile, ...]:
    """Return the Python modules below the folders, or everywhere."""
    modules = (source for source in list_texts() if source.path.suffix == ".py")
    return tuple(source for source in modules if not folders or source.path.parts[0] in folders)


def require_no_offence(rule: Rule, sources: Iterable[SourceFile]) -> None:
    """Fail with all offences, one a line. Fails as well when there was nothing to look at."""
    looked_at = tuple(sources)
    assert looked_at, "the rule found no file to look at"
    require_none(offence for source in looked_at for offence in rule(source))


def require_none(offences: Iterable[Offence]) -> None:
    """Fail with all offences, one a line."""
    found = sorted(offences)
    if found:
        pytest.fail(f"{len(found)} found:\n" + "\n".join(map(str, found)), pytrace=False)


def made_up(path: str, text: str) -> SourceFile:
    """Return a file that is not on disk, to see a rule at work."""
    return SourceFile(PurePosixPath(path), text)


def messages(rule: Rule, source: SourceFile) -> list[str]:
    """Return what the rule says of one file."""
    return [str(offence) for offence in sorted(rule(source))]


def _read_texts() -> Iterator[SourceFile]:
    for path in list_files():
        try:
            yield SourceFile(PurePosixPath(path.as_posix()), (REPOSITORY / path).read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            continue
