# SPDX-License-Identifier: MIT
"""What a framework says, in words: who is asked, when a question is shown, what an answer is worth, what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from trigpoint.frameworks import Framework
from trigpoint.frameworks.check_crosswalk import questions_of
from trigpoint.frameworks.model import Exact, LevelRule, Question, ShownWhen
from trigpoint.frameworks.points import points_table
from trigpoint_web.rounds.answer_text import join_unit, say_range
from trigpoint_web.rounds.models import MissingState

_POLICY = {"leave_out": "Left out of the score", "zero": "Counts as zero", "no_score": "Takes the score away"}
_COMBINE = {
    "mean_of_questions": "mean of its questions",
    "share_of_marks": "share of the marks that could be had",
    "share_met": "share of its questions that are met",
    "ladder": "the highest step that is met together with every step below it",
    "mean_of_measures": "mean of the measures below it",
}
_CLASS = {
    "same": "Same question: answers can be compared",
    "reworded": "Reworded: answers can be compared with care",
    "rescaled": "Other answers to choose from: not comparable",
    "split": "Split into several questions: not comparable",
    "merged": "Merged from several questions: not comparable",
}


class AnswerWorth(NamedTuple):
    """One answer and what it is worth; blank where the framework gives it no points."""

    answer: str
    points: str


class QuestionChange(NamedTuple):
    """A question against the version before. now, before: its ids on each side; none on a side: new, or withdrawn."""

    now: tuple[str, ...]
    before: tuple[str, ...]
    text: str


def say_asked_of(framework: Framework, question: Question) -> str:
    """Return who is asked a question."""
    titles = {one.id: one.title for one in framework.content.care_settings}
    settings = ", ".join(titles.get(one, one) for one in question.care_settings)
    who = f"Those that give {settings} care" if settings else "All"
    once = "answered once for the whole organisation" if question.is_asked_once else "answered for each unit"
    return f"{who}; {once}."


def say_routes(framework: Framework, question: Question) -> str:
    """Return when a question is shown."""
    if not question.routes:
        return "Always shown."
    return f"Shown only when {' or '.join(_say_condition(framework, route) for route in question.routes)}."


def _say_condition(framework: Framework, condition: ShownWhen) -> str:
    asked = framework.questions[condition.question]
    if condition.at_least is not None:
        return f"“{asked.short_title}” is at least {condition.at_least}"
    labels = {one.code: one.label for one in framework.scale_of(asked.id).answers}
    labels |= {state.value: str(state.label) for state in MissingState}
    return f"“{asked.short_title}” is {' or '.join(labels.get(one, one) for one in condition.answers)}"


def list_worth(framework: Framework, question: Question) -> tuple[AnswerWorth, ...]:
    """Return the answers of a question, least first, with their points; for a number its range and its thresholds."""
    scale = framework.scale_of(question.id)
    table = points_table(framework.scoring, question.id, scale.id) if question.measure is not None else None
    by_code: Mapping[str, Exact] = table if isinstance(table, Mapping) else {}
    if scale.number is None:
        return tuple(AnswerWorth(one.label, _say_points(by_code.get(one.code))) for one in scale.answers)
    unit = join_unit(scale.number.unit)
    thresholds: Sequence[tuple[Exact, Exact]] = () if table is None or isinstance(table, Mapping) else table
    asked = say_range(scale.number)
    return (
        AnswerWorth(f"{asked[:1].upper()}{asked[1:]}{unit}", ""),
        *(AnswerWorth(f"From {low}{unit}", _say_points(points)) for low, points in thresholds),
    )


def _say_points(points: Exact | None) -> str:
    return "" if points is None else str(points)


def say_missing_rules(framework: Framework) -> tuple[AnswerWorth, ...]:
    """Return what each way of being missing does to a score."""
    rules = framework.scoring.missing
    named = {MissingState.NOT_ANSWERED: rules.not_answered, MissingState.DONT_KNOW: rules.dont_know}
    named[MissingState.NOT_APPLICABLE] = rules.not_applicable
    return tuple(AnswerWorth(str(state.label), _POLICY[policy]) for state, policy in named.items())


def say_rule(rule: LevelRule) -> str:
    """Return how the measures of a level get their score."""
    parts = [_COMBINE[rule.combine]]
    if rule.rounding is not None:
        parts.append(f"rounded {rule.rounding.mode.replace('_', ' ')} to {rule.rounding.digits} decimals")
    if rule.empty_measures == "no_score":
        parts.append("no score unless all below have one")
    if rule.minimum_answered is not None:
        parts.append(f"no score below a share of {rule.minimum_answered} answered")
    text = ", ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."


def list_changes(framework: Framework) -> tuple[QuestionChange, ...]:
    """Return every question against the version before, as the crosswalk says; empty where there is none."""
    return tuple(_changes(framework))


def _changes(framework: Framework) -> Iterator[QuestionChange]:
    crosswalk = framework.crosswalk
    if crosswalk is None:
        return
    for pair in crosswalk.pairs:
        yield QuestionChange(
            questions_of(pair.to_question), questions_of(pair.from_question), _CLASS[pair.comparability]
        )
    yield from (QuestionChange((one,), (), "New: nothing to compare with") for one in crosswalk.new)
    yield from (QuestionChange((), (one,), "Withdrawn: no longer asked") for one in crosswalk.withdrawn)


def find_change(framework: Framework, question: str) -> QuestionChange | None:
    """Return what became of a question since the version before; None where no crosswalk says."""
    return next((change for change in list_changes(framework) if question in change.now), None)
