# SPDX-License-Identifier: MIT
"""The register as on a date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.organisations.made_up import day, membership, organisation, succession
from trigpoint.errors import RegisterProblems, UnknownGroup, UnknownOrganisation
from trigpoint.organisations import (
    Cohort,
    CohortMember,
    CohortStatus,
    Group,
    OrganisationCode,
    Register,
    Role,
    build_register,
)


def merged() -> Register:
    """RA0 and RB0 merge into RC0 on 1 April 2015; RD0 is a trust, with a board that changed on the way."""
    return build_register(
        [
            organisation("RA0", closed="2015-03-31"),
            organisation("RB0", closed="2015-03-31"),
            organisation("RC0", "2015-04-01"),
            organisation("RD0"),
        ],
        [succession("RA0", "RC0", "2015-04-01"), succession("RB0", "RC0", "2015-04-01")],
        [
            membership("RA0", "region", "Y1"),
            membership("RB0", "region", "Y2"),
            membership("RC0", "region", "Y1"),
            membership("RD0", "region", "Y1"),
            membership("RD0", "icb", "Q1", None, "2019-12-31"),
            membership("RD0", "icb", "Q2", "2020-01-01", share=0.75),
        ],
        groups=[Group("region", "Y1", "North", other_codes=("E40000001",)), Group("region", "Y2", "South")],
    )


def codes(organisations: object) -> list[str]:
    return [each.code for each in organisations]  # type: ignore[attr-defined]


def test_a_merger_moves_nothing_that_was_before_it():
    register = merged()

    assert sorted(register.as_on(day("2015-03-31")).organisations) == ["RA0", "RB0", "RD0"]
    assert sorted(register.as_on(day("2015-04-01")).organisations) == ["RC0", "RD0"]
    assert codes(register.as_on(day("2015-03-31")).members("region", "Y2")) == ["RB0"]
    assert codes(register.as_on(day("2015-04-01")).members("region", "Y2")) == []


def test_an_organisation_is_in_several_groupings_at_once_each_as_on_the_date():
    register = merged()

    then = [(each.grouping, each.group) for each in register.as_on(day("2019-12-31")).groups_of("RD0")]
    now = [(each.grouping, each.group, each.share) for each in register.as_on(day("2020-01-01")).groups_of("RD0")]

    assert then == [("icb", "Q1"), ("region", "Y1")]
    assert now == [("icb", "Q2", 0.75), ("region", "Y1", None)]


def test_a_closed_organisation_is_in_no_group_but_took_part_in_its_cohort():
    member = CohortMember(OrganisationCode("RA0"), CohortStatus.CONFIRMED, day("2014-01-01"), None, "a list")
    register = build_register(
        [organisation("RA0", closed="2015-03-31")],
        memberships=[membership("RA0", "region", "Y1")],
        cohorts=[Cohort("pioneers", "Pioneers", (member,))],
    )

    assert [each.group for each in register.as_on(day("2015-01-01")).groups_of("RA0")] == ["pioneers", "Y1"]
    assert [each.group for each in register.as_on(day("2016-01-01")).groups_of("RA0")] == ["pioneers"]
    assert codes(register.as_on(day("2015-01-01")).members("cohort", "pioneers")) == ["RA0"]
    assert register.group("cohort", "pioneers").name == "Pioneers"


def test_groupings_and_groups_can_be_listed_and_named():
    register = merged()

    assert register.groupings() == ("icb", "region")
    assert [group.name for group in register.list_groups("region")] == ["North", "South"]
    assert [group.name for group in register.list_groups("icb")] == ["Q1", "Q2"]


@pytest.mark.parametrize("asked", ["Y1", "y1", "north", "E40000001"])
def test_a_group_is_found_by_its_code_its_name_or_its_other_code(asked):
    assert merged().require_group("region", asked).code == "Y1"


def test_an_unknown_group_or_grouping_is_an_error_that_lists_what_there_is():
    with pytest.raises(UnknownGroup, match=r"no group 'Y9'\. It has Y1, Y2"):
        merged().require_group("region", "Y9")
    with pytest.raises(UnknownGroup, match=r"no grouping 'county'\. It has icb, region"):
        merged().as_on(day("2020-01-01")).members("county", "Y1")
    assert merged().as_on(day("2020-01-01")).members("region", "Y9") == ()


def test_find_gives_the_latest_life_or_none_and_require_raises_with_the_nearest_codes():
    register = merged()

    assert register.find_organisation("RA0") == organisation("RA0", closed="2015-03-31")
    assert register.find_organisation("RX9") is None
    with pytest.raises(UnknownOrganisation, match=r"no organisation 'RAO'. Nearest codes: RA0 \(Ashwick Hospitals"):
        register.require_organisation("RAO")


def test_require_suggests_names_when_no_code_is_near_and_says_when_nothing_is():
    with pytest.raises(UnknownOrganisation, match="Nearest names: RD0"):
        merged().require_organisation("Dunford Partnership")
    with pytest.raises(UnknownOrganisation, match="No code or name is near it"):
        merged().require_organisation("Zzyzx")


def test_a_view_requires_an_open_organisation_and_names_the_likely_successor_of_a_closed_one():
    view = merged().as_on(day("2016-01-01"))

    assert view.require_organisation("RC0").code == "RC0"
    assert view.find_organisation("RA0") is None
    with pytest.raises(UnknownOrganisation, match=r"RA0 .* is not open on 2016-01-01\. Likely successor: RC0"):
        view.require_organisation("RA0")


def test_one_code_may_live_twice_but_not_at_once():
    first = organisation("RA0", "1990-04-01", "1999-03-31", name="Old Trust")
    second = organisation("RA0", "2005-04-01", name="New Trust")
    register = build_register([second, first])

    names = [register.as_on(day(on)).find_organisation("RA0") for on in ("1995-01-01", "2001-01-01", "2010-01-01")]

    assert names == [first, None, second]
    assert register.find_organisation("RA0") == second
    with pytest.raises(RegisterProblems, match="RA0 is two organisations at once: 'Old Trust' and 'Third Trust'"):
        build_register([first, organisation("RA0", "1999-03-31", name="Third Trust")])
    with pytest.raises(RegisterProblems, match="at once"):
        build_register([organisation("RA0"), second])
    with pytest.raises(RegisterProblems, match="at once"):
        build_register([organisation("RA0", None), organisation("RA0", None, "1990-01-01")])


def test_memberships_are_indexed_by_organisation_and_by_group():
    register = merged()

    assert [each.group for each in register.memberships_of("RD0")] == ["Q1", "Q2", "Y1"]
    assert [each.organisation for each in register.memberships_in("region", "Y1")] == ["RA0", "RC0", "RD0"]
    assert register.memberships_of("RX9") == ()
    assert register.memberships_in("region", "Y9") == ()


CODES = st.sampled_from([OrganisationCode(f"R{letter}0") for letter in "ABCDEF"])
DATES = st.dates(date(2000, 1, 1), date(2000, 3, 1))


@st.composite
def registers(draw):
    """Each code with one life (sometimes without an opening or a closing), memberships and successions at random."""
    lives = []
    for code in sorted(draw(st.sets(CODES, min_size=1))):
        first, last = sorted([draw(DATES), draw(DATES)])
        opened, closed = draw(st.sampled_from([(first, last), (None, last), (first, None), (None, None)]))
        lives.append(organisation(code, opened and opened.isoformat(), closed and closed.isoformat(), role=Role.TRUST))
    groups = draw(st.lists(st.tuples(CODES, st.sampled_from(["Y1", "Y2"]), DATES, DATES), max_size=8))
    held = [
        membership(code, "region", group, min(a, b).isoformat(), max(a, b).isoformat()) for code, group, a, b in groups
    ]
    steps = draw(st.lists(st.tuples(CODES, CODES, DATES), max_size=8))
    return build_register(lives, [succession(a, b, on.isoformat()) for a, b, on in steps], held)


@given(registers(), DATES)
def test_on_every_date_each_organisation_is_either_open_or_not_and_never_lost(register, on):
    view = register.as_on(on)

    is_open = {life.code for life in register.organisations if life.is_open_on(on)}
    is_shut = {life.code for life in register.organisations if not life.is_open_on(on)}

    assert set(view.organisations) == is_open
    assert is_open | is_shut == {life.code for life in register.organisations}
    assert is_open & is_shut == set()


@given(registers(), DATES)
def test_members_and_groups_are_two_views_of_the_same_facts(register, on):
    view = register.as_on(on)

    by_group = {
        (each.code, group.code)
        for grouping in register.groupings()
        for group in register.list_groups(grouping)
        for each in view.members(grouping, group.code)
    }
    by_organisation = {(code, each.group) for code in view.organisations for each in view.groups_of(code)}

    assert by_group == by_organisation


@given(registers(), st.lists(DATES, max_size=4))
def test_looking_at_a_register_never_changes_it(register, dates):
    before = repr(register)

    for on in dates:
        view = register.as_on(on)
        for code in "RA0", "RB0":
            view.groups_of(code)
            register.history(code)
            register.likely_successor(code, on)

    assert repr(register) == before


@given(registers(), st.randoms(use_true_random=False))
def test_the_order_of_the_facts_makes_no_difference(register, shuffler):
    def shuffled(values):
        values = list(values)
        shuffler.shuffle(values)
        return values

    again = build_register(
        shuffled(register.organisations), shuffled(register.successions), shuffled(register.memberships)
    )

    assert again == register


@given(registers(), CODES, DATES)
def test_a_likely_successor_is_open_and_descends_from_the_code(register, code, on):
    likely = register.likely_successor(code, on)

    assert set(likely.organisations) <= set(register.as_on(on).organisations)
    assert set(likely.organisations) <= register.history(code).successor_codes | {code}
