# SPDX-License-Identifier: MIT
"""From bytes to rows: size, encoding, truncation and repeated rows, each with a message that says what to do."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from trigpoint.errors import FileTrouble, Problem, TooLarge
from trigpoint.io import delimited

# ODS's largest monthly file is under 40 MB. What is larger is something else, and would fill the memory.
_LARGEST_BYTES = 200 * 1024 * 1024
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Row(NamedTuple):  # made by the ten thousand: three times quicker to make than a frozen dataclass
    """One row and the line it starts on, counted from 1."""

    line: int
    values: tuple[str, ...]


def read_bytes(path: Path) -> bytes:
    """Return the content of a file. Raises TooLarge, or FileTrouble when it can't be opened."""
    try:
        size = path.stat().st_size
        if size > _LARGEST_BYTES:
            limit = _LARGEST_BYTES // 1024**2
            raise TooLarge(
                f"{path.name} has {size // 1024**2} MB; a register file has at most {limit} MB. Is it the right file?"
            )
        return path.read_bytes()
    except OSError as error:
        raise FileTrouble(
            f"{path.name} can't be read: {error.strerror}. Check the path and your right to read it."
        ) from error


def parse_text(content: bytes, file: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of UTF-8 bytes, with any byte order mark taken off, and what is wrong with the whole file."""
    trouble = _byte_trouble(content)
    if trouble is not None:
        return "", (Problem(file, None, None, trouble),)
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = (
            f"byte 0x{content[error.start]:02x} is not UTF-8; the file has another encoding. Save it as CSV UTF-8."
        )
        return "", (Problem(file, line, None, message),)


def parse_rows(text: str, file: str) -> tuple[tuple[Row, ...], tuple[Problem, ...]]:
    """Return the rows that are not blank, and a problem where the text stops being CSV (an unclosed quote)."""
    rows, problems = delimited.parse_rows(text, file)
    return tuple(Row(line, tuple(values)) for line, values in rows), problems


def list_repeated_rows(rows: tuple[Row, ...], file: str) -> tuple[Problem, ...]:
    """Return a problem for each row that stands there again."""
    first: dict[tuple[str, ...], int] = {}
    repeats = ((row, first.setdefault(row.values, row.line)) for row in rows)
    return tuple(
        Problem(file, row.line, None, f"this row is the same as the one on line {line}. Take one out.")
        for row, line in repeats
        if line != row.line
    )


def _byte_trouble(content: bytes) -> str | None:
    if not content.strip():
        return "the file is empty. Fetch or export it again."
    if content.startswith(_BYTE_ORDER_MARKS):
        return "the file is UTF-16, as Excel's Unicode text is. Save it as CSV UTF-8."
    if b"\0" in content:
        return "the file holds zero bytes, so it is no CSV: a spreadsheet or an archive, perhaps. Save it as CSV UTF-8."
    return None
