# SPDX-License-Identifier: MIT
"""Which questions of two versions can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trigpoint.errors import FrameworkMismatch
from trigpoint.frameworks.check_crosswalk import questions_of
from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.model import ComparabilityClass, Crosswalk, Pair

# A question on another scale, or cut in two, gives answers that can't be set side by side.
COMPARABLE = frozenset({"same", "reworded"})


@dataclass(frozen=True, slots=True)
class ComparablePair:
    """One question asked in two versions on the same scale: its id in each, and whether it was reworded."""

    question: str
    previous_question: str
    comparability: ComparabilityClass


def comparable_pairs(framework: Framework, previous: Framework) -> Mapping[str, ComparablePair]:
    """Return the questions of `framework`, scored or not, that `previous` asks too, each with its earlier self.

    By question id of `framework`, in the order of the crosswalk; of one version against itself, all questions.
    Raises FrameworkMismatch when they are two versions and neither has a crosswalk to the other.
    """
    if framework.ref == previous.ref:
        return {question: ComparablePair(question, question, "same") for question in framework.questions}
    crosswalk, side = _between(framework, previous)
    pairs = [_oriented(pair, side) for pair in crosswalk.pairs if pair.comparability in COMPARABLE]
    return {pair.question: pair for pair in pairs}


def _oriented(pair: Pair, side: str) -> ComparablePair:
    """A pair of a crosswalk as seen from the version on one of its sides; comparable pairs are one to one."""
    (newer,), (older,) = questions_of(pair.to_question), questions_of(pair.from_question)
    question, previous = (newer, older) if side == "to" else (older, newer)
    return ComparablePair(question, previous, pair.comparability)


def comparable_questions(framework: Framework, other: Framework) -> frozenset[str]:
    """Return the scored questions of `framework` that `other` asks too, on the same scale.

    One of the two must have a crosswalk to the other. Raises FrameworkMismatch when neither has.
    """
    crosswalk, side = _between(framework, other)
    paired = [
        question
        for pair in crosswalk.pairs
        if pair.comparability in COMPARABLE
        for question in questions_of(pair.to_question if side == "to" else pair.from_question)
    ]
    return frozenset(question for question in paired if framework.questions[question].measure is not None)


def _between(framework: Framework, other: Framework) -> tuple[Crosswalk, str]:
    for holder, end, side in ((framework, other, "to"), (other, framework, "from")):
        crosswalk = holder.crosswalk
        if (
            crosswalk is not None
            and crosswalk.framework == end.ref.framework
            and crosswalk.from_version == end.ref.version
        ):
            return crosswalk, side
    raise FrameworkMismatch(f"there is no crosswalk between {framework.ref} and {other.ref}.")
