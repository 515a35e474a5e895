# SPDX-License-Identifier: MIT
"""Computations on returns, questions and answers."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from trigpoint.analysis.claims.computations import AnswerShares, CountQuestions, CountReturns, LatestRound
from trigpoint.analysis.claims.computed import Computed
from trigpoint.analysis.claims.evidence import Evidence, NotInEvidence, RoundAnswers
from trigpoint.errors import ClaimsFailed
from trigpoint.frameworks.suggest import no_such
from trigpoint.statistics.rounding import round_half_up
from trigpoint.submissions.missing import CODE_OF, Missing

MISSING_NAMES = {state.value: code for state, code in CODE_OF.items()}


def count_returns(wanted: CountReturns, evidence: Evidence) -> Computed:
    """Return the number of returns, or of organisations with a return, in each round."""
    counts = []
    for round_id in wanted.rounds:
        units = evidence.round(round_id).answers.units
        codes = [units[row].organisation for row in evidence.rows(round_id, wanted)]
        counts.append(len(codes) if wanted.count == "returns" else len(set(codes)))
    return Computed(tuple(map(Fraction, counts)), _round_labels(wanted.rounds), tuple(counts))


def count_questions(wanted: CountQuestions, evidence: Evidence) -> Computed:
    """Return the number of questions in each round; n is the number of returns that they were asked of."""
    counts = []
    for round_id in wanted.rounds:
        framework = evidence.round(round_id).framework
        if wanted.measure is None:
            counts.append(len(framework.content.questions))
            continue
        evidence.require_measure(round_id, wanted.measure)
        below = {one.id for one in framework.measures[wanted.measure].walk()}
        counts.append(sum(1 for question in framework.scored_questions if question.measure in below))
    returns = tuple(len(evidence.round(round_id).answers.units) for round_id in wanted.rounds)
    return Computed(tuple(map(Fraction, counts)), _round_labels(wanted.rounds), returns)


def latest_round(wanted: LatestRound, evidence: Evidence) -> Computed:
    """Return the latest year before `before` in which a round with returns ended."""
    years = {round_id: year for round_id, year in wanted.years.items() if evidence.round(round_id).answers.units}
    earlier = {round_id: year for round_id, year in years.items() if year < wanted.before}
    if not earlier:
        raise NotInEvidence(f"no round before {wanted.before} is given")
    latest = max(earlier, key=lambda round_id: earlier[round_id])
    return Computed((Fraction(earlier[latest]),), (latest,), (len(evidence.round(latest).answers.units),))


def answer_shares(wanted: AnswerShares, evidence: Evidence) -> Computed:
    """Return per cent of the returns that count, for each question and part; 100 is all returns, answered or not."""
    rows = evidence.rows(wanted.round, wanted)
    if not rows:
        raise NotInEvidence(f"{wanted.round} has no return that counts")
    found = evidence.round(wanted.round)
    values, labels, notes = [], [], []
    for question in wanted.questions:
        counts = answer_counts(found, question, rows)
        unknown = sorted({answer for part in wanted.parts for answer in part} - set(counts))
        if unknown:
            raise ClaimsFailed(f"{found.framework.ref}, {question}: {no_such('answer', unknown[0], counts)}")
        for part in wanted.parts:
            values.append(_percent([counts[answer] for answer in part], len(rows), add_rounded=wanted.add_rounded))
            labels.append(f"{question} " * (len(wanted.questions) > 1) + " or ".join(part).replace("_", " "))
            notes.append(str(sum(counts[answer] for answer in part)))
    return Computed(tuple(values), tuple(labels), (len(rows),), note=f"counts {', '.join(notes)}")


def answer_counts(found: RoundAnswers, question: str, rows: tuple[int, ...]) -> dict[str, int]:
    """Return how many of the rows gave each answer of a question's scale, and how many are missing in each way.

    Raises ClaimsFailed for an unknown question.
    """
    if question not in found.answers.questions:
        raise ClaimsFailed(f"{found.framework.ref}: {no_such('question', question, found.answers.questions)}")
    codes = found.answers.codes[list(rows), found.answers.questions.index(question)]
    by_code = np.bincount(codes, minlength=CODE_OF[Missing.NOT_ANSWERED] + 1)
    answers = {answer: int(by_code[at]) for at, answer in enumerate(found.framework.scale_of(question).codes)}
    return answers | {name: int(by_code[code]) for name, code in MISSING_NAMES.items()}


def _percent(counts: list[int], returns: int, *, add_rounded: bool) -> Fraction:
    shares = [Fraction(100 * count, returns) for count in counts]
    if add_rounded:
        shares = [round_half_up(share, digits=0) for share in shares]
    return sum(shares, Fraction(0))


def _round_labels(rounds: tuple[str, ...]) -> tuple[str, ...]:
    return rounds if len(rounds) > 1 else ("",)
