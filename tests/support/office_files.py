# SPDX-License-Identifier: MIT
"""The smallest files of each kind that is taken as evidence, and archives that are up to no good."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
HTML = b"<!DOCTYPE html><title>x</title><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

_OFFICE = "application/vnd.openxmlformats-officedocument"
_MAIN = {
    "docx": ("word/document.xml", f"{_OFFICE}.wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{_OFFICE}.spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", f"{_OFFICE}.presentationml.presentation.main+xml"),
}
_OPEN = {"odt": "application/vnd.oasis.opendocument.text", "ods": "application/vnd.oasis.opendocument.spreadsheet"}


def png() -> bytes:
    """Return a picture of one white point."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\x00\xff")) + chunk(b"IEND", b"")


def content_types(kind: str, *, media_type: str | None = None) -> bytes:
    """Return the list of contents of an Office file. media_type: of its document, where it is to be another."""
    part, usual = _MAIN[kind]
    return (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{part}" ContentType="{media_type or usual}"/></Types>'
    ).encode()


def office_parts(kind: str) -> dict[str, bytes]:
    """Return the parts of a file of a kind: docx, xlsx, pptx, odt or ods."""
    if kind in _OPEN:
        return {"mimetype": _OPEN[kind].encode(), "content.xml": b"<office/>"}
    return {"[Content_Types].xml": content_types(kind), _MAIN[kind][0]: b"<document/>"}


def pack(parts: Mapping[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive of parts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def office_file(kind: str, **more: bytes) -> bytes:
    """Return a file of a kind, with more parts by name: __ in the name of an argument stands for a slash."""
    return pack({**office_parts(kind), **{name.replace("__", "/"): content for name, content in more.items()}})


def good_files() -> dict[str, bytes]:
    """Return a file of each kind that is taken, by a name that fits."""
    packed = {f"report.{kind}": office_file(kind) for kind in (*_MAIN, *_OPEN)}
    text = {"notes.txt": "Zoë said: agreed.\n".encode(), "table.csv": b"\xef\xbb\xbfa,b\r\n1,2\r\n"}
    return {"report.pdf": PDF, "shot.png": png(), "photo.jpg": JPEG, "photo.JPEG": JPEG, **text, **packed}


def lying_archive(parts: Mapping[str, bytes], name: str, *, size: int) -> bytes:
    """Return an archive that says of one part that it unpacks to so many bytes."""
    packed, directory = bytearray(pack(parts)), b"PK\x01\x02"
    at = -1
    while (at := packed.find(directory, at + 1)) >= 0:
        length = int.from_bytes(packed[at + 28 : at + 30], "little")
        if packed[at + 46 : at + 46 + length] == name.encode():
            packed[at + 24 : at + 28] = size.to_bytes(4, "little")
    return bytes(packed)
