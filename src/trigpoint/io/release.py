# SPDX-License-Identifier: MIT
"""A release's folder on disk: written whole or not at all, from a closed list of names."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import trigpoint
from trigpoint.errors import FileTrouble
from trigpoint.io.answers import write_answers
from trigpoint.io.release_workbook import write_workbook
from trigpoint.io.scores import write_scores_parquet
from trigpoint.publication.data_package import data_package_text
from trigpoint.publication.folder import (
    ANSWERS_PARQUET,
    DATA_PACKAGE,
    FRAMEWORK_FOLDER,
    SCORES_PARQUET,
    WORKBOOK,
    framework_files_to_publish,
    may_be_in_release,
)
from trigpoint.publication.manifest import MANIFEST, ReleaseFile, Software, describe_file, parse_manifest
from trigpoint.publication.release import Release
from trigpoint.scoring.score_table import ENGINE_VERSION

# While a release is replaced, the one before it waits beside the new one, under this name.
_BEFORE = "before"
SOFTWARE = Software(trigpoint.__version__, ENGINE_VERSION)


def write_release(
    release: Release, framework_folder: Path, folder: Path, *, replace: bool = False
) -> tuple[ReleaseFile, ...]:
    """Write a release to a folder, made if need be, and return its files.

    framework_folder: where the framework's own files lie; they are copied byte for byte.
    replace: whether another release may be overwritten; the same one always may.
    Raises FileTrouble when the folder holds anything else, or can't be written; then what was there is there still.
    """
    _require_room(folder, release.manifest.release, replace=replace)
    target = folder.resolve()  # "." has no parent to write beside until it is told by its whole name
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _room_beside(target) as room:
            made = room / "release"
            made.mkdir()
            files = _fill(made, release, framework_folder)
            _put_in_place(made, target, room / _BEFORE)
    except OSError as error:
        raise FileTrouble(f"{folder}: {error.strerror or error}. Name a folder that can be made.") from error
    return files


@contextmanager
def _room_beside(folder: Path) -> Iterator[Path]:
    """A folder to work in on the same disk, cleared away at the end, unless it holds the only release there is."""
    room = Path(tempfile.mkdtemp(prefix=".release-", dir=folder.parent))
    try:
        yield room
    finally:
        if folder.exists() or not (room / _BEFORE).exists():
            shutil.rmtree(room)


def _put_in_place(made: Path, folder: Path, before: Path) -> None:
    """Exchange a folder for the one just made, in two renamings; the old one comes back when the second fails."""
    if folder.exists():
        folder.rename(before)
    try:
        made.rename(folder)
    except BaseException:  # an interrupt too: never neither
        if before.exists():
            _put_back(before, folder)
        raise


def _put_back(before: Path, folder: Path) -> None:
    try:
        before.rename(folder)
    except OSError as error:
        message = f"{folder}: {error.strerror}. The release that was there is kept as {before}. Move it back."
        raise FileTrouble(message) from error


def _require_room(folder: Path, release: str, *, replace: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise FileTrouble(f"{folder} is a file. Name a folder.")
    if not folder.is_dir() or not any(folder.iterdir()):
        return
    foreign = sorted(path for path in list_paths(folder) if not may_be_in_release(path))
    if foreign or not (folder / MANIFEST).is_file():
        what = f"such as {foreign[0]}" if foreign else "but no manifest.json"
        raise FileTrouble(f"{folder} holds files that are no release, {what}. Name a new or empty folder.")
    if not replace and _release_in(folder) != release:
        raise FileTrouble(
            f"{folder} holds another release, {_release_in(folder)}. Name a new folder, or say --replace."
        )


def _release_in(folder: Path) -> str:
    try:
        return parse_manifest((folder / MANIFEST).read_text(encoding="utf-8")).release
    except ValueError:
        return "whose manifest.json can't be read"


def _fill(folder: Path, release: Release, framework_folder: Path) -> tuple[ReleaseFile, ...]:
    for name, text in release.texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    for name, content in read_framework_bytes(framework_folder).items():
        target = folder / FRAMEWORK_FOLDER / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    write_scores_parquet(release.table, folder / SCORES_PARQUET)
    write_answers(release.table.answers, release.framework, folder / ANSWERS_PARQUET)
    write_workbook(release.sheets, folder / WORKBOOK)
    package = data_package_text(release.manifest, list_files(folder))
    (folder / DATA_PACKAGE).write_text(package, encoding="utf-8", newline="")
    files = list_files(folder)
    (folder / MANIFEST).write_text(release.manifest.text(files), encoding="utf-8", newline="")
    return files


def read_framework_bytes(folder: Path) -> Mapping[str, bytes]:
    """Return the files of a framework that are published, byte for byte, by their name in its folder."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*.yaml"))
    return {name: (folder / name).read_bytes() for name in framework_files_to_publish(names)}


def list_paths(folder: Path) -> tuple[str, ...]:
    """Return the name of everything below a folder that is not a folder, with "/" between folders."""
    found = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return tuple(sorted(path.relative_to(folder).as_posix() for path in found))


def list_files(folder: Path) -> tuple[ReleaseFile, ...]:
    """Return every file below a folder but manifest.json, with its hash and size."""
    return tuple(describe_file(path, _read_bytes(folder / path)) for path in list_paths(folder) if path != MANIFEST)


def _read_bytes(path: Path) -> bytes:
    """The bytes of a file; none for a link, which is no part of a release wherever it leads."""
    return b"" if path.is_symlink() else path.read_bytes()
