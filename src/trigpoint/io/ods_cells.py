# SPDX-License-Identifier: MIT
"""Cells of one row of somebody's file: read as text, code, date or share, every trouble kept with its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from trigpoint.errors import Problem
from trigpoint.organisations.near_codes import looks_like_ods_code
from trigpoint.organisations.organisation import OrganisationCode


@dataclass(slots=True)
class Cells:
    """One row. Reading a bad cell adds a problem and gives a blank, so that one pass finds all that is wrong.

    columns: name to position; a column the file hasn't got is blank.
    problems: those of the whole file; each row adds its own.
    """

    file: str
    line: int
    values: Sequence[str]
    columns: Mapping[str, int]
    problems: list[Problem]

    def text(self, column: str) -> str | None:
        """Return the text without spaces around it; None when blank."""
        place = self.columns.get(column, len(self.values))
        return self.values[place].strip() or None if place < len(self.values) else None

    def require_text(self, column: str) -> str:
        """Return the text; a blank is a problem."""
        found = self.text(column)
        if found is None:
            self.complain(column, f"{column} is blank")
        return found or ""

    def code(self, column: str) -> OrganisationCode:
        """Return the ODS code; a blank or another shape is a problem."""
        found = self.require_text(column)
        if found and not _may_be_code(found):
            self.complain(column, f"{column} {found!r} is not an ODS code")
        return OrganisationCode(found)

    def date(self, column: str) -> dt.date | None:
        """Return the date; None when blank; anything that isn't a date is a problem."""
        found = self.text(column)
        if found is None:
            return None
        parsed = parse_date(found)
        if parsed is None:
            self.complain(column, f"{column} {found!r} is not a date (yyyymmdd, yyyy-mm-dd or dd/mm/yyyy)")
        return parsed

    def require_date(self, column: str) -> dt.date:
        """Return the date; a blank is a problem too (and gives a date that the caller must not use)."""
        self.require_text(column)
        return self.date(column) or dt.date.min

    def share(self, column: str) -> float:
        """Return a share of 0 to 1; anything else is a problem."""
        found = self.require_text(column)
        try:
            share = float(found or "0")
        except ValueError:
            share = -1.0
        if not 0 <= share <= 1:
            self.complain(column, f"{column} {found!r} is not a share of 0 to 1")
            return 0.0
        return share

    def complain(self, column: str, message: str) -> None:
        """Add a problem at that column of this row."""
        problem = Problem(self.file, self.line, self.columns.get(column, -1) + 1 or None, message)
        if problem not in self.problems[-_MOST_PER_ROW:]:  # a cell that two facts use is wrong once
            self.problems.append(problem)


_MOST_PER_ROW = 30  # no file has more columns, so no row has more problems
# Successor records also hold codes that no organisation has today: 2 (authorities) and 4 with letters (old groupings).
_OTHER_LENGTHS = (2, 4)


def _may_be_code(text: str) -> bool:
    return looks_like_ods_code(text) or (len(text) in _OTHER_LENGTHS and text.isalnum() and text == text.upper())


@lru_cache(maxsize=4096)  # a register of 40,000 rows has some 3,000 different dates
def parse_date(text: str) -> dt.date | None:
    """Return the date written as yyyymmdd, yyyy-mm-dd or dd/mm/yyyy; None when it is none of these."""
    try:
        if len(text) == len("ddXmmXyyyy") and text[2] == text[5] == "/":
            return dt.date(_digits(text[6:]), _digits(text[3:5]), _digits(text[:2]))
        if len(text) == len("yyyymmdd"):
            return dt.date(_digits(text[:4]), _digits(text[4:6]), _digits(text[6:]))
        if len(text) == len("yyyy-mm-dd") and text[4] == text[7] == "-":
            return dt.date(_digits(text[:4]), _digits(text[5:7]), _digits(text[8:]))
    except ValueError:
        return None
    return None


def _digits(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ValueError(text)
    return int(text)
