# SPDX-License-Identifier: MIT
"""Scoring of very many units, by compiled loops in threads. Every bit is as the kernel has it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np

from trigpoint.scoring.flat_plan import flatten_plan
from trigpoint.scoring.gather import list_columns
from trigpoint.scoring.machine_code import count_threads, has_compiler
from trigpoint.scoring.plan import ScoringPlan
from trigpoint.scoring.results import Results
from trigpoint.submissions.answers import AnswerTable

# Below, numpy is quick enough, the compiler takes longer to load than the work, and a second thread costs a wait.
FROM_UNITS = 10_000
# Loops round by floats, whose floor is that of the exact quotient for whole numbers this long.
FLOAT_BITS = 52


def is_worth_loops(plan: ScoringPlan, units: int) -> bool:
    """Return whether units are many and there is a compiler. Longer whole numbers are the kernel's alone."""
    return units >= FROM_UNITS and plan.bits <= FLOAT_BITS and has_compiler()


def score_in_loops(answers: AnswerTable, plan: ScoringPlan, results: Results, *, threads: int | None = None) -> bool:
    """Score all units into the room given; their number of threads changes nothing but the time.

    Returns False, with the work unfinished, where a number can't be scored: the kernel says which.
    """
    from trigpoint.scoring.loops import score_units  # only here: the compiler takes a second to load

    flat = flatten_plan(plan, list_columns(answers, plan))
    given = [answers.numbers[question] for question in plan.thresholds]
    numbers = np.stack(given) if given else np.empty((0, 0))
    cuts = np.linspace(0, len(answers.units), (threads or count_threads()) + 1).astype(int)
    rooms = results.numerators, results.denominators, results.bands, results.counts
    with ThreadPoolExecutor(len(cuts) - 1) as pool:
        return all(pool.map(lambda rows: score_units(answers.codes, numbers, flat, *rooms, rows), pairwise(cuts)))
