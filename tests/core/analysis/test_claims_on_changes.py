# SPDX-License-Identifier: MIT
from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest

from tests.core.analysis.made_up_rounds import Returns, computed, evidence_of
from trigpoint.analysis.claims.evidence import NotInEvidence
from trigpoint.errors import ClaimsFailed
from trigpoint.submissions import Unit

ROUNDS = ("1", "2")
# Overall: A 10 → 50, B 20 → 30, C 60 → 60, D 80 → 70; E before only, F after only, G without a score before.
BEFORE: Returns = {"A": (10, 10), "B": (20, 20), "C": (60, 60), "D": (80, 80), "E": (90, 90), "G": (40, None)}
AFTER: Returns = {"A": (50, 50), "B": (30, 30), "C": (60, 60), "D": (70, 70), "F": (0, 0), "G": (20, 40)}


def changes(**keys: Any) -> Any:
    return computed(evidence_of(BEFORE, AFTER, early=("A", "D", "G")), rounds=ROUNDS, **keys)


def test_the_mean_change_is_of_units_in_both_rounds() -> None:
    found = changes(compute="mean_change")

    assert found.values == (Fraction((50 - 10) + (30 - 20) + (60 - 60) + (70 - 80), 4),)
    assert found.n == (4,)


@pytest.mark.parametrize(
    ("group", "change", "n"),
    [
        ({"lowest": 2, "on": "1"}, Fraction(40 + 10, 2), 2),
        ({"highest": 2, "on": "1"}, Fraction(0 - 10, 2), 2),
        ({"lowest": 2, "on": "mean"}, Fraction(10 + 40, 2), 2),
        ({"lowest": 2}, Fraction(10), 1),  # F 0 and B 30, or G 30, after; of these B alone can be compared
        ({"lowest": 2, "on": "2", "matched_with": ("1",)}, Fraction(10 + 40, 2), 2),
        ({"cohorts": ("early",)}, Fraction(40 - 10, 2), 2),
        ({"units": ("A", "G")}, Fraction(40), 1),
    ],
)
def test_a_group_is_followed_from_one_round_to_the_other(group: dict[str, Any], change: Fraction, n: int) -> None:
    found = changes(compute="mean_change", groups=(group,))

    assert (found.values, found.n) == ((change,), (n,))


def test_groups_are_named_when_there_are_several() -> None:
    found = changes(compute="mean_change", groups=({"cohorts": ("early",)}, {"lowest": 1, "on": "1"}))

    assert found.of == ("cohorts early", "the 1 lowest on 1")


def test_a_group_of_which_nobody_can_be_compared_is_not_testable() -> None:
    with pytest.raises(NotInEvidence, match="no unit of F has a score in both rounds"):
        changes(compute="mean_change", groups=({"units": ("F",)},))


def test_a_group_cannot_be_chosen_on_a_round_that_is_not_compared() -> None:
    with pytest.raises(ClaimsFailed, match="on 1, 2 or mean, not on 3"):
        changes(compute="mean_change", groups=({"lowest": 1, "on": "3"},))


def test_ties_at_the_cut_are_told_with_what_hangs_on_them() -> None:
    before = {"A": (10, 10), "B": (20, 20), "C": (20, 20), "D": (20, 20), "E": (90, 90)}
    after = {"A": (20, 20), "B": (30, 30), "C": (50, 50), "D": (70, 70), "E": (90, 90)}

    found = computed(
        evidence_of(before, after), compute="mean_change", rounds=ROUNDS, groups=({"lowest": 3, "on": "1"},)
    )

    # A rose 10; of B +10, C +30 and D +50, equal before, two are taken: 50 / 3 at least, 90 / 3 at most.
    assert found.values == (Fraction(10 + 10 + 30, 3),)
    assert found.note == "3 are equal at the cut, 2 taken: 16.667 to 30 by which"


def test_ties_that_cannot_all_be_compared_are_not_told() -> None:
    found = changes(compute="mean_change", groups=({"lowest": 2, "on": "2"},))

    assert found.note == ""


@pytest.mark.parametrize(
    ("keys", "values"),
    [
        ({"units": ("A", "D")}, (40, -10)),
        ({"units": ("A", "D"), "give": "percent"}, (Fraction(100 * 40, 10), Fraction(-100 * 10, 80))),
        ({"units": ("A",), "times": 2}, (80,)),
        ({"units": ("G",), "measure": "planning"}, (20 - 40,)),
    ],
)
def test_the_change_of_units_is_in_points_or_per_cent(keys: dict[str, Any], values: tuple[Fraction, ...]) -> None:
    assert changes(compute="change_of_units", **keys).values == values


def test_where_a_unit_came_from_goes_in_the_note() -> None:
    assert changes(compute="change_of_units", units=("A",)).note == "A from 10 to 50"


def test_a_unit_in_one_round_only_has_no_change() -> None:
    with pytest.raises(NotInEvidence, match="F has no score to compare"):
        changes(compute="change_of_units", units=("F",))


def test_a_change_from_nothing_has_no_per_cent() -> None:
    evidence = evidence_of({"A": (0, 0), "B": (50, 50)}, {"A": (10, 10), "B": (40, 40)})

    with pytest.raises(NotInEvidence, match="A has no score to compare"):
        computed(evidence, compute="change_of_units", rounds=ROUNDS, units=("A",), give="percent")


def test_the_largest_fall_is_one_unit_or_all_that_fell_as_much() -> None:
    evidence = evidence_of({"A": (50, 50), "B": (90, 90), "C": (30, 30)}, {"A": (40, 40), "B": (80, 80), "C": (60, 60)})

    points = computed(evidence, compute="largest_fall", rounds=ROUNDS)
    percent = computed(evidence, compute="largest_fall", rounds=ROUNDS, give="percent")

    assert (points.values, points.note) == (("A", "B"), "A Trust -10 points")
    assert (percent.values, percent.note) == (("A",), "A Trust -20 per cent")


def test_where_all_rose_nobody_fell_the_most() -> None:
    with pytest.raises(NotInEvidence, match="no unit fell"):
        computed(evidence_of({"A": (0, 0)}, {"A": (10, 10)}), compute="largest_fall", rounds=ROUNDS)


def test_units_are_counted_by_what_became_of_them() -> None:
    found = changes(compute="count_changes", count=("risen", "fallen", "unchanged", "unknown"))

    assert found.values == (2, 1, 1, 2)
    assert (found.n, found.note) == ((4,), "not comparable: F, G")


def test_those_that_cannot_be_compared_are_neither_risen_nor_fallen() -> None:
    found = changes(compute="count_changes", count=("risen", "fallen"), group={"lowest": 1, "on": "2"})

    assert (found.values, found.note) == ((0, 0), "not comparable: F")


def test_a_missing_part_taken_as_0_makes_a_rise() -> None:
    group = {"units": ("G",)}

    plain = changes(compute="count_changes", count=("risen", "fallen"), group=group)
    zero = changes(compute="count_changes", count=("risen", "fallen"), group=group, missing_part="zero")
    left_out = changes(compute="count_changes", count=("risen", "fallen"), group=group, missing_part="left_out")

    # G: 40 and nothing before; (20 + 40) / 2 = 30 after. Against (40 + 0) / 2 it rose, against 40 it fell.
    assert (plain.values, zero.values, left_out.values) == ((0, 0), (1, 0), (0, 1))


def test_fallen_units_come_with_by_how_much() -> None:
    found = changes(compute="fallen_units", group={"cohorts": ("early",)})

    assert (found.values, found.n, found.note) == (("D",), (2,), "D -10")


def test_who_rose_more_depends_on_how_the_groups_are_chosen() -> None:
    before = {"A": (10, 10), "B": (30, 30), "C": (50, 50), "D": (90, 90)}
    after = {"A": (70, 70), "B": (20, 20), "C": (60, 60), "D": (80, 80)}

    found = computed(
        evidence_of(before, after), compute="rise_gap", rounds=ROUNDS, size=1, chosen_on=("1", "2", "mean")
    )

    # On round 1: A +60 against D -10. On round 2: B -10 against D -10. On the mean: B (25) -10 against D (85) -10.
    assert found.of == ("chosen on 1", "chosen on 2", "chosen on mean")
    assert found.note.startswith("chosen on 1: lowest 60, highest -10;")
    assert found.values == (60 + 10, -10 + 10, -10 + 10)


def test_the_change_of_spread_comes_with_its_p() -> None:
    before = {"A": (0, 0), "B": (50, 50), "C": (100, 100), "D": (50, 50)}
    after = {"A": (40, 40), "B": (50, 50), "C": (60, 60), "D": (60, 60)}

    found = computed(evidence_of(before, after), compute="spread_change", rounds=ROUNDS)

    # Squares about the means 50 and 52.5: 2500 * 2 = 5000; 156.25 + 6.25 + 56.25 + 56.25 = 275; n - 1 = 3.
    change, p = found.values
    assert change == pytest.approx(math.sqrt(275 / 3) - math.sqrt(5000 / 3))
    assert isinstance(p, float)
    assert 0 < p < 0.2
    assert found.of == ("standard deviation", "p")


def test_units_that_all_rose_by_as_much_have_kept_their_spread() -> None:
    before = {"A": (0, 10), "B": (10, 20), "C": (70, 80), "D": (30, 40)}
    after = {code: (one + 20, other + 20) for code, (one, other) in before.items()}

    found = computed(evidence_of(before, after), compute="spread_change", rounds=ROUNDS)

    assert found.note.endswith("correlation of the rounds 1")
    assert found.values == (0, 1)


def test_a_spread_of_two_units_is_not_testable() -> None:
    evidence = evidence_of({"A": (0, 0), "B": (10, 10)}, {"A": (0, 0), "B": (10, 10)})

    with pytest.raises(NotInEvidence, match="3 or more pairs"):
        computed(evidence, compute="spread_change", rounds=ROUNDS)


def named(**names: str) -> Any:
    """Return the key of a unit by code and name."""
    return {code: Unit(code, name=name) for code, name in names.items()}


def test_units_can_be_matched_by_name_however_it_is_written() -> None:
    one = named(A="Avon Trust", B="Bath & Wells NHS Trust", C="Twin", D="Twin")
    other = named(X="Avon Trust", Y="BATH AND WELLS  NHS Foundation Trust", Z="Twin")
    evidence = evidence_of(
        {one[code]: (10, 10) for code in "ABCD"}, {other["X"]: (20, 20), other["Y"]: (5 * 10, 50), other["Z"]: (0, 0)}
    )
    words = ("nhs", "foundation", "trust")

    def count(**keys: Any) -> tuple[object, ...]:
        found = computed(evidence, compute="count_changes", rounds=ROUNDS, count=("risen", "unknown"), **keys)
        return found.values

    # A name that two units share matches nothing.
    assert count(matched_by="exact_name") == (1, 2)
    assert count(matched_by="plain_name") == (1, 2)
    assert count(matched_by="plain_name", ignored_words=words) == (2, 1)
    with pytest.raises(NotInEvidence, match="no unit has a score in both 1 and 2"):
        count(matched_by="ods_code")


def test_a_merged_unit_can_be_set_against_the_mean_of_its_predecessors() -> None:
    evidence = evidence_of({"A": (60, 60), "B": (20, 20), "C": (50, 50)}, {"A": (50, 50), "C": (60, 60)})
    merged = {"predecessors": {"A": ("A", "B"), "Z": ("C",)}}

    def change(**keys: Any) -> tuple[object, ...]:
        return computed(evidence, compute="mean_change", rounds=ROUNDS, **merged, **keys).values

    assert change() == (Fraction((50 - 60) + (60 - 50), 2),)
    assert change(merged="averaged") == (Fraction((50 - (60 + 20) // 2) + (60 - 50), 2),)
    assert change(merged="left_out") == (60 - 50,)
