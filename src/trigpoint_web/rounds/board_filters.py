# SPDX-License-Identifier: MIT
"""What a board shows of a round: the filters and the order, as they stand in its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db import models
from django.http import QueryDict

ROWS_ON_A_PAGE = 100  # more make a page that no phone can scroll
MOST_PAGES = 1000
LONGEST_TEXT = 100


class BoardState(models.TextChoices):
    """The numbers at the top of the board, each of which is a filter. Late counts some of the others again."""

    NOT_STARTED = "not_started", "not started"
    IN_PROGRESS = "in_progress", "in progress"
    SUBMITTED = "submitted", "waiting for signature"
    SIGNED = "signed", "signed"
    LATE = "late", "late"


class BoardColumn(models.TextChoices):
    """The columns by which a board can be sorted."""

    ORGANISATION = "organisation", "Organisation"
    SYSTEM = "system", "System"
    KIND = "type", "Type"
    SHARE = "share", "Dealt with"
    ACTIVITY = "activity", "Last activity"
    DUE = "due", "Due"
    STATE = "state", "State"


@dataclass(frozen=True, slots=True)
class BoardFilters:
    """What is shown. Blank is no limit; what the address says and we don't know is no limit either.

    system: code of an ICB. page: from 1. selects_all: every box is ticked when the page comes.
    """

    state: str = ""
    system: str = ""
    kind: str = ""
    care_setting: str = ""
    text: str = ""
    sort: BoardColumn = BoardColumn.ORGANISATION
    is_descending: bool = False
    page: int = 1
    selects_all: bool = False

    def query(self, **changes: object) -> str:
        """Return what stands behind the question mark for these filters, with some changed; "" for the plain board."""
        return urlencode(_parameters(replace(self, **changes)))  # type: ignore[arg-type]

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the state limits what is shown."""
        return any((self.system, self.kind, self.care_setting, self.text))


def read_filters(asked: QueryDict) -> BoardFilters:
    """Return the filters of an address; whatever is not known there is left out."""
    sort = asked.get("sort", "")
    column = sort.removeprefix("-")
    return BoardFilters(
        state=asked.get("state", "") if asked.get("state") in BoardState.values else "",
        system=_short(asked, "system"),
        kind=_short(asked, "type"),
        care_setting=_short(asked, "care"),
        text=_short(asked, "text"),
        sort=BoardColumn(column) if column in BoardColumn.values else BoardColumn.ORGANISATION,
        is_descending=sort.startswith("-") and column in BoardColumn.values,
        page=read_page(asked),
        selects_all=asked.get("select") == "all",
    )


def read_page(asked: QueryDict) -> int:
    """Return which page of a list is asked for, from 1; the first where that is no number."""
    page = asked.get("page", "")
    is_number = page.isascii() and page.isdigit() and len(page) < 9
    return min(max(int(page), 1), MOST_PAGES) if is_number else 1


def read_text(asked: QueryDict) -> str:
    """Return what a list is searched for; "" for nothing."""
    return _short(asked, "text")


def _short(asked: QueryDict, name: str) -> str:
    # PostgreSQL refuses a text with a zero character in it.
    return asked.get(name, "").replace("\x00", "").strip()[:LONGEST_TEXT]


def _parameters(filters: BoardFilters) -> Mapping[str, str]:
    sort = f"{'-' if filters.is_descending else ''}{filters.sort.value}"
    parameters = {
        "state": filters.state,
        "system": filters.system,
        "type": filters.kind,
        "care": filters.care_setting,
        "text": filters.text,
        "sort": "" if sort == BoardColumn.ORGANISATION.value else sort,
        "page": "" if filters.page == 1 else str(filters.page),
        "select": "all" if filters.selects_all else "",
    }
    return {name: value for name, value in parameters.items() if value}
