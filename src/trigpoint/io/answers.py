# SPDX-License-Identifier: MIT
"""Files of answers: long (one row an answer) or wide (one row a return), as Parquet, CSV or XLSX."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from trigpoint.errors import AnswersProblems, FileTrouble, Problem, UnknownFramework
from trigpoint.frameworks import Framework
from trigpoint.frameworks.suggest import no_such, repeated
from trigpoint.io.content import list_frameworks, read_framework
from trigpoint.io.delimited import read_rows, require_size
from trigpoint.io.duck import read_parquet, write_parquet
from trigpoint.io.spreadsheets import read_sheet, write_sheet
from trigpoint.publication.tables import csv_text
from trigpoint.submissions.answers import AnswerTable
from trigpoint.submissions.tidy import UNIT_COLUMNS, Columns, read_tidy, require_same_framework, tidy_answers, unit_of

LARGEST_PARQUET = 4_000_000_000  # unpacked it is some ten times larger, and must fit in memory
# How the published files call what ours call `organisation`.
PUBLISHED_HEADING = "organisation_id"
SUFFIXES = (".parquet", ".csv", ".xlsx")
# What a wide file says once a row besides the answers.
ABOUT_RETURN = ("framework", "framework_hash", "round", *UNIT_COLUMNS)


@dataclass(frozen=True, slots=True)
class _Table:
    """A file's columns by name, and the lines (or spreadsheet rows) that its heading and each of its rows begin on."""

    file: str
    columns: Columns
    lines: Sequence[int]
    heading: int = 1


def read_answers(path: Path, *, framework: Framework | None = None) -> AnswerTable:
    """Return the answers in a file.

    framework: what they were collected with; when None the file must name it, and a shipped framework is used.
    Long and wide files are told apart by the heading. Raises AnswersProblems with every problem, FrameworkMismatch,
    TooLarge or FileTrouble.
    """
    table = _read_table(path)
    chosen = framework if framework is not None else _named_framework(table)
    require_same_framework(table.columns, chosen, table.file)
    long = table if "question" in table.columns else _unpivot(table, chosen)
    return read_tidy(long.columns, chosen, file=table.file, lines=long.lines, heading=table.heading)


def write_answers(table: AnswerTable, framework: Framework, path: Path, *, wide: bool = False) -> None:
    """Write answers to a file of the kind that its name ends with; the same table gives the same bytes.

    Raises FileTrouble for another ending, or when the file can't be written.
    """
    columns: Mapping[str, Sequence[str | None]] = tidy_answers(table, framework)
    if wide:
        columns = _pivot(table, columns, path)
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        write_parquet(columns, dict.fromkeys(columns, "VARCHAR"), path)
    elif suffix == ".xlsx":
        write_sheet(path, "answers", list(columns), zip(*columns.values(), strict=True))
    elif suffix == ".csv":
        write_csv(path, list(columns), zip(*columns.values(), strict=True))
    else:
        raise FileTrouble(f"{path}: answers are written as {', '.join(SUFFIXES)}. Give the file one of these endings.")


def write_csv(path: Path, heading: Sequence[str], rows: Iterable[Sequence[str | None]]) -> None:
    """Write a CSV file in UTF-8 with bare line feeds; None is an empty cell. Raises FileTrouble."""
    try:
        path.write_text(csv_text(heading, rows), encoding="utf-8", newline="")
    except OSError as error:
        raise FileTrouble(f"{path}: {error.strerror}.") from error


def _read_table(path: Path) -> _Table:
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        if path.is_file():
            require_size(path, LARGEST_PARQUET)
        columns = read_parquet(path)
        # Parquet has no heading line, but people count rows as in a spreadsheet.
        return _Table(str(path), columns, range(2, 2 + len(next(iter(columns.values()), []))))
    if suffix == ".xlsx":
        return _table(read_sheet(path), str(path))
    if suffix == ".csv":
        return _table(read_rows(path), str(path))
    raise FileTrouble(f"{path}: answers are read from {', '.join(SUFFIXES)}. Is this the right file?")


def _table(rows: Sequence[tuple[int, Sequence[str]]], file: str) -> _Table:
    if not rows:
        raise AnswersProblems([Problem(file, None, None, "the file is empty.")])
    heading = [cell.strip() for cell in rows[0][1]]
    if PUBLISHED_HEADING in heading:
        message = (
            "this is a published file. First take it in, for example: trigpoint ingest nhs-dma-2017 FILE --out OUT"
        )
        raise AnswersProblems([Problem(file, rows[0][0], None, message)])
    problems = [
        Problem(file, line, None, f"{len(row)} cells where the heading has {len(heading)}: is the row cut short?")
        for line, row in rows[1:]
        if len(row) != len(heading)
    ]
    problems += [
        Problem(file, rows[0][0], at + 1, f"the column {name!r} stands twice. Keep one.")
        for at, name in repeated(heading)
    ]
    if problems:
        raise AnswersProblems(problems)
    columns = {name: [row[at] or None for _, row in rows[1:]] for at, name in enumerate(heading)}
    return _Table(file, columns, [line for line, _ in rows[1:]], heading=rows[0][0])


def _named_framework(table: _Table) -> Framework:
    named = sorted({name for name in table.columns.get("framework", ()) if name})
    shipped = [str(ref) for ref in list_frameworks()]
    if len(named) == 1 and named[0] in shipped:
        return read_framework(named[0])
    if len(named) == 1:
        # Not looked for anywhere else: what a file of answers says must not have other files opened.
        unknown = no_such("framework", named[0][:60], shipped)
        raise UnknownFramework(f"{table.file}: {unknown} Say --framework with the folder of your own.")
    found = f"it names {', '.join(named)}" if named else "it names none"
    message = f"which framework these answers are for is not clear: {found}. Say --framework NAME@VERSION."
    raise AnswersProblems([Problem(table.file, None, None, message)])


def _pivot(table: AnswerTable, columns: Mapping[str, Sequence[str | None]], path: Path) -> dict[str, list[str | None]]:
    taken = sorted({"question", *ABOUT_RETURN} & set(table.questions))
    if taken:
        raise FileTrouble(f"{path}: the questions {', '.join(taken)} are named like other columns. Write it long.")
    count = len(table.questions)
    cells = [
        answer if answer is not None else state
        for answer, state in zip(columns["answer"], columns["missing"], strict=True)
    ]
    about = {name: list(columns[name][::count]) for name in ABOUT_RETURN}
    return about | {question: cells[at::count] for at, question in enumerate(table.questions)}


def _unpivot(table: _Table, framework: Framework) -> _Table:
    """Turn a wide file into long columns. A missing state stands in the cell by name."""
    problems = [*_wide_heading_problems(table, framework), *_wide_twins(table)]
    if problems:
        raise AnswersProblems(problems)
    questions = list(framework.questions)
    count, rows = len(questions), len(table.lines)
    blank: Sequence[str | None] = [None] * rows
    about = {name: [value for value in table.columns.get(name, blank) for _ in questions] for name in ABOUT_RETURN}
    answers = [answer for row in zip(*(table.columns[name] for name in questions), strict=True) for answer in row]
    columns: Columns = {**about, "question": questions * rows, "answer": answers, "missing": [None] * (count * rows)}
    return _Table(table.file, columns, [line for line in table.lines for _ in questions], heading=table.heading)


def _wide_heading_problems(table: _Table, framework: Framework) -> Iterator[Problem]:
    heading = list(table.columns)
    if "organisation" not in heading:
        yield Problem(table.file, table.heading, None, "there is no column 'organisation'.")
    absent = [question for question in framework.questions if question not in heading]
    if len(absent) == len(framework.questions):
        yield Problem(table.file, table.heading, None, f"there is no column with answers to {framework.ref}.")
        return
    for name in heading:
        if name not in framework.questions and name not in ABOUT_RETURN:
            message = f"in {framework.ref} {no_such('question', name, framework.questions)} Take the column out."
            yield Problem(table.file, table.heading, heading.index(name) + 1, message)
    for question in absent:
        message = f"there is no column for the question {question!r}. Add it, empty where nobody answered."
        yield Problem(table.file, table.heading, None, message)


def _wide_twins(table: _Table) -> Iterator[Problem]:
    """Returns that stand twice, told once for each instead of once for each answer."""
    blank: Sequence[str | None] = [None] * len(table.lines)
    who = (table.columns.get(name, blank) for name in UNIT_COLUMNS)
    first: dict[tuple[str, str], int] = {}
    for line, cells in zip(table.lines, zip(*who, strict=True), strict=True):
        key = unit_of(*cells).key
        if first.setdefault(key, line) != line:
            name = " ".join(key)
            yield Problem(table.file, line, None, f"{name} stands twice, first on line {first[key]}. Keep one return.")
