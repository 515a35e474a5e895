# SPDX-License-Identifier: MIT
"""Why a score is what it is: lines that add up, and what would lift it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.web.results.nation import WHERE, make_results
from tests.web.results.seeing import explain, visit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("measure", ["overall", "leading", "sharing"])
def test_the_explanation_adds_up_and_says_what_would_lift_the_score(measure):
    nation = make_results(signed=())

    page = explain(nation, measure)

    assert "line by line" in page
    assert "What would lift it" in page
    assert ">Score</th>" in page


def test_the_explanation_of_a_section_shows_each_answer_and_what_it_adds():
    nation = make_results(signed=())

    page = explain(nation, "sharing")

    # (100 + 100 + 0) / 3 = 66 2/3, rounded half up to 67
    assert "33 1/3" in page
    assert "Rounding" in page
    assert "1/3" in page
    assert "67 of 100 (medium)." in page
    assert "With this 1 answer the score would be" in page
    assert "Would have to be" in page


def test_the_highest_band_is_lifted_no_further():
    nation = make_results(signed=())

    assert "It is in the highest band already." in explain(nation, "leading")


@pytest.mark.parametrize(("care_setting", "measure"), [("ambulance", "overall"), ("acute", "none")])
def test_an_explanation_of_what_is_not_there_is_no_page(care_setting, measure):
    nation = make_results(signed=())
    address = reverse("score_explanation", kwargs={**WHERE, "care_setting": care_setting, "measure": measure})

    assert visit(nation).get(address).status_code == 404
