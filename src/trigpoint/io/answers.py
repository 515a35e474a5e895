# SPDX-License-Identifier: MIT
"""Files of answers: long (one row an answer) or wide (one row a return), as Parquet, CSV or XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from trigpoint.errors import AnswersProblems, FileTrouble, Problem
from trigpoint.frameworks import Framework
from trigpoint.io.content import read_framework
from trigpoint.io.delimited import read_rows, require_size
from trigpoint.io.duck import read_parquet, write_parquet
from trigpoint.io.spreadsheets import read_sheet, write_sheet
from trigpoint.submissions.answers import AnswerTable
from trigpoint.submissions.tidy import TIDY_COLUMNS, UNIT_COLUMNS, Columns, read_tidy, tidy_answers

LARGEST_PARQUET = 4_000_000_000  # unpacked it is some ten times larger, and must fit in memory
SUFFIXES = (".parquet", ".csv", ".xlsx")
# What a wide file says once a row besides the answers.
ABOUT_RETURN = ("framework", "framework_hash", "round", *UNIT_COLUMNS)


def read_answers(path: Path, *, framework: Framework | None = None) -> AnswerTable:
    """Return the answers in a file.

    framework: what they were collected with; when None the file must name it, and a shipped framework is used.
    Long and wide files are told apart by the heading. Raises AnswersProblems with every problem, FrameworkMismatch,
    TooLarge or FileTrouble.
    """
    columns = _read_columns(path)
    chosen = framework if framework is not None else _named_framework(columns, path)
    long = columns if "question" in columns else _unpivot(columns, chosen, path)
    return read_tidy(long, chosen, file=str(path))


def write_answers(table: AnswerTable, framework: Framework, path: Path, *, wide: bool = False) -> None:
    """Write answers to a file of the kind that its name ends with; the same table gives the same bytes.

    Raises FileTrouble for another ending, or when the file can't be written.
    """
    columns: Mapping[str, Sequence[str | None]] = tidy_answers(table, framework)
    if wide:
        columns = _pivot(table, columns)
    if path.suffix == ".parquet":
        write_parquet(columns, dict.fromkeys(columns, "VARCHAR"), path)
    elif path.suffix == ".xlsx":
        write_sheet(path, "answers", list(columns), zip(*columns.values(), strict=True))
    elif path.suffix == ".csv":
        write_csv(path, list(columns), zip(*columns.values(), strict=True))
    else:
        raise FileTrouble(f"{path}: answers are written as {', '.join(SUFFIXES)}. Give the file one of these endings.")


def write_csv(path: Path, heading: Sequence[str], rows: Iterable[Sequence[str | None]]) -> None:
    """Write a CSV file in UTF-8 with bare line feeds; None is an empty cell. Raises FileTrouble."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows(rows)
    try:
        path.write_text(text.getvalue(), encoding="utf-8", newline="")
    except OSError as error:
        raise FileTrouble(f"{path}: {error.strerror}.") from error


def _read_columns(path: Path) -> Columns:
    if path.suffix == ".parquet":
        if path.is_file():
            require_size(path, LARGEST_PARQUET)
        return read_parquet(path)
    if path.suffix == ".xlsx":
        return _columns(read_sheet(path), path)
    if path.suffix == ".csv":
        return _columns(read_rows(path), path)
    raise FileTrouble(f"{path}: answers are read from {', '.join(SUFFIXES)}. Is this the right file?")


def _columns(rows: Sequence[tuple[int, Sequence[str]]], path: Path) -> Columns:
    if not rows:
        raise AnswersProblems([Problem(str(path), None, None, "the file is empty.")])
    heading = [cell.strip() for cell in rows[0][1]]
    problems = [
        Problem(str(path), line, None, f"{len(row)} cells where the heading has {len(heading)}: is the row cut short?")
        for line, row in rows[1:]
        if len(row) != len(heading)
    ]
    problems += [
        Problem(str(path), 1, at + 1, f"the column {name!r} stands twice. Keep one.")
        for at, name in enumerate(heading)
        if name in heading[:at]
    ]
    if problems:
        raise AnswersProblems(problems)
    return {name: [row[at] or None for _, row in rows[1:]] for at, name in enumerate(heading)}


def _named_framework(columns: Columns, path: Path) -> Framework:
    named = sorted({name for name in columns.get("framework", ()) if name})
    if len(named) == 1:
        return read_framework(named[0])
    found = f"it names {', '.join(named)}" if named else "it names none"
    message = f"which framework these answers are for is not clear: {found}. Say --framework NAME@VERSION."
    raise AnswersProblems([Problem(str(path), None, None, message)])


def _pivot(table: AnswerTable, columns: Mapping[str, Sequence[str | None]]) -> dict[str, list[str | None]]:
    count = len(table.questions)
    cells = [
        answer if answer is not None else state
        for answer, state in zip(columns["answer"], columns["missing"], strict=True)
    ]
    about = {name: list(columns[name][::count]) for name in ABOUT_RETURN}
    return about | {question: cells[at::count] for at, question in enumerate(table.questions)}


def _unpivot(columns: Columns, framework: Framework, path: Path) -> Columns:
    """Turn a wide file into long columns. A missing state stands in the cell by name."""
    questions = [name for name in columns if name not in ABOUT_RETURN]
    unknown = [name for name in questions if name not in framework.questions]
    if unknown or not questions or "organisation" not in columns:
        raise AnswersProblems(_wide_problems(columns, unknown, questions, framework, path))
    rows = len(columns["organisation"])
    blank: Sequence[str | None] = [None] * rows
    about = {name: columns.get(name, blank) for name in ABOUT_RETURN}
    long: dict[str, list[str | None]] = {name: [] for name in TIDY_COLUMNS}
    for row in range(rows):
        for question in questions:
            for name, values in about.items():
                long[name].append(values[row])
            long["question"].append(question)
            long["answer"].append(columns[question][row])
            long["missing"].append(None)
    return long


def _wide_problems(
    columns: Columns, unknown: Sequence[str], questions: Sequence[str], framework: Framework, path: Path
) -> list[Problem]:
    heading = list(columns)
    problems = [
        Problem(str(path), 1, heading.index(name) + 1, f"the column {name!r} is no question of {framework.ref}.")
        for name in unknown
    ]
    if "organisation" not in columns:
        problems.append(Problem(str(path), 1, None, "there is no column 'organisation'."))
    if not questions:
        problems.append(Problem(str(path), 1, None, "there is no column with answers."))
    return problems
