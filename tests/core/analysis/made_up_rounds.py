# SPDX-License-Identifier: MIT
"""Two small rounds for tests of claims: the overall score is the mean of a plan and of tools, in tens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from trigpoint.analysis.claims import Evidence, RoundAnswers
from trigpoint.analysis.claims.check import compute
from trigpoint.analysis.claims.computations import Computation
from trigpoint.analysis.claims.computed import Computed
from trigpoint.analysis.claims.model import Comparison, Definition
from trigpoint.frameworks import Framework, parse_framework
from trigpoint.organisations.cohort import Cohort, CohortMember, CohortStatus
from trigpoint.organisations.organisation import OrganisationCode
from trigpoint.scoring import ScoreTable, compile_plan, score_answers
from trigpoint.submissions import AnswerTable, Missing, Unit
from trigpoint.submissions.missing import CODE_OF

Points = int | Missing | None  # None is not answered
Returns = Mapping[Any, Sequence[Points]]  # by unit, or by its code
QUESTIONS = ("plan", "tools", "extra")

_CONTENT = """
framework: made-up
version: "{version}"
title: Made up
summary: Two parts, for tests.
round: "{version}"
measures:
  - id: overall
    title: Overall
    level: overall
    measures:
      - {{id: planning, title: Planning, level: part}}
      - {{id: tooling, title: Tooling, level: part}}
scales:
  - id: tens
    title: Tens
    answers: [{answers}]
questions:
  - {{id: plan, measure: planning, scale: tens, text: There is a plan.}}
  - {{id: tools, measure: tooling, scale: tens, text: There are tools.}}
{extra}
"""
_EXTRA = "  - {id: extra, measure: tooling, scale: tens, text: There are more tools.}"
_SCORING = """
kind: points
points: {{tens: {{{points}}}}}
missing: {{not_answered: leave_out, dont_know: leave_out, not_applicable: leave_out, not_shown: leave_out}}
levels:
  part: {{combine: mean_of_questions}}
  overall: {{combine: mean_of_measures, empty_measures: no_score}}
{bands}
"""
_BANDS = "bands: {band_on: rounded, bands: [{id: low, title: Low, from: 0}, {id: high, title: High, from: 50}]}"
_CROSSWALK = """
framework: made-up
from: "1"
to: "2"
pairs: [{from: plan, to: plan, class: same}, {from: tools, to: tools, class: same}]
new: [extra]
"""


@cache
def made_up_framework(version: str, *, bands: str = _BANDS, weights: str = "") -> Framework:
    """Return version 1 (plan and tools) or version 2 (one question more on tools, and a crosswalk).

    bands, weights: what scoring.yaml says of them.
    """
    answers = ", ".join(f"{{code: p{points}, label: P{points}}}" for points in range(0, 101, 10))
    files = {
        "framework.yaml": _CONTENT.format(version=version, answers=answers, extra=_EXTRA if version == "2" else ""),
        "scoring.yaml": _SCORING.format(points=", ".join(f"p{p}: {p}" for p in range(0, 101, 10)), bands=bands)
        + weights,
    }
    if version == "1":
        return parse_framework(files)
    return parse_framework({**files, "crosswalk.yaml": _CROSSWALK}, previous=made_up_framework("1"))


def made_up_round(version: str, returns: Returns, *, bands: str = _BANDS, weights: str = "") -> RoundAnswers:
    """Return a round: unit, or its code, → points of plan, tools and (version 2) extra; left out is not said."""
    framework = made_up_framework(version, bands=bands, weights=weights)
    questions = QUESTIONS if version == "2" else QUESTIONS[:2]
    codes = np.full((len(returns), len(questions)), CODE_OF[Missing.NOT_ANSWERED], dtype=np.uint8)
    for row, answers in enumerate(returns.values()):
        for column, points in enumerate(answers):
            codes[row, column] = _code(points)
    units = tuple(who if isinstance(who, Unit) else Unit(who, name=f"{who} Trust") for who in returns)
    return RoundAnswers(AnswerTable(framework.ref, framework.hash, version, units, questions, codes), framework)


def made_up_table(version: str, returns: Returns) -> ScoreTable:
    """Return the scores of a round that is given as in `made_up_round`."""
    made = made_up_round(version, returns)
    return score_answers(made.answers, compile_plan(made.framework))


def evidence_of(
    first: Returns | None = None,
    second: Returns | None = None,
    **cohorts: Sequence[str],
) -> Evidence:
    """Return rounds 1 and 2, as far as given, with cohorts by name; a code with "?" behind it was only proposed."""
    given = {version: returns for version, returns in (("1", first), ("2", second)) if returns is not None}
    return Evidence(
        {version: made_up_round(version, returns) for version, returns in given.items()},
        {name: Cohort(name, name, tuple(map(_member, codes))) for name, codes in cohorts.items()},
    )


def computed(evidence: Evidence, **keys: Any) -> Computed:
    """Return what a computation, written as in a claims file, gives."""
    return compute(definition(**keys), evidence)


def definition(comparison: Comparison | None = None, **keys: Any) -> Definition:
    """Return a definition from the keys of a claims file."""
    computation: Any = TypeAdapter[Any](Computation).validate_python(keys)
    return Definition("as the words say", computation, comparison or Comparison())


def _member(code: str) -> CohortMember:
    status = CohortStatus.PROPOSED if code.endswith("?") else CohortStatus.CONFIRMED
    return CohortMember(OrganisationCode(code.removesuffix("?")), status, None, None, "a made-up source")


def _code(points: Points) -> int:
    if points is None:
        return CODE_OF[Missing.NOT_ANSWERED]
    return CODE_OF[points] if isinstance(points, Missing) else points // 10
