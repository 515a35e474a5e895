# SPDX-License-Identifier: MIT
"""Computations on the scores of one round, or of rounds that are ranked and averaged apart."""

from __future__ import annotations

from fractions import Fraction

from trigpoint.analysis.claims.computations import (
    BandShares,
    CohortCounts,
    DifferenceOfMeans,
    LowestScore,
    MeanScore,
    Overlap,
    Places,
    Ranking,
    ScoreLine,
    UnitScores,
)
from trigpoint.analysis.claims.computed import Computed, PlaceRange, Value
from trigpoint.analysis.claims.evidence import Evidence, NotInEvidence, Scores
from trigpoint.analysis.claims.groups import rank_units, select_units, take_end
from trigpoint.analysis.claims.readings import Group, ScoresReading
from trigpoint.analysis.claims.wording import group_words
from trigpoint.errors import ClaimsFailed
from trigpoint.frameworks.suggest import no_such
from trigpoint.statistics.places import shared_place, shared_places
from trigpoint.statistics.rounding import round_half_up


def score_line(wanted: ScoreLine, evidence: Evidence) -> Computed:
    """Return a unit's scores on a measure's parts, their sum, and its score; its place goes in the note."""
    evidence.require_measure(wanted.round, wanted.measure)
    measures = [part.id for part in evidence.round(wanted.round).framework.measures[wanted.measure].measures]
    parts = [_score(wanted, evidence, part, wanted.unit) for part in measures]
    whole = _score(wanted, evidence, wanted.measure, wanted.unit)
    of_all = list(evidence.scores(wanted.round, wanted.measure, wanted).values())
    place = PlaceRange(*shared_place(whole, of_all))
    note = f"{_name(evidence, wanted.round, wanted.unit)}, place {place} of {len(of_all)}"
    labels = (*measures, "sum", wanted.measure)
    return Computed((*parts, sum(parts, Fraction(0)), whole), labels, (len(of_all),), note=note)


def unit_scores(wanted: UnitScores, evidence: Evidence) -> Computed:
    """Return the score of each unit named, in the order named."""
    values = tuple(_score(wanted, evidence, wanted.measure, code) for code in wanted.units)
    return Computed(values, _labels(evidence, wanted.round, wanted.units), (len(values),))


def lowest_score(wanted: LowestScore, evidence: Evidence) -> Computed:
    """Return the code of the unit with the lowest score, and the score."""
    scores = evidence.scores(wanted.round, wanted.measure, wanted)
    code = take_end(scores, 1, highest=False)[0]
    return Computed(
        (code, scores[code]), ("", wanted.measure), (len(scores),), note=_name(evidence, wanted.round, code)
    )


def ranking(wanted: Ranking, evidence: Evidence) -> Computed:
    """Return the codes at one end of the ranking, from high to low; a tie at the cut goes in the note."""
    scores = evidence.scores(wanted.round, wanted.measure, wanted)
    is_highest = wanted.end == "highest"
    taken = take_end(scores, wanted.size, highest=is_highest, ties_keep=wanted.ties_keep)
    cut = scores[taken[-1]]
    tied = sorted(code for code in scores if scores[code] == cut and code not in taken)
    note = f"equal at the cut and not shown: {', '.join(tied)}" if tied else ""
    shown = taken if is_highest else tuple(reversed(taken))
    return Computed(shown, ("",) * len(shown), (len(scores),), note=note)


def overlap(wanted: Overlap, evidence: Evidence) -> Computed:
    """Return the number, or the codes, of the units at the same end of the ranking in every round."""
    ends, counts = [], []
    for round_id in wanted.rounds:
        scores = evidence.scores(round_id, wanted.measure, wanted)
        is_highest = wanted.end == "highest"
        ends.append(set(take_end(scores, wanted.size, highest=is_highest, ties_keep=wanted.ties_keep)))
        counts.append(len(scores))
    shared = sorted(set.intersection(*ends))
    if wanted.give == "units":
        return Computed(tuple(shared), ("",) * len(shared), tuple(counts), is_set=True)
    return Computed((Fraction(len(shared)),), ("",), tuple(counts), note=", ".join(shared))


def places(wanted: Places, evidence: Evidence) -> Computed:
    """Return the place of each unit of a group among all with a score, from the top."""
    scores = evidence.scores(wanted.round, wanted.measure, wanted)
    of_all = _places_of(scores)
    # From high to low where the group does not name its own order.
    group = _select(wanted.group, wanted, evidence, wanted.round, wanted.measure)
    absent = [code for code in group if code not in scores]
    if absent:
        raise NotInEvidence(f"{', '.join(absent)} has no score in {wanted.round}")
    shown = wanted.group.units or rank_units({code: scores[code] for code in group})
    values = tuple(_as_asked(of_all[code], wanted, len(scores)) for code in shown)
    return Computed(values, _labels(evidence, wanted.round, shown), (len(scores),))


def mean_score(wanted: MeanScore, evidence: Evidence) -> Computed:
    """Return the unweighted mean over units, for each measure and within it for each group."""
    values, labels, counts = [], [], []
    for measure in wanted.measures:
        scores = evidence.scores(wanted.round, measure, wanted)
        for group in wanted.groups:
            found = [scores[code] for code in _select(group, wanted, evidence, wanted.round, measure) if code in scores]
            values.append(_mean(found, wanted.round))
            counts.append(len(found))
            labels.append(_group_label(measure, wanted.measures, group, wanted.groups))
    return Computed(tuple(values), tuple(labels), tuple(counts))


def band_shares(wanted: BandShares, evidence: Evidence) -> Computed:
    """Return per cent, or number, of the units with a score that are in each band, for each round."""
    values, labels, counts = [], [], []
    for round_id in wanted.rounds:
        scores = evidence.scores(round_id, wanted.measure, wanted)
        in_band = _band_counts(evidence, round_id, scores)
        unknown = [band for band in wanted.bands if band not in in_band]
        if unknown:
            raise ClaimsFailed(f"{round_id}: {no_such('band', unknown[0], in_band)}")
        if not scores:
            raise NotInEvidence(f"no unit has a score in {round_id}")
        for band in wanted.bands:
            share = Fraction(100 * in_band[band], len(scores))
            values.append(share if wanted.give == "percent" else Fraction(in_band[band]))
            labels.append(f"{round_id} {band}" if len(wanted.rounds) > 1 else band)
            counts.append(in_band[band])
    returns = tuple(len(evidence.scores(one, wanted.measure, wanted)) for one in wanted.rounds)
    return Computed(tuple(values), tuple(labels), returns, note=f"counts {', '.join(map(str, counts))}")


def cohort_counts(wanted: CohortCounts, evidence: Evidence) -> Computed:
    """Return how many units of a group are in each set of cohorts, how many in none, then the codes of those."""
    group = _select(wanted.group, wanted, evidence, wanted.round, wanted.measure)
    sets = [evidence.members(names) for names in wanted.cohorts]
    inside = [sum(1 for code in group if code in members) for members in sets]
    none = sorted(code for code in group if not any(code in members for members in sets))
    values: tuple[Value, ...] = (*map(Fraction, inside), Fraction(len(none)), *none)
    labels = (*(" or ".join(names) for names in wanted.cohorts), "in none", *("",) * len(none))
    return Computed(values, labels, (len(group),))


def difference_of_means(wanted: DifferenceOfMeans, evidence: Evidence) -> Computed:
    """Return, for each group, its mean in the later round less its mean in the earlier, chosen in each by itself."""
    values, counts = [], []
    for group in wanted.groups:
        means = []
        for round_id in wanted.rounds:
            scores = evidence.scores(round_id, wanted.measure, wanted)
            group_codes = _select(group, wanted, evidence, round_id, wanted.measure)
            found = [scores[code] for code in group_codes if code in scores]
            means.append(_mean(found, round_id))
            counts.append(len(found))
        values.append(means[1] - means[0])
    return Computed(
        tuple(values), tuple(_group_label("", (), group, wanted.groups) for group in wanted.groups), tuple(counts)
    )


def _score(reading: ScoreLine | UnitScores, evidence: Evidence, measure: str, unit: str) -> Fraction:
    score = evidence.scores(reading.round, measure, reading).get(unit)
    if score is None:
        raise NotInEvidence(f"{unit} has no score on {measure} in {reading.round}")
    return score


def _select(group: Group, reading: ScoresReading, evidence: Evidence, round_id: str, measure: str) -> tuple[str, ...]:
    return select_units(group, lambda on: evidence.scores(on or round_id, measure, reading), evidence)


def _places_of(scores: Scores) -> dict[str, PlaceRange]:
    return {code: PlaceRange(*place) for code, place in zip(scores, shared_places(list(scores.values())), strict=True)}


def _as_asked(place: PlaceRange, wanted: Places, count: int) -> Value:
    if wanted.give == "range":
        return place
    return Fraction(place.first, count if wanted.give == "share" else 1)


def _band_counts(evidence: Evidence, round_id: str, scores: Scores) -> dict[str, int]:
    bands = evidence.round(round_id).framework.scoring.bands
    if bands is None:
        raise ClaimsFailed(f"{evidence.round(round_id).framework.ref} has no bands.")
    counts = {band.id: 0 for band in bands.bands}
    for score in scores.values():
        judged = round_half_up(score, digits=0) if bands.band_on == "rounded" else score
        # A checked framework's first band begins at or below its lowest score.
        counts[[band.id for band in bands.bands if judged >= Fraction(band.from_score)][-1]] += 1
    return counts


def _mean(values: list[Fraction], round_id: str) -> Fraction:
    if not values:
        raise NotInEvidence(f"no unit of the group has a score in {round_id}")
    return sum(values, Fraction(0)) / len(values)


def _labels(evidence: Evidence, round_id: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{code} {_name(evidence, round_id, code)}".strip() for code in codes)


def _name(evidence: Evidence, round_id: str, code: str) -> str:
    unit = evidence.unit(round_id, code)
    return unit.name if unit is not None else ""


def _group_label(measure: str, measures: tuple[str, ...], group: Group, groups: tuple[Group, ...]) -> str:
    parts = [measure if len(measures) > 1 else "", group_words(group) if len(groups) > 1 else ""]
    return " of ".join(part for part in parts if part)
