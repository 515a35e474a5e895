# SPDX-License-Identifier: MIT
"""The history of a round as a page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from trigpoint_web.audit.models import Event
from trigpoint_web.design_system.fields import Field, FieldKind, Option
from trigpoint_web.design_system.parts import Column, Content, Link, PageOfList, Table
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.presenters.event_words import say_event
from trigpoint_web.rounds.presenters.moments import say_moment
from trigpoint_web.rounds.presenters.pages_of_list import build_pages
from trigpoint_web.rounds.presenters.round_frame import round_links

EVENTS_ON_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class EventsShown:
    """What was read for a history. organisations: name by code of all in the round. chosen: a code; blank for all."""

    round: Round
    events: Sequence[Event]
    people: Mapping[int, str]
    organisations: Mapping[str, str]
    chosen: str
    page: int
    total: int


@dataclass(frozen=True, slots=True)
class RoundEventsPage:
    """The history of a round, newest first."""

    title: str
    caption: str
    back: Link
    links: tuple[Link, ...]
    filter: Field
    events: Table
    pages: PageOfList | None


def present_events(shown: EventsShown, *, may_manage: bool, now: datetime) -> RoundEventsPage:
    """Return the page of a history."""
    columns = (Column("When"), Column("Who"), Column("Organisation"), Column("What"))
    rows = tuple(_row(event, shown, now) for event in shown.events)
    return RoundEventsPage(
        title="History",
        caption=shown.round.title,
        back=Link("Rounds", reverse("rounds")),
        links=round_links(shown.round, current="round_events", may_manage=may_manage),
        filter=_filter(shown),
        events=Table("What was done, the newest first", columns, rows, empty_text="Nothing was done yet."),
        pages=_pages(shown),
    )


def say_who(by: int | None, people: Mapping[int, str]) -> str:
    """Return who did something: the service itself where nobody did."""
    return "The service" if by is None else people.get(by, "Somebody no longer known")


def _row(event: Event, shown: EventsShown, now: datetime) -> tuple[Content, ...]:
    organisation = shown.organisations.get(event.organisation, event.organisation)
    return (
        say_moment(event.at, now=now),
        say_who(event.by, shown.people),
        organisation or "All of them",
        say_event(event, now=now),
    )


def _filter(shown: EventsShown) -> Field:
    options = [Option("", "All", is_chosen=not shown.chosen)]
    options += [Option(code, name, is_chosen=code == shown.chosen) for code, name in shown.organisations.items()]
    return Field("organisation", "Organisation", FieldKind.ONE_OF_LIST, options=tuple(options), field_id="organisation")


def _pages(shown: EventsShown) -> PageOfList | None:
    last = max(1, -(-shown.total // EVENTS_ON_A_PAGE))
    if last == 1:
        return None
    address = reverse("round_events", kwargs={"round_slug": shown.round.slug})
    kept = {"organisation": shown.chosen} if shown.chosen else {}
    return build_pages(shown.page, last, lambda page: f"{address}?{urlencode({**kept, 'page': page})}")
