# SPDX-License-Identifier: MIT
"""The page that gives some organisations more time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from trigpoint_web.design_system.fields import Field, PageProblem
from trigpoint_web.design_system.parts import Column, Content, Link, Table
from trigpoint_web.rounds.models import Round, Submission
from trigpoint_web.rounds.opening import due_at
from trigpoint_web.rounds.presenters.moments import say_moment
from trigpoint_web.rounds.presenters.round_frame import submission_status
from trigpoint_web.rounds.presenters.round_new import MomentFields, moment_fields


@dataclass(frozen=True, slots=True)
class ExtensionPage:
    """Who gets more time, and the form. typed: the codes, sent with it; without any there is no form."""

    title: str
    caption: str
    back: Link
    problems: tuple[PageProblem, ...]
    text: str
    organisations: Table
    moments: tuple[MomentFields, ...]
    reason: Field
    typed: tuple[tuple[str, str], ...]


def present_extension(
    round_: Round,
    submissions: Sequence[Submission],
    fields: Mapping[str, Field],
    *,
    problems: tuple[PageProblem, ...],
    now: datetime,
) -> ExtensionPage:
    """Return the page for these organisations. fields: of the form."""
    rows: tuple[tuple[Content, ...], ...] = tuple(
        (one.organisation.name, submission_status(one.state), say_moment(due_at(one), now=now)) for one in submissions
    )
    if not submissions:
        problems = (PageProblem("Choose at least one organisation on the board"),)
    return ExtensionPage(
        title="Give more time",
        caption=round_.title,
        back=Link("Board", reverse("board", kwargs={"round_slug": round_.slug})),
        problems=problems,
        text=f"The round closes on {say_moment(round_.closes_at, now=now)} for everybody.",
        organisations=Table("Who gets more time", (Column("Organisation"), Column("State"), Column("Due now")), rows),
        moments=moment_fields(fields, ("until",)),
        reason=fields["reason"],
        typed=tuple(("o", one.organisation_id) for one in submissions),
    )
