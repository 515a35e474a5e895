# SPDX-License-Identifier: MIT
"""Scoring a round by another version's rules: the same answers and questions, other points, missing rules, rounding."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from trigpoint.errors import FrameworkMismatch
from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.model import PointsTable, Scoring
from trigpoint.scoring.compile import compile_plan
from trigpoint.scoring.plan import ScoringPlan


def compile_under_rules_of(
    framework: Framework, other: Framework, *, only: Collection[str] | None = None
) -> ScoringPlan:
    """Return a plan that scores answers to `framework` by the rules of `other`; see `with_rules_of`.

    The plan carries the hash of `framework`, so it fits the answers. Raises FrameworkMismatch.
    """
    mixed = with_rules_of(framework, other)
    return replace(compile_plan(mixed, only=only, rules_of=other.ref), framework_hash=framework.hash)


def with_rules_of(framework: Framework, other: Framework) -> Framework:
    """Return `framework` with the rules of `other`.

    Taken from `other`: what a missing answer does, how levels combine and round, bands, and the points of every scale
    of the same name that has the same answers. Kept: the questions, their place in the tree, and the points of scales
    the other version doesn't have.
    Raises FrameworkMismatch when the two are of different kinds or have no level in common.
    """
    if framework.scoring.kind != other.scoring.kind:
        message = f"{other.ref} is of kind {other.scoring.kind}, {framework.ref} of kind {framework.scoring.kind}."
        raise FrameworkMismatch(f"{message} The rules of one can't be used on the other.")
    absent = {measure.level for measure in framework.walk_measures()} - set(other.scoring.levels)
    if absent:
        raise FrameworkMismatch(f"{other.ref} has no rule for {', '.join(sorted(absent))} of {framework.ref}.")
    return Framework(framework.content, _mixed(framework, other))


def _mixed(framework: Framework, other: Framework) -> Scoring:
    points: dict[str, PointsTable] = dict(framework.scoring.points)
    for scale_id, table in other.scoring.points.items():
        own = framework.scoring.points.get(scale_id)
        if own is not None and _same_answers(own, table):
            points[scale_id] = table
    return replace(
        framework.scoring,
        points=points,
        missing=other.scoring.missing,
        levels=other.scoring.levels,
        bands=other.scoring.bands,
    )


def _same_answers(one: PointsTable, another: PointsTable) -> bool:
    if isinstance(one, Mapping) and isinstance(another, Mapping):
        return set(one) == set(another)
    return not isinstance(one, Mapping) and not isinstance(another, Mapping)
