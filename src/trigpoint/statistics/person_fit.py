# SPDX-License-Identifier: MIT
"""Answer patterns that fit badly to how hard the items are. A sign to look again, never a verdict."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class GuttmanErrors:
    """Pairs of items in which the easier was failed and the harder passed. Arrays of length n.

    errors: how many. normed: over the most that the total allows, 0 to 1; nan where none is possible.
    van_der_flier: U3, errors weighed by how far apart items lie, 0 to 1; nan for a total of none or all, or where all
    items are equally hard. agreement: Ht, with the others' answers, at most 1; nan for a total of none or all.
    """

    errors: Floats
    normed: Floats
    van_der_flier: Floats
    agreement: Floats


def count_guttman_errors(passed: NDArray[np.bool_]) -> GuttmanErrors:
    """Return how far each unit's passes go against the order of the items.

    passed: shape (n units, k items), none missing. Items equally hard keep the order given.
    Raises ValueError for fewer than two units or items, or an item that all pass or all fail.
    Source: Guttman 1944; van der Flier 1982; Sijtsma, Kwantitatieve Methoden 7 (1986) 131-145; Meijer and Sijtsma,
    Appl Psychol Meas 25 (2001) 107-135.
    """
    if passed.ndim != 2 or min(passed.shape) < 2:
        raise ValueError("patterns need two units and two items or more")
    easy = passed.mean(axis=0)
    same = np.flatnonzero((easy == 0) | (easy == 1))
    if len(same):
        raise ValueError(f"items that all pass or all fail order nothing: {', '.join(str(at + 1) for at in same)}")
    order = np.argsort(-easy, kind="stable")
    answers, total, k = passed[:, order].astype(np.float64), passed.sum(axis=1).astype(np.float64), passed.shape[1]
    failed_before = np.cumsum(1 - answers, axis=1)
    errors = (answers * failed_before).sum(axis=1)
    most = total * (k - total)
    normed = np.divide(errors, most, out=np.full(len(total), np.nan), where=most > 0)
    return GuttmanErrors(errors, np.asarray(normed), _van_der_flier(answers, easy[order]), _agreement(answers))


def _van_der_flier(answers: Floats, easy: Floats) -> Floats:
    logits = np.log(easy / (1 - easy))
    total = answers.sum(axis=1).astype(int)
    sums = np.concatenate([[0.0], logits.cumsum()])
    best, worst = sums[total], sums[-1] - sums[len(logits) - total]
    room = best - worst
    return np.asarray(np.divide(best - answers @ logits, room, out=np.full(len(total), np.nan), where=room > 0))


def _agreement(answers: Floats) -> Floats:
    """Covariance of each unit's answers with all the others', over the most that the totals allow."""
    n, k = answers.shape
    shares = answers.mean(axis=1)
    summed = answers.sum(axis=0)
    with_others = answers @ summed / k - shares * summed.mean() - shares * (1 - shares)
    # Of two totals the smaller is the most items that both can pass.
    rising = np.sort(shares)
    below = np.concatenate([[0.0], rising.cumsum()])
    at = np.searchsorted(rising, shares, side="right")
    smaller = below[at] + (n - at) * shares
    most = smaller - shares * shares.sum() - shares * (1 - shares)
    return np.asarray(np.divide(with_others, most, out=np.full(n, np.nan), where=most > 1e-12))


def standardised_likelihood(answers: NDArray[np.intp], chances: Floats) -> Floats:
    """Return lz of each unit: how likely its answers are under a model, standardised; low is unlikely.

    answers: shape (n, k), the category chosen, from 0; -1 where there is none. chances: shape (n, k, categories), of
    each category by the model; 0 beyond an item's own. nan for a unit without answers. When the chances rest on a score
    that was estimated from the same answers, lz varies by less than 1: take limits from simulation.
    Raises ValueError when chances do not add up to 1.
    Source: Drasgow, Levine and Williams, Br J Math Stat Psychol 38 (1985) 67-86.
    """
    if chances.shape[:2] != answers.shape or not np.allclose(chances.sum(axis=2), 1):
        raise ValueError("the chances of an item's categories must add up to 1, for each unit and item")
    logs = np.log(np.where(chances > 0, chances, 1.0))
    there = answers >= 0
    own = np.take_along_axis(logs, np.where(there, answers, 0)[:, :, None], axis=2)[:, :, 0]
    mean = (chances * logs).sum(axis=2)
    variance = (chances * logs**2).sum(axis=2) - mean**2
    away = np.where(there, own - mean, 0).sum(axis=1)
    spread = np.sqrt(np.where(there, variance, 0).sum(axis=1))
    return np.asarray(np.divide(away, spread, out=np.full(len(answers), np.nan), where=spread > 0))
