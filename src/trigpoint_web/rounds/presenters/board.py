# SPDX-License-Identifier: MIT
"""A round's board as a page shows it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse

from trigpoint.frameworks import Framework
from trigpoint_web.design_system.fields import Field, FieldKind, Option
from trigpoint_web.design_system.parts import Column, Content, Filter, Link, PageOfList, Table, Tick
from trigpoint_web.organisations.words import say_kind
from trigpoint_web.rounds.board_filters import ROWS_ON_A_PAGE, BoardColumn, BoardFilters, BoardState
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.presenters.pages_of_list import build_pages
from trigpoint_web.rounds.presenters.places import say_care
from trigpoint_web.rounds.presenters.round_frame import count_of, round_links, submission_status
from trigpoint_web.rounds.presenters.rounds_list import say_next_date
from trigpoint_web.rounds.presenters.short_moments import say_shortly
from trigpoint_web.rounds.queries.board import BoardChoices, BoardRow
from trigpoint_web.rounds.states import RoundState, SubmissionState

SELECTED = "o"  # the name of the boxes: short, as 100 of them must fit into an address
_NUMERIC = frozenset({BoardColumn.SHARE})


@dataclass(frozen=True, slots=True)
class BoardShown:
    """What was read for a board. nobody_can_sign: codes of the organisations in which nobody can."""

    round: Round
    framework: Framework
    filters: BoardFilters
    rows: Sequence[BoardRow]
    numbers: Mapping[BoardState, int]
    choices: BoardChoices
    nobody_can_sign: Collection[str]


@dataclass(frozen=True, slots=True)
class BoardActions:
    """Where the buttons below the board lead with what is selected."""

    remind: str
    extend: str
    export: str


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The board. actions: None for those who may only look."""

    title: str
    caption: str
    back: Link
    links: tuple[Link, ...]
    state_text: str
    numbers: tuple[Filter, ...]
    fields: tuple[Field, ...]
    kept: tuple[tuple[str, str], ...]
    clear: Link | None
    shown_text: str
    table: Table
    select_all: Link | None
    actions: BoardActions | None
    export_links: tuple[Link, ...]
    pages: PageOfList | None


def present_board(shown: BoardShown, *, may_manage: bool, now: datetime) -> BoardPage:
    """Return the page of a board."""
    round_, filters = shown.round, shown.filters
    matching = _count_matching(shown)
    return BoardPage(
        title="Board",
        caption=round_.title,
        back=Link("Rounds", reverse("rounds")),
        links=_links(shown, may_manage=may_manage),
        state_text=_say_state(round_, now),
        numbers=_numbers(shown),
        fields=_fields(shown),
        kept=(("state", filters.state),) if filters.state else (),
        clear=Link("Show all organisations", _address(round_)) if filters.is_narrowed or filters.state else None,
        shown_text=_say_shown(len(shown.rows), matching),
        table=_table(shown, may_manage=may_manage, now=now),
        select_all=_select_all(shown) if may_manage and shown.rows else None,
        actions=_actions(round_) if may_manage else None,
        export_links=_export_links(round_, filters),
        pages=_pages(round_, filters, matching),
    )


def _links(shown: BoardShown, *, may_manage: bool) -> tuple[Link, ...]:
    """The other pages of the round; that of the people who are missing with how many lack a signer."""
    links, number = round_links(shown.round, current="board", may_manage=may_manage), len(shown.nobody_can_sign)
    gaps = reverse("gaps", kwargs={"round_slug": shown.round.slug})
    counted = f"Somebody missing (nobody can sign in {number:,})"
    return tuple(replace(link, text=counted) if number and link.url == gaps else link for link in links)


def _address(round_: Round, query: str = "") -> str:
    return reverse("board", kwargs={"round_slug": round_.slug}) + (f"?{query}" if query else "")


def _say_state(round_: Round, now: datetime) -> str:
    following = say_next_date(round_, now)
    return f"{RoundState(round_.state).label}. {following}." if following else f"{RoundState(round_.state).label}."


def _count_matching(shown: BoardShown) -> int:
    """How many rows there are on all pages: of the state that is chosen, else of all; late ones are in a state too."""
    if shown.filters.state:
        return shown.numbers[BoardState(shown.filters.state)]
    return sum(count for state, count in shown.numbers.items() if state is not BoardState.LATE)


def _numbers(shown: BoardShown) -> tuple[Filter, ...]:
    """The numbers at the top; the one that is chosen leads back to all."""
    filters = shown.filters
    return tuple(
        Filter(
            state.label.capitalize(),
            f"{count:,}",
            _address(
                shown.round,
                filters.query(state="" if filters.state == state else state.value, page=1, selects_all=False),
            ),
            is_current=filters.state == state,
        )
        for state, count in shown.numbers.items()
    )


def _fields(shown: BoardShown) -> tuple[Field, ...]:
    filters, choices = shown.filters, shown.choices
    kinds = {kind: say_kind(kind) for kind in choices.kinds}
    care = {one: say_care(shown.framework, one) for one in choices.care_settings}
    return (
        Field("text", "Name or code", value=filters.text or None, width=20, field_id="filter-text"),
        _list("system", "System", choices.systems, filters.system),
        _list("type", "Type", kinds, filters.kind),
        _list("care", "Care setting", care, filters.care_setting),
    )


def _list(name: str, label: str, choices: Mapping[str, str], chosen: str) -> Field:
    options = [Option("", "All", is_chosen=not chosen)]
    options += [Option(value, text, is_chosen=value == chosen) for value, text in choices.items()]
    return Field(name, label, FieldKind.ONE_OF_LIST, options=tuple(options), field_id=f"filter-{name}")


def _say_shown(shown: int, matching: int) -> str:
    if shown == matching:
        return f"{count_of(matching, 'organisation')}."
    return f"{count_of(shown, 'organisation')} of {matching:,} on this page."


def _table(shown: BoardShown, *, may_manage: bool, now: datetime) -> Table:
    columns = tuple(_column(shown, column) for column in BoardColumn)
    if may_manage:
        columns = (Column("Select", is_hidden=True), *columns)
    rows = tuple(_row(shown, row, may_manage=may_manage, now=now) for row in shown.rows)
    return Table(
        "Organisations of the round", columns, rows, is_caption_hidden=True, empty_text="No organisation is like that."
    )


def _column(shown: BoardShown, column: BoardColumn) -> Column:
    """A heading; pressed once it sorts up, pressed again down."""
    filters = shown.filters
    is_sorted = filters.sort is column
    query = filters.query(sort=column, is_descending=is_sorted and not filters.is_descending, page=1)
    order = ("descending" if filters.is_descending else "ascending") if is_sorted else None
    address = _address(shown.round, query)
    return Column(column.label, is_numeric=column in _NUMERIC, sort_url=address, sorted=order)


def _row(shown: BoardShown, row: BoardRow, *, may_manage: bool, now: datetime) -> tuple[Content, ...]:
    is_late = row.state != SubmissionState.SIGNED and row.due_at < now
    due = say_shortly(row.due_at, now=now)
    # A draft has nothing to open: nobody is asked yet.
    opens = may_manage and shown.round.state != RoundState.DRAFT
    cells: tuple[Content, ...] = (
        Link(_name(row), _submission_address(shown.round, row.code)) if opens else _name(row),
        row.system or "In no system",
        say_kind(row.kind),
        say_share(row.dealt_with, row.asked),
        "Nobody yet" if row.last_activity_at is None else say_shortly(row.last_activity_at, now=now),
        f"{due}{' (extended)' if row.is_extended else ''}{', late' if is_late else ''}",
        _state(row, shown.nobody_can_sign),
    )
    if not may_manage:
        return cells
    return (Tick(SELECTED, row.code, f"Select {row.name}", is_chosen=shown.filters.selects_all), *cells)


def _name(row: BoardRow) -> str:
    return f"{row.name} ({row.code})"


def _submission_address(round_: Round, code: str) -> str:
    return reverse("task_list", kwargs={"round_slug": round_.slug, "code": code})


def _state(row: BoardRow, nobody_can_sign: Collection[str]) -> Content:
    status = submission_status(row.state)
    if row.code not in nobody_can_sign or row.state == SubmissionState.SIGNED:
        return status
    return (status, "Nobody can sign")  # type: ignore[return-value]


def say_share(dealt_with: int, asked: int) -> str:
    """Return how much is dealt with, in percent and in numbers; rounded down, so that 100% is all.

    >>> say_share(174, 175), say_share(175, 175), say_share(0, 0)
    ('99% (174 of 175)', '100% (175 of 175)', 'Nothing asked')
    """
    return f"{dealt_with * 100 // asked}% ({dealt_with:,} of {asked:,})" if asked else "Nothing asked"


def _select_all(shown: BoardShown) -> Link:
    if shown.filters.selects_all:
        return Link("Select none", _address(shown.round, shown.filters.query(selects_all=False)))
    return Link(
        f"Select all {len(shown.rows):,} on this page", _address(shown.round, shown.filters.query(selects_all=True))
    )


def _actions(round_: Round) -> BoardActions:
    place = {"round_slug": round_.slug}
    return BoardActions(
        reverse("remind", kwargs=place), reverse("extend", kwargs=place), reverse("board_export", kwargs=place)
    )


def _export_links(round_: Round, filters: BoardFilters) -> tuple[Link, ...]:
    address = reverse("board_export", kwargs={"round_slug": round_.slug})
    query = filters.query(page=1, selects_all=False)
    query = f"{query}&" if query else ""
    return (
        Link("Export as spreadsheet (.xlsx)", f"{address}?{query}format=xlsx"),
        Link("Export as CSV", f"{address}?{query}format=csv"),
    )


def _pages(round_: Round, filters: BoardFilters, matching: int) -> PageOfList | None:
    """Where one is in a board of several pages; None where it has one."""
    last = max(1, -(-matching // ROWS_ON_A_PAGE))
    if last == 1:
        return None
    return build_pages(filters.page, last, lambda page: _address(round_, filters.query(page=page, selects_all=False)))
