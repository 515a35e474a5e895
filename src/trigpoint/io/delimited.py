# SPDX-License-Identifier: MIT
"""Rows of people's CSV files, with their line numbers; refused with advice when too large, cut short or not UTF-8."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from trigpoint.errors import AnswersProblems, FileTrouble, Problem, TooLarge

# A national round of 250 providers is under 1 MB; 1,000,000 returns of 175 answers are 350 MB. Beyond a gigabyte a CSV
# doesn't fit in memory with its rows, and Parquet is what such files should be.
LARGEST_CSV = 1_000_000_000
LARGEST_CELL = 1_000_000


def read_rows(path: Path) -> list[tuple[int, list[str]]]:
    """Return the rows of a CSV file, each with the line it begins on; blank lines are left out.

    Raises TooLarge, FileTrouble (can't be opened) or AnswersProblems (not UTF-8, or a quote that never closes).
    """
    text = read_text(path)
    csv.field_size_limit(LARGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, list[str]]] = []
    began = 1
    try:
        for row in reader:
            if row:
                rows.append((began, row))
            began = reader.line_num + 1
    except csv.Error as error:
        message = f"not valid CSV from here on: {error}. Is a quote left open, or the file cut short?"
        raise AnswersProblems([Problem(str(path), began, None, message)]) from error
    return rows


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file, without a byte order mark. Raises TooLarge, FileTrouble, AnswersProblems."""
    require_size(path, LARGEST_CSV)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise FileTrouble(f"{path}: {error.strerror}.") from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AnswersProblems([_wrong_encoding(path, raw, error.start)]) from error
    if "\0" in text:  # UTF-16 without its mark is valid UTF-8, with a zero byte beside every letter
        raise AnswersProblems([_wrong_encoding(path, raw, raw.index(b"\0"))])
    return text


def _wrong_encoding(path: Path, raw: bytes, at: int) -> Problem:
    message = (
        f"byte {at} is not UTF-8 text. The file is probably in Windows-1252 or UTF-16: save it again as 'CSV UTF-8'."
    )
    return Problem(str(path), raw.count(b"\n", 0, at) + 1, None, message)


def require_size(path: Path, largest: int) -> None:
    """Raise TooLarge when a file is over `largest` bytes, FileTrouble when it can't be looked at."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise FileTrouble(f"{path}: {error.strerror}.") from error
    if size > largest:
        smaller = (
            "" if path.suffix.lower() == ".parquet" else ", or turn it into Parquet, which is some ten times smaller"
        )
        raise TooLarge(
            f"{path} is {size / 1e9:.1f} GB; the most that is read in one piece is {largest / 1e9:g} GB. "
            f"Split it by organisation{smaller}."
        )
