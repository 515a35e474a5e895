# SPDX-License-Identifier: MIT
"""Which questions of two versions can be compared."""

from __future__ import annotations

from trigpoint.errors import FrameworkMismatch
from trigpoint.frameworks.check_crosswalk import questions_of
from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.model import Crosswalk

# A question on another scale, or cut in two, gives answers that can't be set side by side.
COMPARABLE = frozenset({"same", "reworded"})


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
