# SPDX-License-Identifier: MIT
"""Numbers of organisations, such as staff or cost, from a CSV file that somebody made."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from trigpoint.errors import Problem, RegisterProblems
from trigpoint.frameworks.suggest import no_such
from trigpoint.io.delimited import read_rows
from trigpoint.io.group_file import ORGANISATION


def read_number_file(path: Path, names: Sequence[str]) -> Mapping[str, tuple[float, ...]]:
    """Return organisation code → numbers, from the columns `organisation` and those named.

    A row with an empty cell among them is left out: the number is not known, which is not 0. Raises RegisterProblems
    with every row that is wrong: no such column, no code, a code twice, a cell that is no number; and what `read_rows`
    raises.
    """
    rows = read_rows(path)
    heading = [name.strip() for name in rows[0][1]] if rows else []
    missing = [name for name in (ORGANISATION, *names) if name not in heading]
    if missing:
        raise RegisterProblems([Problem(str(path), 1, None, no_such("column", name, heading)) for name in missing])
    places = [heading.index(name) for name in names]
    found: dict[str, tuple[float, ...]] = {}
    problems: list[Problem] = []
    for line, row in rows[1:]:
        code = _cell(row, heading.index(ORGANISATION))
        cells = [_cell(row, place) for place in places]
        numbers = [_number(cell) for cell in cells]
        wrong = [at for at, (cell, number) in enumerate(zip(cells, numbers, strict=True)) if cell and number is None]
        problems += [Problem(str(path), line, places[at] + 1, f"{cells[at]!r} is no number") for at in wrong]
        if not code or code in found:
            problems.append(Problem(str(path), line, None, f"{code} stands twice" if code else "no organisation code"))
        known = [number for number in numbers if number is not None]
        if code and len(known) == len(names):
            found[code] = tuple(known)
    if problems:
        raise RegisterProblems(problems)
    return found


def _cell(row: Sequence[str], at: int) -> str:
    return row[at].strip() if at < len(row) else ""


def _number(cell: str) -> float | None:
    try:
        number = float(cell)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
