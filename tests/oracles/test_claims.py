# SPDX-License-Identifier: MIT
"""The 88 claims on the two published rounds, against the verdicts and numbers that an earlier, separate work found."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from tests.support.shared import REPOSITORY, shared_data, shared_folder
from trigpoint.analysis.claims import ClaimResult, Outcome, check_claims
from trigpoint.analysis.claims.computed import Value
from trigpoint.io.claims import list_claims_files, read_claims, read_cohorts
from trigpoint.io.claims_evidence import read_evidence

# Words in a row that two texts may share by chance; names of trusts run to six.
LONGEST_SHARED_RUN = 7


@cache
def results() -> Mapping[str, ClaimResult]:
    files = {
        "2015-16": shared_data("nhs-dma", "dma_2015-16_answers.csv"),
        "2017": shared_data("nhs-dma", "dma_2017_answers.csv"),
    }
    evidence = read_evidence(files, read_cohorts())
    claims = [claim for file in read_claims() for claim in file.claims]
    return {result.id: result for result in check_claims(claims, evidence)}


@cache
def expected() -> Mapping[str, Mapping[str, str]]:
    with shared_data("nhs-dma", "claims.csv").open(encoding="utf-8", newline="") as rows:
        return {row["claim_id"]: row for row in csv.DictReader(rows)}


def readings(claim_id: str) -> dict[str, Outcome]:
    result = results()[claim_id]
    return {outcome.reading: outcome for outcome in (result.plain, *result.alternatives, *result.slips)}


def numbers(outcome: Outcome) -> list[object]:
    assert outcome.computed is not None, outcome.reason
    return [value if isinstance(value, str) else round(as_number(value), 2) for value in outcome.computed.values]


def as_number(value: Value) -> float:
    assert isinstance(value, Fraction | float), f"{value} is no number"
    return float(value)


def n(outcome: Outcome) -> tuple[int, ...]:
    assert outcome.computed is not None, outcome.reason
    return outcome.computed.n


def test_every_claim_is_expressed() -> None:
    assert set(results()) == set(expected())


def test_every_verdict_is_the_one_found_before() -> None:
    ours = {claim_id: result.verdict.value for claim_id, result in results().items()}
    theirs = {claim_id: row["verdict"] for claim_id, row in expected().items()}

    assert ours == theirs


def test_no_verdict_is_written_in_the_files() -> None:
    for path in list_claims_files():
        assert "verdict:" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("claim_id", "reading", "values", "counts"),
    [
        ("H-mean15", "as the words say", [60.42], (237,)),
        ("H-mean17", "as the words say", [70.50], (232,)),
        ("H-meandiff", "as the words say", [10.09], (237, 232)),
        ("H-meandiff", "trusts with a score in both rounds", [10.05], (230,)),
        ("H-cap15", "as the words say", [40.44], (238,)),
        ("H-233", "as the words say", [232], (232,)),
        ("H-24", "as the words say", [24], (230,)),
        ("H-24", "matched by the name as written", [19], (170,)),
        ("H-24", "scores rounded to whole numbers first", [22], (230,)),
        ("H-24", "a theme without a score counts as 0", [24], (231,)),
        ("H-24", "mean of the themes that there are", [25], (231,)),
        ("H-24", "readiness alone", [44], (231,)),
        ("H-24", "capabilities alone", [14], (231,)),
        ("H-24", "infrastructure alone", [52], (230,)),
        ("H-24", "shared questions only", [19], (229,)),
        ("H-24", "merged trusts against the mean of their predecessors", [21], (230,)),
        ("H-24", "merged trusts left out", [21], (224,)),
        ("H-nlag2", "as the words say", [-32.2], (1,)),
        ("H-nlag2", "in points", [-25.33], (1,)),
        ("H-drop", "as the words say", [12, 28, 39, 50, 175], (232,)),
        ("H-brad", "as the words say", [25], (1,)),
        ("H-corn", "as the words say", [34], (1,)),
        ("H-corn", "theme changes added up and divided by 2.5, not by 3", [40.8], (1,)),
        ("H-alltwo", "as the words say", [7, 2], (9,)),
        ("H-alltwo", "a theme without a score counts as 0", [8, 2], (10,)),
        ("H-b50", "as the words say", [55.27], (50,)),
        ("H-b50", "trusts in both rounds", [55.44], (50,)),
        ("H-b50up", "as the words say", [12.41], (50, 50)),
        ("H-b50up", "each round's own lowest fifty of all", [12.59], (50, 50)),
        ("H-b50up", "the lowest fifty of 2017 followed", [7.12], (50,)),
        ("H-b50up", "the lowest fifty of 2015/16 followed", [16.99], (50,)),
        ("H-t50", "as the words say", [85.17], (50,)),
        ("H-t50up", "as the words say", [7.75], (50, 50)),
        ("H-t50up", "each round's own highest fifty of all", [7.49], (50, 50)),
        ("H-gde", "as the words say", [8.26], (23,)),
        ("H-gde", "the acute exemplars", [7.21], (16,)),
        ("H-gde", "the mental health exemplars", [10.67], (7,)),
        ("H-gde", "with the three ambulance exemplars", [9.32], (26,)),
        ("H-gdeb50", "as the words say", [8.26, 7.12], (23, 50)),
        ("H-gdeb50", "the lowest fifty chosen on 2015/16", [8.26, 16.99], (23, 50)),
        ("H-narrow", "the spread over matched trusts fell, p at most 0.05", [-1.45, 0.01], (230,)),
        ("N-n", "every return of 2016", [239, 232], (239, 232)),
        ("N-n", "without both", [237, 232], (237, 232)),
        ("N-10-most", "as the words say", [58.19, 68.1], (232,)),
        ("N-spon17", "as the words say", [97.41], (232,)),
        ("N-spon16", "as the words say", [90.72], (237,)),
        ("N-spon16", "the empty return counted", [90.34], (238,)),
        ("N-39", "each share rounded before they are added", [38], (232,)),
        ("N-26", "as the words say", [71.15, 60.42], (26, 237)),
        ("D-2016", "as the words say", [2017], (240,)),
    ],
)
def test_the_numbers_behind_a_verdict_are_the_ones_found_before(
    claim_id: str, reading: str, values: list[float], counts: tuple[int, ...]
) -> None:
    outcome = readings(claim_id)[reading]

    assert numbers(outcome) == values
    assert n(outcome) == counts


@pytest.mark.parametrize(
    ("claim_id", "reading", "note"),
    [
        ("H-topset", "as the words say", "equal at the cut and not shown: RK9"),
        ("H-five", "as the words say", "RBL, REP, RGT, RM3, RRK"),
        ("H-gdefall", "as the words say", "RAL -8.667, RTD -3.333"),
        ("H-alltwo", "as the words say", "not comparable: R1E"),
        ("H-t50up", "the highest fifty of 2017 followed", "5 are equal at the cut, 1 taken: 14.38 to 14.953 by which"),
    ],
)
def test_ties_and_gaps_are_told(claim_id: str, reading: str, note: str) -> None:
    outcome = readings(claim_id)[reading]

    assert outcome.computed is not None
    assert outcome.computed.note == note


def test_the_spread_fell_by_as_much_as_found_before() -> None:
    test = readings("H-narrow")["the spread over matched trusts fell, p at most 0.05"].computed

    assert test is not None
    assert "from 12.484 to 11.034" in test.note
    assert round(as_number(test.values[1]), 3) == 0.014


@pytest.mark.parametrize("claim_id", ["N-10-view", "N-10-contrib", "N-9-summ"])
def test_shares_lost_in_the_scan_are_worked_out_all_the_same(claim_id: str) -> None:
    found = results()[claim_id].plain.computed
    printed = re.findall(r"\d+", expected()[claim_id]["computed"].split("(")[0])

    assert found is not None
    assert [int(as_number(value) + 0.5) for value in found.values] == [int(text) for text in printed]


def test_a_verdict_changes_with_the_answers() -> None:
    only_later = read_evidence({"2017": shared_data("nhs-dma", "dma_2017_answers.csv")}, read_cohorts())
    claims = [claim for file in read_claims() for claim in file.claims]

    ours = {result.id: result.verdict.value for result in check_claims(claims, only_later)}

    assert ours["H-24"] == "not testable"
    assert ours["H-topset"] == "yes"
    assert sum(verdict == "not testable" for verdict in ours.values()) > 20


def test_no_sentence_is_copied_from_the_sources() -> None:
    sources = [shared_data("nhs-dma", "claims.csv"), *sorted((shared_folder() / "seeds").glob("*.txt"))]
    taken = {run: path.name for path in sources for run in runs(path)}

    for path in [*list_claims_files(), REPOSITORY / "claims" / "cohorts.yaml"]:
        copied = {run: taken[run] for run in runs(path) if run in taken}
        assert copied == {}, f"{path.name} has the words of a source"


def runs(path: Path) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", path.read_text(encoding="utf-8", errors="replace").casefold())
    length = LONGEST_SHARED_RUN + 1
    for start in range(len(words) - length + 1):
        run = tuple(words[start : start + length])
        if sum(word.isdigit() for word in run) < length / 2:  # rows of numbers are facts, not sentences
            yield run
