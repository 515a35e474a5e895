# SPDX-License-Identifier: MIT
"""Whether questions hang together: sections that do, questions that don't, and what can't be told."""

from __future__ import annotations

import numpy as np
import pytest

from tests.core.analysis.made_up_rounds import made_up_round
from trigpoint.analysis.reliability import analyse_reliability
from trigpoint.analysis.result import Outcome
from trigpoint.errors import CannotAnalyse
from trigpoint.io.content import read_framework
from trigpoint.scoring import compile_plan
from trigpoint.scoring.trials import list_climbs
from trigpoint.statistics.consistency import cronbach_alpha
from trigpoint.submissions import Missing


def analyse(returns):
    made = made_up_round("2", {f"X{at:03}": one for at, one in enumerate(returns)})
    return analyse_reliability(made.answers, compile_plan(made.framework), rng=np.random.default_rng(1))


def tens(values):
    return [int(one) for one in np.clip(np.round(np.asarray(values) / 10) * 10, 0, 100)]


def together(seed=1, n=60, noise=8):
    """Plan is by itself; tools and extra follow one thing."""
    rng = np.random.default_rng(seed)
    base = rng.normal(50, 20, n)
    columns = [rng.normal(50, 20, n), base + rng.normal(0, noise, n), base + rng.normal(0, noise, n)]
    return list(zip(*map(tens, columns), strict=True))


def section(result, name):
    return next(one for one in result.numbers.sections if one.section == name)


def test_a_section_that_hangs_together_is_found_and_one_of_a_single_question_is_not_judged():
    result = analyse(together())

    tooling, planning = section(result, "tooling"), section(result, "planning")
    assert tooling.alpha is not None
    assert tooling.alpha.raw > 0.85
    assert planning.alpha is None
    assert planning.why_not == "a scale needs two items or more"
    row = next(one for one in result.rows if one.name == "alpha of planning")
    assert (row.value, row.note) == (None, planning.why_not)


def test_alpha_is_that_of_the_points():
    returns = together(2)
    result = analyse(returns)

    expected = cronbach_alpha(np.array(returns, float)[:, 1:])
    tooling = section(result, "tooling")
    assert tooling.alpha is not None
    assert tooling.alpha.raw == pytest.approx(expected.raw)
    assert (tooling.omega, tooling.alpha.k) == (None, 2)
    assert tooling.ordinal is not None
    assert tooling.ordinal > expected.raw - 0.1


def test_questions_have_their_difficulty_and_how_many_are_at_the_top():
    result = analyse([(100, 100, 50), (100, 0, 50), (0, 50, 40), (None, 100, 60)])
    plan, tools, _ = (one for part in ("planning", "tooling") for one in section(result, part).questions)

    assert (plan.n, plan.difficulty, plan.top) == (3, pytest.approx(200 / 3), pytest.approx(2 / 3))
    assert (tools.difficulty, tools.top) == (62.5, 0.5)
    assert plan.rest is None
    assert tools.rest is not None


def test_a_loose_section_and_a_weak_question_are_named():
    rng = np.random.default_rng(3)
    noise = list(zip(*(tens(rng.normal(50, 25, 80)) for _ in range(3)), strict=True))
    result = analyse(noise)

    assert "tooling below the 0.7 that is customary" in result.sentence
    assert "hardly go with the rest of their section: tools and extra" in result.sentence


def test_a_section_that_hangs_together_names_nothing():
    assert analyse(together()).sentence.endswith("Every question goes with the rest.")


def test_questions_that_few_answered_or_that_do_not_vary_are_left_out_and_named():
    returns = [(10, 10 * (at % 9), 10 * (at % 9) if at < 3 else Missing.NOT_SHOWN) for at in range(30)]
    with pytest.raises(CannotAnalyse, match="No section has two questions"):
        analyse(returns)

    result = analyse([(50, one, other) for _, one, other in together()])
    assert section(result, "planning").left_out == ("plan",)
    check = next(one for one in result.checked if "asked of most" in one.assumption)
    assert (check.outcome, check.found) == (Outcome.DOUBTFUL, "1 questions are left out")


def test_a_question_that_nobody_answered_has_no_difficulty():
    result = analyse([(None, one, other) for _, one, other in together()])
    line = next(line for line in result.tables[1].lines if line[0] == "plan")

    assert line[2:5] == (0, None, None)


def test_questions_never_answered_by_the_same_units_have_no_rest():
    rng = np.random.default_rng(4)
    base = tens(rng.normal(50, 20, 40))
    returns = [(10, one, None) if at < 20 else (10, None, one) for at, one in enumerate(base)]

    with pytest.raises(CannotAnalyse, match="answered together"):
        analyse(returns)


def test_a_climb_through_a_whole_framework_is_judged_section_by_section():
    framework = read_framework("nhs-dma@2017")
    answers = next(iter(list_climbs(framework))).answers
    result = analyse_reliability(answers, compile_plan(framework), rng=np.random.default_rng(1))

    assert result.n == len(answers.units)
    assert any(one.alpha for one in result.numbers.sections)
    assert all(one.factors is None or one.factors >= 0 for one in result.numbers.sections)


def test_a_ladder_has_no_sections_of_a_scale():
    framework = read_framework("example-level-gate@1")
    answers = next(iter(list_climbs(framework))).answers

    with pytest.raises(CannotAnalyse, match="climbs a ladder"):
        analyse_reliability(answers, compile_plan(framework), rng=np.random.default_rng(1))


def test_several_factors_are_doubted_where_units_are_enough():
    result = analyse(together(n=200))
    check = next(one for one in result.checked if "one thing" in one.assumption)

    assert section(result, "tooling").factors == 1
    assert check.outcome is Outcome.HOLDS


def test_the_same_seed_gives_the_same():
    assert analyse(together()).numbers == analyse(together()).numbers
