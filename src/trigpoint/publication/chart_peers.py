# SPDX-License-Identifier: MIT
"""The peer chart: one unit's scores as bars, with the range of its peers behind each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from trigpoint.analysis.peers import PeerDistribution
from trigpoint.publication.score_range import ScoreRange

HOW_TO_READ = (
    "The blue bar is your score. The pale band behind it is the middle half of your peers, the upright line their "
    "median; the thin line runs from their lowest to their highest."
)


@dataclass(frozen=True, slots=True)
class PeerBar:
    """What is known of one measure. text: the score as people read it; score None when there is none.

    peers: None when too few have a score to be shown.
    """

    label: str
    text: str
    score: Fraction | None
    peers: PeerDistribution | None


@dataclass(frozen=True, slots=True)
class PeerMarks:
    """Where the peers' marks lie, 0 at the left end of the axis to 1 at the right."""

    lowest: float
    lower_quartile: float
    median: float
    upper_quartile: float
    highest: float


@dataclass(frozen=True, slots=True)
class PeerRow:
    """One measure. length: of its bar, 0 to 1; None without a score."""

    label: str
    text: str
    length: float | None
    marks: PeerMarks | None


@dataclass(frozen=True, slots=True)
class PeerChart:
    """Measures one under another on one axis. ticks: the number printed and where it lies, 0 to 1."""

    name: str
    title: str
    description: str
    rows: tuple[PeerRow, ...]
    ticks: tuple[tuple[str, float], ...]


def build_peer_chart(bars: Sequence[PeerBar], axis: ScoreRange, *, name: str, title: str) -> PeerChart:
    """Return the chart of some measures. name: of the chart, unique on its page. title: the finding."""
    return PeerChart(
        name=name,
        title=title,
        description=" ".join(f"{one.label}: {one.text}." for one in bars),
        rows=tuple(_row(one, axis) for one in bars),
        ticks=tuple((str(tick), axis.place(Fraction(tick))) for tick in axis.ticks()),
    )


def _row(one: PeerBar, axis: ScoreRange) -> PeerRow:
    length = None if one.score is None else axis.place(one.score)
    return PeerRow(one.label, one.text, length, None if one.peers is None else _marks(one.peers, axis))


def _marks(peers: PeerDistribution, axis: ScoreRange) -> PeerMarks:
    return PeerMarks(**{name: axis.place(getattr(peers, name)) for name in PeerMarks.__slots__})
