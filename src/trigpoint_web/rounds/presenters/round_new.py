# SPDX-License-Identifier: MIT
"""The pages that make a round: the form, and what it would be before it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from trigpoint_web.design_system.fields import Field, PageProblem
from trigpoint_web.design_system.parts import Column, Content, Link, SummaryRow, Table
from trigpoint_web.organisations.words import say_care_setting, say_kind
from trigpoint_web.rounds.actions.rounds import RoundDates
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.presenters.moments import say_moment
from trigpoint_web.rounds.presenters.round_frame import count_of
from trigpoint_web.rounds.queries.rounds import PopulationPreview


@dataclass(frozen=True, slots=True)
class MomentFields:
    """The two fields of one moment."""

    on: Field
    time: Field


@dataclass(frozen=True, slots=True)
class RoundNewPage:
    """The form of a new round. moments: the days with their times."""

    title: str
    back: Link
    problems: tuple[PageProblem, ...]
    fields: Mapping[str, Field]
    moments: tuple[MomentFields, ...]


@dataclass(frozen=True, slots=True)
class RoundConfirmPage:
    """What the new round would be. typed: names and values of the form, to be sent again with the button."""

    title: str
    caption: str
    summary: tuple[SummaryRow, ...]
    population_text: str
    by_kind: Table
    by_care: Table
    typed: tuple[tuple[str, str], ...]


MOMENTS = ("opens", "closes", "review_ends", "reply_ends", "publishes")


def moment_fields(fields: Mapping[str, Field], names: Sequence[str] = MOMENTS) -> tuple[MomentFields, ...]:
    """Return the fields of a form's moments, two by two."""
    return tuple(MomentFields(fields[f"{name}_on"], fields[f"{name}_time"]) for name in names)


def summarise_dates(dates: RoundDates, now: datetime) -> tuple[SummaryRow, ...]:
    """Return a line for each of the five moments."""
    return (
        SummaryRow("Opens", say_moment(dates.opens_at, now=now)),
        SummaryRow("Closes", say_moment(dates.closes_at, now=now)),
        SummaryRow("Review ends", _planned(dates.review_ends_at, now)),
        SummaryRow("Right of reply ends", _planned(dates.reply_ends_at, now)),
        SummaryRow("Publication", _planned(dates.publishes_at, now)),
    )


def present_population(preview: PopulationPreview, on: str) -> tuple[str, Table, Table]:
    """Return who would take part as a sentence and two tables. on: the register's day in words."""
    text = f"{count_of(preview.organisations, 'organisation')} would take part, as the register is on {on}."
    care: list[tuple[Content, ...]] = [
        (say_care_setting(name), f"{count:,}") for name, count in preview.by_care.items()
    ]
    if preview.without_care:
        care.append(("No care setting in the register", f"{preview.without_care:,}"))
    kinds: tuple[tuple[Content, ...], ...] = tuple(
        (say_kind(kind), f"{count:,}") for kind, count in preview.by_kind.items()
    )
    return (
        text,
        Table("By type", (Column("Type"), Column("Organisations", is_numeric=True)), kinds),
        Table(
            "By care setting; an organisation counts in each that it gives",
            (Column("Care setting"), Column("Organisations", is_numeric=True)),
            tuple(care),
        ),
    )


@dataclass(frozen=True, slots=True)
class PlannedRound:
    """What a valid form says, in values that can be shown. framework: its name; previous None: no round before."""

    title: str
    slug: str
    framework: str
    unit_of: Round.UnitOf
    previous: str | None
    shows_live_scores: bool
    dates: RoundDates


def summarise_plan(plan: PlannedRound, now: datetime) -> tuple[SummaryRow, ...]:
    """Return the plan of a round line by line."""
    return (
        SummaryRow("Title", plan.title),
        SummaryRow("Short name", plan.slug),
        SummaryRow("Framework", plan.framework),
        SummaryRow("What is scored as one", plan.unit_of.label),
        SummaryRow("Round before", plan.previous or "None"),
        SummaryRow("Leads see live scores", "Yes" if plan.shows_live_scores else "No"),
        *summarise_dates(plan.dates, now),
    )


def _planned(moment: datetime | None, now: datetime) -> str:
    return "Not planned" if moment is None else say_moment(moment, now=now)
