# SPDX-License-Identifier: MIT
"""The rows of a release's tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.model import Measure, NumberRange
from trigpoint.publication.score_rows import score_rows, score_text
from trigpoint.publication.summary import Summary
from trigpoint.publication.tables import (
    ANSWERS,
    DICTIONARY,
    MEASURES,
    QUESTIONS,
    SCALES,
    SCORES,
    SUMMARY,
    TABLES,
    UNITS,
    Cells,
    csv_text,
)
from trigpoint.scoring.score_table import ScoreTable
from trigpoint.submissions.answers import AnswerTable
from trigpoint.submissions.tidy import tidy_answers

Rows = tuple[Cells, ...]


def build_rows(table: ScoreTable, framework: Framework, summary: Summary) -> Mapping[str, Rows]:
    """Return the rows of every table of a release, by the name of its CSV file."""
    rows = {
        SCORES: tuple(row.cells() for row in score_rows(table)),
        ANSWERS: answers_rows(table.answers, framework),
        UNITS: tuple(_units(table.answers)),
        MEASURES: tuple(_measures(framework)),
        QUESTIONS: tuple(_questions(framework)),
        SCALES: tuple(_scales(framework)),
        SUMMARY: tuple(_summary(summary)),
        DICTIONARY: tuple(_dictionary()),
    }
    return {shape.file: cells for shape, cells in rows.items()}


def table_texts(rows: Mapping[str, Rows]) -> Mapping[str, str]:
    """Return the text of every table as CSV, by the name of its file."""
    return {shape.file: csv_text(shape.heading, rows[shape.file]) for shape in TABLES}


def answers_rows(answers: AnswerTable, framework: Framework) -> Rows:
    """Return a row for each unit and question."""
    columns = tidy_answers(answers, framework)
    return tuple(tuple(cell or "" for cell in row) for row in zip(*columns.values(), strict=True))


def _units(answers: AnswerTable) -> Iterator[Cells]:
    for unit in answers.units:
        yield unit.organisation, unit.care_setting, unit.name, ";".join(unit.care_settings)


def _summary(summary: Summary) -> Iterator[Cells]:
    for line in summary.lines:
        value = "" if line.value is None else score_text(line.value)
        yield line.measure, line.statistic, value, str(line.n), line.definition


def _dictionary() -> Iterator[Cells]:
    for shape in TABLES:
        for column in shape.columns:
            yield shape.name, column.name, column.kind, "no" if column.is_required else "yes", column.meaning


def _measures(framework: Framework) -> Iterator[Cells]:
    def below(measure: Measure, parent: str) -> Iterator[Cells]:
        yield measure.id, measure.title, measure.level, parent, measure.summary or ""
        for child in measure.measures:
            yield from below(child, measure.id)

    for root in framework.content.measures:
        yield from below(root, "")


def _questions(framework: Framework) -> Iterator[Cells]:
    for one in framework.content.questions:
        yield one.id, one.text, one.measure or "", one.scale, one.asked_of, ";".join(one.care_settings)


def _scales(framework: Framework) -> Iterator[Cells]:
    for scale in framework.content.scales:
        if scale.number is not None:
            yield scale.id, "number", _range_words(scale.number)
        for option in scale.answers:
            yield scale.id, option.code, option.label


def _range_words(number: NumberRange) -> str:
    kind = "a whole number" if number.whole else "a number"
    upper = f" to {number.maximum}" if number.maximum is not None else " upwards"
    return f"{kind} from {number.minimum}{upper}{f', in {number.unit}' if number.unit else ''}"
