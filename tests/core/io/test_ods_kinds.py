# SPDX-License-Identifier: MIT
"""What kind of file it is, from its content, and its date, from its name or headings."""

from __future__ import annotations

from datetime import date

import pytest

from tests.core.io.ods_text import HEADINGS, lines, ods_row, practice, trust
from trigpoint.io.ods_facts import FileKind
from trigpoint.io.ods_kinds import find_date, find_layout
from trigpoint.io.ods_tables import parse_rows


def layout(text: str, file: str = "file.csv"):
    return find_layout(parse_rows(text, file)[0], file)


HEADED = {
    FileKind.SUCCESSIONS: "old_code,new_code,date",
    FileKind.TRUST_STPS: "nhs_trust22_name,nhs_trust22_code,stp21_name,stp21_code",
    FileKind.TRUST_ICB_SHARES: "nhs_trust22_code,icb22_code,proportion_trust_came_from_icb",
    FileKind.SUB_ICBS: "SICBL23CD,SICBL23CDH,SICBL23NM,ICB23CD,ICB23CDH,ICB23NM,NHSER23CD,NHSER23CDH,NHSER23NM",
    FileKind.ICB_NAMES: "ICB24CD,ICB24CDH,ICB24NM,ObjectId",
    FileKind.ICB_PARTNERS: "ODS ICB Code,ONS ICB Boundary Code,ICB Name,ODS Sub ICB Code,ODS Trust Code",
    FileKind.ICB_FINANCE: "NHS England Region,ODS ICB Code,ICB Name,NHS Trusts,ODS Trust Code",
    FileKind.TRUST_TYPES: "ods_code,name,alt_names,type,region,ics,predecessor_codes,merger_date",
    FileKind.ICB_REGIONS: "ods_code,name,alt_names,predecessor_codes,merger_date,region",
    FileKind.CQC_TYPES: "trust_code,primary_category",
    FileKind.COHORTS: "programme,trust_name,source,note",
}


@pytest.mark.parametrize("kind", HEADED)
def test_a_file_with_headings_is_known_by_them(kind):
    found = layout(HEADED[kind] + "\n")

    assert (found.kind, found.first_row) == (kind, 1)


def test_title_rows_before_the_headings_are_passed_over():
    text = "PARTNERS,,,,\nSee the title sheet,,,,\n,,,=COUNTA(D5:D9),\n" + HEADED[FileKind.ICB_FINANCE] + "\n"

    found = layout(text)

    assert (found.kind, found.first_row, found.columns["ods trust code"]) == (FileKind.ICB_FINANCE, 4, 4)


def test_a_heading_that_stands_twice_is_its_first_column():
    assert layout("old_code,new_code,date,date\n").columns["date"] == 2


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([trust("R0A"), trust("RA0")], FileKind.TRUSTS),
        ([trust("G6V2S", "NORTH SOMEWHERE NHS FOUNDATION TRUST"), trust("RA0")], FileKind.TRUSTS),
        ([trust("TAA"), trust("TAB")], FileKind.CARE_TRUSTS),
        ([practice(), practice("Y00002")], FileKind.PRACTICES),
        ([ods_row("00X", "NHS DUNFORD CCG"), ods_row("X2C4Y", "NHS FENWICK ICB - X2C4Y")], FileKind.COMMISSIONERS),
        ([ods_row("13A", "LONDON COMMISSIONING HUB")], FileKind.COMMISSIONERS),
    ],
)
def test_a_header_less_file_is_known_by_what_most_of_its_rows_look_like(rows, kind):
    assert layout(lines(*rows)).kind is kind


def test_a_header_less_file_that_was_given_headings_is_known_too():
    text = lines(HEADINGS, trust("RA0", width=24), trust("RB0", width=24))

    found = layout(text, "etr_2016.csv")

    assert (found.kind, found.first_row, found.width, found.as_at) == (FileKind.TRUSTS, 1, 24, date(2016, 1, 1))


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("etr_2020.csv", FileKind.TRUSTS),
        ("ect.csv", FileKind.CARE_TRUSTS),
        ("eccg.csv", FileKind.COMMISSIONERS),
        ("epraccur.csv", FileKind.PRACTICES),
    ],
)
def test_where_the_rows_look_like_nothing_the_name_of_the_file_says_what_it_is(file, kind):
    assert layout(lines(ods_row("123", "SOMETHING")), file).kind is kind


def test_other_tables_are_no_register_file():
    assert layout("a,b,c\n1,2,3\n") is None
    assert layout(lines(ods_row("123", "SOMETHING"))) is None
    assert layout("") is None


@pytest.mark.parametrize(
    ("file", "as_at"),
    [
        ("etr_2022.csv", date(2022, 1, 1)),
        ("epraccur_2025-09.csv", date(2025, 9, 1)),
        ("etr-2025-09-26.csv", date(2025, 9, 26)),
        ("Sub_ICB_Locations_April_2023.csv", date(2023, 4, 1)),
        ("icb_names_codes_dec_2024.csv", date(2024, 12, 1)),
        ("trusts.csv", None),
        ("etr_20221.csv", None),
        ("etr_2022-13.csv", None),
    ],
)
def test_a_file_is_dated_by_its_name(file, as_at):
    assert find_date(file) == as_at


def test_a_file_of_boundaries_without_a_date_in_its_name_is_dated_by_its_headings():
    assert layout(HEADED[FileKind.TRUST_STPS] + "\n").as_at == date(2021, 4, 1)
    assert layout(HEADED[FileKind.TRUST_STPS] + "\n", "stp_2020-05.csv").as_at == date(2020, 5, 1)
    assert layout(HEADED[FileKind.SUCCESSIONS] + "\n").as_at is None
