# SPDX-License-Identifier: MIT
"""Made-up providers and their register."""

from __future__ import annotations

import csv
import dataclasses
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.synthetic.made import frameworks, generator, rounds, shape
from tests.support.shared import shared_data
from trigpoint.organisations import CodeTrouble, CodeUse, check_codes
from trigpoint.synthetic.providers import allot, make_providers, make_register
from trigpoint.synthetic.shape import CareSettingsShare, Places, ProviderCounts

SHARES = (CareSettingsShare(("acute",), 0.5), CareSettingsShare(("community",), 0.3), CareSettingsShare((), 0.2))


def test_seats_go_by_largest_remainder() -> None:
    # 7 seats: 3.5, 2.1 and 1.4; whole seats 3, 2 and 1; the seventh goes to the remainder .5
    assert allot(7, SHARES) == [("acute",)] * 4 + [("community",)] * 2 + [()]


@given(st.integers(0, 300), st.lists(st.floats(0.01, 1), min_size=1, max_size=6))
def test_all_seats_are_given_and_none_strays_by_one(count: int, shares: list[float]) -> None:
    listed = [CareSettingsShare((str(at),), share) for at, share in enumerate(shares)]

    seats = allot(count, listed)

    assert len(seats) == count
    for each in listed:
        assert abs(seats.count(each.care_settings) - count * each.share / sum(shares)) < 1 + 1e-9


def test_as_many_providers_take_part_as_the_shape_says() -> None:
    providers = make_providers(generator(1), shape())

    parts = [(one.answers_first, one.answers_second) for one in providers]
    counts = shape().providers
    assert [parts.count(part) for part in ((True, True), (True, False), (False, True), (False, False))] == [
        counts.both,
        counts.first_only,
        counts.second_only,
        0,
    ]


def test_every_name_says_synthetic_and_every_code_is_one_that_is_never_given() -> None:
    providers = make_providers(generator(1), shape())

    assert all(re.fullmatch(r"[A-Z][a-z]+ Synthetic [A-Z][A-Za-z ]+ Trust", one.name) for one in providers)
    assert all(re.fullmatch(r"ZZ[3-9]\d\d", one.code) for one in providers)
    assert len({one.name for one in providers}) == len({one.code for one in providers}) == len(providers)


def test_a_provider_is_called_by_its_first_kind_of_care() -> None:
    named = {one.care_settings: one.name.split(" Synthetic ")[1] for one in make_providers(generator(1), shape())}

    assert named[("acute", "community")] == named[("acute",)] == "Hospitals Trust"
    assert named[("mental_health", "community")] == "Mental Health Trust"
    assert named[("ambulance",)] == "Ambulance Trust"


def test_more_providers_than_names_are_refused() -> None:
    few = Places(("A",), ("b", "c"), ("North",), 1, {"acute": "Hospitals"})
    crowded = dataclasses.replace(shape(), places=few, providers=ProviderCounts(2, 1, 0))

    with pytest.raises(ValueError, match=r"3 providers, but places.yaml gives 2 names"):
        make_providers(generator(1), crowded)


def test_who_answered_only_the_first_round_was_taken_over_before_the_second() -> None:
    first, second = shape().rounds
    register = rounds().register
    before, after = register.as_on(first.register_on), register.as_on(second.register_on)

    gone = sorted(set(before.organisations) - set(after.organisations))
    assert gone == sorted(step.predecessor for step in register.successions)
    assert len(gone) == shape().providers.first_only
    for code in gone:
        successor = register.likely_successor(code, second.register_on)
        assert successor.is_unique
        assert successor.organisations[0] in {unit.organisation for unit in rounds().second.units}


def test_every_provider_is_in_one_system_and_its_region() -> None:
    register = rounds().register
    on = register.as_on(shape().rounds[0].register_on)

    assert len(register.list_groups("icb")) == shape().places.systems
    assert len(register.list_groups("region")) == len(shape().places.regions)
    regions_of: dict[str, set[str]] = {}
    for code in on.organisations:
        system, region = (each.group for each in on.groups_of(code))
        regions_of.setdefault(system, set()).add(region)
    assert all(len(regions) == 1 for regions in regions_of.values())
    assert all("Synthetic" in group.name for group in register.list_groups("icb"))


def test_the_register_finds_nothing_wrong_with_the_returns() -> None:
    made = rounds()

    for table, each in zip((made.first, made.second), shape().rounds, strict=True):
        uses = [CodeUse(unit.organisation, unit.name) for unit in table.units]
        assert check_codes(uses, made.register, each.register_on) == ()


def test_a_return_under_a_code_that_was_taken_over_is_noticed() -> None:
    made = rounds()
    step = made.register.successions[0]

    problems = check_codes([CodeUse(step.predecessor)], made.register, shape().rounds[1].register_on)

    assert [problem.trouble for problem in problems] == [CodeTrouble.CLOSED]
    assert problems[0].suggestions == (step.successor,)


def test_the_register_is_the_same_for_the_same_providers() -> None:
    providers = make_providers(generator(9), shape())

    assert make_register(providers, shape()) == make_register(tuple(reversed(providers)), shape())


def test_no_code_name_or_place_is_a_real_one() -> None:
    cells: set[str] = set()
    for file in sorted(shared_data("nhs-ods").glob("*.csv")):
        with file.open(encoding="latin-1", newline="") as text:
            cells |= {cell.strip().upper() for row in csv.reader(text) for cell in row}
    words = {word for cell in cells for word in re.findall(r"[A-Z]+", cell)}
    assert {"RJ1", "LEEDS"} <= cells | words, "the registers were not read as expected"

    register = rounds().register
    codes = {one.code for one in register.organisations} | {
        group.code for grouping in ("icb", "region") for group in register.list_groups(grouping)
    }
    places = shape().places
    assert sorted(codes & cells) == []
    assert [cell for cell in cells if re.fullmatch(r"ZZ[A-Z0-9]{1,4}", cell)] == []
    assert sorted({one.name.upper() for one in register.organisations} & cells) == []
    assert sorted({(one + end).upper() for one in places.beginnings for end in places.endings} & words) == []
    assert "SYNTHETIC" not in words
    assert frameworks()[0].content.round == rounds().first.round
