# SPDX-License-Identifier: MIT
"""How many are where: shares of those that count, and whether as many left as came."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.analysis.made_up_rounds import made_up_round, made_up_table
from trigpoint.analysis.result import Outcome
from trigpoint.analysis.shares import RoundMembers, analyse_shares, in_band, who_answered
from trigpoint.errors import CannotAnalyse
from trigpoint.submissions import Missing

SIDES = st.dictionaries(st.sampled_from("ABCDEFGHIJ"), st.booleans(), min_size=3)


def members(version, inside, **left_out):
    return RoundMembers(
        version,
        "in band high of overall",
        {(code, "General"): yes for code, yes in inside.items()},
        {(code, "General"): why for code, why in left_out.items()},
    )


def answered(version, returns, question="plan", codes=("p90", "p100")):
    made = made_up_round(version, returns)
    return who_answered(made.answers, made.framework, question, codes)


def test_the_same_units_are_counted_by_where_they_went():
    first = members("2015", {"A": True, "B": True, "C": False, "D": False, "E": True})
    second = members("2017", {"A": True, "B": False, "C": True, "D": False, "F": True})
    found = analyse_shares(first, second).numbers

    assert (found.counts.both, found.counts.only_first, found.counts.only_second, found.counts.neither) == (1, 1, 1, 1)
    assert (found.first.share, found.second.share) == (3 / 5, 3 / 5)
    assert (found.test.exact, found.change.share) == (1, 0)


@settings(max_examples=50)
@given(SIDES, SIDES)
def test_counts_add_up_and_turn_with_the_rounds(one, other):
    first, second = members("2015", one), members("2017", other)
    shared = set(one) & set(other)
    if not shared:
        return
    there, back = analyse_shares(first, second), analyse_shares(second, first)

    assert there.numbers.counts.n == there.n == len(shared)
    assert there.n + len(there.left_out) == there.of == len(set(one) | set(other))
    assert there.numbers.counts.only_first == back.numbers.counts.only_second
    assert there.numbers.test == back.numbers.test


def test_the_sentence_says_who_came_and_who_left():
    first = members("2015", {f"X{at}": at < 5 for at in range(40)})
    second = members("2017", {f"X{at}": at < 25 for at in range(40)})
    result = analyse_shares(first, second)

    assert result.sentence.startswith(
        "Of all units 12 % in 2015, 62 % in 2017 are in band high of overall; of the same 40 units 20 came and 0 left ("
    )
    assert result.sentence.endswith("p < 0.001): more than chance explains.")
    assert result.checked[0].outcome is Outcome.HOLDS


def test_a_change_of_a_few_is_no_more_than_chance_and_doubted():
    first = members("2015", {f"X{at}": at < 5 for at in range(40)})
    second = members("2017", {f"X{at}": at < 7 for at in range(40)})
    result = analyse_shares(first, second)

    assert result.sentence.endswith("no more than chance explains.")
    assert result.checked[0].outcome is Outcome.DOUBTFUL


def test_bands_are_those_of_the_scores_and_who_has_none_is_left_out():
    table = made_up_table("1", {"AAA": (10, 20), "BBB": (90, 90), "CCC": (None, None)})
    found = in_band(table, "overall", "high")

    assert found.inside == {("AAA", "General"): False, ("BBB", "General"): True}
    assert found.left_out == {("CCC", "General"): "no band in 1"}
    assert found.what == "in band high of overall"


def test_a_dont_know_counts_as_not_giving_the_answer_and_no_answer_does_not_count():
    found = answered(
        "1",
        {
            "AAA": (90, 0),
            "BBB": (10, 0),
            "CCC": (Missing.DONT_KNOW, 0),
            "DDD": (None, 0),
            "EEE": (Missing.NOT_APPLICABLE, 0),
        },
    )

    assert {code: yes for (code, _), yes in found.inside.items()} == {"AAA": True, "BBB": False, "CCC": False}
    assert [code for code, _ in found.left_out] == ["DDD", "EEE"]
    assert found.what == "answering plan with p90 or p100"


def test_two_rounds_are_compared_from_their_answers():
    first = answered("1", {"AAA": (10, 0), "BBB": (10, 0), "CCC": (90, 0)})
    second = answered("2", {"AAA": (90, 0, 0), "BBB": (100, 0, 0), "CCC": (90, 0, 0)})
    result = analyse_shares(first, second)

    assert (result.numbers.first.share, result.numbers.second.share) == pytest.approx((1 / 3, 1))
    assert [row.name for row in result.rows[:3]] == ["share in 1", "share in 2", "change among the same units"]
    assert result.rows[3].value == 2


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: analyse_shares(members("1", {"A": True}), members("2", {"B": True})),
            "No unit counts in both 1 and 2",
        ),
        (lambda: in_band(made_up_table("1", {"AAA": (10, 20)}), "overall", "hihg"), "Did you mean 'high'"),
        (lambda: answered("1", {"AAA": (10, 0)}, question="plans"), "Did you mean 'plan'"),
        (lambda: answered("1", {"AAA": (10, 0)}, codes=("p95",)), "no answer 'p95'"),
        (lambda: answered("1", {"AAA": (10, 0)}, codes=()), "no answer ''"),
    ],
)
def test_what_is_not_there_is_refused(call, message):
    with pytest.raises(CannotAnalyse, match=message):
        call()
