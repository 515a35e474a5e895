# SPDX-License-Identifier: MIT
"""What stands around the pages of one round: where else one can go, and its state in words."""

from __future__ import annotations

from dataclasses import replace

from django.urls import reverse

from trigpoint_web.design_system.parts import Colour, Link, Status
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.states import RoundState, SubmissionState

_PAGES = (
    ("board", "Board"),
    ("round_steps", "Steps"),
    ("round_dates", "Dates"),
    ("indicators", "Existing returns"),
    ("outgoing_mail", "Mail"),
    ("reviewers", "Reviewers"),
    ("gaps", "Somebody missing"),
    ("national_results", "Results"),
    ("results_run", "Compute results"),
    ("releases", "Releases"),
    ("round_events", "History"),
    ("burden", "Time it took"),
)
# Who manages rounds computes their results too.
_FOR_MANAGING = frozenset(
    {"round_steps", "round_dates", "indicators", "outgoing_mail", "reviewers", "gaps", "results_run", "releases"}
)

ROUND_COLOURS = {
    RoundState.DRAFT: Colour.GREY,
    RoundState.OPEN: Colour.GREEN,
    RoundState.CLOSED: Colour.BLUE,
    RoundState.IN_REVIEW: Colour.YELLOW,
    RoundState.REPLY: Colour.ORANGE,
    RoundState.PUBLISHED: None,
}
SUBMISSION_COLOURS = {
    SubmissionState.NOT_STARTED: Colour.GREY,
    SubmissionState.IN_PROGRESS: Colour.BLUE,
    SubmissionState.SUBMITTED: Colour.YELLOW,
    SubmissionState.SIGNED: None,
}


def round_links(round_: Round, *, current: str, may_manage: bool) -> tuple[Link, ...]:
    """Return the pages of a round that the person may open; current: the route of the one shown."""
    links = (
        (route, Link(text, reverse(route, kwargs={"round_slug": round_.slug})))
        for route, text in _PAGES
        if may_manage or route not in _FOR_MANAGING
    )
    return tuple(replace(link, is_current=route == current) for route, link in links)


def round_status(round_: Round) -> Status:
    """Return where a round is, as a tag."""
    state = RoundState(round_.state)
    return Status(state.label, ROUND_COLOURS[state])


def submission_status(state: str) -> Status:
    """Return where a submission is, as a tag."""
    known = SubmissionState(state)
    return Status(known.label, SUBMISSION_COLOURS[known])


def count_of(number: int, one: str, many: str | None = None) -> str:
    """Return a number with what it is of.

    >>> count_of(1, "organisation"), count_of(1200, "organisation"), count_of(2, "person", "people")
    ('1 organisation', '1,200 organisations', '2 people')
    """
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
