# SPDX-License-Identifier: MIT
"""Office files are zip archives. This looks into one without believing what it says of itself.

Every part is unpacked piece by piece and counted, and thrown away: an archive that would fill memory or disk, or that
holds a program, is refused.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from enum import Enum
from typing import IO
from xml.etree import ElementTree as ET


class PackedKind(Enum):
    """What an archive is, by its media type: ECMA-376, part 1, 11 to 13; OpenDocument 1.3, part 2."""

    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    ODT = "application/vnd.oasis.opendocument.text"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"


# Four times the largest upload: pictures in office files hardly pack, their XML does.
LARGEST_UNPACKED = 100_000_000
# XML of office files packs 5 to 100 times; zeros made to fill a disk 1,000 times. Small parts may repeat themselves.
HIGHEST_RATIO = 200
SMALL_PART = 1_000_000
MOST_PARTS = 5_000
LARGEST_DIRECTORY = 1_000_000  # bytes; 5,000 parts with long names take half of it
LARGEST_LIST = 1_000_000  # of [Content_Types].xml, which is a few KB

NO_OFFICE_FILE = "This is an archive, not a document. Unpack it and add the files in it one by one."
DAMAGED = "The file is damaged or not quite what its program makes. Open it, save it again, and choose that."
TOO_LARGE_INSIDE = "Unpacked, this file would be far larger than a document is. Save it again, or save it as PDF."
HAS_PROGRAM = "The file holds a macro or another program. Save it without, for example as PDF, and add that."

_PIECE = 1 << 16
_END, _END_LENGTH, _LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
_LARGE_ARCHIVE = b"PK\x06\x07"  # an archive of 4 GB or more says so with this
_CONTENT_TYPES = "[Content_Types].xml"
_MAIN_PARTS = {
    f"{PackedKind.DOCX.value}.main+xml": PackedKind.DOCX,
    f"{PackedKind.XLSX.value}.main+xml": PackedKind.XLSX,
    f"{PackedKind.PPTX.value}.main+xml": PackedKind.PPTX,
}
_OPEN_DOCUMENTS = {PackedKind.ODT.value: PackedKind.ODT, PackedKind.ODS.value: PackedKind.ODS}
# Macros of Visual Basic and of Excel 4, controls, scripts of OpenDocument, and files that a program would run.
_PROGRAM = re.compile(
    r"vbaproject|vbadata|macrosheets/|activex/|^basic/|^scripts/"
    r"|\.(docm|dotm|xlsm|xltm|xlam|xlsb|pptm|potm|ppsm|exe|dll|com|scr|msi|bat|cmd|ps1|vbs|js|jse|wsf|hta|lnk|jar)$"
)
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    LookupError,
)


def find_packed_kind(content: IO[bytes]) -> PackedKind | str:
    """Return what an archive is; for one that is not taken, a sentence that says why.

    content: a file that can be read anywhere; its place is anywhere afterwards.
    """
    try:
        if not _has_short_directory(content):
            return DAMAGED
        content.seek(0)
        with zipfile.ZipFile(content) as archive:
            return _find_trouble(archive) or _find_kind(archive)
    except _BROKEN:
        return DAMAGED


def _has_short_directory(content: IO[bytes]) -> bool:
    """Whether the list of parts is of a size to read at once: Python reads it whole, however long it says it is."""
    content.seek(0, 2)
    size = content.tell()
    content.seek(max(0, size - _END_LENGTH - _LONGEST_COMMENT))
    tail = content.read()
    ends = [found.start() for found in re.finditer(re.escape(_END), tail)]
    lengths = [int.from_bytes(tail[end + 12 : end + 16], "little") for end in ends]
    return bool(ends) and _LARGE_ARCHIVE not in tail and all(length <= LARGEST_DIRECTORY for length in lengths)


def _find_trouble(archive: zipfile.ZipFile) -> str | None:
    """What is wrong with an archive as such; None when nothing is."""
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if len(set(names)) != len(names) or any(_leads_out(name) for name in names):
        return DAMAGED
    if any(_PROGRAM.search(name.casefold()) for name in names):
        return HAS_PROGRAM
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        return TOO_LARGE_INSIDE
    if any(part.file_size > SMALL_PART and part.file_size > HIGHEST_RATIO * part.compress_size for part in parts):
        return TOO_LARGE_INSIDE
    for part in parts:
        _unpack(archive, part)
    return None


def _leads_out(name: str) -> bool:
    """Whether a part's name would put it outside the folder in which somebody unpacks the file."""
    return name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or name[1:2] == ":"


def _unpack(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Unpack a part to nowhere. zipfile never gives more than the size said, and raises when size or sum are wrong.

    Only the two ways in which office programs pack: the others can be slower by far.
    """
    if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} or part.flag_bits & 1:
        raise zipfile.BadZipFile("packed in another way, or with a password")
    with archive.open(part) as content:
        while content.read(_PIECE):
            pass


def _find_kind(archive: zipfile.ZipFile) -> PackedKind | str:
    names = set(archive.namelist())
    if "mimetype" in names:
        with archive.open("mimetype") as content:
            return _OPEN_DOCUMENTS.get(content.read(200).decode("ascii"), NO_OFFICE_FILE)
    if _CONTENT_TYPES not in names:
        return NO_OFFICE_FILE
    with archive.open(_CONTENT_TYPES) as content:
        listed = content.read(LARGEST_LIST)
    # No office file has a document type, whose entities could grow without end; without zeros UTF-16 reads like UTF-8.
    if b"<!DOCTYPE" in listed.replace(b"\0", b""):
        return DAMAGED
    return _kind_of_list(listed)


def _kind_of_list(listed: bytes) -> PackedKind | str:
    try:
        types = {one.get("ContentType", "") for one in ET.fromstring(listed)}
    except ET.ParseError:
        return DAMAGED
    if any("macroenabled" in one.casefold() or "vbaproject" in one.casefold() for one in types):
        return HAS_PROGRAM
    return next((kind for media_type, kind in _MAIN_PARTS.items() if media_type in types), NO_OFFICE_FILE)
