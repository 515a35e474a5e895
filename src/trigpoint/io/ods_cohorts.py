# SPDX-License-Identifier: MIT
"""Cohort files (programme, trust_name, source, note): names to codes, and dates and status from the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from trigpoint.io.ods_facts import CohortRow, FileFacts
from trigpoint.io.ods_group_rows import slug
from trigpoint.organisations.cohort import Cohort, CohortMember, CohortStatus
from trigpoint.organisations.names import NameIndex, build_name_index
from trigpoint.organisations.organisation import Organisation, Role

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WHEN = re.compile(rf"(?i)\b(?:({'|'.join(_MONTHS)})[a-z]* )?((?:19|20)\d\d)\b")
_ROLES = frozenset({Role.TRUST, Role.CARE_TRUST})


@dataclass(frozen=True, slots=True)
class _Programme:
    """What the text "Fast Follower (PROPOSED, Jan 2018)" says."""

    name: str
    from_on: date | None
    is_proposed: bool


def build_cohorts(
    files: Iterable[FileFacts], organisations: Iterable[Organisation]
) -> tuple[tuple[Cohort, ...], tuple[str, ...]]:
    """Return the cohorts, and a note for each trust name that fits no single trust open when the programme began.

    A date of a month or year is taken as its first day. Rows marked as dropped end on the date beside the word.
    """
    trusts = tuple(each for each in organisations if each.role in _ROLES)

    @cache
    def index_on(on: date | None) -> NameIndex:
        return build_name_index(each for each in trusts if on is None or each.is_open_on(on))

    members: dict[str, list[CohortMember]] = {}
    notes: list[str] = []
    rows = [(each.file, fact) for each in files for fact in each.facts if isinstance(fact, CohortRow)]
    for file, row in rows:
        programme = parse_programme(row.programme)
        found = _member(row, programme, index_on)
        if found is None:
            when = f" open on {programme.from_on}" if programme.from_on else ""
            notes.append(
                f"{file}:{row.line}: {row.trust_name!r} is not the name of any one trust{when}; it is in no cohort"
            )
        members.setdefault(programme.name, []).extend(() if found is None else (found,))
    return tuple(Cohort(slug(name), name, tuple(found)) for name, found in members.items()), tuple(notes)


def parse_programme(text: str) -> _Programme:
    """Return the name, date and standing of a programme; the bracket at the end of its text holds the last two."""
    bracket = re.search(r"\(([^)]*)\)\s*$", text)
    if bracket is None:
        return _Programme(text.strip(), None, is_proposed=False)
    name = text[: bracket.start()].strip()
    return _Programme(name, find_month(bracket[1]), is_proposed="proposed" in bracket[1].casefold())


def find_month(text: str) -> date | None:
    """Return the first day of the first month or year named in the text, or None."""
    found = _WHEN.search(text)
    if found is None:
        return None
    month = _MONTHS.index(found[1].casefold()) + 1 if found[1] else 1
    return date(int(found[2]), month, 1)


def _member(row: CohortRow, programme: _Programme, index_on: Callable[[date | None], NameIndex]) -> CohortMember | None:
    match = index_on(programme.from_on).find(row.trust_name)
    if match is None:
        return None
    status, until_on = _standing(row, programme)
    return CohortMember(match.code, status, programme.from_on, until_on, row.source)


def _standing(row: CohortRow, programme: _Programme) -> tuple[CohortStatus, date | None]:
    dropped = re.search(r"(?i)\bdropped\b(.*)", row.note)
    if dropped is not None:
        return CohortStatus.DROPPED, find_month(dropped[1])
    return (CohortStatus.PROPOSED if programme.is_proposed else CohortStatus.CONFIRMED), None
