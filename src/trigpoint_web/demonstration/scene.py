# SPDX-License-Identifier: MIT
"""What the demonstration shows, as values: two synthetic rounds, and a third that is half done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from trigpoint.frameworks import Framework
from trigpoint.frameworks.missing_offered import missing_offered
from trigpoint.io.content import read_framework
from trigpoint.io.synthetic_shape import read_shape_texts
from trigpoint.organisations import Register
from trigpoint.submissions import AnswerTable
from trigpoint.submissions.missing import CODE_OF, LOWEST_MISSING_CODE, Missing
from trigpoint.synthetic import DEFAULT_SEED, make_rounds, parse_shape

FRAMEWORKS = ("nhs-dma@2015-16", "nhs-dma@2017", "nhs-dma@2017-guided")

# How far organisations are in the open round: shares of all, as a national team meets them two weeks before closing.
NOT_STARTED, SIGNED, SUBMITTED = 0.15, 0.12, 0.10
# A fifth of the answers moved since the last round, most of them up.
SHARE_CHANGED, SHARE_UP = 0.2, 0.8

NOT_ANSWERED = CODE_OF[Missing.NOT_ANSWERED]


@dataclass(frozen=True, slots=True)
class Scene:
    """first, second: rounds behind. third: the open one, as far as it is; done: codes by how far they are."""

    register: Register
    care_settings: Mapping[str, tuple[str, ...]]
    first: AnswerTable
    second: AnswerTable
    third: AnswerTable
    to_sign: frozenset[str]
    to_submit: frozenset[str]
    hero: str


def make_scene(*, seed: int = DEFAULT_SEED) -> Scene:
    """Return the made-up nation; the same seed gives the same one."""
    first_framework, second_framework, guided = (read_framework(name) for name in FRAMEWORKS)
    rng = np.random.Generator(np.random.PCG64(seed))
    shape = parse_shape(read_shape_texts(), (first_framework, second_framework))
    made = make_rounds(rng, shape, (first_framework, second_framework))
    units = made.second.units
    order = rng.permutation(len(units))
    signed, submitted = (round(len(units) * share) for share in (SIGNED, SUBMITTED))
    hero = find_hero(made.second)
    codes = [units[at].organisation for at in order if units[at].organisation != hero]
    third = draw_open_round(rng, made.second, guided, complete=frozenset(codes[: signed + submitted]), hero=hero)
    return Scene(
        register=made.register,
        care_settings={
            unit.organisation: unit.care_settings for table in (made.first, made.second) for unit in table.units
        },
        first=made.first,
        second=made.second,
        third=third,
        to_sign=frozenset(codes[:signed]),
        to_submit=frozenset(codes[signed : signed + submitted]),
        hero=hero,
    )


def find_hero(table: AnswerTable) -> str:
    """Return the organisation that the demonstration's people work in: the first with acute and community care."""
    return next(unit.organisation for unit in table.units if {"acute", "community"} <= set(unit.care_settings))


def draw_open_round(
    rng: np.random.Generator, last: AnswerTable, framework: Framework, *, complete: frozenset[str], hero: str
) -> AnswerTable:
    """Return the answers so far of the open round: last round's with some changes, and parts not answered yet.

    complete: organisations that have answered everything they will. The hero is a good half through. Units that have
    not started are left out. Answers that the framework no longer offers are not answered.
    """
    codes = _changed(rng, last, framework)
    _refuse(codes, last, framework)
    keep = np.zeros(len(last.units), dtype=np.bool_)
    for row, unit in enumerate(last.units):
        keep[row] = unit.organisation in complete or unit.organisation == hero or rng.random() > NOT_STARTED
        share = 1.0 if unit.organisation in complete else 0.6 if unit.organisation == hero else rng.beta(1.2, 1.0)
        answered = round(share * len(last.questions))
        codes[row, answered:] = NOT_ANSWERED
    numbers = {
        question: np.where(codes[:, last.questions.index(question)] == NOT_ANSWERED, np.nan, column)
        for question, column in last.numbers.items()
    }
    table = replace(
        last, framework=framework.ref, framework_hash=framework.hash, round="2026", codes=codes, numbers=numbers
    )
    return table.only(keep)


def _changed(rng: np.random.Generator, last: AnswerTable, framework: Framework) -> NDArray[np.uint8]:
    """Last round's codes with some answers a step up or down, within their scales; numbers stay."""
    codes = last.codes.astype(np.int16)
    tops = np.array([max(len(framework.scale_of(question).codes) - 1, 0) for question in last.questions])
    moves = np.where(rng.random(codes.shape) < SHARE_UP, 1, -1) * (rng.random(codes.shape) < SHARE_CHANGED)
    moved = np.clip(codes + moves, 0, tops)
    return np.where(codes < LOWEST_MISSING_CODE, moved, codes).astype(np.uint8)


def _refuse(codes: NDArray[np.uint8], last: AnswerTable, framework: Framework) -> None:
    """Take out, in place, the ways of being missing that the framework does not offer."""
    for column, question in enumerate(last.questions):
        offered = missing_offered(framework, framework.questions[question])
        for state in (Missing.DONT_KNOW, Missing.NOT_APPLICABLE):
            if state not in offered:
                codes[codes[:, column] == CODE_OF[state], column] = NOT_ANSWERED
