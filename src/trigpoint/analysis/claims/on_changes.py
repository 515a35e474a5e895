# SPDX-License-Identifier: MIT
"""Computations on the change of the same units between two rounds."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from trigpoint.analysis.claims.computations import (
    ChangeOfUnits,
    CountChanges,
    FallenUnits,
    LargestFall,
    MeanChange,
    RiseGap,
    SpreadChange,
)
from trigpoint.analysis.claims.computed import Computed, show
from trigpoint.analysis.claims.evidence import Evidence, NotInEvidence, Scores
from trigpoint.analysis.claims.groups import TiedCut, find_tied_cut, select_units, take_end
from trigpoint.analysis.claims.matching import match_scores
from trigpoint.analysis.claims.wording import group_words
from trigpoint.statistics.spread import compare_spread


def mean_change(wanted: MeanChange, evidence: Evidence) -> Computed:
    """Return, for each group, the mean change of those of its units that have a score in both rounds."""
    matched = match_scores(wanted, evidence)
    changes = matched.changes
    values, counts, notes = [], [], []
    for group in wanted.groups:
        codes = select_units(group, matched.scores_on, evidence)
        found = [changes[code] for code in codes if code in changes]
        if not found:
            raise NotInEvidence(f"no unit of {group_words(group)} has a score in both rounds")
        values.append(_mean(found))
        counts.append(len(found))
        notes.append(_tie_note(find_tied_cut(group, matched.scores_on), codes, changes))
    labels = tuple(group_words(group) if len(wanted.groups) > 1 else "" for group in wanted.groups)
    return Computed(tuple(values), labels, tuple(counts), note="; ".join(filter(None, notes)))


def change_of_units(wanted: ChangeOfUnits, evidence: Evidence) -> Computed:
    """Return the change of each unit named, in points or per cent, times the factor."""
    matched = match_scores(wanted, evidence)
    changes = matched.changes if wanted.give == "points" else matched.percents
    absent = [code for code in wanted.units if code not in changes]
    if absent:
        raise NotInEvidence(f"{', '.join(absent)} has no score to compare in both rounds")
    values = tuple(changes[code] * Fraction(wanted.times) for code in wanted.units)
    from_to = (f"{code} from {show(matched.first[code])} to {show(matched.second[code])}" for code in wanted.units)
    return Computed(values, wanted.units, (len(values),), note="; ".join(from_to))


def largest_fall(wanted: LargestFall, evidence: Evidence) -> Computed:
    """Return the code of the unit that fell the most, of all if several fell as much."""
    matched = match_scores(wanted, evidence)
    changes = matched.changes if wanted.give == "points" else matched.percents
    worst = min(changes.values())
    if worst >= 0:
        raise NotInEvidence("no unit fell")
    codes = tuple(sorted(code for code in changes if changes[code] == worst))
    unit = evidence.unit(wanted.rounds[1], codes[0])
    note = f"{unit.name if unit else ''} {show(worst)} {'points' if wanted.give == 'points' else 'per cent'}".strip()
    return Computed(codes, ("",) * len(codes), (len(changes),), is_set=True, note=note)


def count_changes(wanted: CountChanges, evidence: Evidence) -> Computed:
    """Return the number of units of a group that have risen, fallen, stayed the same or can't be compared."""
    matched = match_scores(wanted, evidence)
    codes = select_units(wanted.group, matched.scores_on, evidence)
    changes = matched.changes
    kinds = {code: _kind(code, changes) for code in codes}
    values = tuple(Fraction(sum(1 for kind in kinds.values() if kind == wanted_kind)) for wanted_kind in wanted.count)
    compared = sum(1 for kind in kinds.values() if kind != "unknown")
    unknown = sorted(code for code, kind in kinds.items() if kind == "unknown")
    note = f"not comparable: {', '.join(unknown)}" if unknown else ""
    return Computed(values, wanted.count, (compared,), note=note)


def fallen_units(wanted: FallenUnits, evidence: Evidence) -> Computed:
    """Return the codes of the units of a group that fell; by how much goes in the note."""
    matched = match_scores(wanted, evidence)
    changes = matched.changes
    compared = [code for code in select_units(wanted.group, matched.scores_on, evidence) if code in changes]
    fallen = tuple(sorted(code for code in compared if changes[code] < 0))
    note = ", ".join(f"{code} {show(changes[code])}" for code in fallen)
    return Computed(fallen, ("",) * len(fallen), (len(compared),), is_set=True, note=note)


def rise_gap(wanted: RiseGap, evidence: Evidence) -> Computed:
    """Return mean change of the lowest less that of the highest matched units, for each way of choosing them."""
    matched = match_scores(wanted, evidence)
    changes = matched.changes
    values, notes = [], []
    for on in wanted.chosen_on:
        scores = {code: score for code, score in matched.scores_on(on).items() if code in changes}
        low, high = (_end_change(changes, scores, wanted.size, highest=end) for end in (False, True))
        values.append(low - high)
        notes.append(f"chosen on {on}: lowest {show(low)}, highest {show(high)}")
    labels = tuple(f"chosen on {on}" for on in wanted.chosen_on)
    return Computed(tuple(values), labels, (len(matched.first),), note="; ".join(notes))


def spread_change(wanted: SpreadChange, evidence: Evidence) -> Computed:
    """Return the change of the standard deviation over matched units, and the p of equal spread."""
    matched = match_scores(wanted, evidence)
    first, second = ([scores[code] for code in matched.first] for scores in (matched.first, matched.second))
    try:
        test = compare_spread(first, second)
    except ValueError as error:
        raise NotInEvidence(str(error)) from error
    note = f"from {show(test.first)} to {show(test.second)}; correlation of the rounds {show(test.correlation)}"
    return Computed((test.second - test.first, test.p), ("standard deviation", "p"), (len(first),), note=note)


def _tie_note(tie: TiedCut | None, codes: Sequence[str], changes: Scores) -> str:
    """Between what the mean change lies, whichever of the units equal at the cut are taken."""
    if tie is None or any(code not in changes for code in (*codes, *tie.equals)):
        return ""
    clear = [changes[code] for code in codes if code not in tie.equals]
    tied = sorted(changes[code] for code in tie.equals)
    least, most = _mean(clear + tied[: tie.taken]), _mean(clear + tied[-tie.taken :])
    return f"{len(tied)} are equal at the cut, {tie.taken} taken: {show(least)} to {show(most)} by which"


def _kind(code: str, changes: Scores) -> str:
    if code not in changes:
        return "unknown"
    change = changes[code]
    return "risen" if change > 0 else "fallen" if change < 0 else "unchanged"


def _end_change(changes: Scores, scores: Scores, size: int, *, highest: bool) -> Fraction:
    return _mean([changes[code] for code in take_end(scores, size, highest=highest)])


def _mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)
