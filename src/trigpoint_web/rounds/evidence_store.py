# SPDX-License-Identifier: MIT
"""A folder for evidence in which a file is there whole or not at all, also when the power goes."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


class EvidenceFolder(FileSystemStorage):
    """Keeps files in a folder. One with a name that is taken replaces it: names are hashes, so it is the same file."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:  # noqa: ARG002  Django calls it
        """Return the name as it is."""
        return name

    def url(self, name: str | None) -> str:
        """Refuse: evidence is given out by pages that ask who comes, and has no address of its own."""
        raise ValueError(f"{name} has no address: evidence is served through permission only")

    def _save(self, name: str, content: File[bytes]) -> str:
        """Write beside the place, to disk, and only then put it there: nobody ever sees half a file."""
        kept = Path(self.path(name))
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=kept.parent, prefix=".new-", delete=False) as written:
            try:
                for piece in content.chunks():
                    written.write(piece)
                written.flush()
                os.fsync(written.fileno())
            except BaseException:
                Path(written.name).unlink()
                raise
        Path(written.name).replace(kept)
        _sync_folder(kept.parent)
        return name


def _sync_folder(folder: Path) -> None:
    """Put the folder's new entry on disk as well."""
    entry = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(entry)
    finally:
        os.close(entry)
