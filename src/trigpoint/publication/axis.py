# SPDX-License-Identifier: MIT
"""An axis with round numbers on it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_STEPS = (1, 2, 2.5, 5, 10)
# The numbers of more do not fit a phone's width beside each other.
_MOST_STEPS = 4


@dataclass(frozen=True, slots=True)
class Axis:
    """From bottom to top, both of which are ticks."""

    bottom: float
    top: float
    step: float

    def place(self, value: float) -> float:
        """Return where a value lies, 0 at the bottom to 1 at the top."""
        return (value - self.bottom) / (self.top - self.bottom)

    def ticks(self) -> tuple[tuple[str, float], ...]:
        """Return the numbers of the axis as printed, and where each lies."""
        count = round((self.top - self.bottom) / self.step)
        values = [self.bottom + at * self.step for at in range(count + 1)]
        return tuple((_print(value, self.step), self.place(value)) for value in values)


def fit_axis(values: Sequence[float]) -> Axis:
    """Return the axis with the fewest round numbers that has all values on it. values: one or more, none nan.

    >>> fit_axis([3, 16.8])
    Axis(bottom=0.0, top=20.0, step=5.0)
    """
    low, high = min(values), max(values)
    if low == high:
        low, high = low - 1, high + 1
    exact = (high - low) / _MOST_STEPS
    power = 10.0 ** math.floor(math.log10(exact))
    # A step of 25 times the power is more than twice what is needed, so one of them always fits.
    axes = (_at_steps(low, high, one * power) for one in (*_STEPS, 20, 25))
    return next(axis for axis in axes if round((axis.top - axis.bottom) / axis.step) <= _MOST_STEPS)


def _at_steps(low: float, high: float, step: float) -> Axis:
    return Axis(math.floor(low / step) * step, math.ceil(high / step) * step, step)


def _print(value: float, step: float) -> str:
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    digits += round(step * 10**digits, 9) % 1 != 0
    text = f"{value:,.{digits}f}"
    return text if float(text.replace(",", "")) else text.removeprefix("-")
