# SPDX-License-Identifier: MIT
"""The parts of an .xlsx that a stranger sent, unpacked only as far as is safe.

An .xlsx is a zip archive of XML. What it says of its own sizes is not believed: every part is unpacked with a limit.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from typing import NoReturn

from trigpoint.errors import AnswersProblems, Problem, TooLarge

# A questionnaire of 175 questions with notes is 40 KB, and 600 KB unpacked; with long notes and a program's own
# additions ten times that. Made to be hard to read, 15 MB take some 200 MB of memory.
LARGEST_UPLOAD = 5_000_000
LARGEST_UNPACKED = 15_000_000
MOST_PARTS = 500
# XML of spreadsheets packs 5 to 30 times; text made to fill memory 1,000 times. Small parts may repeat themselves.
HIGHEST_RATIO = 150
SMALL_PART = 1_000_000

_PIECE = 1 << 16
# Old .xls files, and .xlsx files with a password, are archives of another kind: [MS-CFB], 2.2.
_OLD_KIND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    struct.error,
)


def read_parts(raw: bytes, file: str) -> Mapping[str, bytes]:
    """Return every XML part of a spreadsheet by its name; pictures, macros and the like are left unread.

    Raises TooLarge when the file is, packed or unpacked, and AnswersProblems when it is not a spreadsheet.
    """
    if len(raw) > LARGEST_UPLOAD:
        raise TooLarge(f"{file}: {len(raw) / 1e6:.1f} MB; a questionnaire has at most {LARGEST_UPLOAD / 1e6:g} MB.")
    if raw.startswith(_OLD_KIND):
        _refuse(file, "an old .xls file, or one with a password. Save it as .xlsx without a password.")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            listed = archive.infolist()
            _require_sizes(listed, file)
            names = [one.filename for one in listed if one.filename.endswith((".xml", ".rels"))]
            if len(set(names)) != len(names):
                _refuse(file, "two parts of it have one name. Save it again as .xlsx.")
            parts = {name: _unpack(archive, name) for name in names}
    except BROKEN as error:
        _refuse(file, f"can't be read as a spreadsheet: {error}. Save it again as .xlsx.")
    _require_plain_xml(parts, file)
    return parts


def _refuse(file: str, message: str) -> NoReturn:
    raise AnswersProblems([Problem(file, None, None, message)]) from None


def _require_sizes(listed: Iterable[zipfile.ZipInfo], file: str) -> None:
    """Raise TooLarge when the archive itself says that it would unpack to more than a questionnaire can be."""
    sizes = [(one.file_size, one.compress_size) for one in listed]
    unpacked = sum(size for size, _ in sizes)
    is_bomb = any(size > SMALL_PART and size > HIGHEST_RATIO * packed for size, packed in sizes)
    if len(sizes) > MOST_PARTS or unpacked > LARGEST_UNPACKED or is_bomb:
        raise TooLarge(
            f"{file}: unpacked it would be {unpacked / 1e6:,.0f} MB in {len(sizes):,} parts, "
            "which is no questionnaire. Take a new download and fill that in."
        )


def _unpack(archive: zipfile.ZipFile, name: str) -> bytes:
    """One part, piece by piece: zipfile stops at the size that the archive says, and refuses what is longer."""
    with archive.open(name) as content:
        pieces = iter(lambda: content.read(_PIECE), b"")
        return b"".join(pieces)


def _require_plain_xml(parts: Mapping[str, bytes], file: str) -> None:
    """Raise AnswersProblems for a document type: no spreadsheet has one, and its entities can grow without end."""
    for name, content in parts.items():
        if b"<!DOCTYPE" in content.replace(b"\0", b""):  # without zero bytes UTF-16 reads like UTF-8
            _refuse(
                file, f"its part {name} has a document type, which a spreadsheet never has. Save it again as .xlsx."
            )
