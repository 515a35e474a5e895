# SPDX-License-Identifier: MIT
"""Reading a round's board: from the rows of its submissions alone, whatever the number of answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Case, Count, Exists, F, IntegerField, OrderBy, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf

from trigpoint_web.organisations.models import CareProvided, Group, Placement
from trigpoint_web.organisations.queries import holds_on
from trigpoint_web.rounds.board_filters import ROWS_ON_A_PAGE, BoardColumn, BoardFilters, BoardState
from trigpoint_web.rounds.models import Round, Submission
from trigpoint_web.rounds.states import SubmissionState

SYSTEMS = "icb"  # the grouping of the register that the board shows
_STATES = (
    SubmissionState.NOT_STARTED,
    SubmissionState.IN_PROGRESS,
    SubmissionState.SUBMITTED,
    SubmissionState.SIGNED,
)


class BoardRow(NamedTuple):
    """One organisation on the board. system: name, None where it is in none. due_at: with its extension."""

    code: str
    name: str
    kind: str
    system: str | None
    state: str
    asked: int
    dealt_with: int
    last_activity_at: datetime | None
    due_at: datetime
    is_extended: bool


@dataclass(frozen=True, slots=True)
class BoardChoices:
    """What the board of a round can be narrowed to. systems: name by code."""

    systems: Mapping[str, str]
    kinds: tuple[str, ...]
    care_settings: tuple[str, ...]


def count_states(round_: Round, filters: BoardFilters, *, at: datetime) -> Mapping[BoardState, int]:
    """Return how many organisations are in each state, and late, of those the other filters leave. One query."""
    counted = {state.value: Count("pk", filter=Q(state=state)) for state in _STATES}
    counted[BoardState.LATE.value] = Count("pk", filter=_is_late(at))
    numbers = _narrow(_with_due(round_), round_, filters).aggregate(**counted)
    return {state: numbers[state.value] for state in BoardState}


def list_board_rows(round_: Round, filters: BoardFilters, *, at: datetime) -> list[BoardRow]:
    """Return the rows of one page of the board, in its order. One query."""
    first = (filters.page - 1) * ROWS_ON_A_PAGE
    return [BoardRow(*row) for row in _rows(round_, filters, at)[first : first + ROWS_ON_A_PAGE]]


def list_all_board_rows(round_: Round, filters: BoardFilters, *, codes: Sequence[str], at: datetime) -> list[BoardRow]:
    """Return the rows of every page, in the order of the board; of these organisations alone, where some are named.

    One query.
    """
    rows = _rows(round_, filters, at)
    return [BoardRow(*row) for row in (rows.filter(organisation__in=list(codes)) if codes else rows)]


def list_choices(round_: Round) -> BoardChoices:
    """Return what there is to narrow the board to. Three queries."""
    taking_part = Submission.objects.filter(round=round_)
    systems = Group.objects.filter(
        holds_on(round_.register_on, first="placements__valid_from", last="placements__valid_to"),
        grouping=SYSTEMS,
        placements__organisation__submissions__round=round_,
    )
    care = CareProvided.objects.filter(holds_on(round_.register_on), organisation__submissions__round=round_)
    return BoardChoices(
        systems=dict(systems.order_by("name", "code").values_list("code", "name").distinct()),
        kinds=tuple(taking_part.order_by("organisation__kind").values_list("organisation__kind", flat=True).distinct()),
        care_settings=tuple(care.order_by("care_setting").values_list("care_setting", flat=True).distinct()),
    )


def _rows(round_: Round, filters: BoardFilters, at: datetime) -> QuerySet[Submission, Any]:
    found = _narrow(_with_due(round_), round_, filters)
    if filters.state == BoardState.LATE:
        found = found.filter(_is_late(at))
    elif filters.state:
        found = found.filter(state=filters.state)
    placed = Placement.objects.filter(
        holds_on(round_.register_on), organisation=OuterRef("organisation"), group__grouping=SYSTEMS
    )
    named = found.annotate(system=Subquery(placed.order_by("group__name", "pk").values("group__name")[:1]))
    return named.order_by(*_order(filters)).values_list(
        "organisation_id",
        "organisation__name",
        "organisation__kind",
        "system",
        "state",
        "asked_count",
        "dealt_with_count",
        "last_activity_at",
        "due",
        "is_extended",
    )


def _with_due(round_: Round) -> QuerySet[Submission]:
    return Submission.objects.filter(round=round_).annotate(
        due=Coalesce("extended_until", "round__closes_at"), is_extended=Q(extended_until__isnull=False)
    )


def _is_late(at: datetime) -> Q:
    return Q(due__lt=at) & ~Q(state=SubmissionState.SIGNED)


def _narrow(rows: QuerySet[Submission], round_: Round, filters: BoardFilters) -> QuerySet[Submission]:
    if filters.system:
        placed = Placement.objects.filter(
            holds_on(round_.register_on),
            organisation=OuterRef("organisation"),
            group__grouping=SYSTEMS,
            group__code=filters.system,
        )
        rows = rows.filter(Exists(placed))
    if filters.kind:
        rows = rows.filter(organisation__kind=filters.kind)
    if filters.care_setting:
        given = CareProvided.objects.filter(
            holds_on(round_.register_on), organisation=OuterRef("organisation"), care_setting=filters.care_setting
        )
        rows = rows.filter(Exists(given))
    if filters.text:
        named = Q(organisation__name__icontains=filters.text) | Q(organisation__code__istartswith=filters.text)
        rows = rows.filter(named)
    return rows


def _order(filters: BoardFilters) -> tuple[OrderBy, ...]:
    """By the column asked for, then by name: rows that are equal in one column never change places by themselves."""
    share = F("dealt_with_count") * 10_000 / NullIf(F("asked_count"), 0, output_field=IntegerField())
    state = {
        BoardColumn.ORGANISATION: F("organisation__name"),
        BoardColumn.SYSTEM: F("system"),
        BoardColumn.KIND: F("organisation__kind"),
        BoardColumn.SHARE: share,
        BoardColumn.ACTIVITY: F("last_activity_at"),
        BoardColumn.DUE: F("due"),
        BoardColumn.STATE: _position_of_state(),
    }[filters.sort]
    chosen = state.desc(nulls_last=True) if filters.is_descending else state.asc(nulls_last=True)
    return (chosen, F("organisation__name").asc(), F("organisation_id").asc())


def _position_of_state() -> Any:
    return Case(*(When(state=state, then=Value(position)) for position, state in enumerate(_STATES)))
