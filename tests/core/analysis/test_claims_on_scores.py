# SPDX-License-Identifier: MIT
from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.core.analysis.made_up_rounds import Returns, computed, evidence_of, made_up_round
from trigpoint.analysis.claims import Evidence
from trigpoint.analysis.claims.computed import PlaceRange
from trigpoint.analysis.claims.evidence import NotInEvidence
from trigpoint.errors import ClaimsFailed
from trigpoint.submissions import Unit

# Overall: A 30, B 40, C 40, D 80; E has no score on tooling.
FIVE: Returns = {"A": (20, 40), "B": (30, 50), "C": (50, 30), "D": (70, 90), "E": (100, None)}


def test_a_line_of_scores_ends_with_their_sum_and_the_whole() -> None:
    found = computed(evidence_of(FIVE), compute="score_line", round="1", unit="B")

    assert found.of == ("planning", "tooling", "sum", "overall")
    assert found.note == "B Trust, place 2 to 3 of 4"
    assert found.values == (30, 50, 30 + 50, Fraction(30 + 50, 2))


def test_a_line_of_a_unit_without_a_score_is_not_testable() -> None:
    with pytest.raises(NotInEvidence, match="E has no score on tooling in 1"):
        computed(evidence_of(FIVE), compute="score_line", round="1", unit="E")


def test_scores_of_units_come_in_the_order_named() -> None:
    found = computed(evidence_of(FIVE), compute="unit_scores", round="1", units=("D", "A"))

    assert found.of == ("D D Trust", "A A Trust")
    assert found.values == (80, 30)


def test_a_unit_that_is_not_in_the_round_is_not_testable() -> None:
    with pytest.raises(NotInEvidence, match="Z has no score on overall in 1"):
        computed(evidence_of(FIVE), compute="unit_scores", round="1", units=("Z",))


def test_the_lowest_score_comes_with_its_unit() -> None:
    found = computed(evidence_of(FIVE), compute="lowest_score", round="1", measure="planning")

    assert found.values == ("A", 20)


def test_the_top_of_the_ranking_leads_with_the_highest() -> None:
    found = computed(evidence_of(FIVE), compute="ranking", round="1", end="highest", size=2)

    assert found.values == ("D", "B")
    assert found.note == "equal at the cut and not shown: C"


def test_a_unit_of_the_source_can_be_kept_among_equals() -> None:
    found = computed(evidence_of(FIVE), compute="ranking", round="1", end="highest", size=2, ties_keep=("C",))

    assert found.values == ("D", "C")


def test_the_bottom_of_the_ranking_ends_with_the_lowest() -> None:
    found = computed(evidence_of(FIVE), compute="ranking", round="1", end="lowest", size=3)

    assert found.values == ("C", "B", "A")
    assert found.note == ""


def test_more_units_than_there_are_is_not_testable() -> None:
    with pytest.raises(NotInEvidence, match="5 units are asked for and only 4 have a score"):
        computed(evidence_of(FIVE), compute="ranking", round="1", end="lowest", size=5)


def test_overlap_counts_who_is_at_the_same_end_twice() -> None:
    evidence = evidence_of(FIVE, {"A": (0, 0), "B": (90, 90), "D": (80, 80)})

    count = computed(evidence, compute="overlap", rounds=("1", "2"), end="highest", size=2)
    units = computed(evidence, compute="overlap", rounds=("1", "2"), end="lowest", size=1, give="units")

    assert (count.values, count.note, count.n) == ((2,), "B, D", (4, 3))
    assert (units.values, units.is_set) == (("A",), True)


@pytest.mark.parametrize(
    ("give", "values"),
    [("best", (2, 4)), ("range", (PlaceRange(2, 3), PlaceRange(4, 4))), ("share", (Fraction(2, 4), 1))],
)
def test_equals_share_places(give: str, values: tuple[object, ...]) -> None:
    found = computed(evidence_of(FIVE), compute="places", round="1", group={"units": ("C", "A")}, give=give)

    assert found.values == values


def test_places_of_a_group_go_from_the_top() -> None:
    evidence = evidence_of(FIVE, {"A": (90, 90), "B": (80, 80), "C": (10, 10), "D": (20, 20)})
    group = {"highest": 2, "on": "1", "ties_keep": ("C",), "outside_highest_on": "2"}

    found = computed(evidence, compute="places", round="2", group=group)

    assert found.of == ("D D Trust", "C C Trust")
    assert found.values == (3, 4)


def test_a_place_of_a_unit_that_left_is_not_testable() -> None:
    evidence = evidence_of(FIVE, {"A": (90, 90), "B": (80, 80)})

    with pytest.raises(NotInEvidence, match="D has no score in 2"):
        computed(evidence, compute="places", round="2", group={"highest": 1, "on": "1"})


def test_the_mean_leaves_out_units_without_a_score() -> None:
    found = computed(evidence_of(FIVE), compute="mean_score", round="1", measures=("overall", "planning"))

    assert found.values == (Fraction(30 + 40 + 40 + 80, 4), Fraction(20 + 30 + 50 + 70 + 100, 5))
    assert found.n == (4, 5)
    assert found.of == ("overall", "planning")


@pytest.mark.parametrize(
    ("group", "total", "n"),
    [
        ({"lowest": 2}, 30 + 40, 2),
        ({"highest": 1}, 80, 1),
        ({"units": ("A", "D")}, 30 + 80, 2),
        ({"cohorts": ("early",)}, 30 + 80, 2),
        ({"cohorts": ("early", "late")}, 30 + 80 + 40, 3),
        ({"cohorts": ("early",), "without": ("D",)}, 30, 1),
        ({"lowest": 1, "matched_with": ("2",)}, 40, 1),
    ],
)
def test_a_mean_can_be_of_a_group(group: dict[str, Any], total: int, n: int) -> None:
    evidence = evidence_of(FIVE, {"B": (0, 0)}, early=("A", "D", "E", "B?"), late=("B",))

    found = computed(evidence, compute="mean_score", round="1", groups=(group,))

    assert (found.values, found.n) == ((Fraction(total, n),), (n,))


def test_groups_are_named_when_there_are_several() -> None:
    found = computed(evidence_of(FIVE), compute="mean_score", round="1", groups=({"lowest": 1}, {}))

    assert found.of == ("the 1 lowest of the round", "all units")


def test_a_group_chosen_on_another_round_keeps_only_units_that_are_still_there() -> None:
    evidence = evidence_of(FIVE, {"A": (10, 10), "B": (20, 20)})

    found = computed(evidence, compute="mean_score", round="2", groups=({"lowest": 3, "on": "1"},))

    assert (found.values, found.n) == ((Fraction(10 + 20, 2),), (2,))


def test_a_mean_of_nobody_is_not_testable() -> None:
    evidence = evidence_of(FIVE, {"Z": (10, 10)})

    with pytest.raises(NotInEvidence, match="no unit of the group has a score in 2"):
        computed(evidence, compute="mean_score", round="2", groups=({"lowest": 3, "on": "1"},))


@pytest.mark.parametrize(
    ("missing_part", "mean", "n"),
    [
        ("no_score", Fraction(30 + 40 + 40 + 80, 4), 4),
        ("zero", Fraction(30 + 40 + 40 + 80 + (100 + 0) // 2, 5), 5),
        ("left_out", Fraction(30 + 40 + 40 + 80 + 100, 5), 5),
    ],
)
def test_a_missing_part_counts_as_the_claim_says(missing_part: str, mean: Fraction, n: int) -> None:
    evidence = evidence_of({**FIVE, "F": (None, None)})

    found = computed(evidence, compute="mean_score", round="1", missing_part=missing_part)

    assert (found.values, found.n) == ((mean,), (n,))


@pytest.mark.parametrize(
    ("weights", "missing_part", "score"),
    [
        ("{planning: 3, tooling: 1}", "zero", Fraction(3 * 80 + 1 * 0, 3 + 1)),
        ("{planning: 0.5}", "zero", Fraction(40 + 0) / Fraction(3, 2)),
        ("{planning: 3, tooling: 1}", "left_out", Fraction(3 * 80, 3)),
    ],
)
def test_a_missing_part_counts_by_the_weights_of_the_framework(
    weights: str, missing_part: str, score: Fraction
) -> None:
    made = made_up_round("1", {"A": (80, None)}, weights=f"weights: {{measures: {weights}}}\n")

    found = computed(Evidence({"1": made}), compute="unit_scores", round="1", units=("A",), missing_part=missing_part)

    assert found.values == (score,)


def test_parts_that_weigh_nothing_make_no_score() -> None:
    made = made_up_round("1", {"A": (80, None)}, weights="weights: {measures: {planning: 0}}\n")

    with pytest.raises(NotInEvidence, match="A has no score on overall"):
        computed(Evidence({"1": made}), compute="unit_scores", round="1", units=("A",), missing_part="left_out")


def test_a_measure_without_parts_has_none_missing() -> None:
    found = computed(evidence_of(FIVE), compute="mean_score", round="1", measures=("tooling",), missing_part="zero")

    assert found.n == (4,)


def test_scores_can_be_rounded_before_anything_else() -> None:
    evidence = evidence_of({"A": (10, 0), "B": (10, 20)}, {"A": (10, 20, 30), "B": (0, 10, 0)})

    exact = computed(evidence, compute="mean_score", round="2", measures=("tooling", "overall"))
    rounded = computed(evidence, compute="mean_score", round="2", measures=("tooling", "overall"), rounded=True)

    # Overall of A is (10 + 25) / 2 = 17.5, of B (0 + 5) / 2 = 2.5.
    assert exact.values == (Fraction(25 + 5, 2), (Fraction(35, 2) + Fraction(5, 2)) / 2)
    assert rounded.values == (Fraction(25 + 5, 2), Fraction(18 + 3, 2))


def test_only_shared_questions_can_count() -> None:
    evidence = evidence_of({"A": (10, 0)}, {"A": (10, 20, 40)})

    everything = computed(evidence, compute="mean_score", round="2", measures=("tooling",))
    shared = computed(evidence, compute="mean_score", round="2", measures=("tooling",), questions="shared")
    earlier = computed(evidence, compute="mean_score", round="1", measures=("tooling",), questions="shared")

    assert (everything.values, shared.values, earlier.values) == ((Fraction(20 + 40, 2),), (20,), (0,))


def test_without_the_other_round_nothing_is_known_to_be_shared() -> None:
    with pytest.raises(NotInEvidence, match="no crosswalk pairs made-up@1"):
        computed(evidence_of(FIVE), compute="mean_score", round="1", questions="shared")


def test_bands_are_told_in_per_cent_of_those_with_a_score() -> None:
    evidence = evidence_of(FIVE, {"A": (50, 50), "B": (0, 0)})

    found = computed(evidence, compute="band_shares", rounds=("1", "2"), measure="overall", bands=("high", "low"))

    assert found.of == ("1 high", "1 low", "2 high", "2 low")
    assert (found.n, found.note) == ((4, 2), "counts 1, 3, 1, 1")
    assert found.values == (Fraction(100 * 1, 4), Fraction(100 * 3, 4), 50, 50)


def test_bands_can_be_counted() -> None:
    found = computed(
        evidence_of(FIVE), compute="band_shares", rounds=("1",), measure="planning", bands=("high",), give="count"
    )

    assert found.values == (3,)


@pytest.mark.parametrize(("band_on", "high"), [("rounded", 1), ("raw", 0)])
def test_the_framework_says_whether_a_band_is_judged_on_the_rounded_score(band_on: str, high: int) -> None:
    bands = (
        f"bands: {{band_on: {band_on}, bands: [{{id: low, title: Low, from: 0}}, {{id: high, title: High, from: 18}}]}}"
    )
    evidence = Evidence({"2": made_up_round("2", {"A": (10, 20, 30)}, bands=bands)})

    # (10 + 25) / 2 = 17.5
    found = computed(evidence, compute="band_shares", rounds=("2",), measure="overall", bands=("high",), give="count")

    assert found.values == (high,)


def test_bands_of_a_framework_without_bands_are_an_error_of_the_author() -> None:
    evidence = Evidence({"1": made_up_round("1", {"A": (10, 20)}, bands="")})

    with pytest.raises(ClaimsFailed, match="made-up@1 has no bands"):
        computed(evidence, compute="band_shares", rounds=("1",), measure="overall", bands=("high",))


def test_an_unknown_band_is_an_error_of_the_author() -> None:
    with pytest.raises(ClaimsFailed, match="Did you mean 'high'"):
        computed(evidence_of(FIVE), compute="band_shares", rounds=("1",), measure="overall", bands=("hihg",))


def test_bands_of_nobody_are_not_testable() -> None:
    with pytest.raises(NotInEvidence, match="no unit has a score in 1"):
        computed(
            evidence_of({"A": (None, None)}), compute="band_shares", rounds=("1",), measure="overall", bands=("high",)
        )


def test_a_group_is_told_by_cohort() -> None:
    evidence = evidence_of(FIVE, wave_1=("D",), wave_2=("B", "A"), wave_3=("C?",))

    found = computed(
        evidence,
        compute="cohort_counts",
        round="1",
        group={"highest": 3},
        cohorts=(("wave_1",), ("wave_2", "wave_3")),
    )

    assert found.of == ("wave_1", "wave_2 or wave_3", "in none", "")
    assert found.values == (1, 1, 1, "C")


def test_an_unknown_cohort_is_an_error_of_the_author() -> None:
    with pytest.raises(ClaimsFailed, match="Did you mean 'early'"):
        computed(evidence_of(FIVE, early=("A",)), compute="mean_score", round="1", groups=({"cohorts": ("erly",)},))


def test_a_cohort_of_which_nobody_answered_is_not_testable() -> None:
    with pytest.raises(NotInEvidence, match="no unit of the group"):
        computed(evidence_of(FIVE, late=("Z",)), compute="mean_score", round="1", groups=({"cohorts": ("late",)},))


def test_a_difference_of_means_without_anybody_in_one_round_is_not_testable() -> None:
    with pytest.raises(NotInEvidence, match="no unit of the group has a score in 2"):
        computed(
            evidence_of(FIVE, {"Z": (10, 10)}),
            compute="difference_of_means",
            rounds=("1", "2"),
            groups=({"lowest": 2, "on": "1"},),
        )


def test_a_difference_of_means_compares_each_rounds_own_group() -> None:
    evidence = evidence_of(FIVE, {"A": (90, 90), "B": (40, 40), "C": (60, 60), "Z": (10, 10)})

    found = computed(
        evidence,
        compute="difference_of_means",
        rounds=("1", "2"),
        groups=({"lowest": 2}, {"lowest": 2, "matched_with": ("1", "2")}),
    )

    # Lowest two: A 30 and B 40 before; Z 10 and B 40 after. Of those in both rounds: B 40 and C 60 after.
    assert found.values == (Fraction(10 + 40, 2) - Fraction(30 + 40, 2), Fraction(40 + 60, 2) - Fraction(30 + 40, 2))
    assert found.n == (2, 2, 2, 2)


def test_an_unknown_measure_is_an_error_of_the_author() -> None:
    with pytest.raises(ClaimsFailed, match="no measure 'toolin'"):
        computed(evidence_of(FIVE), compute="mean_score", round="1", measures=("toolin",))


def test_two_returns_of_one_organisation_need_a_care_setting() -> None:
    evidence = evidence_of({Unit("A"): (10, 10), Unit("A", "Acute"): (20, 20)})

    with pytest.raises(ClaimsFailed, match="A has several returns in 1"):
        computed(evidence, compute="mean_score", round="1", care_setting=None)


def test_a_unit_named_in_a_group_must_have_a_score() -> None:
    with pytest.raises(NotInEvidence, match="E has no score to work with"):
        computed(evidence_of(FIVE), compute="mean_score", round="1", groups=({"units": ("A", "E")},))
