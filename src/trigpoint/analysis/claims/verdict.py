# SPDX-License-Identifier: MIT
"""Whether computed values are the stated ones, and what follows for the claim.

yes           the plain definition gives every stated number, to the decimals printed (or the criterion holds)
nearly        the plain definition doesn't, and a listed alternative reading does
no            no listed definition does
not testable  the plain definition needs what is not there, or no stated number can be read
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from itertools import pairwise

from trigpoint.analysis.claims.computed import Computed, PlaceRange, Value
from trigpoint.analysis.claims.model import Comparison, Condition, Criterion, Stated
from trigpoint.errors import ClaimsFailed
from trigpoint.statistics.rounding import cut_decimals, round_half_up


class Verdict(Enum):
    """What became of a claim."""

    YES = "yes"
    NEARLY = "nearly"
    NO = "no"
    NOT_TESTABLE = "not testable"


def judge(plain: bool | None, alternatives: Sequence[bool | None]) -> Verdict:  # noqa: FBT001 - one answer of three
    """Return the verdict by the rules above.

    plain, alternatives: whether each definition gives what was stated; None where that can't be told.
    """
    if plain is None:
        return Verdict.NOT_TESTABLE
    if plain:
        return Verdict.YES
    return Verdict.NEARLY if any(alternatives) else Verdict.NO


def is_legible(stated: Sequence[Stated]) -> bool:
    """Return whether any stated number can be read in the source."""
    return any(number is not None for number in stated)


def reproduces(computed: Computed, stated: Sequence[Stated], comparison: Comparison) -> bool:
    """Return whether computed values are the stated ones. Stated values that can't be read (None) are passed over.

    Raises ClaimsFailed when the definition gives more or fewer values than were stated and numbers are compared.
    """
    if comparison.criterion is not None:
        return _holds(comparison.criterion, computed.values)
    if computed.is_set:
        return _is_same_set(computed.values, stated)
    if len(computed.values) != len(stated):
        if any(isinstance(value, str) for value in computed.values):
            return False
        raise ClaimsFailed(f"{len(stated)} values are stated and the definition gives {len(computed.values)}.")
    pairs = zip(computed.values, stated, strict=True)
    return all(printed is None or _is_same(value, printed, comparison) for value, printed in pairs)


def _is_same_set(values: Sequence[Value], stated: Sequence[Stated]) -> bool:
    """Whether what can be read is all there, and no more is there than what can't be read may stand for."""
    legible = {printed for printed in stated if printed is not None}
    illegible = sum(1 for printed in stated if printed is None)
    return legible <= set(values) and len(set(values)) - len(legible) <= illegible


def _is_same(value: Value, printed: Stated, comparison: Comparison) -> bool:
    if isinstance(printed, str) or isinstance(value, str) or printed is None:
        return value == printed
    target = Fraction(printed)
    if isinstance(value, PlaceRange):
        return value.first <= target <= value.last
    if not math.isfinite(value):
        return False
    exact = Fraction(value)
    if comparison.within is not None:
        return abs(exact - target) <= Fraction(comparison.within)
    digits = decimals_of(printed) if comparison.digits is None else comparison.digits
    rounded = cut_decimals if comparison.rounding == "cut" else round_half_up
    return rounded(exact, digits=digits) == target


def decimals_of(printed: int | Decimal) -> int:
    """Return the decimals that a number is printed with: 0 for 70, 1 for 70.0."""
    exponent = printed.as_tuple().exponent if isinstance(printed, Decimal) else 0
    assert isinstance(exponent, int), "a number read from a claims file is finite"
    return max(0, -exponent)


def _holds(criterion: Criterion, values: Sequence[Value]) -> bool:
    numbers = [_number(value) for value in values]
    if not numbers:
        raise ClaimsFailed("a criterion is about numbers, and the definition gives none.")
    if criterion.order is not None:
        sign = 1 if criterion.order == "rising" else -1
        return all(sign * one < sign * other for one, other in pairwise(numbers))
    if criterion.each is not None:
        if len(criterion.each) != len(numbers):
            raise ClaimsFailed(f"{len(criterion.each)} conditions for {len(numbers)} values.")
        return all(_keeps(number, one) for number, one in zip(numbers, criterion.each, strict=True))
    if criterion.all is not None:
        return all(_keeps(number, criterion.all) for number in numbers)
    if criterion.most is not None:
        return 2 * sum(_keeps(number, criterion.most) for number in numbers) > len(numbers)
    assert criterion.any is not None, "a criterion has exactly one part"
    return any(_keeps(number, criterion.any) for number in numbers)


def _number(value: Value) -> Fraction:
    if isinstance(value, str | PlaceRange) or not math.isfinite(value):
        raise ClaimsFailed(f"a criterion is about numbers, and the definition gives {value}.")
    return Fraction(value)


def _keeps(number: Fraction, condition: Condition) -> bool:
    return (
        (condition.above is None or number > Fraction(condition.above))
        and (condition.below is None or number < Fraction(condition.below))
        and (condition.at_least is None or number >= Fraction(condition.at_least))
        and (condition.at_most is None or number <= Fraction(condition.at_most))
    )
