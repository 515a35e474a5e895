# SPDX-License-Identifier: MIT
"""Whether systems differ, with the providers in them made like for like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trigpoint.analysis.chart import Dot, DotChart, DotRow
from trigpoint.analysis.plain_words import say_list, say_p, say_share
from trigpoint.analysis.result import AnalysisResult, CheckedAssumption, Outcome, ResultColumn, ResultRow, ResultTable
from trigpoint.analysis.scored_units import GroupedUnits
from trigpoint.errors import CannotAnalyse
from trigpoint.statistics.standardisation import (
    KitagawaSplit,
    MixedGroups,
    split_difference,
    standardise_directly,
    standardise_indirectly,
)
from trigpoint.statistics.variance_between import GroupEffects, GroupTest, compare_groups, fit_group_effects

SIGNIFICANT = 0.05
FEWEST_SYSTEMS = 3
Z95 = 1.959963984540054
NAME = "systems"


@dataclass(frozen=True, slots=True)
class SystemMean:
    """One system's mean in four ways, unrounded.

    counts: units by type. direct: None where it lacks a type. adjusted, error: of the mixed model. mix, rate: in what
    the distance of the crude mean from the mean of all units splits.
    """

    system: str
    n: int
    counts: Mapping[str, int]
    crude: float
    direct: float | None
    indirect: float
    adjusted: float
    error: float
    mix: float
    rate: float


@dataclass(frozen=True, slots=True)
class Systems:
    """test: of systems, after types where given. over_units: plain mean of units; over_systems: of systems' means."""

    test: GroupTest
    model_share: float
    over_units: float
    over_systems: float
    systems: tuple[SystemMean, ...]


def analyse_systems(units: GroupedUnits, *, type_of: Mapping[str, str] | None = None) -> AnalysisResult[Systems]:
    """Return whether systems differ beyond chance, and each system's mean crude and like for like.

    units: each in its system. type_of: organisation code → type; who has none is left out. Without it all are one type.
    Raises CannotAnalyse for fewer than 3 systems, no system with two units, scores that do not differ within systems,
    and types that can't be told from systems.
    """
    kept = _with_type(units, type_of)
    names, types = sorted({kept.groups[row] for row in kept.rows}), sorted(set(kept.types))
    _require_systems(names, len(kept.rows), units.grouping)
    mixed = MixedGroups(
        values=units.values[list(kept.rows)],
        groups=np.array([names.index(kept.groups[row]) for row in kept.rows]),
        types=np.array([types.index(one) for one in kept.types]),
        group_count=len(names),
        type_count=len(types),
    )
    fixed = _type_columns(mixed)
    try:
        test = compare_groups(mixed.values, mixed.groups, fixed=fixed)
        model = fit_group_effects(mixed.values, mixed.groups, fixed=fixed, at=np.concatenate([[1.0], mixed.mix[1:]]))
    except ValueError as error:
        raise CannotAnalyse(f"Systems can't be compared: {error}.") from error
    numbers = Systems(
        test=test,
        model_share=model.share,
        over_units=float(mixed.values.mean()),
        over_systems=float(mixed.crude.mean()),
        systems=tuple(_means(mixed, names, types, model)),
    )
    return _result(units, kept, numbers)


def split_systems(units: GroupedUnits, first: str, second: str, *, type_of: Mapping[str, str]) -> KitagawaSplit:
    """Return why the crude mean of one system is above that of another: its mix of types, or its means by type.

    Raises CannotAnalyse for a system that is not there, and where the two do not share their types.
    """
    kept = _with_type(units, type_of)
    chosen = [at for at, row in enumerate(kept.rows) if kept.groups[row] in {first, second}]
    groups = [kept.groups[kept.rows[at]] for at in chosen]
    missing = [system for system in (first, second) if system not in groups]
    if missing:
        raise CannotAnalyse(f"There is no {units.grouping} {say_list(missing)} among the units with a score.")
    types = sorted({kept.types[at] for at in chosen})
    mixed = MixedGroups(
        values=units.values[[kept.rows[at] for at in chosen]],
        groups=np.array([0 if group == first else 1 for group in groups]),
        types=np.array([types.index(kept.types[at]) for at in chosen]),
        group_count=2,
        type_count=len(types),
    )
    try:
        return split_difference(mixed, 0, 1)
    except ValueError as error:
        raise CannotAnalyse(f"{first} and {second} can't be split: {error}.") from error


@dataclass(frozen=True, slots=True)
class _Kept:
    """rows: of the units that have a type; types: theirs. groups: of all units. left_out: those without a type."""

    rows: tuple[int, ...]
    types: tuple[str, ...]
    groups: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


def _with_type(units: GroupedUnits, type_of: Mapping[str, str] | None) -> _Kept:
    keys = units.units.keys
    if type_of is None:
        return _Kept(tuple(range(len(keys))), ("all",) * len(keys), units.groups, ())
    rows = tuple(row for row, key in enumerate(keys) if key[0] in type_of)
    if not rows:
        raise CannotAnalyse("No unit has a type: are the types of the same organisations as the scores?")
    left_out = tuple((" ".join(key), "no type") for key in keys if key[0] not in type_of)
    return _Kept(rows, tuple(type_of[keys[row][0]] for row in rows), units.groups, left_out)


def _require_systems(names: Sequence[str], n: int, grouping: str) -> None:
    if len(names) < FEWEST_SYSTEMS or n == len(names):
        raise CannotAnalyse(
            f"{n} units in {len(names)} groups of {grouping} can't tell groups from chance: it takes {FEWEST_SYSTEMS} "
            "or more, and two units in one of them."
        )


def _type_columns(mixed: MixedGroups) -> NDArray[np.float64]:
    """The intercept, and a column for each type but the first."""
    return np.column_stack([np.ones(len(mixed.values)), np.eye(mixed.type_count)[mixed.types][:, 1:]])


def _means(mixed: MixedGroups, names: Sequence[str], types: Sequence[str], model: GroupEffects) -> Sequence[SystemMean]:
    direct, indirect = standardise_directly(mixed), standardise_indirectly(mixed)
    counts, crude, overall = mixed.counts.astype(int), mixed.crude, float(mixed.values.mean())
    return [
        SystemMean(
            system=name,
            n=int(counts[at].sum()),
            counts={kind: int(count) for kind, count in zip(types, counts[at], strict=True) if count},
            crude=float(crude[at]),
            direct=None if np.isnan(direct.means[at]) else float(direct.means[at]),
            indirect=float(indirect.by_difference[at]),
            adjusted=float(model.means[at]),
            error=float(model.errors[at]),
            mix=float(indirect.expected[at]) - overall,
            rate=float(crude[at] - indirect.expected[at]),
        )
        for at, name in enumerate(names)
    ]


def _result(units: GroupedUnits, kept: _Kept, numbers: Systems) -> AnalysisResult[Systems]:
    scored = units.units
    left_out = (*((" ".join(key), why) for key, why in scored.left_out.items()), *kept.left_out)
    types = "" if set(kept.types) == {"all"} else f", of {len(set(kept.types))} types"
    return AnalysisResult(
        analysis=NAME,
        sentence=_say(units.grouping, numbers),
        definition=(
            f"Scores on {scored.measure} in {scored.round}, unrounded, of units with a score and a {units.grouping}"
            f"{types}; each unit counts once."
        ),
        n=len(kept.rows),
        of=len(kept.rows) + len(left_out),
        numbers=numbers,
        rows=tuple(_rows(numbers)),
        tables=(_table(numbers, units.grouping, typed=bool(types)),),
        checked=tuple(_check(numbers, kept)),
        cannot_tell=(
            "Why a system's providers score as they do: what a system does is not separated from who is in it.",
            "How well a system works together: the scores are of its providers, each by itself.",
        ),
        charts=(_draw(numbers),),
        left_out=left_out,
    )


def _say(grouping: str, found: Systems) -> str:
    test = found.test
    how = f"F = {test.f:.2f} on {test.between_df} and {test.within_df} degrees of freedom, {say_p(test.p)}"
    named = "" if grouping == "system" else f" ({grouping})"
    share = f"which system{named} a unit is in explains {say_share(test.share)} of the variance"
    if test.p > SIGNIFICANT:
        return (
            f"Systems do not differ beyond chance: {share}, which chance alone would often give ({how}). "
            "An order of them says nothing."
        )
    apart = [one for one in found.systems if abs(one.adjusted - found.over_units) > Z95 * one.error]
    named = f"{len(apart)} of {len(found.systems)} lie apart from the mean of all" if apart else "none lies apart"
    return f"Systems differ: {share} ({how}). Drawn in by what chance explains, {named}."


def _rows(found: Systems) -> Sequence[ResultRow]:
    test, n = found.test, sum(one.n for one in found.systems)
    share = ResultRow("share of the variance between systems", test.share, "", n, test.share_lower, test.share_upper)
    return [
        share,
        ResultRow("the same by the mixed model (REML)", found.model_share, "", n),
        ResultRow("F", test.f, "", n, note=f"{test.between_df} and {test.within_df} degrees of freedom"),
        ResultRow("p", test.p, "", n),
        ResultRow("mean over units", found.over_units, "points", n),
        ResultRow("mean over systems", found.over_systems, "points", len(found.systems)),
    ]


def _table(found: Systems, grouping: str, *, typed: bool) -> ResultTable:
    like_for_like = ("direct", "indirect", "by mix", "by rate") if typed else ()
    names = (grouping, "n", "plain mean", *like_for_like, "adjusted", "from", "to")
    return ResultTable(
        "Systems, by name",
        tuple(map(ResultColumn, names)),
        tuple(_line(one, typed=typed) for one in found.systems),
    )


def _line(one: SystemMean, *, typed: bool) -> tuple[str | float | None, ...]:
    like_for_like = (one.direct, one.indirect, one.mix, one.rate) if typed else ()
    interval = one.adjusted - Z95 * one.error, one.adjusted + Z95 * one.error
    return (one.system, one.n, one.crude, *like_for_like, one.adjusted, *interval)


def _check(found: Systems, kept: _Kept) -> Sequence[CheckedAssumption]:
    sizes = sorted(one.n for one in found.systems)
    single = sum(1 for size in sizes if size == 1)
    empty = sum(1 for one in found.systems if one.direct is None)
    typed = set(kept.types) != {"all"}
    return [
        CheckedAssumption(
            "groups are large enough to have a mean",
            Outcome.DOUBTFUL if single else Outcome.HOLDS,
            f"{sizes[0]} to {sizes[-1]} units; {single} with one unit",
        ),
        CheckedAssumption(
            "groups have the same types of units",
            Outcome.NOT_CHECKED if not typed else Outcome.DOUBTFUL if empty else Outcome.HOLDS,
            f"{empty} of {len(found.systems)} lack a type" if typed else "no types were given",
        ),
        CheckedAssumption(
            "units of a group differ for reasons of their own",
            Outcome.NOT_CHECKED,
            "units of one organisation, or ones that share a record system, do not",
        ),
    ]


def _draw(found: Systems) -> DotChart:
    rows = [
        DotRow(
            f"{one.system} (n = {one.n})",
            (
                Dot(one.crude),
                Dot(one.adjusted, one.adjusted - Z95 * one.error, one.adjusted + Z95 * one.error),
            ),
        )
        for one in found.systems
    ]
    differ = "differ" if found.test.p <= SIGNIFICANT else "do not differ beyond chance"
    return DotChart(
        title=f"Systems {differ}",
        series=("plain mean", "adjusted, with its interval"),
        unit="points",
        rows=tuple(rows),
        marked=("mean of all units", found.over_units),
    )
