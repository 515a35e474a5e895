# SPDX-License-Identifier: MIT
from __future__ import annotations

from fractions import Fraction

import pytest

from tests.core.analysis.made_up_rounds import Returns, computed, evidence_of
from trigpoint.analysis.claims import Evidence
from trigpoint.analysis.claims.evidence import NotInEvidence
from trigpoint.errors import ClaimsFailed
from trigpoint.submissions import Missing, Unit

FIVE: Returns = {
    "A": (0, 100),
    "B": (10, 100),
    "C": (Missing.DONT_KNOW, 100),
    "D": (Missing.NOT_APPLICABLE, 100),
    "E": (None, Missing.NOT_SHOWN),
}


def two_settings() -> Evidence:
    return evidence_of(second={Unit("A"): (10, 10), Unit("A", "Acute"): (20, 20), Unit("B"): (30, 30)})


def test_returns_of_the_whole_organisation_are_counted() -> None:
    assert computed(two_settings(), compute="count_returns", rounds=("2",)).values == (2,)


def test_every_return_can_be_counted() -> None:
    assert computed(two_settings(), compute="count_returns", rounds=("2",), care_setting=None).values == (3,)


def test_organisations_are_counted_once_however_many_returns_they_made() -> None:
    found = computed(two_settings(), compute="count_returns", rounds=("2",), care_setting=None, count="organisations")

    assert found.values == (2,)


def test_a_second_return_can_be_left_out_by_its_code() -> None:
    evidence = evidence_of({"A": (10, 10), "A2": (20, 20)}, {"A": (10, 10)})

    found = computed(evidence, compute="count_returns", rounds=("1", "2"), without=("A2",))

    assert (found.values, found.of) == ((2 - 1, 1), ("1", "2"))


def test_an_empty_return_has_no_answer_and_no_dont_know() -> None:
    evidence = evidence_of({**FIVE, "F": (None, Missing.DONT_KNOW)})

    assert computed(evidence, compute="count_returns", rounds=("1",)).values == (6,)
    assert computed(evidence, compute="count_returns", rounds=("1",), empty="left_out").values == (6 - 1,)


def test_questions_are_counted_whole_or_under_a_measure() -> None:
    evidence = evidence_of(FIVE, FIVE)

    assert computed(evidence, compute="count_questions", rounds=("1", "2")).values == (2, 3)
    assert computed(evidence, compute="count_questions", rounds=("2",), measure="tooling").values == (2,)
    assert computed(evidence, compute="count_questions", rounds=("2",), measure="overall").values == (1 + 2,)


def test_the_latest_round_before_a_year_is_found() -> None:
    evidence = evidence_of(FIVE, FIVE)
    years = {"1": 2016, "2": 2017}

    assert computed(evidence, compute="latest_round", before=2023, years=years).values == (2017,)
    assert computed(evidence, compute="latest_round", before=2017, years=years).values == (2016,)


def test_no_round_before_the_first_one() -> None:
    with pytest.raises(NotInEvidence, match="no round before 2016"):
        computed(evidence_of(FIVE), compute="latest_round", before=2016, years={"1": 2016})


def test_shares_are_of_all_returns_whatever_is_missing() -> None:
    parts = (("p0", "p10"), ("dont_know",), ("not_answered", "not_applicable", "not_shown"))

    found = computed(evidence_of(FIVE), compute="answer_shares", round="1", questions=("plan",), parts=parts)

    assert found.values == (Fraction(100 * 2, 5), Fraction(100, 5), Fraction(100 * 2, 5))
    assert found.of == ("p0 or p10", "dont know", "not answered or not applicable or not shown")
    assert found.n == (5,)
    assert found.note == "counts 2, 1, 2"


def test_several_questions_are_told_apart() -> None:
    found = computed(
        evidence_of(FIVE), compute="answer_shares", round="1", questions=("plan", "tools"), parts=(("p100",),)
    )

    assert found.of == ("plan p100", "tools p100")
    assert found.values == (0, Fraction(100 * 4, 5))


def test_rounded_shares_can_add_up_to_another_number() -> None:
    thirds = evidence_of({"A": (0, 0), "B": (10, 0), "C": (20, 0)})

    once = computed(thirds, compute="answer_shares", round="1", questions=("plan",), parts=(("p0", "p10"),))
    added = computed(
        thirds, compute="answer_shares", round="1", questions=("plan",), parts=(("p0", "p10"),), add_rounded=True
    )

    assert once.values == (Fraction(200, 3),)
    assert added.values == (33 + 33,)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"questions": ("plam",), "parts": (("p0",),)}, "Did you mean 'plan'"),
        ({"questions": ("plan",), "parts": (("p11",),)}, "no answer 'p11'"),
    ],
)
def test_what_no_round_asks_is_an_error_of_the_author(keys: dict[str, object], said: str) -> None:
    with pytest.raises(ClaimsFailed, match=said):
        computed(evidence_of(FIVE), compute="answer_shares", round="1", **keys)


def test_shares_of_no_return_at_all_are_not_testable() -> None:
    with pytest.raises(NotInEvidence, match="no return that counts"):
        computed(
            evidence_of({"A": (0, 0)}),
            compute="answer_shares",
            round="1",
            questions=("plan",),
            parts=(("p0",),),
            without=("A",),
        )
