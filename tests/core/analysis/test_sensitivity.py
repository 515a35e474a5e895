# SPDX-License-Identifier: MIT
"""What an order hangs on: choices that move nothing are said to, and units without a score stand in no order."""

from __future__ import annotations

import numpy as np
import pytest

from tests.core.analysis.made_up_rounds import made_up_round
from tests.core.analysis.test_every_result import result as synthetic
from tests.core.analysis.test_every_result import rounds
from trigpoint.analysis.result import Outcome
from trigpoint.analysis.sensitivity import CHOICES, SHAKE, analyse_sensitivity
from trigpoint.errors import CannotAnalyse
from trigpoint.io.content import read_framework
from trigpoint.scoring import compile_plan
from trigpoint.scoring.trials import list_climbs
from trigpoint.statistics.composite import rank_down


def analyse(returns, measure="overall", seed=1):
    made = made_up_round("2", returns)
    return analyse_sensitivity(made.answers, compile_plan(made.framework), measure, rng=np.random.default_rng(seed))


def returns(*rows):
    return {f"X{at:02}": row for at, row in enumerate(rows)}


CLOSE = returns((80, 20, 20), (20, 80, 80), (50, 50, 50), (60, 50, 30), (40, 40, 60), (10, 90, 70))


def test_the_published_rank_is_that_of_the_score_before_rounding():
    found = analyse(CLOSE).numbers

    scores = np.array([50.0, 50, 50, 50, 45, 45])  # of plan, and of the mean of tools and extra
    assert [one.rank for one in found.units] == rank_down(scores).tolist()


def test_units_that_are_best_at_everything_are_first_in_every_variant():
    found = analyse(returns((100, 100, 100), (50, 20, 80), (20, 60, 40), (0, 0, 0))).numbers

    assert (found.units[0].low, found.units[0].high) == (1, 1)
    assert (found.units[3].low, found.units[3].high) == (4, 4)


def test_ranks_lie_in_order_about_their_middle():
    for one in synthetic("sensitivity").numbers.units:
        assert 1 <= one.low <= one.middle <= one.high <= synthetic("sensitivity").n


def test_a_measure_of_like_parts_hangs_on_nothing_much_and_one_of_unlike_parts_on_what_is_left_out():
    unlike = analyse(
        returns((80, 20, 20), (70, 35, 25), (60, 40, 40), (50, 55, 55), (30, 70, 75), (20, 80, 90))
    ).numbers

    strongest = CHOICES[int(np.argmax(unlike.choices.total))]
    assert strongest == "a section left out"
    assert unlike.shift > 0.5


def test_a_section_that_makes_the_order_pulls_most():
    found = analyse(returns(*((10 * at, 50, 50 + 10 * (at % 2)) for at in range(10)))).numbers

    assert found.pull["planning"] > found.pull["tooling"]
    assert found.pull["planning"] > 0.9


def test_units_without_a_score_on_every_part_stand_in_no_order():
    result = analyse({**CLOSE, "GAP": (None, 50, 50)})

    assert (result.n, result.of) == (6, 7)
    assert result.left_out == (("GAP General", "no score on every part"),)


def test_the_same_seed_gives_the_same_and_another_nearly_the_same():
    one, again, other = (analyse(CLOSE, seed=seed).numbers for seed in (1, 1, 2))

    assert one.shift == again.shift
    assert other.shift == pytest.approx(one.shift, rel=0.1)


def test_weights_are_moved_by_a_quarter_at_most():
    assert SHAKE == 0.25


def test_a_loose_index_is_doubted():
    check = synthetic("sensitivity").checked[0]

    assert check.outcome in {Outcome.HOLDS, Outcome.DOUBTFUL}
    assert "widest interval" in check.found


@pytest.mark.parametrize(
    ("rows", "measure", "message"),
    [
        (((10, 20, 30), (30, 20, 10)), "overall", "2 units have a score on every part of overall"),
        (((10, 20, 30), (30, 20, 10), (50, 60, 70)), "tooling", "tooling is no mean of measures"),
        (((0, 0, 0), (50, 50, 50), (100, 100, 100)), "overall", "No choice moves any rank"),
    ],
)
def test_what_hangs_on_nothing_is_refused(rows, measure, message):
    with pytest.raises(CannotAnalyse, match=message):
        analyse(returns(*rows), measure)


def test_a_ladder_is_refused():
    framework = read_framework("example-stage-gate@1")
    answers = next(iter(list_climbs(framework))).answers

    with pytest.raises(CannotAnalyse, match="climbs a ladder"):
        analyse_sensitivity(answers, compile_plan(framework), "overall", rng=np.random.default_rng(1))


def test_parts_that_are_all_alike_tell_nobody_apart_on_any_scale():
    result = analyse(returns(*((10 * at, 50, 50) for at in range(8))))

    last, first = result.numbers.units[0], result.numbers.units[-1]
    assert first.rank == 1
    assert last.rank == 8
    assert first.low == first.high == 1
    assert last.middle == 8
    assert result.numbers.pull["planning"] > 0.9


def test_a_theme_hangs_on_its_own_sections_alone():
    made = rounds()[1]
    found = analyse_sensitivity(made.answers, compile_plan(made.framework), "readiness", rng=np.random.default_rng(1))

    assert set(found.numbers.pull) == {
        "strategic_alignment",
        "leadership",
        "resourcing",
        "governance",
        "information_governance",
    }
    assert found.n >= synthetic("sensitivity").n
