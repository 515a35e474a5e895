# SPDX-License-Identifier: MIT
"""Files of evidence in the store: each once, named by the SHA-256 of what is in it, given out as a download only."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from trigpoint_web.rounds.errors import ActionRefused
from trigpoint_web.rounds.file_types import FileType, check_file
from trigpoint_web.rounds.models import StoredFile

logger = logging.getLogger("trigpoint.evidence")

# Whatever a browser does with a download, it runs nothing of it and shows it in no page.
_SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


@dataclass(eq=False)
class FileNotThere(ActionRefused):
    """The store does not have a file that the tables know: somebody has to look at the store."""

    hash: str

    def __str__(self) -> str:
        return "The file can’t be found where it is kept. Tell the people who run this service."


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file in the store: its hash in hexadecimal digits, its size in bytes, and what it is."""

    hash: str
    size: int
    kind: FileType


def write_file(content: File[bytes], name: str) -> WrittenFile:
    """Check a file and put it in the store, unless the same content is there already; return what it is.

    It is in the store before any row speaks of it: a row without a file would be evidence lost. Two who write the same
    content at once both end with that one file. Raises FileRefused.
    """
    kind = check_file(content, name, size=content.size, largest=settings.EVIDENCE_LARGEST)
    digest = _hash(content)
    store, path = _store(), path_of(digest)
    if not store.exists(path):
        content.seek(0)
        saved = store.save(path, content)
        if saved != path:  # a store that never replaces gave it another name, as somebody was quicker
            store.delete(saved)
    return WrittenFile(digest, content.size, kind)


def path_of(digest: str) -> str:
    """Return where a file is in the store: in folders by the first letters of its hash, as one folder would be slow."""
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def send_file(stored: StoredFile, name: str) -> StreamingHttpResponse:
    """Return a file as a download under a name, piece by piece. Raises FileNotThere."""
    try:
        content = _store().open(path_of(stored.hash))
    except FileNotFoundError:
        logger.exception("the store has no file for a row of rounds_storedfile")
        raise FileNotThere(stored.hash) from None
    is_text = stored.content_type.startswith("text/")
    return StreamingHttpResponse(
        _pieces(content),
        content_type=f"{stored.content_type}; charset=utf-8" if is_text else stored.content_type,
        headers={
            **_SAFE_HEADERS,
            "Content-Length": str(stored.size),
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment",
            "ETag": f'"{stored.hash}"',
        },
    )


def _pieces(content: File[bytes]) -> Iterator[bytes]:
    with content:
        yield from content.chunks()


def _hash(content: File[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in content.chunks():
        digest.update(piece)
    return digest.hexdigest()


def _store() -> Storage:
    return storages["evidence"]
