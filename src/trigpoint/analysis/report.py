# SPDX-License-Identifier: MIT
"""All analyses that apply to a round, or to two; what could not be done is named with the reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from trigpoint.analysis.change import RoundOfAnswers, analyse_change
from trigpoint.analysis.cohorts import analyse_cohort
from trigpoint.analysis.convergence import analyse_convergence
from trigpoint.analysis.distribution import analyse_distribution
from trigpoint.analysis.linking import analyse_linking
from trigpoint.analysis.matched_rounds import MatchedRounds, match_rounds
from trigpoint.analysis.ranks import analyse_ranks
from trigpoint.analysis.reliability import analyse_reliability
from trigpoint.analysis.result import AnalysisResult
from trigpoint.analysis.scored_units import ScoredUnits, group_units, list_scored_units
from trigpoint.analysis.sensitivity import analyse_sensitivity
from trigpoint.analysis.spread import analyse_funnel, analyse_inequality
from trigpoint.analysis.systems import analyse_systems
from trigpoint.analysis.uncertainty import analyse_uncertainty
from trigpoint.errors import CannotAnalyse
from trigpoint.scoring import ScoreTable, compile_plan, score_answers


@dataclass(frozen=True, slots=True)
class ReportBasis:
    """What a report draws on. earlier: the round before. systems, types: organisation → group; cohort: name, codes."""

    measure: str
    earlier: RoundOfAnswers | None = None
    systems: Mapping[str, str] | None = None
    types: Mapping[str, str] | None = None
    cohort: tuple[str, frozenset[str]] | None = None
    seed: int = 1


@dataclass(frozen=True, slots=True)
class RoundReport:
    """results: in order of reading. not_done: analysis → why."""

    results: tuple[AnalysisResult[Any], ...]
    not_done: tuple[tuple[str, str], ...]


def report_round(
    given: RoundOfAnswers, inputs: ReportBasis, *, rng_of: Callable[[int], np.random.Generator]
) -> RoundReport:
    """Return every analysis that applies to a round, each with the same seed as if it had been asked for alone.

    rng_of: seed → generator. Raises CannotAnalyse when nobody has a score on the measure.
    """
    table = score_answers(given.answers, compile_plan(given.framework))
    if inputs.measure not in table.measures:
        raise CannotAnalyse(f"{given.framework.ref} has no measure {inputs.measure}.")
    job = _Job(given, table, list_scored_units(table, inputs.measure), inputs, rng_of)
    results, not_done = [], []
    for name, run in _RUNS:
        try:
            results.append(run(job))
        except CannotAnalyse as error:
            not_done.append((name, str(error)))
    return RoundReport(tuple(results), tuple(not_done))


@dataclass(frozen=True, slots=True)
class _Job:
    given: RoundOfAnswers
    table: ScoreTable
    units: ScoredUnits
    inputs: ReportBasis
    rng_of: Callable[[int], np.random.Generator]

    def rng(self) -> np.random.Generator:
        return self.rng_of(self.inputs.seed)

    def earlier(self) -> RoundOfAnswers:
        if self.inputs.earlier is None:
            raise CannotAnalyse("No earlier round was given.")
        return self.inputs.earlier

    def matched(self) -> MatchedRounds:
        before = self.earlier()
        first = score_answers(before.answers, compile_plan(before.framework))
        if self.inputs.measure not in first.measures:
            raise CannotAnalyse(f"{before.framework.ref} has no measure {self.inputs.measure}.")
        return match_rounds(first, self.table, self.inputs.measure)

    def systems(self) -> Mapping[str, str]:
        if self.inputs.systems is None:
            raise CannotAnalyse("No systems were given.")
        return self.inputs.systems


def _ranks(job: _Job) -> AnalysisResult[Any]:
    found = _uncertainty(job).numbers
    return analyse_ranks(job.units, {one.key: one.question_error for one in found.units}, rng=job.rng())


def _uncertainty(job: _Job) -> AnalysisResult[Any]:
    plan = compile_plan(job.given.framework)
    return analyse_uncertainty(job.given.answers, plan, job.inputs.measure, rng=job.rng())


def _cohort(job: _Job) -> AnalysisResult[Any]:
    if job.inputs.cohort is None:
        raise CannotAnalyse("No cohort was given.")
    name, codes = job.inputs.cohort
    return analyse_cohort(job.matched(), codes, name=name, type_of=job.inputs.types)


def _systems(job: _Job) -> AnalysisResult[Any]:
    grouped = group_units(job.units, job.systems(), grouping="system")
    return analyse_systems(grouped, type_of=job.inputs.types)


def _inequality(job: _Job) -> AnalysisResult[Any]:
    grouped = group_units(job.units, job.inputs.types, grouping="type") if job.inputs.types else None
    return analyse_inequality(job.units, groups=grouped)


_RUNS: Sequence[tuple[str, Callable[[_Job], AnalysisResult[Any]]]] = (
    (
        "distribution",
        lambda job: analyse_distribution(job.table, job.given.framework, job.inputs.measure, group_of=job.inputs.types),
    ),
    ("uncertainty", _uncertainty),
    ("ranks", _ranks),
    ("change", lambda job: analyse_change(job.earlier(), job.given, job.inputs.measure, type_of=job.inputs.types)),
    ("convergence", lambda job: analyse_convergence(job.matched())),
    ("cohorts", _cohort),
    ("systems", _systems),
    ("funnel", lambda job: analyse_funnel(group_units(job.units, job.systems(), grouping="system"))),
    ("inequality", _inequality),
    (
        "reliability",
        lambda job: analyse_reliability(job.given.answers, compile_plan(job.given.framework), rng=job.rng()),
    ),
    (
        "sensitivity",
        lambda job: analyse_sensitivity(
            job.given.answers, compile_plan(job.given.framework), job.inputs.measure, rng=job.rng()
        ),
    ),
    ("linking", lambda job: analyse_linking(job.earlier(), job.given, job.inputs.measure, rng=job.rng())),
)
