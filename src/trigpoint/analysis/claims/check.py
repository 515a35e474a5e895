# SPDX-License-Identifier: MIT
"""Claims are checked: every definition is worked out, and the verdict follows from what came out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from trigpoint.analysis.claims import on_answers, on_changes, on_scores
from trigpoint.analysis.claims.computed import Computed
from trigpoint.analysis.claims.evidence import Evidence, NotInEvidence
from trigpoint.analysis.claims.model import Claim, Definition, Stated
from trigpoint.analysis.claims.verdict import Verdict, is_legible, judge, reproduces
from trigpoint.analysis.claims.wording import definition_words
from trigpoint.errors import ClaimsFailed

_COMPUTE: Mapping[str, Callable[[Any, Evidence], Computed]] = {
    "count_returns": on_answers.count_returns,
    "count_questions": on_answers.count_questions,
    "latest_round": on_answers.latest_round,
    "answer_shares": on_answers.answer_shares,
    "score_line": on_scores.score_line,
    "unit_scores": on_scores.unit_scores,
    "lowest_score": on_scores.lowest_score,
    "ranking": on_scores.ranking,
    "overlap": on_scores.overlap,
    "places": on_scores.places,
    "mean_score": on_scores.mean_score,
    "band_shares": on_scores.band_shares,
    "cohort_counts": on_scores.cohort_counts,
    "difference_of_means": on_scores.difference_of_means,
    "mean_change": on_changes.mean_change,
    "change_of_units": on_changes.change_of_units,
    "largest_fall": on_changes.largest_fall,
    "count_changes": on_changes.count_changes,
    "fallen_units": on_changes.fallen_units,
    "rise_gap": on_changes.rise_gap,
    "spread_change": on_changes.spread_change,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one definition gave.

    words: the definition in full. computed: None when it could not be worked out. is_reproduced: whether that is what
    was stated; None where that can't be told, and then `reason` says why.
    """

    reading: str
    words: str
    computed: Computed | None
    is_reproduced: bool | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ClaimResult:
    """A claim with its verdict and all that was tried.

    works: the words of the first definition that gives the stated numbers; None when none does.
    slips: mistakes that would explain the number; they never count for the verdict.
    """

    id: str
    source: str
    statement: str
    stated: tuple[Stated, ...]
    verdict: Verdict
    plain: Outcome
    alternatives: tuple[Outcome, ...]
    slips: tuple[Outcome, ...]
    comment: str | None

    @property
    def works(self) -> str | None:
        """The first definition, in words, that gives what was stated."""
        if self.verdict not in {Verdict.YES, Verdict.NEARLY}:
            return None
        return next(outcome.words for outcome in (self.plain, *self.alternatives) if outcome.is_reproduced)

    @property
    def n(self) -> tuple[int, ...] | None:
        """How many units the plain definition rests on."""
        return self.plain.computed.n if self.plain.computed is not None else None


def check_claims(claims: Iterable[Claim], evidence: Evidence) -> tuple[ClaimResult, ...]:
    """Return the result of each claim, in the order given.

    Raises ClaimsFailed naming every claim that asks for what no round has: a measure, a question, a cohort, an answer.
    """
    results: list[ClaimResult] = []
    failures: list[str] = []
    for claim in claims:
        try:
            results.append(check_claim(claim, evidence))
        except ClaimsFailed as error:
            failures.append(f"{claim.source}, {claim.id}: {error}")
    if failures:
        raise ClaimsFailed("\n".join(failures))
    return tuple(results)


def check_claim(claim: Claim, evidence: Evidence) -> ClaimResult:
    """Return the result of one claim. Raises ClaimsFailed when it asks for what no round has."""
    plain = _try(claim.definition, claim.stated, evidence)
    alternatives = tuple(_try(one, claim.stated, evidence) for one in claim.alternatives)
    return ClaimResult(
        id=claim.id,
        source=claim.source,
        statement=claim.statement,
        stated=claim.stated,
        verdict=judge(plain.is_reproduced, [one.is_reproduced for one in alternatives]),
        plain=plain,
        alternatives=alternatives,
        slips=tuple(_try(one, claim.stated, evidence) for one in claim.slips),
        comment=claim.comment,
    )


def compute(definition: Definition, evidence: Evidence) -> Computed:
    """Return what a definition's computation gives. Raises NotInEvidence or ClaimsFailed."""
    return _COMPUTE[definition.computation.compute](definition.computation, evidence)


def _try(definition: Definition, stated: tuple[Stated, ...], evidence: Evidence) -> Outcome:
    words = definition_words(definition)
    try:
        computed = compute(definition, evidence)
    except NotInEvidence as error:
        return Outcome(definition.reading, words, None, None, reason=str(error))
    if not is_legible(stated):
        return Outcome(definition.reading, words, computed, None, reason="no stated number can be read")
    return Outcome(definition.reading, words, computed, reproduces(computed, stated, definition.comparison))
