# SPDX-License-Identifier: MIT
"""The list of rounds as a page shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from trigpoint_web.design_system.parts import Column, Content, Link, Table
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.presenters.moments import say_moment
from trigpoint_web.rounds.presenters.round_frame import round_status
from trigpoint_web.rounds.states import RoundState

_COLUMNS = (
    Column("Round"),
    Column("State"),
    Column("Framework"),
    Column("Next date"),
    Column("Signed", is_numeric=True),
)


@dataclass(frozen=True, slots=True)
class RoundsPage:
    """All rounds. new: where one is made; None for those who may not."""

    title: str
    rounds: Table
    new: Link | None


def present_rounds(rounds: Iterable[Round], *, may_manage: bool, now: datetime) -> RoundsPage:
    """Return the page of the rounds, of those that `list_rounds` gives."""
    return RoundsPage(
        "Rounds",
        Table(
            "Rounds, the newest first",
            _COLUMNS,
            tuple(_row(one, now) for one in rounds),
            is_caption_hidden=True,
            empty_text="There is no round yet.",
        ),
        Link("Make a round", reverse("round_new")) if may_manage else None,
    )


def _row(round_: Round, now: datetime) -> tuple[Content, ...]:
    signed, taking_part = getattr(round_, "signed"), getattr(round_, "taking_part")  # noqa: B009 - counted by the query
    return (
        Link(round_.title, reverse("board", kwargs={"round_slug": round_.slug})),
        round_status(round_),
        Link(
            f"{round_.framework.framework} {round_.framework.version}",
            reverse("framework", kwargs={"framework_hash": round_.framework_id}),
        ),
        say_next_date(round_, now),
        f"{signed:,} of {taking_part:,}",
    )


def say_next_date(round_: Round, now: datetime) -> str:
    """Return what comes next in a round and when, by its state."""
    name, moment = {
        RoundState.DRAFT: ("Opens", round_.opens_at),
        RoundState.OPEN: ("Closes", round_.closes_at),
        RoundState.CLOSED: ("Review ends", round_.review_ends_at),
        RoundState.IN_REVIEW: ("Review ends", round_.review_ends_at),
        RoundState.REPLY: ("Right of reply ends", round_.reply_ends_at),
        RoundState.PUBLISHED: ("", None),
    }[RoundState(round_.state)]
    if moment is None and name and round_.publishes_at is not None:
        name, moment = "Publication", round_.publishes_at
    return "" if moment is None else f"{name} {say_moment(moment, now=now)}"
