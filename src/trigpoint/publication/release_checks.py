# SPDX-License-Identifier: MIT
"""What must hold before a release goes out: each check with all that it found. None of them changes anything."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from html import unescape

from trigpoint.publication.folder import may_be_in_release
from trigpoint.publication.release import Release
from trigpoint.publication.tables import TABLES

ONLY_LISTED = "Only files on the list"
NOTHING_HIDDEN = "No hidden content"
DEFINED = "Every number has its definition"
NO_SMALL_NUMBERS = "No small numbers"
RECOMPUTED = "Every number works out again"
LINKS_LEAD = "Every link leads to a page or file"

_LINK = re.compile(r'\b(?:href|src)="([^"]*)"')
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReleaseCheck:
    """One check. problems: what it found, each a sentence; none when it passed."""

    title: str
    problems: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing was found."""
        return not self.problems


def check_listed(paths: Collection[str]) -> ReleaseCheck:
    """Check that a folder holds only what a release may. paths: of all its files, with "/" between folders."""
    foreign = sorted(path for path in paths if not may_be_in_release(path))
    return ReleaseCheck(ONLY_LISTED, tuple(f"{path} is no file of a release. Take it out." for path in foreign))


def check_definitions(release: Release) -> ReleaseCheck:
    """Check that each number of the summary says how it is worked out, and each column what it holds."""
    problems = [*_undefined_numbers(release), *_undefined_columns()]
    problems += [
        f"The definition of {name} is empty." for name, text in release.manifest.definitions.items() if not text
    ]
    return ReleaseCheck(DEFINED, tuple(problems))


def _undefined_numbers(release: Release) -> Iterator[str]:
    for line in release.summary.lines:
        if not line.definition.strip():
            yield f"{line.statistic} of {line.measure} has no definition."


def _undefined_columns() -> Iterator[str]:
    for shape in TABLES:
        for column in shape.columns:
            if not column.meaning.strip():
                yield f"Column {column.name} of {shape.file} has no meaning."


def check_small_numbers(release: Release) -> ReleaseCheck:
    """Check that no summary rests on fewer returns than the framework's `smallest_group`; nothing is small without one.

    A number that rests on no return at all tells nothing of anybody.
    """
    smallest = release.framework.content.smallest_group or 0
    few = {(line.measure, line.n) for line in release.summary.lines if 0 < line.n < smallest}
    return ReleaseCheck(
        NO_SMALL_NUMBERS,
        tuple(
            f"The summary of {measure} rests on {n} returns, fewer than {smallest}, so it may not be published."
            for measure, n in sorted(few)
        ),
    )


def check_links(pages: Mapping[str, str], present: Collection[str]) -> ReleaseCheck:
    """Check that what pages lead to is there, and that a part of a page that is led to has its name.

    pages: path → text of each page. present: the path of every file. Other sites are not asked.
    """
    names = {path: frozenset(re.findall(r'\bid="([^"]*)"', text)) for path, text in pages.items()}
    problems = [
        f"{path} leads to {link}, which is not there."
        for path, text in sorted(pages.items())
        for link in sorted(set(_LINK.findall(text)))
        if not _leads_somewhere(path, unescape(link), names, present)
    ]
    return ReleaseCheck(LINKS_LEAD, tuple(problems))


def _leads_somewhere(path: str, link: str, names: Mapping[str, Collection[str]], present: Collection[str]) -> bool:
    if _ELSEWHERE.match(link):
        return not link.startswith("#") or link[1:] in names[path]
    target, _, part = link.partition("#")
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
    return whole in present and (not part or part in names.get(whole, ()))
