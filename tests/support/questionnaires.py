# SPDX-License-Identifier: MIT
"""A small questionnaire, and its spreadsheet filled in as a person with another program would leave it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from tests.support.frameworks import draft, number_scale, option_scale
from trigpoint.frameworks import Framework
from trigpoint.io.spreadsheet_cells import SheetRows, Workbook, read_cells
from trigpoint.submissions import Missing, Unit
from trigpoint.submissions.places import ORGANISATION, AnswerPlace
from trigpoint.submissions.questionnaire_rows import CurrentAnswer, Questionnaire

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
ACUTE = Unit("RXX", "acute", care_settings=("acute",))
COMMUNITY = Unit("RXX", "community", care_settings=("community",))
STRATEGY, BEDS, PLAN = AnswerPlace(ORGANISATION, "strategy"), AnswerPlace("acute", "beds"), AnswerPlace("acute", "plan")


def small_framework(**content: Any) -> Framework:
    """Return four questions in two sections: one of the organisation, one number, one routed, one unscored."""
    questions = [
        {
            "id": "strategy",
            "measure": "plans",
            "scale": "answer",
            "text": "Is there a strategy?",
            "asked_of": "organisation",
            "good_looks_like": "The board read it this year.",
            "evidence": "The minutes.",
        },
        {"id": "plan", "measure": "plans", "scale": "answer", "text": "Is there a plan?", "title": "Plan"},
        {
            "id": "beds",
            "measure": "places",
            "scale": "count",
            "text": "How many beds have a screen?",
            "care_settings": ["acute"],
            "shown_when": {"question": "plan", "answers": ["yes", "dont_know"]},
        },
        {
            "id": "remark",
            "scale": "answer",
            "text": "Shall we call?",
            "missing_refused": ["dont_know", "not_applicable"],
        },
    ]
    made = draft({"all_of_it": {"plans": [], "places": []}})
    changed = {
        "questions": questions,
        "scales": [option_scale("answer", ["no", "partly", "yes"]), number_scale("count", 0, maximum=900, whole=True)],
        "care_settings": [{"id": "acute", "title": "Acute"}, {"id": "community", "title": "Community"}],
        **content,
    }
    points = {"answer": {"no": 0, "partly": 50, "yes": 100}, "count": [[0, 0], [10, 100]]}
    levels = {"leaf": {"combine": "mean_of_questions"}, "node": {"combine": "mean_of_measures"}}
    return made.with_content(**changed).with_scoring(points=points, levels=levels).framework


def small_questionnaire(framework: Framework | None = None, **changes: Any) -> Questionnaire:
    """Return the questionnaire of one organisation with two units and some answers."""
    made = Questionnaire(
        framework=framework if framework is not None else small_framework(),
        round="2026",
        units=(ACUTE, COMMUNITY),
        organisation="RXX",
        organisation_name="Made-up trust",
        answers={
            STRATEGY: CurrentAnswer(3, "partly", "See the minutes"),
            BEDS: CurrentAnswer(1, 40.0),
            AnswerPlace("community", "plan"): CurrentAnswer(2, Missing.DONT_KNOW, "=1+1"),
        },
        last_answers={STRATEGY: "no", BEDS: 12.0},
        made_at=NOON,
    )
    return replace(made, **changes)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in a cell, with what it came to when the file was saved."""

    text: str
    value: str | float = 0


Edits = Mapping[str, str | float | Formula | None]


def refilled(
    raw: bytes,
    edits: Edits | None = None,
    *,
    keep_properties: bool = True,
    change: Callable[[list[SheetRows]], Sequence[SheetRows]] = tuple,
) -> bytes:
    """Return a spreadsheet as another program saves it: the texts and numbers, with some cells typed over.

    edits: by sheet and cell, "Acute!E3"; None empties a cell. change: what is done to the sheets first.
    """
    found = read_cells(raw, "download.xlsx")
    sheets = change([*found.sheets])
    return _saved(replace(found, sheets=tuple(sheets)), edits or {}, keep_properties=keep_properties)


def _saved(found: Workbook, edits: Edits, *, keep_properties: bool) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as workbook:
        for name, text in found.properties.items() if keep_properties else ():
            workbook.set_custom_property(name, text)
        for sheet in found.sheets:
            page = workbook.add_worksheet(sheet.name)
            cells: dict[str, Any] = {cell.name: cell.text for row in sheet.rows.values() for cell in row.values()}
            cells |= {
                place.partition("!")[2]: one for place, one in edits.items() if place.startswith(f"{sheet.name}!")
            }
            for name, cell in cells.items():
                _write(page, name, cell)
    return made.getvalue()


def _write(page: Any, name: str, cell: str | float | Formula | None) -> None:
    if isinstance(cell, Formula):
        page.write_formula(name, cell.text, None, cell.value)
    elif isinstance(cell, str):
        page.write_string(name, cell)
    elif cell is not None:
        page.write_number(name, cell)


def cell_of(raw: bytes, sheet: str, question: str, heading: str) -> str:
    """Return the name of the cell of a question under a heading, "Acute!E3"."""
    (found,) = (one for one in read_cells(raw, "download.xlsx").sheets if one.name == sheet)
    column = next(at for at, cell in found.rows[1].items() if cell.text == heading)
    (line,) = (at for at, row in found.rows.items() if 1 in row and row[1].text == question)
    letters = re.sub(r"\d", "", found.rows[1][column].name)
    return f"{sheet}!{letters}{line}"


def packed(parts: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip archive of some parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def spoilt(raw: bytes, place: str) -> bytes:
    """Return a spreadsheet with the error #REF! in a cell that holds a number, as a pasted value leaves it."""
    sheet, _, cell = place.partition("!")
    names = [one.name for one in read_cells(raw, "download.xlsx").sheets]
    part = f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    pattern = rf'(<c r="{cell}" s="\d+")><v>[^<]*</v>'.encode()
    parts[part], count = re.subn(pattern, rb'\1 t="e"><v>#REF!</v>', parts[part])
    assert count == 1, f"{place} holds no number"
    return packed(parts)
