# SPDX-License-Identifier: MIT
"""Can scoring.yaml be carried out on the questions it is for? Points, weights and the rule of each level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from trigpoint.errors import Problem
from trigpoint.frameworks.check_content import MOST_ANSWERS
from trigpoint.frameworks.check_ladder import check_bands, check_ladder
from trigpoint.frameworks.located import Located, Path
from trigpoint.frameworks.model import Combine, Content, Exact, Kind, PointsTable, Scale, Scoring
from trigpoint.frameworks.points import list_points, points_table
from trigpoint.frameworks.suggest import no_such

# Weights and points are held as whole numbers of millionths, so that sums are exact.
MOST_DIGITS = 6
MOST_BITS = 62

RULE_FOR_QUESTIONS: Mapping[Kind, Combine] = {
    "points": "mean_of_questions",
    "indicator": "mean_of_questions",
    "sum-of-marks": "share_of_marks",
    "level-gate": "ladder",
    "stage-gate": "ladder",
    "status": "ladder",
    "pass-mark": "share_met",
}


def check_scoring(content: Content, scoring: Scoring, text: Located) -> list[Problem]:
    """Return every problem of how answers are counted."""
    problems = [
        *_points_problems(content, scoring, text),
        *_marks_problems(content, scoring, text),
        *_weight_problems(content, scoring, text),
        *_size_problems(content, scoring, text),
        *_level_problems(content, scoring, text),
        *_source_problems(content, scoring, text),
        *check_ladder(content, scoring, text),
        *check_bands(content, scoring, text),
    ]
    return sorted(problems)


def _size_problems(content: Content, scoring: Scoring, text: Located) -> Iterator[Problem]:
    """Sums of points times weights are held in whole numbers of 62 bits."""
    tables = [*scoring.points.values(), *scoring.question_points.values()]
    points = [*scoring.marks_out_of.values()]
    for table in tables:
        points += list_points(table)
    weights = [1, *scoring.weights.questions.values()]
    largest = len(content.questions) * max(points, default=0) * max(weights)
    if largest * 10 ** (max(map(decimals, points), default=0) + max(map(decimals, weights))) >= 1 << MOST_BITS:
        yield text.problem(("weights",), "points and weights together have too many digits to be summed exactly.")


def _points_problems(content: Content, scoring: Scoring, text: Located) -> Iterator[Problem]:
    scales = {scale.id: scale for scale in content.scales}
    for scale_id, table in scoring.points.items():
        if scale_id not in scales:
            yield text.problem(("points", scale_id), no_such("scale", scale_id, scales))
        else:
            yield from _table_problems(table, scales[scale_id], scoring, ("points", scale_id), text)
    questions = {question.id: question for question in content.questions}
    for question_id, table in scoring.question_points.items():
        if question_id not in questions:
            yield text.problem(("question_points", question_id), no_such("question", question_id, questions))
        elif (scale := scales.get(questions[question_id].scale)) is not None:
            yield from _table_problems(table, scale, scoring, ("question_points", question_id), text)
    for scale_id in dict.fromkeys(q.scale for q in content.questions if q.measure is not None):
        users = [q.id for q in content.questions if q.scale == scale_id and q.measure is not None]
        if scale_id in scales and any(points_table(scoring, user, scale_id) is None for user in users):
            message = f"the scale {scale_id!r} has no points, but questions that count use it ({users[0]}, …)."
            yield text.problem(("points",), message)


def _table_problems(table: PointsTable, scale: Scale, scoring: Scoring, path: Path, text: Located) -> Iterator[Problem]:
    if scale.number is not None:
        yield from _threshold_problems(table, scale, path, text)
    elif isinstance(table, Mapping):
        for code in table:
            if code not in scale.codes:
                yield text.problem((*path, code), no_such(f"answer of the scale {scale.id!r}", code, scale.codes))
        for code in scale.codes:
            if code not in table:
                yield text.problem(path, f"the answer {code!r} of the scale {scale.id!r} has no points.")
    else:
        yield text.problem(path, f"the scale {scale.id!r} has answers, so it needs a table of code: points.")
    yield from _amount_problems(table, scale, scoring, path, text)


def _threshold_problems(table: PointsTable, scale: Scale, path: Path, text: Located) -> Iterator[Problem]:
    if isinstance(table, Mapping) or not table:
        yield text.problem(path, f"the scale {scale.id!r} is a number, so it needs a list of [from, points].")
        return
    if len(table) > MOST_ANSWERS:
        message = f"there are {len(table)} thresholds for the scale {scale.id!r}; {MOST_ANSWERS} is the most."
        yield text.problem(path, message)
    for at, (low, high) in enumerate(pairwise(table)):
        if high[0] <= low[0]:
            yield text.problem((*path, at + 1), f"thresholds must rise: {high[0]} comes after {low[0]}.")
    if scale.number is not None and table[0][0] > scale.number.minimum:
        message = f"the first threshold {table[0][0]} is above the scale's minimum {scale.number.minimum}."
        yield text.problem((*path, 0), message)


def _amount_problems(
    table: PointsTable, scale: Scale, scoring: Scoring, path: Path, text: Located
) -> Iterator[Problem]:
    amounts = list(table.items()) if isinstance(table, Mapping) else [(at, row[1]) for at, row in enumerate(table)]
    for key, amount in amounts:
        if amount < 0 or decimals(amount) > MOST_DIGITS:
            message = f"points are 0 or more with at most {MOST_DIGITS} decimals; found {amount}."
            yield text.problem((*path, key), message)
    if RULE_FOR_QUESTIONS[scoring.kind] in {"ladder", "share_met"}:
        for key, amount in amounts:
            if amount not in {0, 1}:
                message = f"in a {scoring.kind} framework an answer is met (1) or not (0); found {amount}."
                yield text.problem((*path, key), message)
    out_of = scoring.marks_out_of.get(scale.id)
    most = max((amount for _, amount in amounts), default=0)
    if out_of is not None and out_of < most:
        yield text.problem(("marks_out_of", scale.id), f"an answer gives {most} marks, more than the maximum {out_of}.")


def _marks_problems(content: Content, scoring: Scoring, text: Located) -> Iterator[Problem]:
    scales = [scale.id for scale in content.scales]
    for scale_id, most in scoring.marks_out_of.items():
        path: Path = ("marks_out_of", scale_id)
        if scale_id not in scales:
            yield text.problem(path, no_such("scale", scale_id, scales))
        if most <= 0 or decimals(most) > MOST_DIGITS:
            yield text.problem(path, f"marks are above 0 with at most {MOST_DIGITS} decimals; found {most}.")
    if scoring.kind != "sum-of-marks":
        if scoring.marks_out_of:
            yield text.problem(("marks_out_of",), f"only sum-of-marks has marks; this is {scoring.kind}. Take it out.")
        return
    for question in content.questions:
        table = points_table(scoring, question.id, question.scale) if question.measure is not None else None
        if table and question.scale not in scoring.marks_out_of and not any(list_points(table)):
            message = f"no answer to {question.id!r} has a mark, so it has no maximum. Give `marks_out_of`."
            yield text.problem(("points",), message)


def _weight_problems(content: Content, scoring: Scoring, text: Located) -> Iterator[Problem]:
    scored = [question.id for question in content.questions if question.measure is not None]
    measures = {one.id: one for root in content.measures for one in root.walk()}
    for part, weights, known in (
        ("questions", scoring.weights.questions, scored),
        ("measures", scoring.weights.measures, list(measures)),
    ):
        for name, weight in weights.items():
            path: Path = ("weights", part, name)
            if name not in known:
                yield text.problem(path, no_such(f"scored {part.removesuffix('s')}", name, known))
            if weight < 0 or decimals(weight) > MOST_DIGITS:
                message = f"a weight is 0 or more with at most {MOST_DIGITS} decimals; found {weight}."
                yield text.problem(path, message)
    for measure in measures.values():
        below = [(scoring.weights.measures.get(child.id, 1)) for child in measure.measures] or [
            scoring.weights.questions.get(q.id, 1) for q in content.questions if q.measure == measure.id
        ]
        if below and not any(below):
            yield text.problem(
                ("weights",), f"everything under {measure.id!r} has weight 0: it could never have a score."
            )


def _level_problems(content: Content, scoring: Scoring, text: Located) -> Iterator[Problem]:
    measures = [one for root in content.measures for one in root.walk()]
    used = dict.fromkeys(measure.level for measure in measures)
    for level in used:
        if level not in scoring.levels:
            yield text.problem(("levels",), f"the level {level!r} of the measures tree has no rule here.")
    for level, rule in scoring.levels.items():
        path: Path = ("levels", level)
        if level not in used:
            yield text.problem(path, no_such("level in the measures tree", level, used))
        own = RULE_FOR_QUESTIONS[scoring.kind]
        wanted = {"mean_of_measures" if one.measures else own for one in measures if one.level == level}
        if wanted and wanted != {rule.combine}:
            message = (
                f"in a {scoring.kind} framework the measures of level {level!r} need {' or '.join(sorted(wanted))}."
            )
            yield text.problem((*path, "combine"), message)
        least = rule.minimum_answered
        if least is not None and not (0 <= least <= 1 and decimals(least) <= MOST_DIGITS):
            message = f"this is a share: from 0 to 1 with at most {MOST_DIGITS} decimals; found {least}."
            yield text.problem((*path, "minimum_answered"), message)


def _source_problems(content: Content, scoring: Scoring, text: Located) -> Iterator[Problem]:
    known = [source.id for source in content.sources]
    for part, source in scoring.sources.items():
        if source not in known:
            yield text.problem(("sources", part), no_such("source in framework.yaml", source, known))


def decimals(number: Exact) -> int:
    """Return how many decimals a number needs: 2 for 0.25, 0 for 100."""
    exponent = Decimal(number).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else MOST_DIGITS + 1
