# SPDX-License-Identifier: MIT
"""The answers with a row for each return and a column for each question: the shape that spreadsheets are read in."""

from __future__ import annotations

from trigpoint.frameworks.framework import Framework
from trigpoint.publication.tables import ANSWERS, UNITS, Column, Reference, TableShape

WIDE = "answers-wide"
WIDE_FILE = f"{WIDE}.csv"
_UNIT_COLUMNS = 3
_MEANING = "the answer's code in its scale, the number given, or why there is none: not_answered, dont_know, …"
_AT = {column.name: place for place, column in enumerate(ANSWERS.columns)}


def wide_shape(framework: Framework) -> TableShape:
    """Return the table's columns: organisation, care setting, name, then every question in the framework's order."""
    questions = (Column(one.id, "string", f"{one.text} {_MEANING}") for one in framework.content.questions)
    return TableShape(
        WIDE,
        "Answers: one row for each unit, a column for each question",
        (*UNITS.columns[:_UNIT_COLUMNS], *questions),
        UNITS.key,
        (Reference(UNITS.key, UNITS.name, UNITS.key),),
    )


def wide_rows(framework: Framework, answers: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """Return the rows. answers: those of the tidy table, in whose order the units stand. No question has an empty cell.

    What is missing stands as the name of its state, so it can't be taken for a number or for nothing.
    """
    units: dict[tuple[str, str, str], dict[str, str]] = {}
    for row in answers:
        unit = row[_AT["organisation"]], row[_AT["care_setting"]], row[_AT["name"]]
        units.setdefault(unit, {})[row[_AT["question"]]] = row[_AT["answer"]] or row[_AT["missing"]]
    asked = [one.id for one in framework.content.questions]
    return tuple((*unit, *(said[question] for question in asked)) for unit, said in units.items())
