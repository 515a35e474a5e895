# SPDX-License-Identifier: MIT
"""Read a list of organisation codes to be checked: a column of codes, or any table with one, answers included."""

from __future__ import annotations

from pathlib import Path

from trigpoint.errors import Problem, RegisterProblems
from trigpoint.io.ods_tables import Row, parse_rows, parse_text, read_bytes
from trigpoint.organisations.checks import CodeUse
from trigpoint.organisations.near_codes import looks_like_ods_code

_CODE_HEADINGS = ("organisation", "organisation_id", "organisation_code", "ods_code", "trust_code", "code")
_NAME_HEADINGS = ("organisation_name", "trust_name", "name")


def read_code_uses(path: Path) -> tuple[CodeUse, ...]:
    """Return each row's code, name (where there is a column of names) and line.

    The codes are in the column called organisation, organisation_id or the like, else in the first one.
    Raises RegisterProblems when the file is empty, not UTF-8 or not CSV; FileTrouble and TooLarge.
    """
    text, problems = parse_text(read_bytes(path), path.name)
    rows, row_problems = parse_rows(text, path.name)
    if problems or row_problems:
        raise RegisterProblems((*problems, *row_problems))
    if not rows:
        raise RegisterProblems([Problem(path.name, None, None, "every row of the file is blank: there are no codes.")])
    headings = _headings(rows[0])
    uses = _uses(
        rows[1:] if headings else rows, _first_of(_CODE_HEADINGS, headings), _first_of(_NAME_HEADINGS, headings)
    )
    if not uses:
        raise RegisterProblems([Problem(path.name, None, None, "the file has headings and no codes below them.")])
    return uses


def _headings(first: Row) -> tuple[str, ...]:
    """The headings, in small letters; none when the first row is a row of codes already."""
    names = tuple(value.strip().casefold() for value in first.values)
    is_known = any(name in _CODE_HEADINGS for name in names)
    return names if is_known or not looks_like_ods_code(first.values[0].strip()) else ()


def _first_of(wanted: tuple[str, ...], headings: tuple[str, ...]) -> int | None:
    return next((headings.index(name) for name in wanted if name in headings), None)


def _uses(rows: tuple[Row, ...], code_at: int | None, name_at: int | None) -> tuple[CodeUse, ...]:
    return tuple(CodeUse(_cell(row, code_at or 0) or "", _cell(row, name_at), row.line) for row in rows)


def _cell(row: Row, place: int | None) -> str | None:
    return None if place is None or place >= len(row.values) else row.values[place].strip() or None
