# SPDX-License-Identifier: MIT
"""Cohorts: who took part, when, and who was only proposed."""

from __future__ import annotations

from tests.core.organisations.made_up import day
from trigpoint.organisations import Cohort, CohortMember, CohortStatus, OrganisationCode


def member(code: str, status: CohortStatus = CohortStatus.CONFIRMED, until: str | None = None) -> CohortMember:
    return CohortMember(OrganisationCode(code), status, day("2017-09-01"), day(until) if until else None, "a list")


def test_members_are_those_who_had_joined_and_not_yet_left():
    cohort = Cohort("c", "C", (member("RB0"), member("RA0"), member("RC0", CohortStatus.DROPPED, "2018-01-01")))

    assert cohort.members_on(day("2017-08-31")) == ()
    assert cohort.members_on(day("2018-01-01")) == ("RA0", "RB0", "RC0")
    assert cohort.members_on(day("2018-01-02")) == ("RA0", "RB0")


def test_the_proposed_are_never_members():
    cohort = Cohort("c", "C", (member("RA0", CohortStatus.PROPOSED), member("RB0")))

    assert cohort.members_on(day("2018-01-01")) == ("RB0",)
    assert [each.organisation for each in cohort.memberships()] == ["RB0"]


def test_a_cohort_is_also_a_group_with_dates_and_source():
    (membership,) = Cohort("c", "C", (member("RA0", CohortStatus.DROPPED, "2018-01-01"),)).memberships()

    assert (membership.grouping, membership.group, membership.source) == ("cohort", "c", "a list")
    assert (membership.valid_from, membership.valid_to) == (day("2017-09-01"), day("2018-01-01"))
