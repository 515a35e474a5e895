# SPDX-License-Identifier: MIT
"""Worked examples carried out: do the answers give exactly the scores that the example says?"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from trigpoint.frameworks.check_examples import exact_score
from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.model import Exact, Expected, WorkedExample
from trigpoint.scoring.compile import compile_plan
from trigpoint.scoring.kernel import score_answers
from trigpoint.scoring.plan import ScoringPlan
from trigpoint.scoring.score_table import COUNTS, Score
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.questionnaire import as_answer, build_answers
from trigpoint.submissions.units import Unit

# A worked example is about no organisation; the unit needs some name.
EXAMPLE_UNIT = "EXAMPLE"


@dataclass(frozen=True, slots=True)
class ExampleDifference:
    """One number or band of a worked example that comes out different.

    part: what of the measure differs: score, band, or one of the counts. expected and found are in words.
    """

    measure: str
    part: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.measure!r}: the answers give {self.part} {self.found}, not {self.expected}."


def answers_of(framework: Framework, example: WorkedExample) -> dict[str, Answer]:
    """Return the answers that a worked example gives, by question id; `all_others` filled in where its scale has it."""
    given = {question: as_answer(value) for question, value in example.answers.items()}
    other = example.all_others
    if other is None:
        return given
    return {
        question: given.get(question, other)
        for question in framework.questions
        if question in given or other in framework.scale_of(question).codes
    }


def score_example(framework: Framework, example: WorkedExample, plan: ScoringPlan | None = None) -> dict[str, Score]:
    """Return the exact score of every measure that the example's answers give. plan: compiled already, if at hand."""
    unit = Unit(EXAMPLE_UNIT, care_settings=example.care_settings)
    answers = build_answers(framework, [(unit, answers_of(framework, example))])
    scores = score_answers(answers, plan if plan is not None else compile_plan(framework))
    return {measure: scores.score(0, measure) for measure in scores.measures}


def compare_example(
    framework: Framework, example: WorkedExample, plan: ScoringPlan | None = None
) -> tuple[ExampleDifference, ...]:
    """Return every difference between what an example expects and what its answers give; empty when it holds.

    Scores are compared as exact fractions. What the example does not state is not compared.
    """
    scores = score_example(framework, example, plan)
    return tuple(
        ExampleDifference(measure, part, expected, found)
        for measure, stated in example.expect.items()
        for part, expected, found in _parts(stated, scores[measure])
        if expected != found
    )


def _parts(stated: Expected, score: Score) -> list[tuple[str, str, str]]:
    parts = [("score", exact_text(_exact(stated.score)), exact_text(score.value))]
    if stated.band is not None:
        parts.append(("band", stated.band, score.band or "none"))
    counts = [(name, getattr(stated, name), getattr(score, name)) for name in COUNTS]
    return [*parts, *((name, str(count), str(found)) for name, count, found in counts if count is not None)]


def _exact(score: Exact | str | None) -> Fraction | None:
    if score is None:
        return None
    return exact_score(score) if isinstance(score, str) else Fraction(score)


def exact_text(score: Fraction | None) -> str:
    """Return a score so that no two different scores read alike: 46, 12.5, 263/3, or none.

    >>> exact_text(Fraction(25, 2)), exact_text(Fraction(263, 3)), exact_text(None)
    ('12.5', '263/3', 'none')
    """
    if score is None:
        return "none"
    for digits in range(7):
        if (scaled := score * 10**digits).denominator == 1:
            whole, part = divmod(scaled.numerator, 10**digits)
            return f"{whole}.{part:0{digits}d}" if digits else str(whole)
    return f"{score.numerator}/{score.denominator}"
