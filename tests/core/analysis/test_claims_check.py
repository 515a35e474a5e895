# SPDX-License-Identifier: MIT
from __future__ import annotations

import dataclasses
from typing import Any, get_args, get_type_hints

import pytest
from pydantic import TypeAdapter, ValidationError

from tests.core.analysis.made_up_rounds import definition, evidence_of
from trigpoint.analysis.claims import Claim, Evidence, Verdict, check_claims
from trigpoint.analysis.claims import check as check_module
from trigpoint.analysis.claims.computations import TITLES, Computation
from trigpoint.analysis.claims.model import Comparison, Condition, Criterion, Stated
from trigpoint.analysis.claims.readings import Group
from trigpoint.analysis.claims.wording import definition_words, group_words
from trigpoint.errors import ClaimsFailed

CUT = Comparison(rounding="cut")


def rounds() -> Evidence:
    # Overall means: (10 + 61) / 2 = 35.5 before; 50 after.
    return evidence_of({"A": (10, 10), "B": (60, 60), "C": (10, 20)}, {"A": (50, 50)})


def claim(stated: Stated, *, alternatives: tuple[Any, ...] = (), slips: tuple[Any, ...] = (), **keys: Any) -> Claim:
    plain = {"compute": "unit_scores", "round": "1", "units": ("A",), **keys}
    return Claim("T-1", "a-source", "What was said.", (stated,), definition(**plain), alternatives, slips)


def verdict(one: Claim) -> Verdict:
    return check_claims([one], rounds())[0].verdict


def test_the_plain_definition_alone_makes_a_yes() -> None:
    assert verdict(claim(10)) is Verdict.YES


def test_an_alternative_makes_it_nearly_true_and_is_named() -> None:
    other = definition(CUT, compute="mean_score", round="1", groups=({"units": ("A", "C")},))

    result = check_claims([claim(12, alternatives=(other,))], rounds())[0]

    # The mean of A 10 and C 15 is 12.5, cut 12.
    assert result.verdict is Verdict.NEARLY
    assert result.works is not None
    assert result.works.startswith("mean score: ")
    assert result.works.endswith("decimals cut, as printed")
    assert result.n == (1,)


def test_no_definition_makes_a_no_and_a_slip_does_not_help() -> None:
    slip = definition(compute="unit_scores", round="1", units=("B",))

    result = check_claims([claim(60, slips=(slip,))], rounds())[0]

    assert result.verdict is Verdict.NO
    assert result.works is None
    assert result.slips[0].is_reproduced is True


def test_a_round_that_is_not_given_makes_a_claim_not_testable_and_says_so() -> None:
    result = check_claims([claim(10, round="3")], rounds())[0]

    assert result.verdict is Verdict.NOT_TESTABLE
    assert result.plain.reason == "the answers of 3 are not given"
    assert result.n is None


def test_a_number_that_cannot_be_read_is_not_testable_and_still_worked_out() -> None:
    result = check_claims([claim(None)], rounds())[0]

    assert result.verdict is Verdict.NOT_TESTABLE
    assert result.plain.reason == "no stated number can be read"
    assert result.plain.computed is not None
    assert result.plain.computed.values == (10,)


def test_an_alternative_that_cannot_be_worked_out_is_told_and_passed_over() -> None:
    other = definition(compute="unit_scores", round="3", units=("A",))

    result = check_claims([claim(11, alternatives=(other,))], rounds())[0]

    assert result.verdict is Verdict.NO
    assert result.alternatives[0].reason == "the answers of 3 are not given"


def test_every_claim_that_asks_for_what_no_round_has_is_named() -> None:
    wrong = [claim(1, measure="overal"), claim(10), dataclasses.replace(claim(1, measure="plan"), id="T-2")]

    with pytest.raises(ClaimsFailed) as failed:
        check_claims(wrong, rounds())

    lines = str(failed.value).splitlines()
    assert [line.split(": ")[0] for line in lines] == ["a-source, T-1", "a-source, T-2"]
    assert "Did you mean 'overall'" in lines[0]


def test_every_computation_has_a_title_and_a_function() -> None:
    kinds = get_args(get_args(Computation)[0])
    names = [get_args(get_type_hints(kind)["compute"])[0] for kind in kinds]

    assert len(set(names)) == len(kinds)
    assert set(TITLES) == set(check_module._COMPUTE) == set(names)


def test_a_definition_says_all_its_settings() -> None:
    words = definition_words(
        definition(
            Comparison(digits=0),
            compute="count_changes",
            rounds=("1", "2"),
            count=("risen", "fallen"),
            without=("Z",),
            empty="left_out",
            care_setting=None,
            rounded=True,
            questions="shared",
            missing_part="zero",
            matched_by="plain_name",
            ignored_words=("the", "of"),
            predecessors={"A": ("A", "B")},
            merged="averaged",
            group={"lowest": 10, "on": "2"},
        )
    )

    assert words == (
        "number of units by change: all returns; without Z; empty returns left out; a missing part counts as 0; "
        "scores rounded to whole numbers first; shared questions; rounds 1 and 2; measure overall; "
        "matched by name, case and signs ignored; words ignored: the, of; A from A and B; "
        "predecessors of merged organisations averaged; count risen, fallen; of the 10 lowest on 2; "
        "rounded half up, to 0 decimals"
    )


@pytest.mark.parametrize(
    ("keys", "ending"),
    [
        (
            {"compute": "answer_shares", "round": "1", "questions": ("plan",), "parts": (("p0", "p10"), ("p20",))},
            "round 1; questions plan; parts p0 or p10, p20; rounded once; rounded half up, as printed",
        ),
        (
            {"compute": "change_of_units", "rounds": ("1", "2"), "units": ("A",), "times": 2, "give": "percent"},
            "of A; as percent; times 2; rounded half up, as printed",
        ),
        (
            {"compute": "ranking", "round": "1", "end": "lowest", "size": 3, "ties_keep": ("A",)},
            "round 1; lowest scores; 3 units; measure overall; among equals A first; rounded half up, as printed",
        ),
        (
            {"compute": "latest_round", "before": 2020, "years": {"1": 2016, "2": 2017}},
            "year of the latest round: before 2020; years 1 2016, 2 2017; rounded half up, as printed",
        ),
    ],
)
def test_settings_are_said_in_words(keys: dict[str, Any], ending: str) -> None:
    assert definition_words(definition(**keys)).endswith(ending)


@pytest.mark.parametrize(
    ("comparison", "said"),
    [
        (CUT, "decimals cut, as printed"),
        (Comparison(digits=-1), "rounded half up, to the nearest 10"),
        (Comparison(within=1), "within 1 of the stated number"),
        (
            Comparison(criterion=Criterion(all=Condition(above=1, at_most=2))),
            "true when every value is above 1 and at most 2",
        ),
        (
            Comparison(criterion=Criterion(most=Condition(below=1))),
            "true when more than half of the values are below 1",
        ),
        (Comparison(criterion=Criterion(any=Condition(at_least=1))), "true when any value is at least 1"),
        (
            Comparison(criterion=Criterion(each=(Condition(below=0), Condition(above=1)))),
            "true when the values are below 0, then above 1",
        ),
        (Comparison(criterion=Criterion(order="rising")), "true when the values are rising"),
    ],
)
def test_a_comparison_is_said_in_words(comparison: Comparison, said: str) -> None:
    assert definition_words(definition(comparison, compute="mean_score", round="1")).endswith(said)


@pytest.mark.parametrize(
    ("group", "words"),
    [
        (Group(), "all units"),
        (Group(units=("A", "B")), "A, B"),
        (Group(cohorts=("early", "late"), without=("A",)), "cohorts early, late without A"),
        (Group(highest=10), "the 10 highest of the round"),
        (Group(highest=5, on="mean"), "the 5 highest on the mean of both rounds"),
        (
            Group(highest=10, on="1", ties_keep=("A",), outside_highest_on="2", matched_with=("2",)),
            "the 10 highest on 1 (among equals A first) that are not so on 2 with a score in 2",
        ),
    ],
)
def test_a_group_is_said_in_words(group: Group, words: str) -> None:
    assert group_words(group) == words


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"highest": 1, "lowest": 1}, "not by highest and lowest"),
        ({"units": ("A",), "cohorts": ("early",)}, "not by units and cohorts"),
        ({"lowest": 3, "outside_highest_on": "2"}, "needs highest"),
        ({"highest": 0}, "greater than or equal to 1"),
    ],
)
def test_a_group_is_given_in_one_way(keys: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        TypeAdapter(Group).validate_python(keys)
