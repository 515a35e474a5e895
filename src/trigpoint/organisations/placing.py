# SPDX-License-Identifier: MIT
"""Putting codes of a round into groups as they stood on another date: by membership, by neighbours, by succession.

A round has the codes of its day; a list of systems may know only those of years later. So who has no membership is
placed where most of another of its own groups are, and else where those who followed it are. In that order: a merger
may carry a hospital's score into a system that it never was in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from trigpoint.organisations.organisation import OrganisationCode
from trigpoint.organisations.register import Register


class PlacedBy(Enum):
    """How an organisation came into its group."""

    MEMBERSHIP = "its own membership"
    NEIGHBOURS = "where most of its other group are"
    SUCCESSION = "those who followed it"


@dataclass(frozen=True, slots=True)
class PlacedOrganisations:
    """Codes in the groups of a grouping, each in one. unplaced: code → why it has none."""

    grouping: str
    on: date
    group_of: Mapping[str, str]
    placed_by: Mapping[str, PlacedBy]
    unplaced: Mapping[str, str]


def place_organisations(
    register: Register, codes: Iterable[str], grouping: str, *, on: date, neighbours_in: str | None = None
) -> PlacedOrganisations:
    """Return each code's group in a grouping as on a date.

    neighbours_in: another grouping; who has no membership goes where most organisations of its own group there are. A
    code that ends in several groups is not placed, nor is one that ends in none.
    Raises UnknownGroup when the register has no such grouping.
    """
    register.list_groups(grouping)
    elsewhere = _main_groups(register, neighbours_in, grouping, on) if neighbours_in else {}
    group_of: dict[str, str] = {}
    placed_by: dict[str, PlacedBy] = {}
    unplaced: dict[str, str] = {}
    for code in sorted(set(codes)):
        way, groups = _find(register, code, grouping, on, (neighbours_in, elsewhere))
        if len(groups) == 1 and way is not None:
            (group_of[code],) = groups
            placed_by[code] = way
        else:
            unplaced[code] = _why_not(register, grouping, groups)
    return PlacedOrganisations(grouping, on, group_of, placed_by, unplaced)


def _find(
    register: Register,
    code: str,
    grouping: str,
    on: date,
    neighbours: tuple[str | None, Mapping[str, frozenset[str]]],
) -> tuple[PlacedBy | None, frozenset[str]]:
    other_grouping, elsewhere = neighbours
    followers = register.likely_successor(code, on).organisations
    ways = {
        PlacedBy.MEMBERSHIP: _groups(register, code, grouping, on),
        PlacedBy.NEIGHBOURS: frozenset[str]().union(
            # A closed organisation's other groups are those it had; it has none on a later day.
            *(
                elsewhere.get(each.group, frozenset())
                for each in register.memberships_of(code)
                if each.grouping == other_grouping
            )
        ),
        PlacedBy.SUCCESSION: frozenset[str]().union(*(_groups(register, one, grouping, on) for one in followers)),
    }
    return next(((way, groups) for way, groups in ways.items() if groups), (None, frozenset()))


def _groups(register: Register, code: str, grouping: str | None, on: date) -> frozenset[str]:
    return frozenset(
        each.group for each in register.memberships_of(code) if each.grouping == grouping and each.holds_on(on)
    )


def _main_groups(register: Register, other: str, grouping: str, on: date) -> Mapping[str, frozenset[str]]:
    """Group of the other grouping → where most of its organisations are; several where as many are in each."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for code in register.as_on(on).organisations:
        for group in _groups(register, code, other, on):
            found[group].update(_groups(register, OrganisationCode(code), grouping, on))
    return {
        group: frozenset(name for name, count in counts.items() if count == max(counts.values()))
        for group, counts in found.items()
    }


def _why_not(register: Register, grouping: str, groups: frozenset[str]) -> str:
    if not groups:
        return f"no {grouping} in the register"
    return f"in several: {', '.join(register.group(grouping, group).name for group in sorted(groups))}"
