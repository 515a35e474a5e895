# SPDX-License-Identifier: MIT
"""Who sees results, and when: the two rules as tables."""

from __future__ import annotations

import pytest

from trigpoint_web.accounts.roles import Role
from trigpoint_web.results.access import ResultsOf, ResultsState, find_national_state, find_results_state

S = ResultsState
INSIDE = (Role.CONTRIBUTOR, Role.LEAD, Role.OFFICER, Role.OBSERVER, Role.ADMINISTRATOR)
OUTSIDE = (Role.SYSTEM_VIEWER, Role.ANALYST)
BLIND = (Role.REVIEWER, Role.AUTHOR)


@pytest.mark.parametrize(
    ("state", "is_signed", "is_computed", "inside", "outside"),
    [
        ("draft", False, False, S.NOT_CLOSED, S.HIDDEN),
        ("open", True, False, S.NOT_CLOSED, S.HIDDEN),
        ("open", True, True, S.NOT_CLOSED, S.HIDDEN),
        ("closed", False, True, S.NOT_SIGNED, S.HIDDEN),
        ("closed", True, False, S.NOT_COMPUTED, S.HIDDEN),
        ("closed", True, True, S.SHOWN, S.HIDDEN),
        ("in_review", True, True, S.SHOWN, S.HIDDEN),
        ("reply", True, True, S.SHOWN, S.HIDDEN),
        ("published", True, True, S.SHOWN, S.SHOWN),
        ("published", True, False, S.NOT_COMPUTED, S.HIDDEN),
        ("published", False, False, S.NOT_SIGNED, S.HIDDEN),
    ],
)
def test_the_organisation_sees_its_results_after_closing_and_others_after_publication(
    state, is_signed, is_computed, inside, outside
):
    there = ResultsOf(state, is_signed=is_signed, is_computed=is_computed)

    assert {find_results_state(frozenset({role}), there) for role in INSIDE} == {inside}
    assert {find_results_state(frozenset({role}), there) for role in OUTSIDE} == {outside}
    assert {find_results_state(frozenset({role}), there) for role in BLIND} == {S.HIDDEN}


def test_somebody_with_two_roles_sees_what_the_wider_one_sees():
    there = ResultsOf("closed", is_signed=True, is_computed=True)

    assert find_results_state(frozenset({Role.ANALYST, Role.LEAD}), there) is S.SHOWN


@pytest.mark.parametrize(
    ("state", "is_computed", "administrator", "analyst"),
    [
        ("draft", False, S.NOT_CLOSED, S.NOT_CLOSED),
        ("open", False, S.NOT_CLOSED, S.NOT_CLOSED),
        ("closed", False, S.NOT_COMPUTED, S.NOT_CLOSED),
        ("in_review", True, S.SHOWN, S.NOT_CLOSED),
        ("published", True, S.SHOWN, S.SHOWN),
        ("published", False, S.NOT_COMPUTED, S.NOT_COMPUTED),
    ],
)
def test_who_computes_sees_the_nation_after_closing_and_analysts_after_publication(
    state, is_computed, administrator, analyst
):
    for role, seen in ((Role.ADMINISTRATOR, administrator), (Role.ANALYST, analyst)):
        assert find_national_state(frozenset({role}), round_state=state, is_computed=is_computed) is seen
