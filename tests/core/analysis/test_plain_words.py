# SPDX-License-Identifier: MIT
"""Words that sentences share: no number says more than it knows, and none says less than there is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.analysis.plain_words import say_change, say_list, say_p, say_share, show_cell, show_number


@pytest.mark.parametrize(
    ("p", "words"),
    [
        (0.0, "p < 0.001"),
        (0.0009, "p < 0.001"),
        (0.001, "p = 0.001"),
        (0.0143, "p = 0.014"),
        (0.05, "p = 0.050"),
        (0.999, "p = 0.999"),
        (0.9995, "p > 0.999"),
        (1.0, "p > 0.999"),
    ],
)
def test_a_p_value_is_printed_as_people_do(p, words):
    assert say_p(p) == words


@given(st.floats(0, 1))
def test_no_p_value_is_printed_as_nothing_or_as_certainty(p):
    assert "0.000" not in say_p(p)
    assert "1.000" not in say_p(p)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "0 %"),
        (0.004, "less than 1 %"),
        (0.005, "0 %"),
        (0.042, "4 %"),
        (0.5, "50 %"),
        (0.994, "99 %"),
        (0.996, "more than 99 %"),
        (1.0, "100 %"),
    ],
)
def test_a_share_is_said_in_whole_per_cent(share, words):
    if words == "0 %" and share:
        assert say_share(share) in {"0 %", "1 %"}
    else:
        assert say_share(share) == words


@given(st.floats(0, 1))
def test_a_share_of_some_is_never_said_to_be_all(share):
    if share < 0.995:
        assert say_share(share) != "100 %"
    if share == 1:
        assert say_share(share) == "100 %"


@pytest.mark.parametrize(
    ("points", "words"),
    [(10.046, "+10.0"), (-3.26, "-3.3"), (0.0, "0.0"), (0.04, "0.0"), (-0.04, "0.0"), (0.06, "+0.1"), (-0.06, "-0.1")],
)
def test_a_change_has_a_sign_unless_it_is_nothing(points, words):
    assert say_change(points) == words


@given(st.floats(-100, 100))
def test_a_change_is_never_off_by_more_than_its_last_digit(points):
    assert abs(float(say_change(points)) - points) <= 0.05 + 1e-9


@pytest.mark.parametrize(
    ("words", "most", "said"),
    [
        ([], 5, ""),
        (["A"], 5, "A"),
        (["A", "B"], 5, "A and B"),
        (["A", "B", "C"], 5, "A, B and C"),
        (["A", "B", "C"], 3, "A, B and C"),
        (["A", "B", "C", "D"], 2, "A, B and 2 more"),
        (["A", "B", "C"], 1, "A and 2 more"),
    ],
)
def test_a_list_is_said_as_people_say_it_and_the_rest_is_counted(words, most, said):
    assert say_list(words, most=most) == said


@given(st.lists(st.sampled_from("ABCDEFGH"), unique=True), st.integers(1, 9))
def test_a_list_names_no_more_than_asked_for(words, most):
    said = say_list(words, most=most)

    assert sum(word in said.split(" more")[0].replace(",", " ").split() for word in words) <= most


@pytest.mark.parametrize(
    ("cell", "digits", "text"),
    [
        (None, 1, ""),
        ("Devon", 1, "Devon"),
        (12, 1, "12"),
        (0, 1, "0"),
        (70.46, 1, "70.5"),
        (-0.01, 1, "0.0"),
        (-0.06, 1, "-0.1"),
        (0.12345, 3, "0.123"),
        (1234.5, 0, "1234"),
    ],
)
def test_a_cell_is_shown_with_its_decimals_and_nothing_where_there_is_nothing(cell, digits, text):
    assert show_cell(cell, digits) == text


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (135894.04, 0, "135,894"),
        (0.857, 2, "0.86"),
        (-0.004, 2, "0.00"),
        (-1234.56, 1, "-1,234.6"),
        (0.0, 0, "0"),
    ],
)
def test_a_number_is_shown_with_thousands_apart_and_never_as_minus_nothing(value, digits, text):
    assert show_number(value, digits) == text
