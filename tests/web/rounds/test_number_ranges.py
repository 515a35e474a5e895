# SPDX-License-Identifier: MIT
"""Numbers in ranges, and their words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.frameworks.model import NumberRange, Scale
from trigpoint_web.rounds.models import SurveyCount
from trigpoint_web.rounds.number_ranges import MOST_RANGES, list_range_starts
from trigpoint_web.rounds.presenters.surveys import label_counts


@pytest.mark.parametrize(
    ("limits", "starts", "labels"),
    [
        (NumberRange(minimum=1, maximum=3, whole=True), (1, 2, 3), ("1", "2", "3")),
        (NumberRange(minimum=5, maximum=5), (5,), ("5",)),
        (NumberRange(minimum=0, maximum=25, whole=True, unit="beds"), (0, 3, 6), ("0 beds to 2 beds",)),
        (NumberRange(minimum=0, maximum=1), (0, 0.1), ("0 to under 0.1", "0.1 to under 0.2")),
        (NumberRange(minimum=0, whole=True), (0, 1, 10), ("0", "1 to 9", "10 to 99")),
    ],
)
def test_ranges_of_numbers_have_words(limits, starts, labels):
    found = list_range_starts(limits)
    assert found[: len(starts)] == starts

    assert label_counts([SurveyCount(at_least=one) for one in found], scale_of(limits))[: len(labels)] == labels


def scale_of(limits: NumberRange) -> Scale:
    return Scale(id="numbers", title="Numbers", number=limits)


def test_a_scale_without_an_upper_end_ends_in_or_more():
    limits = NumberRange(minimum=0, whole=True)
    counts = [SurveyCount(at_least=one) for one in list_range_starts(limits)]

    assert label_counts(counts, scale_of(limits))[-1] == "100,000 or more"


@given(least=st.integers(-50, 50), span=st.integers(1, 5000), whole=st.booleans(), share=st.floats(0, 1))
def test_every_number_of_a_scale_falls_into_one_range(least, span, whole, share):
    limits = NumberRange(minimum=least, maximum=least + span, whole=whole)
    number = least + (round(span * share) if whole else span * share)

    starts = list_range_starts(limits)

    assert 1 <= len(starts) <= MOST_RANGES
    assert list(starts) == sorted(set(starts))
    assert starts[0] <= number <= least + span
    assert starts[-1] <= least + span
