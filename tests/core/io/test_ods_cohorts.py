# SPDX-License-Identifier: MIT
"""Cohort files: names to codes, dates and standing from the text."""

from __future__ import annotations

from datetime import date

import pytest

from tests.core.organisations.made_up import day, organisation
from trigpoint.io.ods_cohorts import build_cohorts, find_month, parse_programme
from trigpoint.io.ods_facts import CohortRow, FileFacts, FileKind
from trigpoint.organisations import CohortStatus, Role

TRUSTS = (
    organisation("RA0", closed="2018-03-31"),
    organisation("RC0", "2018-04-01", aliases=("Ashwick Hospitals",)),
    organisation("RD0", role=Role.CARE_TRUST),
    organisation("RE0"),
    organisation("A00001", name="Dunford Partnership", role=Role.GP_PRACTICE),
)


def cohorts(*rows: tuple[str, str, str]):
    facts = tuple(
        CohortRow(programme, name, "a list", note, line) for line, (programme, name, note) in enumerate(rows, 2)
    )
    return build_cohorts([FileFacts("cohorts.csv", FileKind.COHORTS, None, len(rows), facts)], TRUSTS)


@pytest.mark.parametrize(
    ("text", "name", "from_on", "is_proposed"),
    [
        ("Pioneers wave 1 (Sep 2016)", "Pioneers wave 1", date(2016, 9, 1), False),
        ("Pioneers (2017)", "Pioneers", date(2017, 1, 1), False),
        ("Followers (PROPOSED, January 2018)", "Followers", date(2018, 1, 1), True),
        ("Pioneers (of old)", "Pioneers", None, False),
        (" Pioneers ", "Pioneers", None, False),
    ],
)
def test_the_bracket_holds_the_date_and_whether_it_was_only_proposed(text, name, from_on, is_proposed):
    programme = parse_programme(text)

    assert (programme.name, programme.from_on, programme.is_proposed) == (name, from_on, is_proposed)


def test_a_month_is_its_first_day_and_none_without_a_year():
    assert find_month("confirmed Mar 2018") == date(2018, 3, 1)
    assert find_month("in March") is None


def test_names_become_the_codes_that_were_open_when_the_programme_began():
    (early, late), notes = cohorts(
        ("Early (Sep 2016)", "Ashwick Hospitals NHS Foundation Trust", ""), ("Late (2019)", "Ashwick Hospitals", "")
    )

    assert [member.organisation for member in early.members] == ["RA0"]
    assert [member.organisation for member in late.members] == ["RC0"]
    assert notes == ()


def test_rows_of_one_programme_are_one_cohort_and_practices_are_not_taken_for_trusts():
    (cohort,), _ = cohorts(("Pioneers", "Dunford Partnership", ""), ("Pioneers", "Elmstead University Hospital", ""))

    assert (cohort.code, cohort.name) == ("pioneers", "Pioneers")
    assert cohort.members_on(day("2017-01-01")) == ("RD0", "RE0")


def test_a_name_that_fits_no_trust_is_reported_with_its_line_and_in_no_cohort():
    (cohort, empty), notes = cohorts(
        ("P (2017)", "Elmstead University Hospital", ""), ("Q", "Zzyzx", ""), ("P (2017)", "Zzyzx", "")
    )

    assert (len(cohort.members), empty.members) == (1, ())
    assert notes == (
        "cohorts.csv:3: 'Zzyzx' is not the name of any one trust; it is in no cohort",
        "cohorts.csv:4: 'Zzyzx' is not the name of any one trust open on 2017-01-01; it is in no cohort",
    )


def test_the_proposed_and_the_dropped_are_told_apart():
    (proposed, followers), _ = cohorts(
        ("Proposals (PROPOSED, Jan 2018)", "Elmstead University Hospital", ""),
        ("Followers (Sep 2017)", "Elmstead University Hospital", "follows X - DROPPED, confirmed Jan 2018"),
    )

    assert proposed.members[0].status is CohortStatus.PROPOSED
    (dropped,) = followers.members
    assert (dropped.status, dropped.from_on, dropped.until_on) == (
        CohortStatus.DROPPED,
        date(2017, 9, 1),
        date(2018, 1, 1),
    )
