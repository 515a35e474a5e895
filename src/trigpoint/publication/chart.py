# SPDX-License-Identifier: MIT
"""What every chart has: its words, and the numbers it prints, each traced to a line of the summary."""

from __future__ import annotations

from dataclasses import dataclass

from trigpoint.publication.summary import Summary


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number as it stands on the page, and the line of summary.csv that it is."""

    measure: str
    statistic: str
    text: str


@dataclass(frozen=True, slots=True)
class ChartWords:
    """title: the finding; subtitle: what is shown; foot: n, definition, source; description: for who can't see it."""

    name: str
    title: str
    subtitle: str
    foot: str
    description: str


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A row of the table under a chart."""

    label: str
    cells: tuple[PrintedNumber, ...]


@dataclass(frozen=True, slots=True)
class NumberTable:
    """The same numbers as in the chart. heading: the first names the rows."""

    caption: str
    heading: tuple[str, ...]
    rows: tuple[NumberRow, ...]


def printed(summary: Summary, measure: str, statistic: str) -> PrintedNumber:
    """Return a number of the summary as the page prints it. Raises KeyError when there is no such line."""
    return PrintedNumber(measure, statistic, summary.line(measure, statistic).text)


def join_words(words: tuple[str, ...]) -> str:
    """Return words in a row as people write them.

    >>> join_words(("Readiness", "Capabilities", "Infrastructure"))
    'Readiness, Capabilities and Infrastructure'
    """
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
