# SPDX-License-Identifier: MIT
"""Draw the answers of one round: who is shown what, what is left open, and what is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.model import Question, ShownWhen
from trigpoint.submissions.missing import CODE_OF, LOWEST_MISSING_CODE, Missing
from trigpoint.synthetic.latent import cut, draw_normals, mix, threshold
from trigpoint.synthetic.shape import DRAWN_MISSING, NumberClass, QuestionShape, RoundShape

Flags = NDArray[np.bool_]
_NOT_SHOWN = CODE_OF[Missing.NOT_SHOWN]
_NOT_ANSWERED = CODE_OF[Missing.NOT_ANSWERED]


@dataclass(frozen=True, slots=True)
class RoundAnswers:
    """codes: shape (units, questions) and numbers: question → shape (units,), both as in an AnswerTable."""

    codes: NDArray[np.uint8]
    numbers: dict[str, NDArray[np.float64]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Draws:
    """All the randomness of a round, drawn before any of it is used, so that no answer moves another's draw.

    own: shape (units, questions); open: the same for each of DRAWN_MISSING; tendency: shape (units, 3).
    within, gaps: 0 to 1, shapes (units, questions) and (units, sections). factors: shape (units, sections).
    """

    own: NDArray[np.float64]
    open: NDArray[np.float64]
    tendency: NDArray[np.float64]
    within: NDArray[np.float64]
    gaps: NDArray[np.float64]
    factors: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _QuestionDraw:
    """What is drawn for one question; a question without a section has no gap and no factor."""

    section: int | None
    own: NDArray[np.float64]
    open: NDArray[np.float64]
    tendency: NDArray[np.float64]
    within: NDArray[np.float64]
    gaps: NDArray[np.float64]
    factor: NDArray[np.float64]


def draw_answers(
    rng: np.random.Generator,
    framework: Framework,
    shape: RoundShape,
    factors: NDArray[np.float64],
    care_settings: Sequence[tuple[str, ...]],
) -> RoundAnswers:
    """Return the answers of one round.

    factors: shape (units, sections of the shape), standard normal: what each section measures, in each unit.
    care_settings: those of each unit.
    """
    units = len(care_settings)
    draws = _draw(rng, units, len(framework.questions), factors)
    drawn = RoundAnswers(np.full((units, len(framework.questions)), _NOT_SHOWN, dtype=np.uint8))
    for at, question in enumerate(framework.content.questions):
        wanted = shape.questions[question.id]
        draw = _draw_of(draws, at, shape.section_position(question.measure))
        positions = _positions(wanted, shape, draw)
        if question.id in shape.ticked_by:
            codes = _ticks(framework, question, shape.ticked_by[question.id], care_settings)
        else:
            codes = _leave_open(np.zeros_like(positions) if wanted.classes else positions, wanted, shape, draw)
        is_shown = shown_to(framework, question, care_settings, drawn)
        drawn.codes[:, at] = np.where(is_shown, codes, _NOT_SHOWN)
        if wanted.classes:
            numbers = _numbers_within(wanted.classes, positions, draw.within)
            drawn.numbers[question.id] = np.where(drawn.codes[:, at] < LOWEST_MISSING_CODE, numbers, np.nan)
    return drawn


def shown_to(
    framework: Framework, question: Question, care_settings: Sequence[tuple[str, ...]], drawn: RoundAnswers
) -> Flags:
    """Return which units are shown a question, shape (units,), as `shown_questions` says for one unit."""
    is_asked = np.array([question.is_asked_in(settings) for settings in care_settings], dtype=np.bool_)
    if not question.routes:
        return is_asked
    is_open = np.stack([_route_is_met(framework, route, drawn) for route in question.routes]).any(axis=0)
    return is_asked & is_open


def _route_is_met(framework: Framework, route: ShownWhen, drawn: RoundAnswers) -> Flags:
    earlier = drawn.codes[:, list(framework.questions).index(route.question)]
    codes = framework.scale_of(route.question).codes
    opening = [codes.index(answer) for answer in route.answers if answer in codes]
    opening += [CODE_OF[state] for state in Missing if state.value in route.answers]
    met = np.isin(earlier, opening) & (earlier != _NOT_SHOWN)
    if route.at_least is not None:
        # nan, a number that is missing, is at least nothing
        met |= drawn.numbers[route.question] >= float(route.at_least)
    return np.asarray(met, dtype=np.bool_)


def _draw(rng: np.random.Generator, units: int, questions: int, factors: NDArray[np.float64]) -> _Draws:
    return _Draws(
        own=draw_normals(rng, units, questions),
        open=draw_normals(rng, len(DRAWN_MISSING), units, questions),
        tendency=draw_normals(rng, units, len(DRAWN_MISSING)),
        within=rng.random((units, questions)),
        gaps=rng.random(factors.shape),
        factors=factors,
    )


def _draw_of(draws: _Draws, question: int, section: int | None) -> _QuestionDraw:
    is_in_section = section is not None
    return _QuestionDraw(
        section=section,
        own=draws.own[:, question],
        open=draws.open[:, :, question],
        tendency=draws.tendency,
        within=draws.within[:, question],
        gaps=draws.gaps[:, section] if is_in_section else np.ones(len(draws.own)),
        factor=draws.factors[:, section] if is_in_section else np.zeros(len(draws.own)),
    )


def _positions(wanted: QuestionShape, shape: RoundShape, draw: _QuestionDraw) -> NDArray[np.uint8]:
    """The answer each unit would give, as its position in the scale or among the classes of numbers."""
    loading = 0.0 if draw.section is None else shape.sections[draw.section].loading
    return cut(mix(draw.factor, draw.own, loading), wanted.answers)


def _leave_open(
    codes: NDArray[np.uint8], wanted: QuestionShape, shape: RoundShape, draw: _QuestionDraw
) -> NDArray[np.uint8]:
    """The codes, with a missing state where there is no answer; a section left open as a whole comes first."""
    result = codes.copy()
    is_open = np.zeros(len(codes), dtype=np.bool_)
    left = 1.0
    for kind, (state, share) in enumerate(zip(DRAWN_MISSING, wanted.missing, strict=True)):
        if share > 0:
            wish = mix(draw.tendency[:, kind], draw.open[kind], shape.tendencies[kind])
            now = (wish < threshold(share / left)) & ~is_open
            result[now] = CODE_OF[state]
            is_open |= now
        left -= share
    result[draw.gaps < shape.section_gap_share] = _NOT_ANSWERED
    return result


def _ticks(
    framework: Framework, question: Question, ticked_by: str, care_settings: Sequence[tuple[str, ...]]
) -> NDArray[np.uint8]:
    ticked = len(framework.scale_of(question.id).codes) - 1  # the most of a scale stands last
    gives = np.array([ticked_by in settings for settings in care_settings], dtype=np.bool_)
    return np.where(gives, ticked, _NOT_ANSWERED).astype(np.uint8)


def _numbers_within(
    classes: Sequence[NumberClass], positions: NDArray[np.uint8], within: NDArray[np.float64]
) -> NDArray[np.float64]:
    lowest = np.array([one.lowest for one in classes], dtype=np.float64)[positions]
    highest = np.array([one.highest for one in classes], dtype=np.float64)[positions]
    return np.minimum(np.floor(lowest + within * (highest - lowest + 1)), highest)
