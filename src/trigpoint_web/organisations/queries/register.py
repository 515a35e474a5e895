# SPDX-License-Identifier: MIT
"""Reading the register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from trigpoint_web.audit.models import Event
from trigpoint_web.organisations.actions.register import REGISTER_TAKEN_IN
from trigpoint_web.organisations.models import CareProvided, Group, Organisation, Succession


def holds_on(on: date, *, first: str = "valid_from", last: str = "valid_to") -> Q:
    """The rows that hold on a day; a date that is None is no limit on its side."""
    return (Q(**{first: None}) | Q(**{f"{first}__lte": on})) & (Q(**{last: None}) | Q(**{f"{last}__gte": on}))


def list_population(on: date, *, kinds: Sequence[str], care_settings: Sequence[str]) -> QuerySet[Organisation]:
    """Organisations open on a day, of these kinds, that give one of these kinds of care; empty is no limit. By code."""
    found = Organisation.objects.filter(holds_on(on, first="opened_on", last="closed_on"))
    if kinds:
        found = found.filter(kind__in=kinds)
    if care_settings:
        given = CareProvided.objects.filter(
            holds_on(on), organisation=OuterRef("pk"), care_setting__in=list(care_settings)
        )
        found = found.filter(Exists(given))
    return found.order_by("code")


def list_care_settings_of(organisations: Sequence[Organisation], *, on: date) -> Mapping[str, tuple[str, ...]]:
    """Return the kinds of care that each organisation gives on a day, by its code, sorted. One query."""
    rows = CareProvided.objects.filter(holds_on(on), organisation__in=[one.pk for one in organisations])
    found: defaultdict[str, list[str]] = defaultdict(list)
    for code, care_setting in rows.order_by("care_setting").values_list("organisation_id", "care_setting"):
        found[code].append(care_setting)
    return {code: tuple(given) for code, given in found.items()}


def find_last_intake() -> Event | None:
    """Return the event of the last time a register was taken in; None when there was none."""
    return Event.objects.filter(action=REGISTER_TAKEN_IN).order_by("-id").first()


def count_by_kind(on: date) -> Mapping[str, tuple[int, int]]:
    """Return how many organisations of each kind there are, open on a day and in all, by kind. One query."""
    is_open = holds_on(on, first="opened_on", last="closed_on")
    rows = Organisation.objects.values("kind").annotate(in_all=Count("pk"), now=Count("pk", filter=is_open))
    return {row["kind"]: (row["now"], row["in_all"]) for row in rows.order_by("kind")}


def count_care(on: date) -> Mapping[str, int]:
    """Return how many organisations give each kind of care on a day, by kind of care. One query."""
    rows = CareProvided.objects.filter(holds_on(on)).values_list("care_setting").order_by("care_setting")
    return dict(rows.annotate(Count("organisation", distinct=True)))


def list_successions() -> QuerySet[Succession]:
    """Every succession, newest first, with the names of both sides: None for a code that the register lacks."""
    names = {
        f"{side}_name": Subquery(Organisation.objects.filter(pk=OuterRef(side)).values("name")[:1])
        for side in ("predecessor", "successor")
    }
    return Succession.objects.annotate(**names).order_by("-on", "predecessor", "successor")


def list_systems() -> QuerySet[Group]:
    """Every system (ICB), by name."""
    return Group.objects.filter(grouping="icb").order_by("name", "code")
