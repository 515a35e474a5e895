# SPDX-License-Identifier: MIT
"""One file at a time: what its rows say, and every problem with them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.core.io.ods_text import lines, ods_row, practice, trust
from trigpoint.io.ods_facts import CohortRow, FileFacts, Listing, Merger, OrganisationRecord, Placement
from trigpoint.io.ods_files import parse_register_file
from trigpoint.organisations import Group, Membership, OrganisationCode, Role, Succession


def parse(text: str, file: str = "f.csv") -> FileFacts:
    facts, problems = parse_register_file(text, file)
    assert problems == ()
    assert facts is not None
    return facts


def problems_of(text: str, file: str = "f.csv") -> list[str]:
    return [str(problem) for problem in parse_register_file(text, file)[1]]


def first_organisation(text: str) -> OrganisationRecord:
    first = parse(text).facts[0]
    assert isinstance(first, OrganisationRecord)
    return first


def place(code: str, grouping: str, group: str, **more: object) -> Placement:
    return Placement(OrganisationCode(code), grouping, group, **more)  # type: ignore[arg-type]


def test_a_trust_has_dates_postcode_region_and_board():
    facts = parse(lines(trust("RA0", "ASHWICK NHS TRUST", "20010401", "20170331", postcode="AB1 2CD"))).facts

    assert facts == (
        OrganisationRecord(
            OrganisationCode("RA0"),
            "ASHWICK NHS TRUST",
            Role.TRUST,
            date(2001, 4, 1),
            date(2017, 3, 31),
            postcode="AB1 2CD",
            states_dates=True,
        ),
        place("RA0", "region", "Y56"),
        place("RA0", "icb", "QMJ"),
    )


def test_the_fourth_column_of_old_files_holds_area_teams():
    assert place("RA0", "area_team", "Q71") in parse(lines(trust(geography="Q71"))).facts


def test_a_trust_outside_england_has_no_region():
    facts = parse(lines(trust(region="", geography=""))).facts

    assert [type(fact) for fact in facts] == [OrganisationRecord]


def test_a_care_trust_is_a_care_trust():
    assert first_organisation(lines(trust("TAA"))).role is Role.CARE_TRUST


def test_a_practice_has_its_commissioner_with_dates():
    row = lines(practice("A00001", left="20200331"))

    assert first_organisation(row).role is Role.GP_PRACTICE
    assert parse(row).facts[-1] == Membership(
        OrganisationCode("A00001"), "commissioner", "00X", date(2013, 4, 1), date(2020, 3, 31), source="f.csv"
    )


@pytest.mark.parametrize(("status", "is_dormant"), [("A", False), ("D", True), ("P", False)])
def test_a_dormant_practice_is_open_and_said_to_be_dormant(status, is_dormant):
    assert first_organisation(lines(practice(status=status))).is_dormant is is_dormant


def test_a_prescriber_that_is_no_practice_is_another_cost_centre_and_may_have_no_commissioner():
    row = lines(practice(setting="9", commissioner="", joined=""))

    assert first_organisation(row).role is Role.PRESCRIBING_COST_CENTRE
    assert not any(isinstance(fact, Membership) for fact in parse(row).facts)


@pytest.mark.parametrize(
    ("row", "role"),
    [
        (ods_row("00X", "NHS DUNFORD CCG"), Role.CCG),
        (ods_row("00X", "NHS DUNFORD ICB - 00X", sub_type="RO319"), Role.SUB_ICB),
        (ods_row("13A", "DUNFORD COMMISSIONING HUB", sub_type="RO218"), Role.COMMISSIONING_HUB),
    ],
)
def test_commissioners_are_told_apart(row, role):
    assert first_organisation(lines(row)).role is role


def test_a_successor_record_is_a_succession():
    facts = parse("old_code,new_code,date\nRA0,RB0,2010-04-01\n").facts

    assert facts == (Succession(OrganisationCode("RA0"), OrganisationCode("RB0"), date(2010, 4, 1), source="f.csv"),)


def test_a_board_has_its_code_of_both_lists():
    facts = parse("ICB24CD,ICB24CDH,ICB24NM,ObjectId\nE54000099,QZZ,NHS Dunford Integrated Care Board,1\n").facts

    assert facts == (
        OrganisationRecord(OrganisationCode("QZZ"), "NHS Dunford Integrated Care Board", Role.ICB),
        Group("icb", "QZZ", "NHS Dunford Integrated Care Board", ("E54000099",)),
    )


def test_a_sub_icb_location_is_in_its_board_and_both_in_the_region():
    facts = parse(
        "SICBL23CD,SICBL23CDH,SICBL23NM,ICB23CD,ICB23CDH,ICB23NM,NHSER23CD,NHSER23CDH,NHSER23NM\n"
        "E38000999,00X,NHS Dunford ICB - 00X,E54000099,QZZ,NHS Dunford Integrated Care Board,E40000099,Y99,Midshire\n"
    ).facts

    assert facts[0] == OrganisationRecord(OrganisationCode("00X"), "NHS Dunford ICB - 00X", Role.SUB_ICB)
    assert Group("region", "Y99", "Midshire") in facts
    assert [fact for fact in facts if isinstance(fact, Placement)] == [
        place("00X", "icb", "QZZ"),
        place("00X", "region", "Y99"),
        place("QZZ", "region", "Y99"),
    ]


PARTNERS = "NHS England Region,ODS ICB Code,ONS ICB Boundary Code,ICB Name,ODS Sub ICB Code,NHS Trusts,ODS Trust Code\n"
FINANCE = "NHS England Region,ODS ICB Code,ICB Name,NHS Trusts,ODS Trust Code\n"


def test_partner_and_finance_files_place_trusts_in_groupings_of_their_own():
    partners = parse(PARTNERS + "Midshire (Y99),QZZ,E54000099,NHS DUNFORD ICB,00X,Ashwick NHS Trust,RA0\n").facts
    finance = parse(FINANCE + "Midshire (Y99),QZZ,NHS DUNFORD ICB,Ashwick NHS Trust,RA0\n").facts

    assert partners[-1] == place("RA0", "icb_partner", "QZZ")
    assert finance[-1] == place("RA0", "icb_finance", "QZZ")
    assert Group("icb", "QZZ", "NHS DUNFORD ICB", ("E54000099",)) in partners
    assert Group("icb", "QZZ", "NHS DUNFORD ICB") in finance
    assert Group("region", "Y99", "Midshire") in finance


def test_a_partner_row_without_a_trust_still_gives_its_board_and_region():
    facts = parse(PARTNERS + "Midshire (Y99),QZZ,E54000099,NHS DUNFORD ICB,00X,,\n").facts

    assert facts[-1] == place("QZZ", "region", "Y99")


def test_a_region_without_a_code_is_a_problem():
    assert problems_of(FINANCE + "Midshire,QZZ,NHS DUNFORD ICB,Ashwick NHS Trust,RA0\n") == [
        "f.csv:2:1: region 'Midshire' is not a name and a code such as 'London (Y56)'"
    ]


REGIONS = "ods_code,name,alt_names,predecessor_codes,merger_date,region\n"


def test_a_merged_board_closes_its_predecessors_and_keeps_its_other_names():
    facts = parse(REGIONS + "QZZ,Dunford ICB,NHS Dunford;DUN,QX1;QX2,2026-04-01,Midshire\n").facts

    on, source = date(2026, 4, 1), "f.csv"
    assert facts == (
        OrganisationRecord(OrganisationCode("QZZ"), "Dunford ICB", Role.ICB, aliases=("NHS Dunford", "DUN")),
        Group("icb", "QZZ", "Dunford ICB"),
        place("QZZ", "region", "Midshire", is_name=True),
        Merger(Succession(OrganisationCode("QX1"), OrganisationCode("QZZ"), on, source=source)),
        Merger(Succession(OrganisationCode("QX2"), OrganisationCode("QZZ"), on, source=source)),
    )


def test_a_merger_needs_a_date_and_codes():
    assert problems_of(REGIONS + "QZZ,Dunford ICB,,QX1;Fenwick ICB,,Midshire\n") == [
        "f.csv:2:5: merger_date is blank",
        "f.csv:2:4: predecessor 'Fenwick ICB' is not an ODS code",
    ]


TYPES = "ods_code,name,alt_names,type,region,ics,predecessor_codes,merger_date\n"


def test_a_trust_type_file_gives_type_region_and_each_ics_by_name():
    facts = parse(TYPES + "RA0,Ashwick NHS Trust,,Community Trusts,Midshire,Dunford; Fenwick,,\n").facts

    assert facts == (
        OrganisationRecord(OrganisationCode("RA0"), "Ashwick NHS Trust", Role.TRUST),
        Group("type", "community-trusts", "Community Trusts"),
        place("RA0", "type", "community-trusts"),
        place("RA0", "region", "Midshire", is_name=True),
        place("RA0", "icb", "Dunford", is_name=True),
        place("RA0", "icb", "Fenwick", is_name=True),
    )


def test_a_dash_or_blank_for_an_ics_is_none():
    facts = parse(TYPES + "RA0,A,,Ambulance Trusts,Midshire,-,,\nRB0,B,,Ambulance Trusts,Midshire,,,\n").facts

    assert not any(isinstance(fact, Placement) and fact.grouping == "icb" for fact in facts)


def test_a_blank_cqc_type_lists_the_trust_and_no_type():
    facts = parse("trust_code,primary_category\nRA0,Acute hospital\nRB0,\n").facts

    assert facts == (
        Listing(OrganisationCode("RA0")),
        Group("type_cqc", "acute-hospital", "Acute hospital"),
        place("RA0", "type_cqc", "acute-hospital"),
        Listing(OrganisationCode("RB0")),
    )


def test_an_stp_file_places_trusts_in_stps():
    facts = parse("nhs_trust22_name,nhs_trust22_code,stp21_name,stp21_code\nA,RA0,Dunford Together,E54000077\n")

    assert facts.as_at == date(2021, 4, 1)
    assert facts.facts[1:] == (Group("stp", "E54000077", "Dunford Together"), place("RA0", "stp", "E54000077"))


SHARES = "nhs_trust22_code,icb22_code,proportion_trust_came_from_icb\n"


def test_a_trust_is_in_several_boards_by_share():
    facts = parse(SHARES + "RA0,E54000001,0.75\nRA0,E54000002,0.25\n").facts

    placed = [fact for fact in facts if isinstance(fact, Placement)]
    assert [(fact.group, fact.share) for fact in placed] == [("E54000001", 0.75), ("E54000002", 0.25)]


def test_a_cohort_row_is_kept_as_written():
    facts = parse("programme,trust_name,source,note\nPioneers (2017),Ashwick NHS Trust,a list,\n").facts

    assert facts == (CohortRow("Pioneers (2017)", "Ashwick NHS Trust", "a list", "", 2),)


def test_every_malformed_row_is_a_problem_and_all_come_at_once():
    text = lines(
        trust("RA0", "", "soon"),
        trust("R/0"),
        trust("RB0", "B NHS TRUST", "20170401", "20170331"),
        trust("RC0", "C NHS TRUST", ""),
        trust("RD0", "D NHS TRUST"),
    )

    facts, _ = parse_register_file(text, "f.csv")

    assert problems_of(text) == [
        "f.csv:1:2: name is blank",
        "f.csv:1:11: opened 'soon' is not a date (yyyymmdd, yyyy-mm-dd or dd/mm/yyyy)",
        "f.csv:2:1: code 'R/0' is not an ODS code",
        "f.csv:3:12: RB0 closes on 2017-03-31, before it opens on 2017-04-01",
        "f.csv:4:11: opened is blank",
    ]
    assert facts is not None
    assert {fact.code for fact in facts.facts if isinstance(fact, OrganisationRecord)} == {"RD0"}


def test_a_practice_row_that_contradicts_itself_is_a_problem():
    text = lines(
        practice("A00001", status="X"),
        practice("A00002", status="C"),
        practice("A00003", joined="20200401", left="20200331"),
    )

    assert problems_of(text) == [
        "f.csv:1:13: status 'X' is not one of A, C, D, P",
        "f.csv:2:12: status is C (closed), but there is no close date",
        "f.csv:3:17: it leaves its commissioner on 2020-03-31, before it joins on 2020-04-01",
    ]


def test_a_row_that_was_cut_short_or_has_a_stray_comma_is_a_problem():
    text = lines(trust("RA0"), trust("RB0") + ",", trust("RC0", width=9), trust("RD0"))

    assert problems_of(text) == [
        "f.csv:2: the row has 28 columns where the file has 27. Is there a comma outside quotes?",
        "f.csv:3: the row has 9 columns where the file has 27. Was the file cut short?",
    ]


def test_a_row_that_stands_there_twice_and_a_code_that_lives_twice_at_once_are_problems():
    text = lines(trust("RA0"), trust("RA0"), trust("RB0", "B NHS TRUST"), trust("RB0", "OTHER NHS TRUST"))

    assert problems_of(text) == [
        "f.csv:2: this row is the same as the one on line 1. Take one out.",
        "f.csv:2:1: RA0 is on line 1 too, open at the same time. Take one out.",
        "f.csv:4:1: RB0 is on line 3 too, open at the same time. Take one out.",
    ]


def test_a_code_that_was_reused_may_stand_there_twice_in_either_order():
    old, new = trust("RA0", "OLD NHS TRUST", "19900401", "19990331"), trust("RA0", "NEW NHS TRUST", "20050401")

    assert len(parse(lines(old, new)).facts) == len(parse(lines(new, old)).facts) == 2 * 3


def test_headings_without_rows_are_a_problem():
    assert problems_of("old_code,new_code,date\n") == [
        "f.csv: the file has headings and no rows. Fetch or export it again."
    ]


def test_another_table_gives_no_facts_and_no_problems():
    assert parse_register_file("a,b\n1,2\n", "f.csv") == (None, ())
