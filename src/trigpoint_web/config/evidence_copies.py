# SPDX-License-Identifier: MIT
"""A copy of the evidence that rows speak of, in a folder, and putting it back: whatever the store is."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import storages

from trigpoint_web.rounds.models import StoredFile
from trigpoint_web.rounds.stored_files import path_of


@dataclass(frozen=True, slots=True)
class CopiedEvidence:
    """How many files there are in a copy, how many of them the copy before had, and what is wrong, a line each."""

    files: int
    had_before: int
    problems: tuple[str, ...]


def copy_evidence(target: Path, *, before: Path | None) -> CopiedEvidence:
    """Write every file that a row speaks of to a folder. before: an earlier copy, whose files are taken from there.

    Evidence is named by its hash and never changes, so a file of the copy before is the same file, and on the same
    disk takes no room of its own. Take the copy of the database first: files are stored before their rows.
    """
    had_before, problems, files = 0, [], 0
    for stored in StoredFile.objects.order_by("hash").iterator():
        path, earlier = target / path_of(stored.hash), before and before / path_of(stored.hash)
        path.parent.mkdir(parents=True, exist_ok=True)
        if earlier is not None and earlier.is_file() and earlier.stat().st_size == stored.size:
            _take_over(earlier, path)
            had_before += 1
        elif problem := _write_out(stored, path):
            problems.append(problem)
            continue
        files += 1
    return CopiedEvidence(files, had_before, tuple(problems))


def put_back_evidence(source: Path) -> CopiedEvidence:
    """Put the files of a copy into the store, each once its hash agrees. Those that the store has stay as they are."""
    store, had_before, problems, files = storages["evidence"], 0, [], 0
    for path in sorted(one for one in source.rglob("*") if one.is_file()):
        name = path_of(path.name)
        if path.relative_to(source).as_posix() != name or hash_of_file(path) != path.name:
            problems.append(f"{path.relative_to(source)} is not what its name says")
            continue
        files += 1
        if store.exists(name):
            had_before += 1
            continue
        with path.open("rb") as content:
            store.save(name, File(content))
    return CopiedEvidence(files, had_before, tuple(problems))


def check_file(stored: StoredFile) -> str | None:
    """Return what is wrong with a file of the store, as that it is not there; None when it is what its row says."""
    try:
        content = storages["evidence"].open(path_of(stored.hash))
        with content:
            digest, size = _measure(content.chunks())
    except OSError as error:
        return (
            f"evidence {stored.hash}: {'is not in the store' if isinstance(error, FileNotFoundError) else 'unreadable'}"
        )
    if (digest, size) != (stored.hash, stored.size):
        return f"evidence {stored.hash}: the store has {size} bytes with the hash {digest}, not {stored.size} bytes"
    return None


def hash_of_file(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal digits."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _take_over(earlier: Path, path: Path) -> None:
    try:
        os.link(earlier, path)
    except OSError:  # the copy before is on another disk, or the disk knows no links
        shutil.copyfile(earlier, path)


def _write_out(stored: StoredFile, path: Path) -> str | None:
    """Write a file of the store to a path; return what is wrong with it, in which case nothing is left there."""
    if problem := check_file(stored):
        return problem
    with storages["evidence"].open(path_of(stored.hash)) as content, path.open("xb") as written:
        for piece in content.chunks():
            written.write(piece)
        written.flush()
        os.fsync(written.fileno())
    return None


def _measure(pieces: Iterator[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size
