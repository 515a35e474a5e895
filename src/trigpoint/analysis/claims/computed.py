# SPDX-License-Identifier: MIT
"""What a computation gives: exact values with what each is of, and how many units they rest on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from trigpoint.statistics.rounding import round_half_up

# Decimals shown of a number that has no end; enough to see how near a rounding was.
SHOWN_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class PlaceRange:
    """The places that equals share in a ranking."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first} to {self.last}"


# A float only where a test of statistics gives one.
Value = Fraction | float | str | PlaceRange


@dataclass(frozen=True, slots=True)
class Computed:
    """The values of a computation, in a fixed order.

    of: what each value is of, one label a value; "" where there is nothing to say.
    n: how many units each part of it rests on (one number a round where rounds differ).
    is_set: the values are codes whose order means nothing. note: what else was seen on the way.
    """

    values: tuple[Value, ...]
    of: tuple[str, ...]
    n: tuple[int, ...]
    is_set: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        assert len(self.values) == len(self.of), "every value has a label"

    @property
    def text(self) -> str:
        """The values in one line, each with what it is of."""
        parts = (
            f"{label} {show(value)}" if label else show(value)
            for label, value in zip(self.of, self.values, strict=True)
        )
        return "; ".join(parts) or "none"


def show(value: Value) -> str:
    """Return a value as text, with at most SHOWN_DECIMALS decimals, half up; a float that is no number as it is.

    >>> show(Fraction(1, 3)), show(Fraction(70))
    ('0.333', '70')
    """
    if isinstance(value, str | PlaceRange) or not math.isfinite(value):
        return str(value)
    steps = round_half_up(Fraction(value), digits=SHOWN_DECIMALS) * 10**SHOWN_DECIMALS
    return format(Decimal(int(steps)).scaleb(-SHOWN_DECIMALS).normalize(), "f")
