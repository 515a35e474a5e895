# SPDX-License-Identifier: MIT
"""The board of a round: how far every organisation is, narrowed, sorted, selected, taken away as a file."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.organisations.models import Organisation
from trigpoint_web.organisations.queries.people import list_codes_nobody_can_sign
from trigpoint_web.rounds.access import require_round
from trigpoint_web.rounds.adapters import read_framework
from trigpoint_web.rounds.board_filters import read_filters
from trigpoint_web.rounds.presenters.board import SELECTED, BoardShown, present_board
from trigpoint_web.rounds.presenters.board_export import build_csv, build_table
from trigpoint_web.rounds.queries.board import count_states, list_all_board_rows, list_board_rows, list_choices
from trigpoint_web.rounds.queries.selection import read_codes
from trigpoint_web.rounds.spreadsheet import build_workbook


@require_GET
@login_required
def board(request: HttpRequest, round_slug: str) -> HttpResponse:
    """Show the board."""
    access = require_round(request, round_slug=round_slug, permission=Permission.VIEW_ROUND)
    filters, now = read_filters(request.GET), timezone.now()
    rows = list_board_rows(access.round, filters, at=now)
    shown = BoardShown(
        round=access.round,
        framework=read_framework(access.round.framework_id),
        filters=filters,
        rows=rows,
        numbers=count_states(access.round, filters, at=now),
        choices=list_choices(access.round),
        nobody_can_sign=frozenset(
            list_codes_nobody_can_sign(Organisation.objects.filter(submissions__round=access.round))
        ),
    )
    page = present_board(shown, may_manage=access.may(Permission.MANAGE_ROUND), now=now)
    return render(request, "rounds/board.jinja", {"page": page})


@require_GET
@login_required
def board_export(request: HttpRequest, round_slug: str) -> HttpResponse:
    """Give the rows of the board that the filters leave, or those selected, as CSV or as a spreadsheet."""
    access = require_round(request, round_slug=round_slug, permission=Permission.VIEW_ROUND)
    filters, now = read_filters(request.GET), timezone.now()
    codes = read_codes(request.GET.getlist(SELECTED))
    table = build_table(access.round, list_all_board_rows(access.round, filters, codes=codes, at=now), at=now)
    if request.GET.get("format") == "csv":
        return _download(build_csv(table).encode("utf-8-sig"), "text/csv; charset=utf-8", round_slug, "csv", now)
    workbook = build_workbook("Board", table)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _download(workbook, kind, round_slug, "xlsx", now)


def _download(content: bytes, kind: str, slug: str, ending: str, now: datetime) -> HttpResponse:
    name = f"{slug}-board-{timezone.localdate(now).isoformat()}.{ending}"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
