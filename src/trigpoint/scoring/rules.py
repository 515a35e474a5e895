# SPDX-License-Identifier: MIT
"""Scoring a round by another version's rules: the same answers and questions, other points, missing rules, rounding."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from trigpoint.errors import FrameworkMismatch
from trigpoint.frameworks.check_scoring import check_scoring
from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.located import Located
from trigpoint.frameworks.model import Scoring
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

    Taken from `other`: what a missing answer does, how levels combine and round, bands, and the points (with their
    maximum) of every scale of the same name that has the same answers. Kept: the questions, their place in the tree,
    weights, ladders, points of single questions, and the points of scales the other version doesn't have.
    Raises FrameworkMismatch when the two are of different kinds, or the rules don't fit these questions.
    """
    if framework.scoring.kind != other.scoring.kind:
        message = f"{other.ref} is of kind {other.scoring.kind}, {framework.ref} of kind {framework.scoring.kind}."
        raise FrameworkMismatch(f"{message} The rules of one can't be used on the other.")
    absent = {measure.level for measure in framework.walk_measures()} - set(other.scoring.levels)
    if absent:
        raise FrameworkMismatch(f"{other.ref} has no rule for {', '.join(sorted(absent))} of {framework.ref}.")
    scoring = _mixed(framework, other)
    if problems := check_scoring(framework.content, scoring, Located(f"{other.ref}/scoring.yaml", None, {})):
        raise FrameworkMismatch(f"the rules of {other.ref} don't fit {framework.ref}: {problems[0].message}")
    return Framework(framework.content, scoring)


def _mixed(framework: Framework, other: Framework) -> Scoring:
    own, others = framework.scoring, other.scoring
    shared = [scale for scale in own.points if scale in others.points and _same_answers(own, others, scale)]
    kept = {scale: most for scale, most in own.marks_out_of.items() if scale not in shared}
    used = {measure.level for measure in framework.walk_measures()}
    return replace(
        own,
        points={**own.points, **{scale: others.points[scale] for scale in shared}},
        marks_out_of={**kept, **{scale: most for scale, most in others.marks_out_of.items() if scale in shared}},
        missing=others.missing,
        levels={level: rule for level, rule in others.levels.items() if level in used},
        bands=others.bands,
    )


def _same_answers(own: Scoring, others: Scoring, scale: str) -> bool:
    one, another = own.points[scale], others.points[scale]
    if isinstance(one, Mapping) and isinstance(another, Mapping):
        return set(one) == set(another)
    return not isinstance(one, Mapping) and not isinstance(another, Mapping)
