# SPDX-License-Identifier: MIT
"""The organisations that somebody selected on a board."""

from __future__ import annotations

import re
from collections.abc import Iterable

from trigpoint_web.rounds.models import Round, Submission

_CODE = re.compile(r"[A-Z0-9]{2,12}")
MOST_SELECTED = 1000  # a page of the board has 250


def read_codes(typed: Iterable[str]) -> tuple[str, ...]:
    """Return the codes, each once, in the order given; what is no code, and what is far too much, is left out."""
    codes = dict.fromkeys(code for code in typed if _CODE.fullmatch(code))
    return tuple(codes)[:MOST_SELECTED]


def list_selected(round_: Round, codes: tuple[str, ...]) -> list[Submission]:
    """Return the submissions of these organisations in the round, by name. One query."""
    rows = Submission.objects.filter(round=round_, organisation__in=codes).select_related("round", "organisation")
    return list(rows.order_by("organisation__name", "organisation_id"))
