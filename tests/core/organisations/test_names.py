# SPDX-License-Identifier: MIT
"""Names matched by their words."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.organisations.made_up import NAMES, organisation
from trigpoint.organisations.names import build_name_index, name_words, same_name

INDEX = build_name_index(organisation(code) for code in NAMES)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("The Ashwick Hospitals NHS Foundation Trust", {"ASHWICK", "HOSPITAL"}),
        ("St Wilfrid's & St Cross\u2019s FT", {"ST", "WILFRID", "CROSS"}),
        ("NHS Kent and Medway Integrated Care Board", {"KENT", "MEDWAY"}),
        ("Ashwick NHS Trust (with Birchmere)", {"ASHWICK"}),
        ("NHS Trust", set()),
    ],
)
def test_a_names_words_leave_out_its_legal_form_plurals_and_brackets(name, words):
    assert name_words(name) == words


def test_likeness_is_the_weight_of_shared_words_over_the_weight_of_all():
    # Six names: ASHWICK is in two of them, HOSPITAL in three, BIRCHMERE in two.
    ashwick, hospital, birchmere = math.log(1 + 6 / 2), math.log(1 + 6 / 3), math.log(1 + 6 / 2)

    likeness = INDEX.likeness(frozenset({"ASHWICK", "HOSPITAL"}), frozenset({"BIRCHMERE", "HOSPITAL"}))

    assert likeness == pytest.approx(hospital / (ashwick + hospital + birchmere))
    assert INDEX.likeness(frozenset(), frozenset()) == 0


@given(st.permutations(["ASHWICK", "HOSPITAL", "BIRCHMERE", "DUNFORD", "PARTNERSHIP", "ELMSTEAD", "UNIVERSITY"]))
def test_the_same_words_are_exactly_alike_in_whatever_order_they_come(words):
    assert INDEX.likeness(frozenset(words), frozenset(reversed(words))) == 1


@given(st.sampled_from(sorted(NAMES)))
def test_every_organisation_is_found_by_its_own_name(code):
    found = INDEX.find(NAMES[code].upper())

    assert found is not None
    assert (found.code, found.likeness) == (code, 1.0)


def test_a_name_that_fits_two_organisations_is_nobodys():
    twins = build_name_index([organisation("RA0", name="The Surgery"), organisation("RB0", name="Surgery")])

    assert twins.find("The Surgery") is None
    assert [match.code for match in twins.rank("The Surgery")] == ["RA0", "RB0"]


def test_a_name_too_unlike_any_is_nobodys():
    assert INDEX.find("Hospital") is None
    assert INDEX.find("Zzyzx") is None


def test_an_organisation_is_ranked_once_at_its_best_name():
    index = build_name_index([organisation("RA0", aliases=("Ashwick", "Hospitals of Ashwick"))])

    (match,) = index.rank("Ashwick")

    assert (match.code, match.name, match.likeness) == ("RA0", "Ashwick", 1.0)


def test_names_that_differ_in_capitals_and_ampersands_are_the_same():
    assert same_name("Health & Care NHS Trust", "HEALTH AND CARE N.H.S. TRUST")
    assert not same_name("Health NHS Trust", "Health NHS Foundation Trust")
