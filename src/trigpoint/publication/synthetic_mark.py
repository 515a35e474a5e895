# SPDX-License-Identifier: MIT
"""Whether answers are made up, so that every page and file made from them can say so."""

from __future__ import annotations

from trigpoint.submissions.answers import AnswerTable

# Every made-up organisation carries this word in its name: the name is what travels with an answer file.
MARK = "synthetic"
NOTICE = "Synthetic data: made-up organisations and made-up answers. Nothing here is about a real organisation."


def is_synthetic(table: AnswerTable) -> bool:
    """Return whether every unit's name says that it is synthetic; False for a table without units."""
    return bool(table.units) and all(MARK in unit.name.casefold() for unit in table.units)
