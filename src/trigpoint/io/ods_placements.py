# SPDX-License-Identifier: MIT
"""From what files say as at their dates to memberships that run from date to date.

A file shows who was where on one day. Its placements hold from that day until the day before the next file that
places the same organisation in the same series; the first is carried back and the last forward, as nothing else is
known (decision 0003).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import TypeAlias

from trigpoint.io.ods_facts import FileFacts, Placement
from trigpoint.organisations.names import name_words
from trigpoint.organisations.organisation import Group, Membership, OrganisationCode

_DAY = timedelta(days=1)
# One column of ODS's files held area teams, then STPs and ICBs: a later ICB ends an earlier area team.
_SERIES = {"area_team": "health_geography", "icb": "health_geography"}
# Groupings whose groups are those of another grouping.
_SAME_GROUPS = {"icb_partner": "icb", "icb_finance": "icb", "icb_patients": "icb"}
_MANY_AT_ONCE = frozenset({"icb_partner", "icb_finance", "icb_patients"})

_SeriesKey: TypeAlias = tuple[OrganisationCode, str]
_Stay: TypeAlias = tuple[str, str, float | None]  # grouping, group, share


@dataclass(frozen=True, slots=True)
class _Sighting:
    """What one file of one date says of one organisation: one place in one series."""

    as_at: date | None
    file: str
    placement: Placement


def build_memberships(files: Iterable[FileFacts]) -> tuple[tuple[Membership, ...], tuple[Group, ...], tuple[str, ...]]:
    """Return the memberships, the groups (each grouping with its own) and what could not be told, in words."""
    listed = tuple(files)
    groups = _merge_groups(listed)
    resolver = _Resolver.of(groups)
    stated = [fact for each in listed for fact in each.facts if isinstance(fact, Membership)]
    series = _sightings(listed, resolver)
    placed = [each for (code, _), found in series.items() for each in _dated(code, found)]
    notes = (*_undated_notes(listed), *resolver.notes(listed), *_disagreements(series))
    borrowed = [
        replace(group, grouping=name)
        for name, owner in _SAME_GROUPS.items()
        for group in groups
        if group.grouping == owner
    ]
    return (*stated, *placed), (*groups, *borrowed), notes


@dataclass(frozen=True, slots=True)
class _Resolver:
    """Finds a group's code from its name or from its code in another list."""

    by_words: Mapping[tuple[str, frozenset[str]], str]
    by_other_code: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, groups: Iterable[Group]) -> _Resolver:
        listed = tuple(groups)
        return cls(
            {(group.grouping, name_words(group.name)): group.code for group in listed},
            {(group.grouping, other): group.code for group in listed for other in group.other_codes},
        )

    def find(self, placement: Placement) -> str | None:
        """Return the code of the group, or None when the group is a name that no file gives a code."""
        owner = _SAME_GROUPS.get(placement.grouping, placement.grouping)
        if placement.is_name:
            return self.by_words.get((owner, name_words(placement.group)))
        return self.by_other_code.get((owner, placement.group), placement.group)

    def settle(self, placement: Placement) -> Placement:
        """Return the placement with its group's code; a name that no file gives a code stands for itself."""
        group = self.find(placement) or placement.group
        if group == placement.group:
            return placement
        return replace(placement, group=group, is_name=False)

    def notes(self, files: Iterable[FileFacts]) -> Iterator[str]:
        for each in files:
            named = {fact for fact in each.facts if isinstance(fact, Placement) and fact.is_name}
            for grouping, name in sorted({(fact.grouping, fact.group) for fact in named if self.find(fact) is None}):
                yield f"{each.file}: no file gives the code of the {grouping} {name!r}; its name stands for it"


def _merge_groups(files: Iterable[FileFacts]) -> tuple[Group, ...]:
    """One group per code: the name of the latest file, the other codes of all."""
    merged: dict[tuple[str, str], Group] = {}
    for each in sorted(files, key=lambda each: each.as_at or date.min):
        for fact in each.facts:
            if isinstance(fact, Group):
                before = merged.get((fact.grouping, fact.code), fact)
                codes = dict.fromkeys((*before.other_codes, *fact.other_codes))
                merged[fact.grouping, fact.code] = replace(fact, other_codes=tuple(codes))
    return tuple(merged.values())


def _sightings(files: Iterable[FileFacts], resolver: _Resolver) -> Mapping[_SeriesKey, list[_Sighting]]:
    """Every sighting by organisation and series, in order of date."""
    found: dict[_SeriesKey, list[_Sighting]] = {}
    for each in sorted(files, key=lambda each: each.as_at or date.min):
        for fact in each.facts:
            if isinstance(fact, Placement):
                key = fact.organisation, _SERIES.get(fact.grouping, fact.grouping)
                found.setdefault(key, []).append(_Sighting(each.as_at, each.file, resolver.settle(fact)))
    return found


def _dated(code: OrganisationCode, sightings: list[_Sighting]) -> Iterator[Membership]:
    """One membership per stay: a group that later files repeat is one stay, from the first file that shows it."""
    if len(sightings) == 1:  # nearly all, and far quicker so
        yield _membership(code, _stay(sightings[0]), None, None, sightings[0].file)
        return
    running: dict[_Stay, tuple[date | None, str]] = {}
    dates = [(as_at, list(seen)) for as_at, seen in groupby(sightings, key=lambda each: each.as_at)]
    for number, (as_at, sighted) in enumerate(dates):
        since = as_at if number else None
        seen = {_stay(each): each.file for each in sighted}
        for stay in [stay for stay in running if stay not in seen]:
            began, file = running.pop(stay)
            yield _membership(code, stay, began, (since or date.min) - _DAY, file)
        for stay, file in seen.items():
            running.setdefault(stay, (since, file))
    for stay, (began, file) in running.items():
        yield _membership(code, stay, began, None, file)


def _stay(each: _Sighting) -> _Stay:
    return each.placement.grouping, each.placement.group, each.placement.share


def _membership(code: OrganisationCode, stay: _Stay, began: date | None, ended: date | None, file: str) -> Membership:
    grouping, group, share = stay
    return Membership(code, grouping, group, began, ended, share=share, source=file)


def _disagreements(series: Mapping[_SeriesKey, list[_Sighting]]) -> Iterator[str]:
    for (code, name), sightings in series.items():
        if len(sightings) == 1 or name in _MANY_AT_ONCE:
            continue
        for as_at, seen in groupby(sightings, key=lambda each: each.as_at):
            groups = {each.file: each.placement.group for each in seen}
            if len(set(groups.values())) > 1:
                said = ", ".join(f"{group} in {file}" for file, group in sorted(groups.items()))
                yield f"{code} has two places in {name} as at {as_at}: {said}; both are kept"


def _undated_notes(files: Iterable[FileFacts]) -> Iterator[str]:
    for each in files:
        if each.as_at is None and any(isinstance(fact, Placement) for fact in each.facts):
            yield f"{each.file}: no date in its name or headings; what it says is taken to hold on every date"
