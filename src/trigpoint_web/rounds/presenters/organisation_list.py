# SPDX-License-Identifier: MIT
"""Organisations of a round in a list of several pages, found by name or code: for reviewers, and for results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from trigpoint_web.design_system.fields import Field
from trigpoint_web.design_system.parts import Column, Content, Link, PageOfList, Table
from trigpoint_web.rounds.models import Submission
from trigpoint_web.rounds.presenters.moments import say_moment
from trigpoint_web.rounds.presenters.pages_of_list import build_pages
from trigpoint_web.rounds.presenters.round_frame import count_of

ORGANISATIONS_ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One organisation of the list. url: where its name leads; said: what stands beside it."""

    name: str
    code: str
    url: str
    said: str


def signed_row(submission: Submission, url: str, *, signed_at: datetime | None, now: datetime) -> OrganisationRow:
    """Return the row of a signed submission, with when it was signed."""
    assert signed_at is not None, "what is signed has its moment"
    organisation = submission.organisation
    return OrganisationRow(organisation.name, organisation.code, url, say_moment(signed_at, now=now))


@dataclass(frozen=True, slots=True)
class OrganisationsFound:
    """One page of what was found. text: what was searched for; page: from 1; total: on all pages."""

    rows: Sequence[OrganisationRow]
    total: int
    text: str
    page: int


@dataclass(frozen=True, slots=True)
class OrganisationListWords:
    """What differs between the lists. said: heading of the second column; empty_text: where there is none at all."""

    title: str
    caption: str
    back: Link
    said: str
    empty_text: str


@dataclass(frozen=True, slots=True)
class OrganisationListPage:
    """The list, with the field to search it."""

    title: str
    caption: str
    back: Link
    field: Field
    shown_text: str
    table: Table
    pages: PageOfList | None


def present_organisations(
    found: OrganisationsFound, words: OrganisationListWords, *, address: str
) -> OrganisationListPage:
    """Return the page. address: of the list itself, without a query."""
    last = max(1, -(-found.total // ORGANISATIONS_ON_A_PAGE))
    rows: tuple[tuple[Content, ...], ...] = tuple(
        (Link(f"{one.name} ({one.code})", one.url), one.said) for one in found.rows
    )
    nothing = "No organisation here is called that." if found.text else words.empty_text
    return OrganisationListPage(
        title=words.title,
        caption=words.caption,
        back=words.back,
        field=build_search_field(found.text),
        shown_text=_say_shown(len(rows), found.total),
        table=Table(
            "Organisations",
            (Column("Organisation"), Column(words.said)),
            rows,
            is_caption_hidden=True,
            empty_text=nothing,
        ),
        pages=None if last == 1 else build_pages(found.page, last, lambda page: _address(address, found.text, page)),
    )


def build_search_field(text: str = "") -> Field:
    """Return the field in which an organisation is searched."""
    return Field("text", "Name or code of an organisation", value=text or None, width=20, field_id="find-text")


def _say_shown(shown: int, total: int) -> str:
    whole = f"{count_of(total, 'organisation')}."
    return whole if shown == total else f"{count_of(shown, 'organisation')} of {total:,} on this page."


def _address(address: str, text: str, page: int) -> str:
    given = {"text": text, "page": "" if page == 1 else str(page)}
    query = urlencode({name: value for name, value in given.items() if value})
    return f"{address}?{query}" if query else address
