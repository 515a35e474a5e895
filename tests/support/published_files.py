# SPDX-License-Identifier: MIT
"""Small made-up published files in the layout of the real ones: our wording as the heading, answers by word.

Nothing of a real file is in them: columns stand where the framework says, organisations and answers are made up.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from trigpoint.frameworks import Framework
from trigpoint.frameworks.model import Published, Question
from trigpoint.io.content import read_framework
from trigpoint.io.published import LAYOUTS

# A row of cells with its line in the file.
Rows = list[tuple[int, list[str]]]


@dataclass(frozen=True)
class MadeUpReturn:
    """One row. cells: question id → (answer text, item score or None where the layout has none)."""

    organisation: str
    cells: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)
    name: str = "Made-up Trust"
    care_setting: str = "General"


def framework_of(layout: str) -> Framework:
    """Return the shipped framework of a layout."""
    return read_framework(LAYOUTS[layout][0])


def published(question: Question) -> Published:
    """Return where a question stands in the published file."""
    assert question.published is not None
    return question.published


def published_rows(layout: str, *returns: MadeUpReturn) -> Rows:
    """Return a heading and a row for each return, as a reader of CSV files gives them."""
    framework, fixed = framework_of(layout), LAYOUTS[layout][1]
    places = {one.id: published(one) for one in framework.content.questions}
    blank = [""] * (1 + max(max(place.answer_column, place.score_column or 0) for place in places.values()))
    names = [fixed.name, *filter(None, [fixed.care_setting]), fixed.organisation, *sorted(fixed.ignored)]
    heading = names + blank[len(names) :]
    for question_id, place in places.items():
        heading[place.column] = framework.questions[question_id].text
    rows = [heading]
    for one in returns:
        about = [one.name, *([one.care_setting] if fixed.care_setting else []), one.organisation]
        row = about + blank[len(about) :]
        for question_id, (text, score) in one.cells.items():
            row[places[question_id].answer_column] = text
            if score is not None:
                row[places[question_id].score_column or 0] = score
        rows.append(row)
    return list(enumerate(rows, start=1))


def csv_text(rows: Sequence[tuple[int, Sequence[str]]]) -> str:
    """Return rows as the text of a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(row for _, row in rows)
    return text.getvalue()


def published_file(folder: Path, layout: str, *returns: MadeUpReturn) -> Path:
    """Write a made-up published file and return its path."""
    path = folder / f"{layout}.csv"
    path.write_text(csv_text(published_rows(layout, *returns)), encoding="utf-8", newline="")
    return path
