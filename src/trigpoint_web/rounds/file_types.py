# SPDX-License-Identifier: MIT
"""Which files can be evidence. What a file is, its content says; its name must agree.

Taken are kinds that people open in an office and that run nothing by themselves. Everything else is refused.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from typing import IO

from trigpoint_web.rounds.errors import ActionRefused
from trigpoint_web.rounds.packed_files import PackedKind, find_packed_kind
from trigpoint_web.rounds.pdf_files import PDF_HAS_PROGRAM, has_pdf_program


@dataclass(eq=False)
class FileRefused(ActionRefused):
    """A file that can't be evidence. why: a sentence for the person who chose it."""

    why: str

    def __str__(self) -> str:
        return self.why


class FileType(Enum):
    """A kind of file that is taken: what people call it, its media type, and the endings its name may have."""

    PDF = ("PDF", "application/pdf", (".pdf",))
    PNG = ("PNG picture", "image/png", (".png",))
    JPEG = ("JPEG picture", "image/jpeg", (".jpg", ".jpeg"))
    TEXT = ("plain text", "text/plain", (".txt",))
    CSV = ("CSV table", "text/csv", (".csv",))
    DOCX = ("Word document", PackedKind.DOCX.value, (".docx",))
    XLSX = ("Excel workbook", PackedKind.XLSX.value, (".xlsx",))
    PPTX = ("PowerPoint presentation", PackedKind.PPTX.value, (".pptx",))
    ODT = ("OpenDocument text", PackedKind.ODT.value, (".odt",))
    ODS = ("OpenDocument spreadsheet", PackedKind.ODS.value, (".ods",))

    def __init__(self, label: str, content_type: str, endings: tuple[str, ...]) -> None:
        self.label = label
        self.content_type = content_type
        self.endings = endings


LONGEST_NAME = 200  # characters; the column of the table is as wide
ALLOWED = "PDF, PNG, JPEG, plain text, CSV, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), .odt or .ods"
ENDINGS = tuple(ending for kind in FileType for ending in kind.endings)

_BY_ENDING = {ending: kind for kind in FileType for ending in kind.endings}
_BY_MEDIA_TYPE = {kind.content_type: kind for kind in FileType}
# Old Office files, and new ones with a password, are archives of another kind: [MS-CFB], 2.2.
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# PNG: ISO/IEC 15948, 5.2 and 11.2.2. JPEG: ISO/IEC 10918-1, B.1.1.3, start of image and the next marker.
_MAGIC = (
    (b"%PDF-", FileType.PDF),
    (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", FileType.PNG),
    (b"\xff\xd8\xff", FileType.JPEG),
)
_PIECE = 1 << 16
_TEXT_CONTROLS = frozenset("\t\n\r\f")
# Text that begins with a tag or names its interpreter: some program would draw or run it. Browsers skip the same blanks
# when they guess: WHATWG MIME Sniffing, 7.1.
_RUNS = re.compile(r"[\ufeff\s]*(<[a-z!?/]|#!)", re.IGNORECASE)


def check_file(content: IO[bytes], name: str, *, size: int, largest: int) -> FileType:
    """Return what a file is. Its place is anywhere afterwards.

    size: of the content in bytes; largest: how many it may have. Raises FileRefused with what is wrong and what to do.
    """
    named = check_name(name)
    if size == 0:
        raise FileRefused("The file is empty. Choose one with something in it.")
    if size > largest:
        raise FileRefused(f"The file has {describe_size(size)}. It can have {describe_size(largest)} at most.")
    found = _recognise(content, named)
    if found is not named:
        ending = name[name.rfind(".") :].lower()
        raise FileRefused(
            f"The name ends in {ending}, but what is in the file is a {found.label}. "
            "Save it again under a name that fits, and choose that."
        )
    return found


def check_name(name: str) -> FileType:
    """Return what a file is by the ending of its name. Raises FileRefused for a name that could mislead or harm."""
    if len(name) > LONGEST_NAME:
        raise FileRefused(f"The name of the file has {len(name)} characters. It can have {LONGEST_NAME} at most.")
    if not name.strip(" .") or name.startswith(".") or any(_is_trick(character) for character in name):
        raise FileRefused(
            "The name of the file has characters that a file name can't have. Rename it, for example to report.pdf."
        )
    kind = find_type_by_name(name)
    if kind is None:
        raise FileRefused(f"Files of this kind can’t be added. Add a file that is {ALLOWED}.")
    return kind


def find_type_by_name(name: str) -> FileType | None:
    """Return what a file is by the ending of its name; None when it is no kind that is taken."""
    dot = name.rfind(".")
    return None if dot < 1 else _BY_ENDING.get(name[dot:].lower())


def describe_size(size: int) -> str:
    """Return a size as people read it.

    >>> describe_size(812), describe_size(81_200), describe_size(1_260_000), describe_size(25_000_000)
    ('812 bytes', '81 KB', '1.3 MB', '25 MB')
    """
    if size < 1000:
        return f"{size} bytes"
    if size < 1_000_000:
        return f"{size / 1000:.0f} KB"
    return f"{f'{size / 1_000_000:.1f}'.removesuffix('.0')} MB"


def _is_trick(character: str) -> bool:
    """Folders, controls, and marks that turn the direction of what follows, so that "fdp.exe" reads "exe.pdf"."""
    return character in '/\\:*?"<>|' or unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _recognise(content: IO[bytes], named: FileType) -> FileType:
    """What the content is. Two kinds of text can't be told apart, so there the name decides."""
    content.seek(0)
    head = content.read(64)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            if kind is FileType.PDF and has_pdf_program(content):
                raise FileRefused(PDF_HAS_PROGRAM)
            return kind
    if head.startswith(_OLD_OFFICE):
        raise FileRefused(
            "This is an old Office file, or one with a password. Save it as .docx, .xlsx or .pptx without a password."
        )
    if head.startswith(b"PK"):
        return _recognise_packed(content)
    _require_text(content)
    return named if named is FileType.CSV else FileType.TEXT


def _recognise_packed(content: IO[bytes]) -> FileType:
    found = find_packed_kind(content)
    if isinstance(found, str):
        raise FileRefused(found)
    return _BY_MEDIA_TYPE[found.value]


def _require_text(content: IO[bytes]) -> None:
    """Raise FileRefused unless the content is plain text in UTF-8 that nothing would run."""
    decode = codecs.getincrementaldecoder("utf-8-sig")()
    content.seek(0)
    try:
        beginning = decode.decode(content.read(_PIECE))
        _require_plain(beginning)
        if _RUNS.match(beginning):
            raise FileRefused("This is a web page or a program, which can’t be added. Save it as PDF and add that.")
        while piece := content.read(_PIECE):
            _require_plain(decode.decode(piece))
        decode.decode(b"", final=True)
    except UnicodeDecodeError:
        raise FileRefused(
            f"What is in the file could not be recognised. Add a file that is {ALLOWED}. "
            "If it is text or CSV, save it again as UTF-8."
        ) from None


def _require_plain(text: str) -> None:
    if any(character < " " and character not in _TEXT_CONTROLS for character in text):
        raise FileRefused(f"What is in the file is not text. Add a file that is {ALLOWED}.")
