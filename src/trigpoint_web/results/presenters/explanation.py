# SPDX-License-Identifier: MIT
"""Why a score is what it is, as a table that adds up; and what would lift it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.urls import reverse

from trigpoint.scoring.explain import Explanation, ExplanationLine
from trigpoint.scoring.lift import Lift
from trigpoint_web.design_system.parts import Column, Link, Table
from trigpoint_web.results.queries.organisation import OrganisationScores
from trigpoint_web.rounds.models import Submission
from trigpoint_web.rounds.score_text import say_counts, say_points, say_score

_MOST_DECIMALS = 4
_LARGEST_DENOMINATOR = 1000  # beyond it a fraction is harder to read than a decimal that says it is one


def explanation_url(submission: Submission, care_setting: str, measure: str) -> str:
    """Return the address of the explanation of one score."""
    where = {"round_slug": submission.round.slug, "code": submission.organisation_id}
    return reverse("score_explanation", kwargs={**where, "care_setting": care_setting, "measure": measure})


def say_exact(value: Fraction) -> str:
    """Return a number so that a column of them adds up by hand: a whole decimal, else a mixed fraction.

    >>> [say_exact(Fraction(*one)) for one in ((70, 1), (25, 4), (20, 3), (-1, 3), (1, 7919))]
    ['70', '6.25', '6 2/3', '-1/3', 'about 0.0001']
    """
    scaled = value * 10**_MOST_DECIMALS
    if scaled.denominator == 1:
        return f"{float(value):.{_MOST_DECIMALS}f}".rstrip("0").rstrip(".")
    if value.denominator > _LARGEST_DENOMINATOR:
        return f"about {float(value):.{_MOST_DECIMALS}f}"
    whole, rest = divmod(abs(value), 1)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole} {rest}" if whole else f"{sign}{rest}"


def explanation_table(explanation: Explanation) -> Table:
    """Return the lines of a score, then rounding, then the score that they add up to."""
    has_answers = any(line.answer is not None for line in explanation.lines)
    names = (
        ("What counts", "Answer", "Points", "Weight", "Adds")
        if has_answers
        else ("What counts", "Points", "Weight", "Adds")
    )
    rows = [_cells(line, has_answers=has_answers) for line in explanation.lines]
    blank = ("", "", "") if has_answers else ("", "")
    if explanation.rounding:
        rows.append(("Rounding", *blank, say_exact(explanation.rounding)))
    rows.append(
        ("Score", *blank, "no score" if explanation.score.value is None else say_exact(explanation.score.value))
    )
    return Table(
        caption=f"{explanation.title}: {explanation.rule}",
        columns=tuple(Column(name, is_numeric=name in ("Points", "Weight", "Adds")) for name in names),
        rows=tuple(rows),
        is_wide=True,
    )


def _cells(line: ExplanationLine, *, has_answers: bool) -> tuple[str, ...]:
    title = f"{line.title} ({line.note})" if line.note else line.title
    answer = (line.answer or "",) if has_answers else ()
    points = "none" if line.points is None else say_exact(line.points)
    return (title, *answer, points, say_exact(line.weight), say_exact(line.adds))


@dataclass(frozen=True, slots=True)
class ScoreExplanationPage:
    """Ready text. lift: None where nothing lifts the score, which lift_text then says."""

    title: str
    caption: str
    back: Link
    line: str
    counts: str
    why_none: str
    table: Table
    lift_text: str
    lift: Table | None
    parts: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ExplainedScore:
    """One score of one unit. care_setting: its title, empty where the organisation is one unit."""

    care_setting: str
    title_of_unit: str
    explanation: Explanation
    lift: Lift


def present_explanation(
    explained: ExplainedScore, scores: OrganisationScores, submission: Submission
) -> ScoreExplanationPage:
    """Return the page of one score."""
    explanation, framework = explained.explanation, scores.framework
    measure = framework.measures[explanation.measure]
    stored = scores.stored[explained.care_setting, measure.id]
    unit = f", {explained.title_of_unit}" if explained.title_of_unit else ""
    return ScoreExplanationPage(
        title=f"{measure.title}: line by line",
        caption=f"{submission.organisation.name}{unit}, {submission.round.title}",
        back=Link("Results", reverse("organisation_results", args=[submission.round.slug, submission.organisation_id])),
        line=f"{say_score(framework, measure, stored)}.",
        counts=f"From {say_counts(stored)}.",
        why_none=explanation.no_score_because,
        table=explanation_table(explanation),
        lift_text=_say_lift(explained.lift, scores),
        lift=_lift_table(explained.lift),
        parts=tuple(
            Link(child.title, explanation_url(submission, explained.care_setting, child.id), about="line by line")
            for child in measure.measures
        ),
    )


def _say_lift(lift: Lift, scores: OrganisationScores) -> str:
    framework = scores.framework
    if lift.then is None:
        bands = framework.scoring.bands
        is_top = bands is not None and lift.now.band == bands.bands[-1].id
        return "It is in the highest band already." if is_top else "No change of answers was found that would lift it."
    measure = framework.measures[lift.measure]
    many = "this 1 answer" if len(lift.steps) == 1 else f"these {len(lift.steps)} answers"
    return (
        f"With {many} the score would be {say_score(framework, measure, lift.then)}, not {say_points(lift.now.value)}. "
        "It says what the rules would give, not what is easy to do."
    )


def _lift_table(lift: Lift) -> Table | None:
    if not lift.steps:
        return None
    return Table(
        caption="The fewest answers found that lift the score to the next band",
        columns=(Column("Question"), Column("Now"), Column("Would have to be")),
        rows=tuple((step.title, step.now, step.then) for step in lift.steps),
    )
