# SPDX-License-Identifier: MIT
"""Organisations, successions and memberships as values."""

from __future__ import annotations

import math

import pytest

from tests.core.organisations.made_up import day, membership, organisation
from trigpoint.organisations import OrganisationCode, Succession


def test_an_organisation_is_open_from_its_first_day_to_its_last_both_included():
    trust = organisation("RA0", "2001-04-01", "2017-01-31")

    open_on = [trust.is_open_on(day(on)) for on in ("2001-03-31", "2001-04-01", "2017-01-31", "2017-02-01")]

    assert open_on == [False, True, True, False]


def test_an_unknown_opening_is_taken_as_open_since_ever_and_no_closing_as_open_for_ever():
    trust = organisation("RA0", None, None)

    assert trust.is_open_on(day("1850-01-01"))
    assert trust.is_open_on(day("2150-01-01"))


def test_an_organisation_goes_by_the_name_of_the_date():
    trust = organisation("RA0", name="C Trust", earlier=(("A Trust", "2010-01-01"), ("B Trust", "2020-01-01")))

    names = [trust.name_on(day(on)) for on in ("2009-12-31", "2010-01-01", "2019-12-31", "2020-01-01")]

    assert names == ["A Trust", "B Trust", "B Trust", "C Trust"]
    assert trust.known_names == ("C Trust", "A Trust", "B Trust")


def test_an_organisation_cannot_close_before_it_opens():
    with pytest.raises(ValueError, match="RA0 ends on 2001-03-31, before it begins on 2001-04-01"):
        organisation("RA0", "2001-04-01", "2001-03-31")


def test_a_membership_holds_between_its_dates_both_included():
    held = membership("RA0", "icb", "Q1", "2020-04-01", "2022-06-30")

    assert [held.holds_on(day(on)) for on in ("2020-03-31", "2020-04-01", "2022-06-30", "2022-07-01")] == [
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("share", [-0.1, 1.1, math.nan])
def test_a_share_is_between_nothing_and_all(share):
    with pytest.raises(ValueError, match="a share is 0 to 1"):
        membership("RA0", "icb", "Q1", share=share)
    with pytest.raises(ValueError, match="a share is 0 to 1"):
        Succession(OrganisationCode("RA0"), OrganisationCode("RB0"), day("2020-01-01"), share=share)


def test_a_membership_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="RA0 in icb Q1 ends on 2020-01-01"):
        membership("RA0", "icb", "Q1", "2020-01-02", "2020-01-01")
