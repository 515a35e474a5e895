# SPDX-License-Identifier: MIT
"""Which organisation is in which group, from a CSV file that somebody made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from trigpoint.errors import Problem, RegisterProblems
from trigpoint.frameworks.suggest import no_such
from trigpoint.io.delimited import read_rows

ORGANISATION = "organisation"


def read_group_file(path: Path, grouping: str) -> Mapping[str, str]:
    """Return organisation code → group, from the columns `organisation` and the one named as the grouping.

    A row without a group says that the organisation has none. Raises RegisterProblems with every row that is wrong: no
    such column, no code, an organisation in two groups; and what `read_rows` raises.
    """
    rows = read_rows(path)
    heading = [name.strip() for name in rows[0][1]] if rows else []
    missing = [name for name in (ORGANISATION, grouping) if name not in heading]
    if missing:
        raise RegisterProblems([Problem(str(path), 1, None, no_such("column", name, heading)) for name in missing])
    code_at, group_at = heading.index(ORGANISATION), heading.index(grouping)
    group_of: dict[str, str] = {}
    problems: list[Problem] = []
    for line, row in rows[1:]:
        code, group = _cell(row, code_at), _cell(row, group_at)
        if not code:
            problems.append(Problem(str(path), line, code_at + 1, "no organisation code"))
        elif group and group_of.setdefault(code, group) != group:
            message = f"{code} is in {group_of[code]} on an earlier line and in {group} here"
            problems.append(Problem(str(path), line, group_at + 1, message))
    if problems:
        raise RegisterProblems(problems)
    return group_of


def _cell(row: Sequence[str], at: int) -> str:
    return row[at].strip() if at < len(row) else ""
