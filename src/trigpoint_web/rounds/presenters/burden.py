# SPDX-License-Identifier: MIT
"""How long a round took, with what the numbers can't tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from trigpoint.frameworks import Framework
from trigpoint_web.design_system.parts import Column, Content, Link, Table
from trigpoint_web.rounds.burden import RoundBurden
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.presenters.round_frame import count_of, round_links, submission_status
from trigpoint_web.rounds.queries.burden import TimedOrganisation

_MINUTE, _HOUR = 60, 3600


@dataclass(frozen=True, slots=True)
class BurdenPage:
    """How long a round took the organisations. headline: total and median; limits: what it can't tell."""

    title: str
    caption: str
    back: Link
    links: tuple[Link, ...]
    headline: str
    measured: str
    limits: tuple[str, ...]
    sections: Table
    organisations: Table


LIMITS = (
    "Meetings, calls, reading and looking for evidence away from the page are not in it: the real time is longer.",
    "A page that was looked at and not saved is not in it.",
    "A page left open counts up to 15 minutes, whether or not anybody was working.",
    "Two people at the same page at once count twice.",
    "Answers from a spreadsheet, and suggestions taken together, have no time.",
    "An organisation that has not finished has a shorter time than it will have.",
)
MEASURED = (
    "For each saved page, the time from opening it to saving it, 15 minutes at most. "
    "The median is that of the organisations with any time measured: half took longer, half took less."
)


def present_burden(
    round_: Round,
    burden: RoundBurden,
    organisations: Sequence[TimedOrganisation],
    *,
    framework: Framework,
    may_manage: bool,
) -> BurdenPage:
    """Return the page of a round's burden."""
    return BurdenPage(
        title="Time it took",
        caption=round_.title,
        back=Link("Rounds", reverse("rounds")),
        links=round_links(round_, current="burden", may_manage=may_manage),
        headline=_headline(burden),
        measured=MEASURED,
        limits=LIMITS,
        sections=_sections(burden, framework),
        organisations=_organisations(burden, organisations),
    )


def say_duration(seconds: float) -> str:
    """Return a length of time to the minute, under a minute to the second.

    >>> say_duration(45), say_duration(90), say_duration(3599.6), say_duration(7260)
    ('45 seconds', '2 minutes', '1 hour', '2 hours 1 minute')
    """
    if seconds < _MINUTE:
        return count_of(round(seconds), "second")
    minutes = int(seconds / _MINUTE + 0.5)
    hours, rest = divmod(minutes, 60)
    parts = [count_of(hours, "hour")] * bool(hours) + [count_of(rest, "minute")] * bool(rest)
    return " ".join(parts)


def _headline(burden: RoundBurden) -> str:
    if burden.median_seconds is None:
        return "No time has been measured yet."
    return (
        f"Half of the {count_of(len(burden.organisations), 'organisation')} with any time measured took more than "
        f"{say_duration(burden.median_seconds)}. In all, {say_duration(burden.seconds)} over "
        f"{count_of(burden.sittings, 'saved page')}."
    )


def _sections(burden: RoundBurden, framework: Framework) -> Table:
    columns = (Column("Section"), Column("Median", is_numeric=True), Column("Organisations", is_numeric=True))
    rows: tuple[tuple[Content, ...], ...] = tuple(
        (
            "In no section" if one.section is None else framework.measures[one.section].title,
            say_duration(one.median_seconds),
            f"{one.organisations:,}",
        )
        for one in burden.sections
    )
    return Table("By section", columns, rows, empty_text="No time has been measured yet.")


def _organisations(burden: RoundBurden, organisations: Sequence[TimedOrganisation]) -> Table:
    named = {one.code: one for one in organisations}
    columns = (
        Column("Organisation"),
        Column("Time", is_numeric=True),
        Column("Questions timed", is_numeric=True),
        Column("People", is_numeric=True),
        Column("State"),
    )
    rows: tuple[tuple[Content, ...], ...] = tuple(
        (
            f"{named[one.code].name} ({one.code})",
            say_duration(one.seconds),
            f"{one.questions:,}",
            f"{named[one.code].people:,}",
            submission_status(named[one.code].state),
        )
        for one in burden.organisations
        if one.code in named  # read a moment apart: one may have begun between the two
    )
    return Table("By organisation, the longest first", columns, rows, empty_text="No time has been measured yet.")
