# SPDX-License-Identifier: MIT
"""The larger analyses worked out a second time, slowly and by other means, on the synthetic rounds."""

from __future__ import annotations

import math
from collections import defaultdict
from fractions import Fraction
from functools import cache
from operator import itemgetter

import numpy as np
import pytest
from scipy import optimize

from tests.core.analysis.test_every_result import codes, result, rounds, table
from trigpoint.analysis.uncertainty import analyse_uncertainty
from trigpoint.scoring import compile_plan
from trigpoint.scoring.mean_tree import build_mean_tree
from trigpoint.scoring.question_points import list_question_points


@cache
def scores(at):
    """Unit → exact overall score, those that have one."""
    found = {unit.key: table(at).score(row, "overall").value for row, unit in enumerate(table(at).units)}
    return {key: score for key, score in found.items() if score is not None}


@cache
def both():
    return [key for key in scores(1) if key in scores(0)]


def test_change_the_published_part_is_the_difference_of_two_means():
    found = result("change").numbers

    means = [sum(scores(at).values(), Fraction(0)) / len(scores(at)) for at in (0, 1)]
    assert (found.first_mean, found.second_mean) == tuple(means)
    assert found.published == means[1] - means[0]
    fallen = sum(scores(1)[key] < scores(0)[key] for key in both())
    own = found.bases[0]
    assert own.n <= len(both())
    assert abs(own.lower - fallen) <= len(both()) - own.n


def test_convergence_the_lowest_and_highest_are_those_of_a_plain_sort():
    found = result("convergence").numbers
    pairs = [(scores(0)[key], scores(1)[key]) for key in both()]

    for at, group in enumerate(found.groups[:2]):
        ordered = sorted(pairs, key=itemgetter(at))
        lowest = sum((after - before for before, after in ordered[: found.size]), Fraction(0)) / found.size
        assert group.lowest_between[0] <= lowest <= group.lowest_between[1]


def test_cohorts_the_headline_is_a_regression_solved_by_gradient():
    members = set(codes()[::9])
    first, second = (np.array([float(scores(at)[key]) for key in both()]) for at in (0, 1))
    member = np.array([float(key[0] in members) for key in both()])

    def squares(effects):
        return float(((second - effects[0] - effects[1] * member - effects[2] * (first - first.mean())) ** 2).sum())

    slow = optimize.minimize(squares, np.zeros(3), method="Powell", options={"xtol": 1e-10, "ftol": 1e-14}).x
    assert result("cohorts").numbers.effects[1].difference == pytest.approx(slow[1], abs=1e-3)


def test_systems_the_adjusted_means_are_those_of_the_whole_covariance():
    found = result("systems").numbers
    names = [one.system for one in found.systems]
    where = {code: names.index(f"system {at % 12}") for at, code in enumerate(codes())}
    kind = {code: at % 2 for at, code in enumerate(codes())}
    y = np.array([float(score) for score in scores(1).values()])
    group = np.array([where[code] for code, _ in scores(1)])
    x = np.column_stack([np.ones(len(y)), [float(kind[code]) for code, _ in scores(1)]])
    belongs = np.eye(12)[group]

    def deviance(logs):
        covariance = math.exp(logs[0]) * belongs @ belongs.T + math.exp(logs[1]) * np.eye(len(y))
        inverse = np.linalg.inv(covariance)
        square = x.T @ inverse @ x
        away = y - x @ np.linalg.solve(square, x.T @ inverse @ y)
        return np.linalg.slogdet(covariance)[1] + np.linalg.slogdet(square)[1] + away @ inverse @ away

    best = optimize.minimize(
        deviance, [0.0, math.log(y.var())], method="Nelder-Mead", options={"xatol": 1e-6, "fatol": 1e-9}
    )
    between, within = np.exp(best.x)
    covariance = between * belongs @ belongs.T + within * np.eye(len(y))
    fixed = np.linalg.solve(x.T @ np.linalg.solve(covariance, x), x.T @ np.linalg.solve(covariance, y))
    effects = between * belongs.T @ np.linalg.solve(covariance, y - x @ fixed)
    slow = fixed[0] + fixed[1] * x[:, 1].mean() + effects
    assert [one.adjusted for one in found.systems] == pytest.approx(slow, abs=0.05)


@cache
def section(name):
    """The points of a section's questions, shape (units, questions), and its questions."""
    made = rounds()[1]
    plan = compile_plan(made.framework)
    questions = list_question_points(made.answers, plan)
    columns = build_mean_tree(plan, questions).columns[name]
    return questions.points[:, columns], [questions.questions[at] for at in columns]


@pytest.mark.parametrize("name", ["leadership", "governance", "business_clinical_intelligence"])
def test_uncertainty_the_error_by_questions_is_the_formula_of_a_mean(name):
    """The bootstrap draws; the formula does not."""
    made = rounds()[1]
    found = analyse_uncertainty(made.answers, compile_plan(made.framework), name, rng=np.random.default_rng(3)).numbers
    points, _ = section(name)
    rows = {unit.key: row for row, unit in enumerate(made.answers.units)}
    compared = [
        (one.question_error, points[rows[one.key]].std(ddof=1) / math.sqrt(points.shape[1]))
        for one in found.units
        if np.isfinite(points[rows[one.key]]).all()
    ]

    assert len(compared) > 100
    drawn, formula = np.array(compared).T
    assert drawn == pytest.approx(formula, rel=0.12)


def test_ranks_the_chance_of_the_top_is_that_of_other_draws():
    found = result("ranks").numbers
    rng = np.random.default_rng(99)
    estimates, errors = (np.array([getattr(one, name) for one in found.units]) for name in ("score", "error"))
    top = np.zeros(len(estimates))
    for _ in range(1500):
        values = rng.normal(estimates, errors)
        top[np.argsort(-values)[: found.top]] += 1

    assert [one.top for one in found.units] == pytest.approx(top / 1500, abs=0.06)


def test_the_funnel_and_the_systems_have_the_same_means():
    funnel = {one.group: (one.n, one.mean) for one in result("funnel").numbers.groups}
    systems = {one.system: (one.n, one.crude) for one in result("systems").numbers.systems}

    assert funnel.keys() == systems.keys()
    for name, (n, mean) in funnel.items():
        assert systems[name] == (n, pytest.approx(mean))


def test_distribution_every_band_is_counted_from_the_exact_scores():
    found = result("distribution").numbers
    counted: dict[str, int] = defaultdict(int)
    for row in range(len(table(1).units)):
        score = table(1).score(row, "overall")
        if score.band is not None:
            counted[score.band] += 1

    assert {one.band: one.count for one in found.bands if one.count} == dict(counted)


def test_survey_of_everybody_is_the_plain_mean():
    found = result("survey").numbers

    assert found.plain == pytest.approx(float(sum(scores(1).values(), Fraction(0)) / len(scores(1))))
    assert found.bounds.lower <= found.plain <= found.bounds.upper


def test_sampling_and_ranks_count_the_same_units():
    drawn = result("sampling").numbers

    assert set(drawn.chances) == {code for code, _ in scores(1)}
    assert sum(one.size for one in drawn.strata) == len(scores(1))


@pytest.mark.parametrize("name", ["leadership", "standards", "enabling_infrastructure"])
def test_reliability_alpha_is_that_of_covariances_worked_out_pair_by_pair(name):
    points, questions = section(name)
    found = next(one for one in result("reliability").numbers.sections if one.section == name)
    kept = [at for at, question in enumerate(questions) if question not in found.left_out]
    k = len(kept)
    covariance = np.empty((k, k))
    for i, one in enumerate(kept):
        for j, other in enumerate(kept):
            pair = points[:, [one, other]]
            x, y = pair[np.isfinite(pair).all(axis=1)].T
            covariance[i, j] = ((x - x.mean()) * (y - y.mean())).sum() / (len(x) - 1)

    assert found.alpha is not None
    assert k >= 5
    assert found.alpha.raw == pytest.approx(k / (k - 1) * (1 - np.trace(covariance) / covariance.sum()))


@pytest.mark.parametrize("name", ["leadership", "standards"])
def test_reliability_a_question_goes_with_the_rest_as_their_plain_correlation_says(name):
    points, questions = section(name)
    found = next(one for one in result("reliability").numbers.sections if one.section == name)
    complete = points[np.isfinite(points).all(axis=1)]
    assert not found.left_out

    for at, question in enumerate(questions):
        shown = next(one for one in found.questions if one.question == question)
        rest = np.delete(complete, at, axis=1).sum(axis=1)
        assert shown.rest == pytest.approx(np.corrcoef(complete[:, at], rest)[0, 1])
        given = points[np.isfinite(points[:, at]), at]
        assert (shown.n, shown.difficulty) == (len(given), pytest.approx(given.mean()))
