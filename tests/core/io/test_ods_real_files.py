# SPDX-License-Identifier: MIT
"""The published register files, where they are at hand: counts, traps and what is known of the two national rounds."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from datetime import date

import pytest

from tests.support.shared import shared_data
from trigpoint.io.ods import RegisterReading, read_register
from trigpoint.io.ods_codes import read_code_uses
from trigpoint.organisations import CodeTrouble, CohortStatus, Register, check_codes

ROUND_1 = date(2015, 11, 15)
ROUND_2 = date(2017, 9, 15)
STP_BOUNDARIES = date(2022, 4, 1)  # the trusts of 2022 in the STPs of April 2021


@pytest.fixture(scope="module")
def reading() -> RegisterReading:
    return read_register(shared_data("nhs-ods"), shared_data("nhs-dma", "cohorts.csv"))


@pytest.fixture(scope="module")
def register(reading: RegisterReading) -> Register:
    return reading.register


def test_each_file_holds_as_many_organisations_as_its_publisher_says(reading):
    found = {
        each.file.split("_")[0] + (str(each.as_at.year) if each.as_at else ""): each for each in reading.report.files
    }

    assert {name: (found[name].organisations, found[name].closed) for name in found if name.startswith("e")} == {
        "etr2016": (239, 2),
        "etr2022": (214, 3),
        "etr2025": (273, 68),
        "ect2023": (4, 0),
        "epraccur2025": (16_685, 4_024),
        "eccg2025": (320, 161),
    }
    assert found["succession"].successions == 25_480
    assert found["cohorts.csv"].cohort_members == 50
    assert len(reading.report.files) == 17


def test_no_real_row_is_malformed_and_the_files_contradict_each_other_once(reading):
    assert reading.report.conflicts == (
        "RW6 is open in open_trust_types_cqc_2022.csv (as at 2022-01-01), but closed on 2021-09-30 in another file",
    )
    assert "39 successor records name one code twice; they are kept and say nothing" in reading.report.notes


def test_8655_prescribing_cost_centres_are_practices(register):
    assert Counter(each.role.value for each in register.organisations)["GP practice"] == 8_655


def test_eighty_trust_like_codes_have_more_than_one_successor(register):
    """Trust-like: R and two more characters. More than one: different successors, whenever they took over."""
    successors = defaultdict(set)
    for step in register.successions:
        if re.fullmatch(r"R[A-Z0-9]{2}", step.predecessor) and step.source.startswith("succession"):
            successors[step.predecessor].add(step.successor)

    assert sum(len(found) > 1 for found in successors.values()) == 80


@pytest.mark.parametrize(
    ("code", "on", "successor"),
    [
        ("RLU", date(2017, 11, 15), "RQ3"),
        ("RWN", date(2017, 11, 15), "R1L"),
        ("R1G", ROUND_1, "RA9"),
        ("RFW", ROUND_1, "RQM"),
        ("RJF", STP_BOUNDARIES, "RTG"),  # Burton to Derby
        ("RT3", STP_BOUNDARIES, "RJ1"),  # Royal Brompton to Guy's and St Thomas'
        ("RNK", date(2026, 5, 1), "G6V2S"),  # a merger that only the file of 2026 knows
    ],
)
def test_closed_codes_have_the_successor_that_is_known(register, code, on, successor):
    likely = register.likely_successor(code, on)

    assert (likely.organisations, likely.is_unique) == ((successor,), True)


def test_pennine_acute_was_split_and_has_no_single_successor(register):
    likely = register.likely_successor("RW6", STP_BOUNDARIES)

    assert (likely.organisations, likely.is_unique) == (("R0A", "RM3"), False)


def test_st_georges_was_open_all_along_though_it_vanished_from_the_second_round(register):
    for on in ROUND_1, ROUND_2, date(2025, 1, 1):
        assert register.as_on(on).find_organisation("RJ7") is not None
    assert register.history("RJ7").successors == ()


def test_a_chain_of_mergers_is_seen_from_both_ends(register):
    assert register.history("RWN").predecessor_codes == {"RDB", "RFT", "RDK", "RG8", "RV7"}
    assert "RWN" in register.history("RDB").successor_codes


def test_every_history_in_the_real_records_ends_and_is_symmetric_for_trusts(register):
    trusts = [each.code for each in register.organisations if each.code.startswith("R")]
    after = {code: register.history(code).successor_codes for code in trusts}

    for code in trusts:
        for predecessor in register.history(code).predecessor_codes & after.keys():
            assert code in after[predecessor]


def test_a_trust_that_was_renamed_has_the_name_of_the_time(register):
    salford = register.require_organisation("RM3")

    assert salford.name_on(ROUND_1).startswith("SALFORD ROYAL")
    assert salford.name_on(date(2023, 1, 1)).startswith("NORTHERN CARE ALLIANCE")


def troubles(register: Register, file: str, on: date) -> dict[tuple[str, CodeTrouble], tuple[str, ...]]:
    uses = read_code_uses(shared_data("nhs-dma", file))
    return {(each.use.code, each.trouble): each.suggestions for each in check_codes(uses, register, on)}


def test_the_codes_of_the_first_round_have_the_known_troubles_and_no_others(register):
    assert troubles(register, "dma_2015-16_answers.csv", ROUND_1) == {
        ("RFW", CodeTrouble.CLOSED): ("RQM",),
        ("RFW", CodeTrouble.NAME_MISMATCH): ("RGD",),  # Leeds and York answered under the code of West Middlesex
        ("R1G", CodeTrouble.CLOSED): ("RA9",),
        ("RKE2", CodeTrouble.NOT_A_CODE): ("RKE",),  # the second return of the Whittington
        ("TAE", CodeTrouble.UNKNOWN): (),  # open then; no file at hand lists care trusts before 2023
    }


def test_the_codes_of_the_second_round_have_the_known_troubles_and_no_others(register):
    assert troubles(register, "dma_2017_answers.csv", ROUND_2) == {
        ("RLU", CodeTrouble.CLOSED): ("RQ3",),
        ("RLU", CodeTrouble.NAME_MISMATCH): ("RQ3",),
        ("RWN", CodeTrouble.CLOSED): ("R1L",),
        ("RWN", CodeTrouble.NAME_MISMATCH): ("R1L",),
        ("R1G", CodeTrouble.CLOSED): ("RA9",),
        ("R1G", CodeTrouble.NAME_MISMATCH): ("RA9",),
    }


def test_two_more_codes_of_the_second_round_closed_in_the_autumn_of_2017(register):
    later = troubles(register, "dma_2017_answers.csv", date(2017, 10, 1)).keys()

    assert later - troubles(register, "dma_2017_answers.csv", ROUND_2).keys() == {
        ("RW3", CodeTrouble.CLOSED),
        ("RM2", CodeTrouble.CLOSED),
    }


def codes_of_the_second_round() -> set[str]:
    with shared_data("nhs-dma", "dma_2017_answers.csv").open(encoding="utf-8-sig", newline="") as rows:
        return {row["organisation_id"] for row in csv.DictReader(rows)}


def groups_of(register: Register, code: str, grouping: str) -> set[str]:
    return {each.group for each in register.memberships_of(code) if each.grouping == grouping}


def stps_of_boards(register: Register) -> dict[str, set[str]]:
    """ODS gave each STP the code its ICB has now; the trusts that have both tell which STP that is."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for each in register.as_on(STP_BOUNDARIES).organisations:
        for board in groups_of(register, each, "icb"):
            found[board].update(groups_of(register, each, "stp"))
    return {board: {stp for stp, _ in counts.most_common(1)} for board, counts in found.items()}


def test_all_232_providers_of_2017_map_to_one_of_42_stps(register):
    by_board = stps_of_boards(register)
    how: Counter[str] = Counter()
    mapped: dict[str, set[str]] = {}
    for code in codes_of_the_second_round():
        followers = register.likely_successor(code, STP_BOUNDARIES).organisations
        direct = groups_of(register, code, "stp")
        followed = {stp for follower in followers for stp in groups_of(register, follower, "stp")}
        placed = {stp for board in groups_of(register, code, "icb") for stp in by_board[board]}
        way, mapped[code] = next(
            (way, found)
            for way, found in (("lookup", direct), ("succession", followed), ("the register's board", placed))
            if found
        )
        how[way] += 1

    assert how == {"lookup": 202, "succession": 24, "the register's board": 6}
    assert how.total() == len(mapped) == 232
    assert {len(found) for found in mapped.values()} == {1}
    assert len(set.union(*mapped.values())) == 42


def test_succession_moves_two_providers_to_another_stp(register):
    def stps(code: str) -> set[str]:
        return {register.group("stp", group).name for group in groups_of(register, code, "stp")}

    (derby,) = register.likely_successor("RJF", STP_BOUNDARIES).organisations
    (guys,) = register.likely_successor("RT3", STP_BOUNDARIES).organisations
    assert "Derbyshire" in next(iter(stps(derby)))
    assert "South East London" in next(iter(stps(guys)))


def test_patients_of_each_trust_are_shared_out_completely_among_boards(register):
    shares: dict[str, float] = defaultdict(float)
    for each in register.memberships:
        if each.grouping == "icb_patients":
            assert each.share is not None
            shares[each.organisation] += each.share

    assert len(shares) == 138
    assert all(total == pytest.approx(1) for total in shares.values())


def test_the_mergers_of_april_2026_close_the_old_boards_and_open_the_new_ones_on_that_day(register):
    boards = {"QHG", "QUE", "QM7"}

    assert boards <= register.as_on(date(2026, 3, 31)).organisations.keys()
    assert boards.isdisjoint(register.as_on(date(2026, 4, 1)).organisations)
    assert register.as_on(date(2026, 3, 31)).find_organisation("S1Y5D") is None
    assert register.likely_successor("QUE", date(2026, 4, 1)).organisations == ("S1Y5D",)
    assert register.likely_successor("QNQ", date(2026, 4, 1)).organisations == ("S0E4D", "S9B9J")


def test_every_name_of_the_cohorts_is_a_code(register, reading):
    members = [member for cohort in register.cohorts for member in cohort.members]

    assert len(members) == 50
    assert not any("cohorts.csv:" in note for note in reading.report.notes)
    assert Counter(member.status for member in members) == {
        CohortStatus.CONFIRMED: 43,
        CohortStatus.PROPOSED: 6,
        CohortStatus.DROPPED: 1,
    }


def test_a_cohort_keeps_its_members_through_later_mergers(register):
    pioneers = register.as_on(date(2017, 1, 1)).members("cohort", "gde-acute-wave-1")

    assert len(pioneers) == 12
    assert "RLN" in {each.code for each in pioneers}  # City Hospitals Sunderland, closed in 2019
    cohort = next(each for each in register.cohorts if each.code == "gde-acute-wave-1")
    assert len(cohort.members_on(date(2025, 1, 1))) == 12
