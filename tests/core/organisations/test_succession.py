# SPDX-License-Identifier: MIT
"""Chains of succession: mergers, splits, chains, cycles, dates; both ways."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.organisations.made_up import day, organisation, succession
from trigpoint.organisations import OrganisationCode, Succession, build_register

CODES = st.sampled_from([OrganisationCode(f"R{letter}0") for letter in "ABCDEF"])
DATES = st.dates(date(2000, 1, 1), date(2000, 1, 12))
SUCCESSIONS = st.lists(st.builds(Succession, CODES, CODES, DATES), max_size=14)


def test_a_merger_is_followed_both_ways():
    register = build_register(
        successions=[succession("RA0", "RC0", "2010-04-01"), succession("RB0", "RC0", "2010-04-01")]
    )

    assert register.history("RC0").predecessor_codes == {"RA0", "RB0"}
    assert register.history("RA0").successor_codes == {"RC0"}
    assert register.history("RA0").predecessors == ()


def test_a_chain_is_followed_to_its_end_in_order_of_date():
    steps = [succession("RB0", "RC0", "2015-04-01"), succession("RA0", "RB0", "2010-04-01")]

    history = build_register(successions=steps).history("RA0")

    assert [(step.successor, step.on.year) for step in history.successors] == [("RB0", 2010), ("RC0", 2015)]


def test_what_had_left_before_the_merger_is_not_a_successor():
    steps = [succession("RA0", "RB0", "2010-04-01"), succession("RB0", "RC0", "2005-04-01")]
    register = build_register(successions=steps)

    assert register.history("RA0").successor_codes == {"RB0"}
    assert register.history("RC0").predecessor_codes == {"RB0"}


def test_a_code_without_records_has_an_empty_history():
    history = build_register().history("RA0")

    assert (history.code, history.predecessors, history.successors) == ("RA0", (), ())


def test_a_cycle_ends_and_does_not_make_a_code_its_own_predecessor():
    steps = [
        succession("RA0", "RB0", "2010-04-01"),
        succession("RB0", "RA0", "2012-04-01"),
        succession("RA0", "RA0", "2013-04-01"),
    ]

    history = build_register(successions=steps).history("RA0")

    assert history.successor_codes == {"RB0"}
    assert history.predecessor_codes == {"RB0"}
    assert all(step.predecessor != step.successor for step in history.successors)


@given(SUCCESSIONS)
def test_one_code_is_a_predecessor_of_another_exactly_when_that_one_is_its_successor(steps):
    register = build_register(successions=steps)
    codes = sorted({code for step in steps for code in (step.predecessor, step.successor)})

    for one in codes:
        for other in codes:
            assert (one in register.history(other).predecessor_codes) == (
                other in register.history(one).successor_codes
            )


@given(SUCCESSIONS, CODES)
def test_history_agrees_with_trying_every_path(steps, start):
    def reach(code: str, since: date, been: frozenset[str]) -> set[str]:
        found: set[str] = set()
        for step in steps:
            if step.predecessor == code and step.on >= since and step.successor not in been:
                found |= {step.successor} | reach(step.successor, step.on, been | {step.successor})
        return found

    expected = reach(start, date.min, frozenset({start}))

    assert build_register(successions=steps).history(start).successor_codes == expected


def test_an_open_organisation_is_its_own_likely_successor():
    register = build_register([organisation("RA0")], [succession("RA0", "RB0", "2005-04-01")])

    likely = register.likely_successor("RA0", day("2010-01-01"))

    assert (likely.organisations, likely.is_unique, str(likely)) == (("RA0",), True, "RA0")


def test_the_likely_successor_is_the_open_organisation_at_the_end_of_the_chain():
    register = build_register(
        [
            organisation("RA0", closed="2010-03-31"),
            organisation("RB0", "2010-04-01", "2015-03-31"),
            organisation("RC0", "2015-04-01"),
        ],
        [succession("RA0", "RB0", "2010-04-01"), succession("RB0", "RC0", "2015-04-01")],
    )

    ends = {
        on: register.likely_successor("RA0", day(on)).organisations for on in ("2010-01-01", "2012-01-01", "2020-01-01")
    }

    assert ends == {"2010-01-01": ("RA0",), "2012-01-01": ("RB0",), "2020-01-01": ("RC0",)}


def test_a_split_has_several_likely_successors_and_says_so():
    register = build_register(
        [organisation("RA0", closed="2021-09-30"), organisation("RB0"), organisation("RC0")],
        [succession("RA0", "RB0", "2021-10-01"), succession("RA0", "RC0", "2021-10-01")],
    )

    likely = register.likely_successor("RA0", day("2022-04-01"))

    assert likely.organisations == ("RB0", "RC0")
    assert not likely.is_unique
    assert str(likely) == "RB0 and RC0 (several, the answer is not unique)"


def test_parts_handed_over_before_the_closing_do_not_make_the_answer_ambiguous():
    register = build_register(
        [organisation("RA0", closed="2021-09-30"), organisation("RB0"), organisation("RC0")],
        [succession("RA0", "RB0", "2005-10-01"), succession("RA0", "RC0", "2021-10-01")],
    )

    assert register.likely_successor("RA0", day("2022-04-01")).organisations == ("RC0",)


def test_a_record_dated_before_the_closing_is_used_when_there_is_no_other():
    register = build_register(
        [organisation("RA0", closed="2021-09-30"), organisation("RB0")], [succession("RA0", "RB0", "2021-07-01")]
    )

    assert register.likely_successor("RA0", day("2022-04-01")).organisations == ("RB0",)


def test_a_succession_still_to_come_has_no_successor_yet():
    register = build_register(
        [organisation("RA0", closed="2021-03-31"), organisation("RB0")], [succession("RA0", "RB0", "2021-10-01")]
    )

    likely = register.likely_successor("RA0", day("2021-05-01"))

    assert (likely.organisations, likely.is_unique, str(likely)) == ((), False, "none on record")


def test_a_chain_that_ends_outside_the_register_is_told_and_not_unique():
    register = build_register(
        [organisation("RA0", closed="2010-03-31"), organisation("RB0")],
        [succession("RA0", "RB0", "2010-04-01"), succession("RA0", "RX9", "2010-04-01")],
    )

    likely = register.likely_successor("RA0", day("2020-01-01"))

    assert (likely.organisations, likely.lost, likely.is_unique) == (("RB0",), ("RX9",), False)
    assert str(likely) == "RB0 (part also went to RX9, not open or not listed)"


@pytest.mark.parametrize("on", ["2012-01-01", "2030-01-01"])
def test_a_cycle_of_closed_organisations_ends_without_an_answer(on):
    register = build_register(
        [organisation("RA0", closed="2010-03-31"), organisation("RB0", closed="2010-03-31")],
        [succession("RA0", "RB0", "2010-04-01"), succession("RB0", "RA0", "2010-04-01")],
    )

    assert register.likely_successor("RA0", day(on)).organisations == ()


def test_two_ways_to_one_successor_are_one_answer():
    register = build_register(
        [organisation("RD0", "2015-04-01"), organisation("RA0", closed="2010-03-31")],
        [
            succession("RA0", "RB0", "2010-04-01"),
            succession("RA0", "RC0", "2010-04-01"),
            succession("RB0", "RD0", "2015-04-01"),
            succession("RC0", "RD0", "2016-04-01"),
        ],
    )

    likely = register.likely_successor("RA0", day("2020-01-01"))

    assert (likely.organisations, likely.is_unique) == (("RD0",), True)
