# SPDX-License-Identifier: MIT
"""Where nobody is left: organisations of a round in which nobody can sign, or nobody can submit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.design_system.parts import Column, Link, Table
from trigpoint_web.organisations.models import Organisation
from trigpoint_web.rounds.access import require_round
from trigpoint_web.rounds.presenters.round_frame import round_links
from trigpoint_web.rounds.queries.people import list_gaps


@dataclass(frozen=True, slots=True)
class GapsPage:
    """A table for each thing that somebody has to be able to do."""

    title: str
    caption: str
    links: tuple[Link, ...]
    tables: tuple[Table, ...]


@login_required
@require_GET
def show_gaps(request: HttpRequest, round_slug: str) -> HttpResponse:
    """Show the national team which organisations of a round can't finish it with the people they have."""
    access = require_round(request, round_slug=round_slug, permission=Permission.MANAGE_ROUND)
    page = GapsPage(
        title="Organisations where somebody is missing",
        caption=access.round.title,
        links=round_links(access.round, current="gaps", may_manage=True),
        tables=(
            _present("Nobody can sign", list_gaps(access.round, Permission.SIGN)),
            _present("Nobody can submit the answers", list_gaps(access.round, Permission.SUBMIT)),
        ),
    )
    return render(request, "rounds/gaps.jinja", {"page": page})


def _present(what: str, organisations: Iterable[Organisation]) -> Table:
    rows = tuple(
        (
            one.name,
            one.code,
            Link("Invite somebody", reverse("person_invite", args=[one.code]), f"to {one.name}"),
        )
        for one in organisations
    )
    return Table(
        f"{what}: {len(rows)}" if rows else what,
        (Column("Organisation"), Column("Code"), Column("Invite", is_hidden=True)),
        rows,
        empty_text=f"{what}: none. Every organisation of the round has somebody.",
    )
