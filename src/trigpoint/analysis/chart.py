# SPDX-License-Identifier: MIT
"""The chart of an analysis as numbers and words. How it is drawn is publication's to say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Dot:
    """A value in the unit of its chart's axis; lower, upper: its interval, None where it has none."""

    value: float
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True, slots=True)
class DotRow:
    """A line of a dot chart: one dot for each series, None where that series has no value."""

    label: str
    dots: tuple[Dot | None, ...]


@dataclass(frozen=True, slots=True)
class DotChart:
    """Labelled rows of dots on one axis.

    title: what is seen. series: what each dot of a row is. unit: of the axis. marked: a value with a line across all
    rows, and its name. digits: decimals printed of its numbers.
    """

    title: str
    series: tuple[str, ...]
    unit: str
    rows: tuple[DotRow, ...]
    marked: tuple[str, float] | None = None
    digits: int = 1


@dataclass(frozen=True, slots=True)
class PlanePoint:
    """A unit of a plane chart. lower, upper: interval of y. stands_out: it is drawn dark and named."""

    label: str
    x: float
    y: float
    lower: float | None = None
    upper: float | None = None
    stands_out: bool = False


@dataclass(frozen=True, slots=True)
class Curve:
    """A line through points of a plane chart, by rising x."""

    name: str
    x: tuple[float, ...]
    y: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class PlaneChart:
    """Points on a plane of two axes, with curves."""

    title: str
    x_title: str
    y_title: str
    points: tuple[PlanePoint, ...]
    curves: tuple[Curve, ...] = ()


AnalysisChart: TypeAlias = DotChart | PlaneChart
