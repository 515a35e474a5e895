# SPDX-License-Identifier: MIT
"""Samejima's graded response model: how hard each item is, and how sharply it tells units apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

Floats = NDArray[np.float64]
# Where the trait is looked at: it is normal with mean 0 and deviation 1, so little lies outside.
GRID: Floats = np.linspace(-6, 6, 61)
MOST_ROUNDS = 500
# A round that moves no parameter further than this is the last.
STILL = 1e-3
# Weak beliefs, so that a handful of answers sends nothing to infinity: discrimination about 1, intercepts about 0.
BELIEVED_SLOPE, SLOPE_SPREAD, INTERCEPT_SPREAD = 1.0, 2.0, 5.0
FEWEST_UNITS = 50
LEAST_CHANCE = 1e-12


@dataclass(frozen=True, slots=True)
class GradedItem:
    """discrimination: logistic metric, per deviation of the trait. thresholds: where each next category is even;
    they rise, or fall where the discrimination is negative.

    error: of the discrimination, from the item's own answers and the beliefs of the fit; nan where not known.
    """

    discrimination: float
    thresholds: tuple[float, ...]
    error: float = np.nan

    @property
    def difficulty(self) -> float:
        """The mean of the thresholds."""
        return float(np.mean(self.thresholds))


@dataclass(frozen=True, slots=True)
class GradedModel:
    """items: in the order given. log_likelihood: of all answers. rounds: of fitting; has_settled: before the last."""

    items: tuple[GradedItem, ...]
    log_likelihood: float
    rounds: int
    has_settled: bool
    n: int


def fit_graded_model(categories: Floats, *, still: float = STILL) -> GradedModel:
    """Return the model of ordered answers, by marginal maximum likelihood with weak beliefs about its parameters.

    categories: shape (n units, k items), whole numbers from 0 without a gap for each item, nan where missing; what is
    missing is left out. still: the largest move of a parameter in the last round. The trait has mean 0 and deviation 1
    among the units; its sign is such that most items rise.
    Raises ValueError for fewer than 50 units or 3 items, and for items with one category or a gap, naming each by its
    position from 1.
    Source: Samejima, Psychometrika Monograph 17 (1969); Bock and Aitkin, Psychometrika 46 (1981) 443-459.
    """
    counts = _require_categories(categories)
    answers = _Answers.read(categories, counts)
    slopes, intercepts = _start(categories, counts)
    moved, rounds = np.inf, 0
    while moved > still and rounds < MOST_ROUNDS:
        posterior, _ = answers.weigh(slopes, intercepts)
        moved = max(
            _improve(at, answers.expected(at, posterior), slopes, intercepts) for at in answers.items_with.values()
        )
        rounds += 1
    posterior, likelihood = answers.weigh(slopes, intercepts)
    errors = answers.errors(slopes, intercepts, posterior)
    items = tuple(
        GradedItem(float(slope), tuple((-intercept[: count - 1] / slope).tolist()), float(error))
        for slope, intercept, count, error in zip(slopes, intercepts, counts, errors, strict=True)
    )
    return GradedModel(items, likelihood, rounds, bool(moved <= still), len(categories))


def category_chances(model_item: GradedItem, trait: Floats) -> Floats:
    """Return the chance of each category at each trait: shape (traits, categories). Each line sums to 1."""
    intercepts = -model_item.discrimination * np.array(model_item.thresholds)
    return np.asarray(_chances(np.array([model_item.discrimination]), intercepts[np.newaxis], trait)[0].T)


def estimate_traits(model: GradedModel, categories: Floats) -> tuple[Floats, Floats]:
    """Return each unit's expected trait and its deviation, given its answers: length n. Without answers: 0 and 1.

    categories: as for `fit_graded_model`, shape (n, k of the model). Raises ValueError for another number of items.
    """
    if categories.shape[1] != len(model.items):
        raise ValueError(f"the model has {len(model.items)} items, the answers {categories.shape[1]}")
    logs = np.tile(_log_prior(), (len(categories), 1))
    for column, one in zip(categories.T, model.items, strict=True):
        given = np.isfinite(column)
        logs[given] += np.log(category_chances(one, GRID)).T[column[given].astype(int)]
    posterior = special.softmax(logs, axis=1)
    mean = posterior @ GRID
    return mean, np.sqrt(np.maximum(posterior @ GRID**2 - mean**2, 0.0))


def item_information(model_item: GradedItem, trait: Floats) -> Floats:
    """Return how much an item tells of each trait: the inverse of a variance, length of trait."""
    chances = category_chances(model_item, trait)
    reached = np.concatenate([np.ones((len(trait), 1)), 1 - np.cumsum(chances, axis=1)], axis=1).clip(0, 1)
    slopes = model_item.discrimination * reached * (1 - reached)
    return np.asarray(((slopes[:, :-1] - slopes[:, 1:]) ** 2 / np.maximum(chances, LEAST_CHANCE)).sum(axis=1))


@dataclass(frozen=True, slots=True)
class _Answers:
    """chosen: shape (n, categories of all items), 1 for each answer given. starts: where each item's categories begin.

    items_with: number of categories → positions of the items that have as many, which are worked together.
    """

    chosen: Floats
    starts: NDArray[np.intp]
    counts: NDArray[np.intp]
    items_with: Mapping[int, NDArray[np.intp]]

    @classmethod
    def read(cls, categories: Floats, counts: NDArray[np.intp]) -> _Answers:
        starts = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.intp)
        chosen = np.zeros((len(categories), int(counts.sum())))
        unit, item = np.nonzero(np.isfinite(categories))
        chosen[unit, starts[item] + categories[unit, item].astype(np.intp)] = 1
        alike = {int(count): np.flatnonzero(counts == count) for count in np.unique(counts)}
        return cls(chosen, starts, counts, alike)

    def weigh(self, slopes: Floats, intercepts: Floats) -> tuple[Floats, float]:
        """Each unit's chances over the grid, shape (n, grid), and the log-likelihood of all answers."""
        logs = np.empty((self.chosen.shape[1], len(GRID)))
        for count, at in self.items_with.items():
            chances = _chances(slopes[at], intercepts[at, : count - 1], GRID)
            logs[self.starts[at][:, np.newaxis] + np.arange(count)] = np.log(chances)
        joint = self.chosen @ logs + _log_prior()
        whole = special.logsumexp(joint, axis=1, keepdims=True)
        return np.exp(joint - whole), float(whole.sum())

    def expected(self, at: NDArray[np.intp], posterior: Floats) -> Floats:
        """How many answers of each category are expected at each point: shape (items, categories, grid)."""
        places = self.starts[at][:, np.newaxis] + np.arange(self.counts[at[0]])
        return np.asarray((self.chosen[:, places.ravel()].T @ posterior).reshape(*places.shape, len(GRID)))

    def errors(self, slopes: Floats, intercepts: Floats, posterior: Floats) -> Floats:
        """The error of each item's discrimination, by the cross-products of the units' scores on it."""
        found = np.empty(len(slopes))
        for item, (start, count) in enumerate(zip(self.starts, self.counts, strict=True)):
            slope, own = slopes[item : item + 1], intercepts[item : item + 1, : count - 1]
            gradient = _gradients(slope, own) / _chances(slope, own, GRID)[:, :, :, np.newaxis]
            by_unit = np.einsum("nc,cgp,ng->np", self.chosen[:, start : start + count], gradient[0], posterior)
            found[item] = np.sqrt(np.linalg.inv(by_unit.T @ by_unit + np.diag(_firmness(count - 1)))[0, 0])
        return found


def _log_prior() -> Floats:
    weights = stats.norm.pdf(GRID)
    return np.asarray(np.log(weights / weights.sum()))


def _start(categories: Floats, counts: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Slopes of 1, turned for items that fall with the rest; intercepts from how many reach each category."""
    standing = (categories - np.nanmean(categories, axis=0)) / np.nanstd(categories, axis=0)
    total = np.nansum(standing, axis=1)
    falls = np.array([np.nansum(column * (total - np.nan_to_num(column))) < 0 for column in standing.T])
    slopes = np.where(falls, -1.0, 1.0)
    intercepts = np.zeros((len(counts), int(counts.max()) - 1))
    for at, (column, count) in enumerate(zip(categories.T, counts, strict=True)):
        given = column[np.isfinite(column)]
        reached = np.array([(given >= step).mean() for step in range(1, count)])
        intercepts[at, : count - 1] = special.logit(reached)
    return slopes, intercepts


def _reached(slopes: Floats, intercepts: Floats, trait: Floats) -> Floats:
    """The chance of each category or a higher one: shape (items, categories + 1, traits), from 1 down to 0."""
    inner = special.expit(slopes[:, np.newaxis, np.newaxis] * trait + intercepts[:, :, np.newaxis])
    edge = np.ones((len(slopes), 1, len(trait)))
    return np.concatenate([edge, inner, np.zeros_like(edge)], axis=1)


def _chances(slopes: Floats, intercepts: Floats, trait: Floats) -> Floats:
    """The chance of each category: shape (items, categories, traits); never quite 0, so that it has a logarithm."""
    reached = _reached(slopes, intercepts, trait)
    return np.maximum(reached[:, :-1] - reached[:, 1:], LEAST_CHANCE)


def _gradients(slopes: Floats, intercepts: Floats) -> Floats:
    """How each category's chance moves with slope and intercepts: shape (items, categories, grid, parameters)."""
    reached = _reached(slopes, intercepts, GRID)
    steep = reached * (1 - reached)
    items, edges, points = steep.shape
    found = np.zeros((items, edges - 1, points, edges - 1))
    found[..., 0] = GRID * (steep[:, :-1] - steep[:, 1:])
    for step in range(1, edges - 1):
        found[:, step, :, step] = steep[:, step]
        found[:, step - 1, :, step] = -steep[:, step]
    return found


def _improve(at: NDArray[np.intp], expected: Floats, slopes: Floats, intercepts: Floats) -> float:
    """Move items of as many categories one step of Fisher scoring up; return how far the furthest parameter went."""
    steps = expected.shape[1] - 1
    given = np.concatenate([slopes[at][:, np.newaxis], intercepts[at, :steps]], axis=1)
    chances, gradient = _chances(given[:, 0], given[:, 1:], GRID), _gradients(given[:, 0], given[:, 1:])
    believed = np.array([BELIEVED_SLOPE, *[0.0] * steps])
    firm = _firmness(steps)
    score = np.einsum("icg,icgp->ip", expected / chances, gradient) - (given - believed) * firm
    weighed = gradient * (expected.sum(axis=1)[:, np.newaxis] / chances)[..., np.newaxis]
    information = np.einsum("icgp,icgr->ipr", weighed, gradient) + np.diag(firm)
    step = np.linalg.solve(information, score[..., np.newaxis])[..., 0]
    moved = _take(given, step, expected, (believed, firm))
    slopes[at], intercepts[at, :steps] = moved[:, 0], moved[:, 1:]
    return float(np.abs(moved - given).max())


def _firmness(steps: int) -> Floats:
    return np.array([SLOPE_SPREAD**-2, *[INTERCEPT_SPREAD**-2] * steps])


def _take(given: Floats, step: Floats, expected: Floats, beliefs: tuple[Floats, Floats]) -> Floats:
    """As much of each item's step as does not make it worse, halved up to ten times, else none."""
    before, moved = _worth(given, expected, beliefs), given.copy()
    open_ones = np.ones(len(given), np.bool_)
    for halving in range(10):
        tried = given + step / 2**halving
        better = open_ones & (_worth(tried, expected, beliefs) >= before)
        moved[better] = tried[better]
        open_ones &= ~better
    return moved


def _worth(parameters: Floats, expected: Floats, beliefs: tuple[Floats, Floats]) -> Floats:
    """What an item's parameters are worth: length items; minus infinity where thresholds are out of order."""
    in_order = (np.diff(parameters[:, 1:], axis=1) < 0).all(axis=1)
    logs = np.log(_chances(parameters[:, 0], parameters[:, 1:], GRID))
    worth = (expected * logs).sum(axis=(1, 2)) - ((parameters - beliefs[0]) ** 2 * beliefs[1]).sum(axis=1) / 2
    return np.asarray(np.where(in_order, worth, -np.inf))


def _require_categories(categories: Floats) -> NDArray[np.intp]:
    """The number of categories of each item, all used."""
    if categories.ndim != 2 or categories.shape[1] < 3 or len(categories) < FEWEST_UNITS:
        raise ValueError(f"the model takes {FEWEST_UNITS} units and 3 items or more, got shape {categories.shape}")
    counts, wrong = [], []
    for position, column in enumerate(categories.T, start=1):
        used = np.unique(column[np.isfinite(column)])
        counts.append(len(used))
        if len(used) < 2 or not np.array_equal(used, np.arange(len(used))):
            wrong.append(f"item {position} has {', '.join(f'{one:g}' for one in used) or 'no answer'}")
    if wrong:
        raise ValueError(f"categories count up from 0 without a gap, two at least: {'; '.join(wrong)}")
    return np.array(counts, np.intp)
