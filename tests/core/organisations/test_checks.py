# SPDX-License-Identifier: MIT
"""Checks of codes: each trouble, alone and together."""

from __future__ import annotations

import pytest

from tests.core.organisations.made_up import NAMES, day, organisation, succession
from trigpoint.organisations import CodeTrouble, CodeUse, OrganisationCode, Role, build_register, check_codes
from trigpoint.organisations.near_codes import list_near_codes, looks_like_ods_code

REGISTER = build_register(
    [
        organisation("RA0", closed="2015-03-31"),
        organisation("RB0", closed="2015-03-31"),
        organisation("RC0", "2015-04-01"),
        organisation("RD0", earlier=(("Old Dunford Infirmary", "2010-01-01"),)),
        organisation("RE0", role=Role.CARE_TRUST),
        organisation("RF0", "2030-04-01"),
        organisation("RG0", "1990-04-01", "1999-03-31", name="Gorse Hill Trust"),
        organisation("RG0", "2005-04-01", name="Glenmoor Trust"),
        organisation("RH0", closed="2015-03-31"),
        organisation("10X", name="NHS Dunford CCG", role=Role.CCG),
    ],
    [
        succession("RA0", "RC0", "2015-04-01"),
        succession("RB0", "RC0", "2015-04-01"),
        succession("RX1", "RC0", "2015-04-01"),
        succession("RC0", "RX2", "2099-04-01"),
    ],
)
ON = day("2016-01-01")


def check(code, name=None, on=ON):
    return check_codes([CodeUse(code, name, 1)], REGISTER, on)


def test_a_code_that_is_open_and_rightly_named_has_no_problem():
    assert check_codes([CodeUse("RC0"), CodeUse("RD0", NAMES["RD0"]), CodeUse("RE0")], REGISTER, ON) == ()


def test_an_unknown_code_comes_with_the_codes_one_slip_away():
    (problem,) = check("RDO")

    assert (problem.trouble, problem.suggestions[0]) == (CodeTrouble.UNKNOWN, "RD0")
    assert "Perhaps RD0 (Dunford Partnership NHS Trust)" in str(problem)


def test_an_unknown_code_with_a_name_comes_with_the_owner_of_the_name():
    (problem,) = check("Q9Z", "Dunford Partnership")

    assert (problem.trouble, problem.suggestions) == (CodeTrouble.UNKNOWN, ("RD0",))


def test_an_unknown_code_with_an_unknown_name_and_nothing_near_says_only_that():
    (problem,) = check("Q9Z", "Zzyzx Trust")

    assert (problem.message, problem.suggestions) == ("Q9Z is not in the register.", ())


@pytest.mark.parametrize(("written", "meant"), [("RD02", "RD0"), ("rd0", "RD0"), ("RD 0", "RD0"), ("", None)])
def test_what_has_not_the_shape_of_a_code_is_told_apart_from_an_unknown_code(written, meant):
    (problem,) = check(written)

    assert problem.trouble is CodeTrouble.NOT_A_CODE
    assert problem.suggestions[:1] == (() if meant is None else (meant,))


def test_a_closed_code_says_since_when_and_who_likely_followed():
    (problem,) = check("RA0")

    assert (problem.trouble, problem.since, problem.suggestions) == (CodeTrouble.CLOSED, day("2015-03-31"), ("RC0",))
    assert str(problem) == "RA0 (Ashwick Hospitals NHS Trust) closed on 2015-03-31. Likely successor: RC0."


def test_a_closed_code_without_a_record_of_what_followed_says_so():
    (problem,) = check("RH0")

    assert problem.message.endswith("Likely successor: none on record.")
    assert problem.suggestions == ()


def test_the_same_code_before_its_closing_is_no_problem():
    assert check("RA0", on=day("2015-03-31")) == ()


def test_a_code_not_yet_open_says_when_it_opens():
    (problem,) = check("RF0")

    assert (problem.trouble, problem.since) == (CodeTrouble.NOT_YET_OPEN, day("2030-04-01"))


def test_a_reused_code_lists_its_lives_even_while_it_is_open():
    (problem,) = check("RG0")

    assert problem.trouble is CodeTrouble.REUSED
    assert "Gorse Hill Trust 1990-04-01 to 1999-03-31; Glenmoor Trust 2005-04-01 to now" in problem.message


def test_a_reused_code_between_its_lives_is_closed_as_well():
    assert [problem.trouble for problem in check("RG0", on=day("2002-01-01"))] == [
        CodeTrouble.CLOSED,
        CodeTrouble.REUSED,
    ]


def test_a_code_known_from_successor_records_alone_is_closed_once_it_was_followed():
    (after,) = check("RX1")
    (before,) = check("RX1", on=day("2015-01-01"))
    (never,) = check("RX2")

    assert (after.trouble, after.since, after.suggestions) == (CodeTrouble.CLOSED, day("2015-04-01"), ("RC0",))
    assert (before.trouble, before.suggestions) == (CodeTrouble.UNKNOWN, ())
    assert "which end it on 2015-04-01" in before.message
    assert never.message == "RX2 is in no list of organisations, only in successor records. Check it against ODS."


def test_a_name_that_belongs_to_another_code_is_a_mismatch_beside_any_other_trouble():
    problems = check("RA0", "Dunford Partnership NHS Foundation Trust")

    assert [problem.trouble for problem in problems] == [CodeTrouble.CLOSED, CodeTrouble.NAME_MISMATCH]
    assert problems[1].suggestions == ("RD0",)
    assert "belongs to RD0 (Dunford Partnership NHS Trust)" in problems[1].message


def test_the_name_of_a_merged_organisation_under_its_predecessors_code_belongs_to_the_merged_one():
    problems = check("RA0", "Ashwick and Birchmere NHS Foundation Trust")

    assert problems[-1].suggestions == ("RC0",)


def test_a_name_that_is_much_more_like_anothers_belongs_to_it_even_when_not_the_same():
    problems = check("RD0", "Elmstead Hospital")

    assert [(problem.trouble, problem.suggestions) for problem in problems] == [(CodeTrouble.NAME_MISMATCH, ("RE0",))]


def test_a_name_that_is_nobodys_is_a_mismatch_without_suggestion():
    (problem,) = check("RD0", "Zzyzx Clinic")

    assert (problem.trouble, problem.suggestions) == (CodeTrouble.NAME_MISMATCH, ())


def test_an_earlier_name_and_a_slightly_different_one_are_no_mismatch():
    assert check("RD0", "OLD DUNFORD INFIRMARY") == ()
    assert check("RD0", "Dunford and Area Partnership") == ()


def test_a_commissioner_named_after_the_same_place_is_not_the_owner_of_a_trusts_name():
    assert check("RD0", "Dunford") == ()


def test_all_problems_come_at_once_in_the_order_of_the_file():
    uses = [CodeUse("RA0", None, 2), CodeUse("RC0", None, 3), CodeUse("RDO", None, 4), CodeUse("RF0", None, 5)]

    problems = check_codes(uses, REGISTER, ON)

    assert [(problem.use.row, problem.trouble.value) for problem in problems] == [
        (2, "closed"),
        (4, "unknown"),
        (5, "not yet open"),
    ]


@pytest.mark.parametrize("code", ["RKE", "T290", "A9B8C", "A81001", "EE123456", "A81001001"])
def test_every_shape_that_ods_has_issued_is_that_of_a_code(code):
    assert looks_like_ods_code(code)


@pytest.mark.parametrize("code", ["RKE2", "rke", "RK", "RKE ", "R-E", ""])
def test_other_shapes_are_not(code):
    assert not looks_like_ods_code(code)


def test_the_likeliest_slip_is_suggested_first():
    known = {OrganisationCode(code) for code in ("R0A", "RA0", "RBA", "ROA1")}

    assert list_near_codes("ROA", known) == ("R0A", "RBA", "ROA1")  # look-alike, wrong letter, missing letter
    assert list_near_codes("AR0", known) == ("RA0",)  # swapped
    assert list_near_codes("RA00", known) == ("RA0",)  # one too many
    assert "RA0" not in list_near_codes("RA0", known)  # itself is no slip
