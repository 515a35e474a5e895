# SPDX-License-Identifier: MIT
"""The graded response model: it finds what made-up answers were drawn with, and a slow second version agrees."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import optimize

from trigpoint.statistics import graded_response
from trigpoint.statistics.graded_response import (
    BELIEVED_SLOPE,
    GRID,
    INTERCEPT_SPREAD,
    SLOPE_SPREAD,
    GradedItem,
    category_chances,
    estimate_traits,
    fit_graded_model,
    item_information,
)


def answer(made_of, trait, rng):
    """Answers of units with these traits: a category is reached where a draw lies below its chance."""
    draws = rng.random((len(trait), len(made_of)))
    columns = []
    for draw, one in zip(draws.T, made_of, strict=True):
        reached = 1 - np.cumsum(category_chances(one, trait), axis=1)[:, :-1]
        columns.append((draw[:, np.newaxis] < reached).sum(axis=1))
    return np.array(columns, float).T


def made_up(seed: int, n: int, k: int, steps: int = 4):
    rng = np.random.default_rng(seed)
    middles = np.linspace(-1.5, 1.5, steps) if steps > 1 else np.zeros(1)
    made_of = [
        GradedItem(float(rng.uniform(0.7, 2.5)), tuple((middles + rng.uniform(-0.3, 0.3, steps)).tolist()))
        for _ in range(k)
    ]
    trait = rng.normal(size=n)
    return without_gaps(answer(made_of, trait, rng)), made_of, trait


def without_gaps(answers):
    """Categories that nobody chose are taken out."""
    return np.column_stack([np.unique(column, return_inverse=True)[1] for column in answers.T]).astype(float)


def slow_likelihood(model, categories) -> float:
    """The marginal log-likelihood by loops over units, points and items."""
    weights = [math.exp(-point * point / 2) for point in GRID]
    total = 0.0
    for unit in categories:
        chance = 0.0
        for point, weight in zip(GRID, weights, strict=True):
            product = weight / sum(weights)
            for given, one in zip(unit, model.items, strict=True):
                if not math.isnan(given):
                    reached = [1.0]
                    reached += [1 / (1 + math.exp(-one.discrimination * (point - t))) for t in one.thresholds]
                    reached += [0.0]
                    product *= reached[int(given)] - reached[int(given) + 1]
            chance += product
        total += math.log(chance)
    return total


def slow_penalised(parameters, categories) -> float:
    """What is maximised, for items of two categories, as a function of slopes then intercepts."""
    slopes, intercepts = np.split(parameters, 2)
    right = 1 / (1 + np.exp(-(slopes[:, np.newaxis] * GRID + intercepts[:, np.newaxis])))
    weights = np.exp(-(GRID**2) / 2) / np.exp(-(GRID**2) / 2).sum()
    chances = np.array(
        [np.where(unit[:, np.newaxis] == 1, right, 1 - right).prod(axis=0) @ weights for unit in categories]
    )
    belief = ((slopes - BELIEVED_SLOPE) ** 2).sum() / SLOPE_SPREAD**2 + (intercepts**2).sum() / INTERCEPT_SPREAD**2
    return float(np.log(chances).sum() - belief / 2)


ANSWERS, MADE_OF, TRAIT = made_up(1, 2000, 12)
MODEL = fit_graded_model(ANSWERS)


def test_it_finds_the_discriminations_that_answers_were_drawn_with() -> None:
    off = [
        (found.discrimination - true.discrimination) / found.error
        for found, true in zip(MODEL.items, MADE_OF, strict=True)
    ]

    assert MODEL.has_settled
    # 12 standardised differences: none further than 3, and about as spread as they should be
    assert max(map(abs, off)) < 3
    assert 0.5 < np.std(off) < 1.6


def test_it_finds_the_thresholds() -> None:
    for found, true in zip(MODEL.items, MADE_OF, strict=True):
        # of 2,000 units some 0.05 is the error of a threshold in the middle
        assert found.thresholds == pytest.approx(true.thresholds, abs=0.25)
        assert found.difficulty == pytest.approx(np.mean(true.thresholds), abs=0.15)
        assert list(found.thresholds) == sorted(found.thresholds)


def test_the_log_likelihood_is_that_of_the_slow_version() -> None:
    answers = ANSWERS[:80].copy()
    answers[3, 2] = answers[7, :] = np.nan
    model = fit_graded_model(answers)

    assert model.log_likelihood == pytest.approx(slow_likelihood(model, answers), rel=1e-9)


def test_no_other_parameters_do_better() -> None:
    answers, _, _ = made_up(2, 120, 4, steps=1)
    model = fit_graded_model(answers, still=1e-5)
    slopes = np.array([one.discrimination for one in model.items])
    found = np.concatenate([slopes, [-one.discrimination * one.thresholds[0] for one in model.items]])

    best = optimize.minimize(lambda at: -slow_penalised(at, answers), np.zeros(8) + 0.5, tol=1e-10)

    assert slow_penalised(found, answers) == pytest.approx(-best.fun, abs=1e-4)
    assert found == pytest.approx(best.x, abs=5e-3)


def test_every_round_is_worth_more_than_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    answers, _, _ = made_up(3, 150, 5, steps=1)
    worth = []
    for rounds in range(1, 12):
        monkeypatch.setattr(graded_response, "MOST_ROUNDS", rounds)
        model = fit_graded_model(answers)
        slopes = [one.discrimination for one in model.items]
        intercepts = [-one.discrimination * one.thresholds[0] for one in model.items]
        worth.append(slow_penalised(np.array([*slopes, *intercepts]), answers))

    assert worth == sorted(worth)
    assert not model.has_settled
    assert model.rounds == 11


def test_the_order_of_units_does_not_matter_and_items_keep_theirs() -> None:
    answers, _, _ = made_up(4, 200, 6)
    order = [3, 0, 5, 1, 4, 2]

    usual, turned = fit_graded_model(answers), fit_graded_model(answers[::-1][:, order])

    for at, one in zip(order, turned.items, strict=True):
        assert one.discrimination == pytest.approx(usual.items[at].discrimination, abs=1e-6)
        assert one.thresholds == pytest.approx(usual.items[at].thresholds, abs=1e-6)


def test_answers_missing_by_chance_move_little() -> None:
    gaps = np.where(np.random.default_rng(5).random(ANSWERS.shape) < 0.2, np.nan, ANSWERS)

    found = fit_graded_model(gaps)

    for one, whole in zip(found.items, MODEL.items, strict=True):
        assert one.discrimination == pytest.approx(whole.discrimination, abs=4 * whole.error)


def test_an_item_that_falls_with_the_rest_has_a_negative_discrimination() -> None:
    answers, _, _ = made_up(6, 400, 6)
    answers[:, 2] = 4 - answers[:, 2]

    found = [one.discrimination for one in fit_graded_model(answers).items]

    assert found[2] < 0
    assert min(found[:2] + found[3:]) > 0


def test_items_may_have_different_numbers_of_categories() -> None:
    answers, _, _ = made_up(7, 300, 5)
    answers[:, 0] = answers[:, 0] > 1
    answers[:, 1] = np.minimum(answers[:, 1], 2)

    assert [len(one.thresholds) for one in fit_graded_model(answers).items] == [1, 2, 4, 4, 4]


def test_an_item_that_a_group_answers_perfectly_stays_finite() -> None:
    trait = np.linspace(-2, 2, 60)
    answers = np.array([(trait > cut).astype(float) for cut in (-1, 0, 1)]).T  # each splits the units cleanly

    found = fit_graded_model(answers)

    assert all(0 < one.discrimination < 15 for one in found.items)


def test_the_error_of_a_discrimination_that_few_answers_tell_of_is_that_of_the_belief() -> None:
    answers, _, _ = made_up(8, 60, 4, steps=1)
    answers[:, 3] = np.nan
    answers[:2, 3] = [0, 1]

    errors = [one.error for one in fit_graded_model(answers).items]

    assert max(errors[:3]) < errors[3]
    assert errors[3] == pytest.approx(SLOPE_SPREAD, rel=0.3)


def test_chances_of_all_categories_add_up_to_1() -> None:
    chances = category_chances(MADE_OF[0], np.linspace(-4, 4, 9))

    assert chances.shape == (9, 5)
    assert chances.sum(axis=1) == pytest.approx(np.ones(9))
    # at a threshold, reaching its category is as likely as not
    assert category_chances(MADE_OF[0], np.array([MADE_OF[0].thresholds[1]]))[0, :2].sum() == pytest.approx(0.5)


def test_units_that_answer_higher_have_a_higher_trait() -> None:
    mean, deviation = estimate_traits(MODEL, ANSWERS)

    assert np.corrcoef(mean, TRAIT)[0, 1] > 0.9
    # the deviation says how far off the estimate is
    assert 0.9 < np.sqrt((((mean - TRAIT) / deviation) ** 2).mean()) < 1.1


def test_a_unit_without_answers_is_anywhere() -> None:
    mean, deviation = estimate_traits(MODEL, np.full((1, 12), np.nan))

    assert (mean[0], deviation[0]) == pytest.approx((0, 1), abs=1e-3)
    with pytest.raises(ValueError, match="the model has 12 items, the answers 3"):
        estimate_traits(MODEL, np.zeros((2, 3)))


def test_information_is_the_inverse_of_the_variance_of_what_answers_tell() -> None:
    # of two categories it is a^2 P (1 - P)
    one, at = GradedItem(1.5, (0.3,)), np.array([-1.0, 0.3, 2.0])
    right = 1 / (1 + np.exp(-1.5 * (at - 0.3)))

    assert item_information(one, at) == pytest.approx(1.5**2 * right * (1 - right))
    assert item_information(GradedItem(1.5, (0.3, 1.0)), at) == pytest.approx(
        [sum(d * d / p for d, p in zip(*slopes_and_chances(t), strict=True)) for t in at]
    )


def slopes_and_chances(trait: float):
    step = 1e-5
    low, middle, high = (
        category_chances(GradedItem(1.5, (0.3, 1.0)), np.array([trait + d]))[0] for d in (-step, 0, step)
    )
    return (high - low) / (2 * step), middle


def test_wrong_use_is_refused_and_every_item_named() -> None:
    good, _, _ = made_up(9, 60, 4, steps=2)
    bad = good.copy()
    bad[:, 1] = 1
    bad[:, 3] = np.where(bad[:, 3] == 1, 2, bad[:, 3])

    with pytest.raises(ValueError, match=r"item 2 has 1; item 4 has 0, 2"):
        fit_graded_model(bad)
    with pytest.raises(ValueError, match="item 1 has no answer"):
        fit_graded_model(np.column_stack([np.full(60, np.nan), good]))
    for shape in ((49, 4), (60, 2)):
        with pytest.raises(ValueError, match="takes 50 units and 3 items or more"):
            fit_graded_model(good[: shape[0], : shape[1]])
