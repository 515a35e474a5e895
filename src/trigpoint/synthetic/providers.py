# SPDX-License-Identifier: MIT
"""Made-up providers, the systems and regions they are in, and the register of them all."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

import numpy as np

from trigpoint.organisations import (
    Group,
    Membership,
    Organisation,
    OrganisationCode,
    Register,
    Role,
    Succession,
    build_register,
)
from trigpoint.synthetic.shape import CareSettingsShare, Places, ProviderCounts, Shape

Value = TypeVar("Value")

SOURCE = "synthetic"
# No register we hold has a code that begins with ZZ (a test looks); data sets put a few, such as ZZ201, where there is
# no organisation. From 301 on they are clear of those below, and three digits leave room for 699 providers.
PROVIDER_CODE = "ZZ{number:03d}"
FIRST_NUMBER = 301
SYSTEM_CODE = "ZZS{number:02d}"
REGION_CODE = "ZZR{number:02d}"
SYSTEM_GROUPING, REGION_GROUPING = "icb", "region"
# Long before either round; only the order of dates matters.
OPENED_ON = date(2001, 4, 1)


@dataclass(frozen=True, slots=True)
class SyntheticProvider:
    """A made-up provider. answers_first, answers_second: whether it made a return in that round.

    successor: code of the provider that took it over between the rounds; None for one that stays.
    """

    code: str
    name: str
    care_settings: tuple[str, ...]
    system: int
    answers_first: bool
    answers_second: bool
    successor: str | None = None


def make_providers(rng: np.random.Generator, shape: Shape) -> tuple[SyntheticProvider, ...]:
    """Return the providers, by code. Those that answered only the first round were taken over by one that stays.

    Raises ValueError when there are more providers than names.
    """
    counts = shape.providers
    names = _names(rng, shape.places, counts.all)
    settings = _shuffled(rng, allot(counts.all, shape.care_settings))
    codes = [PROVIDER_CODE.format(number=FIRST_NUMBER + at) for at in range(counts.all)]
    takes_part = _shuffled(rng, list(_parts(counts)))
    staying = [code for code, parts in zip(codes, takes_part, strict=True) if parts == (True, True)]
    successors = iter(_shuffled(rng, staying))
    return tuple(
        SyntheticProvider(
            code=code,
            name=f"{place} Synthetic {_kind(shape.places, given)} Trust",
            care_settings=given,
            system=at % shape.places.systems,
            answers_first=first,
            answers_second=second,
            successor=next(successors) if first and not second else None,
        )
        for at, (code, place, given, (first, second)) in enumerate(zip(codes, names, settings, takes_part, strict=True))
    )


def allot(count: int, shares: Sequence[CareSettingsShare]) -> list[tuple[str, ...]]:
    """Return care settings for so many providers in these shares, by largest remainder; ties go to the earlier."""
    total = math.fsum(each.share for each in shares)
    exact = [count * each.share / total for each in shares]
    seats = [math.floor(seat) for seat in exact]
    by_remainder = sorted(range(len(shares)), key=lambda at: (seats[at] - exact[at], at))
    for at in by_remainder[: count - sum(seats)]:
        seats[at] += 1
    return [each.care_settings for each, seat in zip(shares, seats, strict=True) for _ in range(seat)]


def make_register(providers: Sequence[SyntheticProvider], shape: Shape) -> Register:
    """Return the register of the providers: systems, regions, and who took over whom, between the two rounds."""
    taken_over_on = _midway(shape.rounds[0].register_on, shape.rounds[1].register_on)
    return build_register(
        organisations=[_organisation(one, taken_over_on) for one in providers],
        successions=[
            Succession(OrganisationCode(one.code), OrganisationCode(one.successor), taken_over_on, 1.0, SOURCE)
            for one in providers
            if one.successor is not None
        ],
        memberships=[membership for one in providers for membership in _memberships(one, shape.places)],
        groups=list(_groups(shape.places)),
    )


def _parts(counts: ProviderCounts) -> Iterator[tuple[bool, bool]]:
    yield from ((True, True) for _ in range(counts.both))
    yield from ((True, False) for _ in range(counts.first_only))
    yield from ((False, True) for _ in range(counts.second_only))


def _names(rng: np.random.Generator, places: Places, count: int) -> list[str]:
    names = [beginning + ending for beginning in places.beginnings for ending in places.endings]
    if count > len(names):
        raise ValueError(f"{count} providers, but places.yaml gives {len(names)} names. Add beginnings or endings.")
    return sorted(_shuffled(rng, names)[:count])


def _shuffled(rng: np.random.Generator, values: Sequence[Value]) -> list[Value]:
    return [values[at] for at in rng.permutation(len(values))]


def _kind(places: Places, care_settings: tuple[str, ...]) -> str:
    return next(kind for setting, kind in places.kinds.items() if setting in care_settings)


def _midway(first: date, second: date) -> date:
    return first + timedelta(days=(second - first).days // 2)


def _organisation(one: SyntheticProvider, taken_over_on: date) -> Organisation:
    return Organisation(
        code=OrganisationCode(one.code),
        name=one.name,
        role=Role.TRUST,
        opened_on=OPENED_ON,
        closed_on=None if one.successor is None else taken_over_on - timedelta(days=1),
        source=SOURCE,
    )


def _memberships(one: SyntheticProvider, places: Places) -> Iterator[Membership]:
    region = one.system % len(places.regions)
    groups = ((SYSTEM_GROUPING, _system_code(one.system)), (REGION_GROUPING, _region_code(region)))
    for grouping, group in groups:
        yield Membership(OrganisationCode(one.code), grouping, group, OPENED_ON, None, source=SOURCE)


def _groups(places: Places) -> Iterator[Group]:
    for region, name in enumerate(places.regions):
        yield Group(REGION_GROUPING, _region_code(region), name)
    for system in range(places.systems):
        name = f"Synthetic System {system + 1}, {places.regions[system % len(places.regions)]}"
        yield Group(SYSTEM_GROUPING, _system_code(system), name)


def _system_code(system: int) -> str:
    return SYSTEM_CODE.format(number=system + 1)


def _region_code(region: int) -> str:
    return REGION_CODE.format(number=region + 1)
