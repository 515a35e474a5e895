# SPDX-License-Identifier: MIT
"""What every analysis gives: numbers with their n, what was assumed and whether it holds, and what may be said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from trigpoint.analysis.chart import AnalysisChart

Numbers = TypeVar("Numbers")


class Outcome(Enum):
    """How an assumption came out."""

    HOLDS = "holds"
    DOUBTFUL = "doubtful"
    NOT_CHECKED = "can't be checked here"


@dataclass(frozen=True, slots=True)
class CheckedAssumption:
    """Something an analysis rests on. found: what was seen, in words, with the numbers."""

    assumption: str
    outcome: Outcome
    found: str


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One number of an analysis, unrounded, in its unit. lower, upper: its interval, None where it has none.

    value None: it can't be worked out, and note says why.
    """

    name: str
    value: float | None
    unit: str
    n: int
    lower: float | None = None
    upper: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ResultColumn:
    """A column of a table. digits: decimals shown of its numbers, which are kept unrounded."""

    name: str
    digits: int = 1


@dataclass(frozen=True, slots=True)
class ResultTable:
    """Many numbers of one kind, a line a unit, group or question. A cell is None where there is no number.

    The first column names the line. Each line is as long as columns.
    """

    title: str
    columns: tuple[ResultColumn, ...]
    lines: tuple[tuple[str | float | None, ...], ...]


@dataclass(frozen=True, slots=True)
class AnalysisResult(Generic[Numbers]):
    """The result of an analysis, whose method is read by its name (`trigpoint.io.methods`).

    sentence: what follows, for a reader who knows no statistics. n: units that count; of: units there are.
    left_out: unit → why it does not count. numbers: for programs; rows: the same for people, in order of reading.
    tables: more numbers of one kind. cannot_tell: what must not be read into it. charts: pictures, as data.
    """

    analysis: str
    sentence: str
    definition: str
    n: int
    of: int
    numbers: Numbers
    rows: tuple[ResultRow, ...]
    checked: tuple[CheckedAssumption, ...]
    cannot_tell: tuple[str, ...]
    charts: tuple[AnalysisChart, ...] = ()
    tables: tuple[ResultTable, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
