# SPDX-License-Identifier: MIT
"""The values a synthetic shape is made of."""

from __future__ import annotations

from tests.core.synthetic.made import shape, small_shape
from trigpoint.submissions.missing import Missing
from trigpoint.synthetic.shape import DRAWN_MISSING, ProviderCounts


def test_sections_are_found_by_name_and_a_question_without_one_has_none() -> None:
    round_shape = small_shape()

    assert [round_shape.section_position(name) for name in ("plans", "tools", "other", None)] == [0, 1, None, None]


def test_all_providers_are_those_of_either_round() -> None:
    assert ProviderCounts(both=230, first_only=8, second_only=2).all == 230 + 8 + 2


def test_each_way_of_being_missing_is_drawn_but_that_of_routing() -> None:
    assert {*DRAWN_MISSING, Missing.NOT_SHOWN} == set(Missing)


def test_every_shipped_question_has_shares_that_come_to_1() -> None:
    for round_shape in shape().rounds:
        for question in round_shape.questions.values():
            assert abs(sum(question.answers) + sum(question.missing) - 1) < 1e-12


def test_shipped_shares_are_of_the_coarse_kind_that_tells_of_nobody() -> None:
    """One provider of 239 is 0.42 per cent. What was counted is at least 5 of them, or a rate over many questions."""
    fewest = 5 / 239
    for round_shape in shape().rounds:
        for question in round_shape.questions.values():
            if not question.classes and question.question not in round_shape.ticked_by:
                assert all(share == 0 or share > fewest - 0.005 for share in question.answers), question.question
