# SPDX-License-Identifier: MIT
"""Rows of people's CSV files, with their line numbers; refused with advice when too large, cut short or not UTF-8."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from trigpoint.errors import AnswersProblems, FileTrouble, Problem, TooLarge

# A national round of 250 providers is under 1 MB; 1,000,000 returns of 175 answers are 350 MB. Beyond a gigabyte a CSV
# doesn't fit in memory with its rows, and Parquet is what such files should be.
LARGEST_CSV = 1_000_000_000
LARGEST_CELL = 1_000_000


def read_rows(path: Path) -> list[tuple[int, list[str]]]:
    """Return the rows of a CSV file, each with the line it begins on; rows with nothing in them are left out.

    Raises TooLarge, FileTrouble (can't be opened) or AnswersProblems (not UTF-8, or a quote that never closes).
    """
    rows, problems = parse_rows(read_text(path), str(path))
    if problems:
        raise AnswersProblems(problems)
    return rows


def parse_rows(text: str, file: str) -> tuple[list[tuple[int, list[str]]], tuple[Problem, ...]]:
    """Return the rows of a CSV text, each with the line it begins on, and a problem where it stops being CSV.

    Rows with nothing in them are left out: spreadsheets leave them below and between the rows that people see.
    """
    rows: list[tuple[int, list[str]]] = []
    try:
        rows.extend(_rows(io.StringIO(text, newline=""), file))
    except AnswersProblems as error:
        return rows, error.problems
    return rows, ()


def read_heading(path: Path) -> list[str]:
    """Return the first row of a CSV file that has anything in it, whatever its encoding; none when there is no such.

    No more of the file is read than that, so that a file may be told by its heading. Raises FileTrouble.
    """
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as text:
            return next((row for _, row in _rows(text, str(path))), [])
    except AnswersProblems:
        return []
    except OSError as error:
        raise FileTrouble(f"{path}: {error.strerror}.") from error


def _rows(text: TextIO, file: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, one by one. Raises AnswersProblems where the text stops being CSV."""
    csv.field_size_limit(LARGEST_CELL)  # of the whole process: set wherever rows are read, it is always the same
    reader = csv.reader(text, strict=True)
    began = 1
    try:
        for row in reader:
            if any(row):
                yield began, row
            began = reader.line_num + 1
    except csv.Error as error:
        message = f"not valid CSV from here on: {error}. Is a quote left open, or the file cut short?"
        raise AnswersProblems([Problem(file, began, None, message)]) from error


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
