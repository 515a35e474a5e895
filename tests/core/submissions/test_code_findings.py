# SPDX-License-Identifier: MIT
from __future__ import annotations

from tests.core.organisations.made_up import NAMES, day, organisation, succession
from trigpoint.organisations import build_register
from trigpoint.submissions import Unit
from trigpoint.submissions.code_findings import find_code_trouble
from trigpoint.submissions.intake_report import Finding

ON = day("2016-01-15")
REGISTER = build_register(
    [organisation("RA0", closed="2015-03-31"), organisation("RC0", "2015-04-01"), organisation("RD0")],
    [succession("RA0", "RC0", "2015-04-01")],
)


def test_codes_that_hold_on_the_day_make_no_line() -> None:
    units = [Unit("RC0", name=NAMES["RC0"]), Unit("RD0"), Unit("RD0", "Community")]

    assert find_code_trouble(units, REGISTER, ON) == ()


def test_a_closed_code_is_named_with_its_likely_successor() -> None:
    (line,) = find_code_trouble([Unit("RD0"), Unit("RA0", "Acute")], REGISTER, ON)

    assert (line.finding, line.organisation, line.care_setting) == (Finding.CODE, "RA0", "Acute")
    assert line.message.startswith("closed on 2016-01-15: RA0")
    assert line.message.endswith("Likely successor: RC0.")


def test_on_an_earlier_day_the_same_code_holds() -> None:
    assert find_code_trouble([Unit("RA0")], REGISTER, day("2015-03-31")) == ()


def test_an_organisation_with_several_returns_is_told_once_with_its_first() -> None:
    units = [Unit("RA0", "Community"), Unit("RD0"), Unit("RA0", "Acute")]

    (line,) = find_code_trouble(units, REGISTER, ON)

    assert (line.organisation, line.care_setting) == ("RA0", "Community")


def test_another_organisations_name_beside_a_code_is_told_whose_it_is() -> None:
    (line,) = find_code_trouble([Unit("RC0", name=NAMES["RD0"])], REGISTER, ON)

    assert line.message.startswith("name mismatch on 2016-01-15: ")
    assert "belongs to RD0" in line.message


def test_a_return_without_a_name_is_checked_by_its_code_alone() -> None:
    lines = find_code_trouble([Unit("ZZZ"), Unit("RKE2")], REGISTER, ON)

    assert [(line.organisation, line.message.split(" on ")[0]) for line in lines] == [
        ("ZZZ", "unknown"),
        ("RKE2", "not an ODS code"),
    ]
