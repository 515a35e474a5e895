# SPDX-License-Identifier: MIT
"""A site's folder on disk: made whole or not at all, and made again from itself to check it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from trigpoint.errors import FileTrouble
from trigpoint.io.delimited import read_rows
from trigpoint.io.group_file import read_group_file
from trigpoint.io.release import list_paths
from trigpoint.io.release_verify import read_release, verify_release
from trigpoint.publication.compare import ABSENT, Difference, compare_texts
from trigpoint.publication.site.site_files import SITE, SiteRecord, build_site_files, parse_site_record
from trigpoint.publication.site.site_releases import Site, SiteGroups, build_site
from trigpoint.publication.site.system_pages import GROUPS, SYSTEM, TYPE

Seeded = Callable[[int], np.random.Generator]


@dataclass(frozen=True, slots=True)
class SiteCheck:
    """What came of making a site again from its own folder. It is equal when there are no differences."""

    differences: tuple[Difference, ...]
    releases: int
    pages: int
    scores: int


def is_site(folder: Path) -> bool:
    """Return whether a folder holds a site."""
    return (folder / SITE).is_file()


def read_site(
    folders: Sequence[Path], *, title: str, address: str, reasons: Mapping[str, str], groups: Path | None = None
) -> Site:
    """Return the site of some releases' folders. groups: a CSV file of organisation, system and, if known, type.

    Raises FileTrouble for a folder that is none or doesn't verify, and RegisterProblems for what is wrong with groups.
    """
    for folder in folders:
        found = verify_release(folder)
        if found.differences:
            raise FileTrouble(f"{folder} differs from what it says: {found.differences[0]}. Verify it first.")
    releases = [read_release(folder) for folder in folders]
    site = build_site(title or releases[-1].manifest.settings.title, address, releases, reasons)
    return replace(site, groups=_read_groups(groups) if groups else None)


def _read_groups(path: Path) -> SiteGroups:
    systems = read_group_file(path, SYSTEM)
    heading = [name.strip() for name in read_rows(path)[0][1]]
    return SiteGroups(systems, read_group_file(path, TYPE) if TYPE in heading else {})


def write_site(site: Site, folders: Sequence[Path], target: Path, *, rng_of: Seeded) -> int:
    """Write a site, its releases' folders copied byte for byte, and return how many pages it has.

    folders: of the releases, in their order. Raises FileTrouble where the target holds anything but a site.
    """
    _require_room(target)
    files = build_site_files(site, rng_of=rng_of)
    try:
        whole = target.resolve()
        whole.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".site-", dir=whole.parent))
        try:
            _fill(made, site, folders, files)
            made.chmod(0o755)  # a folder made for one person's eyes, until it is whole
            _exchange(made, whole)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        raise FileTrouble(f"{target}: {error.strerror or error}. Name a folder that can be made.") from error
    return sum(path.endswith(".html") for path in files)


def _exchange(made: Path, whole: Path) -> None:
    """Put a site in the place of the one before, in two renamings: who reads meanwhile waits for no deletion."""
    before = made.with_name(f"{made.name}-before")
    if whole.exists():
        whole.rename(before)
    try:
        made.rename(whole)
    except OSError:
        if before.exists():
            before.rename(whole)
        raise
    shutil.rmtree(before, ignore_errors=True)


def _fill(made: Path, site: Site, folders: Sequence[Path], files: Mapping[str, str]) -> None:
    for one, folder in zip(site.releases, folders, strict=True):
        shutil.copytree(folder, made / one.folder, copy_function=shutil.copyfile)
    for path, text in files.items():
        (made / path).parent.mkdir(parents=True, exist_ok=True)
        (made / path).write_text(text, encoding="utf-8", newline="")


def _require_room(target: Path) -> None:
    if target.exists() and not target.is_dir():
        raise FileTrouble(f"{target} is a file. Name a folder.")
    if target.is_dir() and any(target.iterdir()) and not (target / SITE).is_file():
        raise FileTrouble(f"{target} holds files that are no site. Name a new or empty folder.")


def verify_site(folder: Path, *, rng_of: Seeded) -> SiteCheck:
    """Return every difference between a site and what comes out of its own releases.

    Each release is worked out again, then every page. Nothing outside the folder is looked at.
    Raises FileTrouble when there is no site.
    """
    said = _read_record(folder)
    found = {place: verify_release(folder / place) for place in said.folders}
    scores = sum(check.scores for check in found.values())
    wrong = [replace(one, file=f"{place}/{one.file}") for place, check in found.items() for one in check.differences]
    if wrong:
        return SiteCheck(tuple(wrong), len(found), 0, scores)
    reasons = {number: why for number, why in said.reasons.items() if why}
    site = build_site(said.title, said.address, [read_release(folder / place) for place in found], reasons)
    if said.has_groups:
        site = replace(site, groups=_read_groups(folder / GROUPS))
    files = build_site_files(site, rng_of=rng_of)
    return SiteCheck(tuple(_compare(folder, files, said.folders)), len(found), len(files), scores)


def _compare(folder: Path, files: Mapping[str, str], releases: Sequence[str]) -> Iterator[Difference]:
    inside = tuple(f"{place}/" for place in releases)
    there = {path for path in list_paths(folder) if not path.startswith(inside)}
    for path in sorted(there | set(files)):
        if path not in files:
            yield Difference(path, "", "extra file", "there", ABSENT)
        elif path not in there:
            yield Difference(path, "", "missing file", ABSENT, "there")
        else:
            yield from compare_texts(path, (folder / path).read_text(encoding="utf-8", errors="replace"), files[path])


def _read_record(folder: Path) -> SiteRecord:
    try:
        return parse_site_record((folder / SITE).read_text(encoding="utf-8"))
    except OSError as error:
        raise FileTrouble(f"{folder}: no {SITE}: {error.strerror}. Name the folder of a site.") from error
    except ValueError as error:
        raise FileTrouble(f"{folder / SITE}: {error}. Name the folder of a site.") from error
