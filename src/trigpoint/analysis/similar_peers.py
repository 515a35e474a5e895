# SPDX-License-Identifier: MIT
"""One organisation among those most like it, by size and the like, with how sure its position is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from trigpoint.analysis.chart import Dot, DotChart, DotRow
from trigpoint.analysis.peers import PeerDistribution, PeerPosition, find_position, summarise_peers
from trigpoint.analysis.plain_words import say_list, say_share
from trigpoint.analysis.result import AnalysisResult, CheckedAssumption, Outcome, ResultRow
from trigpoint.analysis.scored_units import ScoredUnits
from trigpoint.errors import CannotAnalyse
from trigpoint.statistics.proportions import ShareInterval, wilson_interval

FEWEST = 5
NAME = "peers"


@dataclass(frozen=True, slots=True)
class SimilarPeers:
    """peers: codes, the most alike first, with their distances. below: share of them that score lower."""

    organisation: str
    score: float
    peers: tuple[tuple[str, float], ...]
    distribution: PeerDistribution
    position: PeerPosition
    below: ShareInterval


def compare_with_similar(
    units: ScoredUnits,
    organisation: str,
    features: Mapping[str, Sequence[float]],
    *,
    count: int = 15,
    type_of: Mapping[str, str] | None = None,
) -> AnalysisResult[SimilarPeers]:
    """Return where an organisation stands among those most like it.

    features: organisation code → numbers, as many for each. count: of peers, 5 or more. type_of: code → type.
    Raises CannotAnalyse for an organisation without score or features, too few peers, or features that do not vary.
    """
    scores = dict(zip((code for code, _ in units.keys), units.scores, strict=True))
    if organisation not in scores:
        raise CannotAnalyse(f"{organisation} has no score on {units.measure} in {units.round}.")
    if organisation not in features:
        raise CannotAnalyse(f"{organisation} has no features: nothing shows who is like it.")
    others = [
        code for code in scores if code in features and code != organisation and _alike(code, organisation, type_of)
    ]
    if min(len(others), count) < FEWEST:
        raise CannotAnalyse(
            f"{min(len(others), count)} peers with a score and features are too few: it takes {FEWEST}."
        )
    peers = _nearest(organisation, others, features, count)
    own, theirs = scores[organisation], sorted(scores[code] for code, _ in peers)
    distribution = summarise_peers(theirs)
    assert distribution is not None, "there are enough peers"
    numbers = SimilarPeers(
        organisation,
        float(own),
        peers,
        distribution,
        find_position(own, distribution),
        wilson_interval(sum(one < own for one in theirs), len(theirs)),
    )
    return _result(units, numbers, len(others))


def _alike(code: str, organisation: str, type_of: Mapping[str, str] | None) -> bool:
    return type_of is None or (code in type_of and type_of[code] == type_of.get(organisation))


def _nearest(
    organisation: str, others: Sequence[str], features: Mapping[str, Sequence[float]], count: int
) -> tuple[tuple[str, float], ...]:
    values = np.array([features[code] for code in (organisation, *others)], np.float64)
    spread = values.std(axis=0, ddof=1)
    if (spread == 0).any() or not np.isfinite(values).all():
        raise CannotAnalyse("Each feature must vary, and every organisation must have all of them.")
    away = np.sqrt((((values[1:] - values[0]) / spread) ** 2).sum(axis=1))
    order = np.lexsort((np.array(others), away))[:count]
    return tuple((others[at], float(away[at])) for at in order)


def _result(units: ScoredUnits, found: SimilarPeers, possible: int) -> AnalysisResult[SimilarPeers]:
    n = len(found.peers)
    return AnalysisResult(
        analysis=NAME,
        sentence=_say(found),
        definition=(
            f"Scores on {units.measure} in {units.round}, unrounded; the {n} organisations most like "
            f"{found.organisation} by the features given, of {possible} that could be."
        ),
        n=n,
        of=n + len(units.left_out),
        numbers=found,
        rows=tuple(_rows(found)),
        checked=(
            CheckedAssumption(
                "peers are close",
                Outcome.HOLDS if found.peers[-1][1] < 2 else Outcome.DOUBTFUL,
                f"the furthest is {found.peers[-1][1]:.1f} standard deviations away",
            ),
            CheckedAssumption(
                "the features are those that matter", Outcome.NOT_CHECKED, "they are the ones that were given"
            ),
        ),
        cannot_tell=("Whether peers are good: a middle position among them is no standard.",),
        charts=(_draw(found),),
        left_out=tuple((" ".join(key), why) for key, why in units.left_out.items()),
    )


def _say(found: SimilarPeers) -> str:
    words = {
        PeerPosition.BELOW: "scores below the middle half of its peers",
        PeerPosition.ABOUT_THE_SAME: "scores within the middle half of its peers",
        PeerPosition.ABOVE: "scores above the middle half of its peers",
    }[found.position]
    nearest = say_list([code for code, _ in found.peers[:3]])
    return (
        f"{found.organisation} {words}; {say_share(found.below.share)} of them score lower (95 % interval "
        f"{say_share(found.below.lower)} to {say_share(found.below.upper)}). Most like it are {nearest}."
    )


def _rows(found: SimilarPeers) -> Sequence[ResultRow]:
    n, lies = len(found.peers), found.distribution
    below = found.below
    return [
        ResultRow(f"score of {found.organisation}", found.score, "points", 1),
        ResultRow("lowest of the peers", float(lies.lowest), "points", n),
        ResultRow("lower quartile of the peers", float(lies.lower_quartile), "points", n),
        ResultRow("median of the peers", float(lies.median), "points", n),
        ResultRow("upper quartile of the peers", float(lies.upper_quartile), "points", n),
        ResultRow("highest of the peers", float(lies.highest), "points", n),
        ResultRow("share of peers that score lower", below.share, "", n, below.lower, below.upper),
    ]


def _draw(found: SimilarPeers) -> DotChart:
    lies = found.distribution
    return DotChart(
        f"{found.organisation} among its {len(found.peers)} peers",
        ("score",),
        "points",
        (
            DotRow(found.organisation, (Dot(found.score),)),
            DotRow(
                "median, lowest and highest of peers",
                (Dot(float(lies.median), float(lies.lowest), float(lies.highest)),),
            ),
            DotRow(
                "median and middle half of peers",
                (Dot(float(lies.median), float(lies.lower_quartile), float(lies.upper_quartile)),),
            ),
        ),
    )
