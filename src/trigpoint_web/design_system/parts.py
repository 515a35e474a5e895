# SPDX-License-Identifier: MIT
"""What a page is put together from besides fields: links, statuses, rows, tables, tasks, charts. All ready text.

Text is escaped when it is shown, unless it is a SafeString that our own code made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from django.utils.safestring import SafeString


class Colour(Enum):
    """The colours of a status. The words say the same: nobody has to tell colours apart."""

    BLUE = "blue"
    GREY = "grey"
    WHITE = "white"
    GREEN = "green"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Status:
    """A state in a word or two, drawn as a tag; without a colour as plain text, for what needs nothing more done."""

    text: str
    colour: Colour | None = Colour.BLUE


@dataclass(frozen=True, slots=True)
class Link:
    """A link. about: words that are only read out, so that "Change" says change what."""

    text: str
    url: str
    about: str | None = None
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """A button of a form: name and value go with the form when it is pressed."""

    text: str
    name: str | None = None
    value: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Tick:
    """A box to tick in a row of a table. label: read out, so it names the row."""

    name: str
    value: str
    label: str
    is_chosen: bool = False


Content: TypeAlias = str | SafeString | Link | Status | Tick | Button


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One line of a summary: what it is called, what it is, what can be done about it."""

    label: str
    content: Content | Sequence[Content]
    actions: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """One line of a task list. url: None while it can't be started, or isn't this person's. also: what else to do."""

    title: str
    status: Status
    url: str | None = None
    hint: str | None = None
    also: Link | None = None


@dataclass(frozen=True, slots=True)
class TaskSection:
    """Tasks under a heading. note: such as who holds them and until when."""

    title: str
    tasks: tuple[Task, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. sort_url: where its heading leads; sorted: "ascending", "descending" or None."""

    text: str
    is_numeric: bool = False
    sort_url: str | None = None
    sorted: str | None = None
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: cells are text, links, statuses or ticks, or lines of these; the first names its row.

    is_wide: kept as a grid on a phone too, inside a box that scrolls; else each row becomes a block there.
    Raises ValueError when a row is too short or too long.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Content | Sequence[Content], ...], ...]
    is_wide: bool = False
    is_caption_hidden: bool = False
    empty_text: str = "Nothing to show."

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                raise ValueError(
                    f"row {number} of the table {self.caption!r} has {len(row)} cells for {len(self.columns)} columns"
                )


@dataclass(frozen=True, slots=True)
class Filter:
    """A number that is a filter: press it to see those it counts."""

    text: str
    number: str
    url: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class PageOfList:
    """Where I am in a long list. pages: None stands for the ones left out."""

    pages: tuple[Link | None, ...] = ()
    previous: Link | None = None
    next: Link | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far something is. text: "16 of 20 answered"; share: 0 to 1, what the bar shows.

    Raises ValueError when the share is outside 0 to 1.
    """

    text: str
    share: float

    def __post_init__(self) -> None:
        _require_share(self.share)

    @property
    def percent(self) -> str:
        """The length of the bar, as SVG wants it."""
        return f"{self.share * 100:.1f}%"


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a bar chart in words. text: "3 of 5"; share: 0 to 1; None when it is not shown, and text says why.

    Raises ValueError when the share is outside 0 to 1.
    """

    label: str
    text: str
    share: float | None

    def __post_init__(self) -> None:
        if self.share is not None:
            _require_share(self.share)

    @property
    def percent(self) -> str:
        """The length of the bar, as SVG wants it; nothing is drawn for None."""
        return f"{(self.share or 0) * 100:.1f}%"


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with the same numbers as a table. title: the finding; subtitle: what is shown; foot: n and source."""

    title: str
    svg: SafeString
    table: Table
    subtitle: str | None = None
    foot: str | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One of two texts side by side, such as two people's answers to one question. button: keeps this one."""

    title: str
    text: str
    by: str
    note: str | None = None
    button: Button | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """What has just happened, at the top of the page. is_success: green, and read out at once."""

    text: str
    is_success: bool = False


def _require_share(share: float) -> None:
    if not 0 <= share <= 1:
        raise ValueError(f"a share is 0 to 1, got {share}")
