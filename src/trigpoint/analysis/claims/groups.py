# SPDX-License-Identifier: MIT
"""Which units a group is, on given scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from trigpoint.analysis.claims.evidence import Evidence, NotInEvidence, Scores
from trigpoint.analysis.claims.readings import Group

# Gives the scores that a group is chosen on: of a round, of the mean of rounds, or (None) of the round at hand.
ScoresOn = Callable[[str | None], Scores]


def rank_units(scores: Scores, *, ties_keep: Sequence[str] = (), highest_first: bool = True) -> tuple[str, ...]:
    """Return the codes by score. Among equals those in ties_keep come first, in that order, then by code."""
    keep = {code: at for at, code in enumerate(ties_keep)}
    sign = -1 if highest_first else 1
    return tuple(sorted(scores, key=lambda code: (sign * scores[code], keep.get(code, len(keep)), code)))


def take_end(scores: Scores, size: int, *, highest: bool, ties_keep: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the `size` units at one end of the ranking, the outermost first. Raises NotInEvidence for too few."""
    if len(scores) < size:
        raise NotInEvidence(f"{size} units are asked for and only {len(scores)} have a score")
    return rank_units(scores, ties_keep=ties_keep, highest_first=highest)[:size]


def select_units(group: Group, scores_on: ScoresOn, evidence: Evidence) -> tuple[str, ...]:
    """Return the codes of a group, in no meaningful order unless it names its units.

    Units of a cohort that have no score are left out; a unit named that has none raises NotInEvidence.
    """
    scores = _matched(scores_on(group.on), group, scores_on)
    if group.units:
        absent = [code for code in group.units if code not in scores]
        if absent:
            raise NotInEvidence(f"{', '.join(absent)} has no score to work with")
        return group.units
    if group.cohorts:
        members = evidence.members(group.cohorts)
        chosen = tuple(code for code in scores if code in members)
    elif group.highest or group.lowest:
        chosen = _end(group, scores)
    else:
        chosen = tuple(scores)
    outside = set(group.without) | _also_highest(group, scores_on)
    chosen = tuple(code for code in chosen if code not in outside)
    if not chosen:
        raise NotInEvidence("no unit of the group has a score")
    return chosen


def _end(group: Group, scores: Scores) -> tuple[str, ...]:
    is_highest = group.highest is not None
    return take_end(scores, group.highest or group.lowest or 0, highest=is_highest, ties_keep=group.ties_keep)


def _matched(scores: Scores, group: Group, scores_on: ScoresOn) -> Scores:
    others = [scores_on(round_id) for round_id in group.matched_with]
    return {code: score for code, score in scores.items() if all(code in other for other in others)}


def _also_highest(group: Group, scores_on: ScoresOn) -> set[str]:
    if group.outside_highest_on is None or group.highest is None:
        return set()
    scores = _matched(scores_on(group.outside_highest_on), group, scores_on)
    return set(take_end(scores, group.highest, highest=True, ties_keep=group.ties_keep))


@dataclass(frozen=True, slots=True)
class TiedCut:
    """Units with the same score on both sides of a cut: which of them are taken is chance.

    equals: all of them. taken: how many are in the group.
    """

    equals: tuple[str, ...]
    taken: int


def find_tied_cut(group: Group, scores_on: ScoresOn) -> TiedCut | None:
    """Return the units that are equal at the cut of a group by score, or None where the cut is clean."""
    if not (group.highest or group.lowest):
        return None
    scores = _matched(scores_on(group.on), group, scores_on)
    taken = _end(group, scores)
    equals = tuple(code for code in scores if scores[code] == scores[taken[-1]])
    inside = sum(1 for code in equals if code in taken)
    return TiedCut(equals, inside) if inside < len(equals) else None
