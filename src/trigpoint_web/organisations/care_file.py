# SPDX-License-Identifier: MIT
"""A file that says which organisation gives which kind of care: text in, rows or every problem out."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from datetime import date

from trigpoint.errors import Problem
from trigpoint_web.organisations.actions.register import CareGiven

NEEDED = ("organisation", "care_setting")
COLUMNS = (*NEEDED, "from", "to")
LONGEST_CARE_SETTING = 60


def parse_care_file(
    text: str, *, file: str, known: Collection[str]
) -> tuple[Mapping[str, tuple[CareGiven, ...]], tuple[Problem, ...]]:
    """Return the care that each organisation gives, by code, and every problem with its line.

    text: a table in CSV with a heading: organisation, care_setting and, where a date is known, from and to (its first
    and last day, as 2026-04-01; blank is no limit). known: the codes of the register.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    headings = [heading.strip().lower() for heading in reader.fieldnames or ()]
    reader.fieldnames = headings
    problems = _check_headings(headings, file)
    found: dict[str, list[CareGiven]] = {}
    for row in () if problems else reader:
        try:
            code, given = _parse_row(row, known)
            if given in found.setdefault(code, []):
                raise ValueError(f"{code} is said to give {given.care_setting} in a line above, from the same day.")
            found[code].append(given)
        except ValueError as trouble:
            problems.append(Problem(file, reader.line_num, None, str(trouble)))
    return {code: tuple(rows) for code, rows in found.items()}, tuple(problems)


def _check_headings(headings: list[str], file: str) -> list[Problem]:
    missing = [name for name in NEEDED if name not in headings]
    unknown = [name for name in headings if name not in COLUMNS]
    said = []
    if missing:
        said.append(f"the heading lacks {' and '.join(missing)}. It has: {', '.join(headings) or 'nothing'}.")
    if unknown:
        said.append(f"the columns {', '.join(unknown)} are not known. Known are {', '.join(COLUMNS)}.")
    return [Problem(file, 1, None, message) for message in said]


def _parse_row(row: Mapping[str | None, str | list[str] | None], known: Collection[str]) -> tuple[str, CareGiven]:
    """Return the code and the care of a line. Raises ValueError with what is wrong in it."""
    if None in row or None in row.values():
        raise ValueError("the line has more or fewer cells than the heading.")
    cells = {name: str(cell).strip() for name, cell in row.items()}
    code, care_setting = cells["organisation"].upper(), cells["care_setting"]
    if code not in known:
        raise ValueError(f"the register has no organisation {code!r}.")
    if not care_setting or len(care_setting) > LONGEST_CARE_SETTING:
        raise ValueError(f"the care setting must have 1 to {LONGEST_CARE_SETTING} characters.")
    first, last = (_parse_day(cells.get(name, ""), name) for name in ("from", "to"))
    if first is not None and last is not None and last < first:
        raise ValueError(f"the care ends on {last}, before it begins on {first}.")
    return code, CareGiven(care_setting, first, last)


def _parse_day(text: str, name: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(f"{name} is {text!r}, and must be a day such as 2026-04-01, or blank.") from None
