# SPDX-License-Identifier: MIT
"""Scoring again, slowly: written from the description of the framework format, in fractions, one question at a time.

It shares nothing with `trigpoint.scoring`. It reads the two files of a framework as plain mappings and lists, and one
unit's answers as words and numbers. Where the two disagree, one of them does not do what the format says.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

Plain = Mapping[str, Any]
Given = str | int | float | Decimal
MISSING = ("not_answered", "dont_know", "not_applicable", "not_shown")


@dataclass(frozen=True, slots=True)
class SlowScore:
    """A score and what it rests on; value None is no score."""

    value: Fraction | None
    band: str | None
    asked: int
    answered: int
    dont_know: int
    not_applicable: int
    not_shown: int


@dataclass(frozen=True, slots=True)
class CountedAnswer:
    """An answer that enters a sum: what it earned of what it could have earned, and how much it weighs."""

    question: str
    earned: Fraction
    most: Fraction
    weight: Fraction


def score_slowly(
    content: Plain,
    scoring: Plain,
    answers: Mapping[str, Given],
    *,
    care_settings: Sequence[str] = (),
    only: Collection[str] | None = None,
) -> dict[str, SlowScore]:
    """Return the score of one unit on every measure. only: the questions that count; None is all."""
    unit = _SlowUnit(content, scoring, _final_answers(content, answers, care_settings), only)
    return {measure["id"]: unit.score(measure) for root in content["measures"] for measure in _walk(root)}


def round_slowly(value: Fraction, mode: str, digits: int) -> Fraction:
    """Return a value rounded to some decimals, the three ways of the format."""
    tens = 10**digits
    if mode == "down":
        return Fraction(math.floor(value * tens), tens)
    if mode == "half_up":
        return Fraction(math.floor(value * tens + Fraction(1, 2)), tens)
    return Fraction(round(value * tens), tens)  # Python rounds a half to the even neighbour


def exact(number: Given) -> Fraction:
    """Return a number as it is written: 0.1 is a tenth, also where it is held as a float."""
    return Fraction(str(number))


def _walk(measure: Plain) -> list[Plain]:
    return [measure, *(below for child in measure.get("measures", ()) for below in _walk(child))]


def _final_answers(content: Plain, answers: Mapping[str, Given], care_settings: Sequence[str]) -> dict[str, Given]:
    """An answer for every question: not shown where care setting or routing hides it, not answered where none."""
    final: dict[str, Given] = {}
    for question in content["questions"]:
        is_shown = _is_asked(question, care_settings) and _is_open(question, final)
        final[question["id"]] = answers.get(question["id"], "not_answered") if is_shown else "not_shown"
    return final


def _is_asked(question: Plain, care_settings: Sequence[str]) -> bool:
    wanted = question.get("care_settings", ())
    return not wanted or not care_settings or any(setting in wanted for setting in care_settings)


def _is_open(question: Plain, final: Mapping[str, Given]) -> bool:
    routes = question.get("shown_when_any") or [route for route in [question.get("shown_when")] if route]
    return not routes or any(_leads_on(route, final[route["question"]]) for route in routes)


def _leads_on(route: Plain, answer: Given) -> bool:
    if answer == "not_shown":
        return False
    if isinstance(answer, str):
        return answer in route.get("answers", ())
    return exact(answer) >= exact(route["at_least"])


@dataclass(frozen=True, slots=True)
class _SlowUnit:
    content: Plain
    scoring: Plain
    answers: Mapping[str, Given]
    only: Collection[str] | None

    def score(self, measure: Plain) -> SlowScore:
        states = [self.answers[question["id"]] for question in self.questions_below(measure)]
        not_shown = states.count("not_shown")
        value = self.value(measure)
        return SlowScore(
            value=value,
            band=self.band(value),
            asked=len(states) - not_shown,
            answered=sum(state not in MISSING for state in states),
            dont_know=states.count("dont_know"),
            not_applicable=states.count("not_applicable"),
            not_shown=not_shown,
        )

    def questions_below(self, measure: Plain) -> list[Plain]:
        ids = {below["id"] for below in _walk(measure)}
        return [
            question
            for question in self.content["questions"]
            if question.get("measure") in ids and (self.only is None or question["id"] in self.only)
        ]

    def value(self, measure: Plain) -> Fraction | None:
        rule = self.scoring["levels"][measure["level"]]
        if self.has_too_few_answers(measure, rule):
            return None
        raw = self.mean_of_measures(measure, rule) if measure.get("measures") else self.of_questions(measure, rule)
        rounding = rule.get("rounding")
        return raw if raw is None or rounding is None else round_slowly(raw, rounding["mode"], rounding["digits"])

    def has_too_few_answers(self, measure: Plain, rule: Plain) -> bool:
        asked = [state for q in self.questions_below(measure) if (state := self.answers[q["id"]]) != "not_shown"]
        answered = [state for state in asked if state not in MISSING]
        return len(answered) < exact(rule.get("minimum_answered", 0)) * len(asked)

    def mean_of_measures(self, measure: Plain, rule: Plain) -> Fraction | None:
        weights = self.scoring.get("weights", {}).get("measures", {})
        children = [(exact(weights.get(child["id"], 1)), self.value(child)) for child in measure["measures"]]
        scored = [(weight, value) for weight, value in children if value is not None]
        if rule.get("empty_measures") == "no_score" and len(scored) < len(children):
            return None
        return _mean([value for _, value in scored], [weight for weight, _ in scored])

    def of_questions(self, measure: Plain, rule: Plain) -> Fraction | None:
        counted: list[CountedAnswer] = []
        for question in self.questions_below(measure):
            policy = self.scoring["missing"].get(self.answers[question["id"]], "counts")
            if policy == "no_score":
                return None
            if policy != "leave_out":
                counted.append(self.counted(question, rule))
        if rule["combine"] == "ladder":
            return self.ladder_level(counted)
        mean = _mean([one.earned for one in counted], [one.weight for one in counted])
        if rule["combine"] == "share_of_marks":
            available = sum((one.weight * one.most for one in counted), Fraction(0))
            earned = sum((one.weight * one.earned for one in counted), Fraction(0))
            return 100 * earned / available if available else None
        return mean if mean is None or rule["combine"] == "mean_of_questions" else 100 * mean

    def counted(self, question: Plain, rule: Plain) -> CountedAnswer:
        scoring, answer = self.scoring, self.answers[question["id"]]
        table = scoring.get("question_points", {}).get(question["id"], scoring["points"].get(question["scale"]))
        earned = Fraction(0) if answer in MISSING else _look_up(table, answer)
        most = Fraction(1)
        if rule["combine"] == "share_of_marks":
            largest = max(exact(points) for _, points in _rows(table))
            most = exact(scoring.get("marks_out_of", {}).get(question["scale"], largest))
        weight = exact(scoring.get("weights", {}).get("questions", {}).get(question["id"], 1))
        return CountedAnswer(question["id"], earned, most, weight)

    def ladder_level(self, counted: Sequence[CountedAnswer]) -> Fraction | None:
        """The highest step reached: it has something to meet, and it and every step below are met."""
        ladder = self.scoring["ladder"]
        weighing = [one for one in counted if one.weight > 0]
        level = Fraction(ladder["base"]["value"])
        for step in ladder["steps"]:
            here = [one for one in weighing if ladder["step_of"][one.question] == step["id"]]
            met = sum((one.weight * one.earned for one in here), Fraction(0))
            if met < exact(step.get("share_needed", 1)) * sum(one.weight for one in here):
                break
            level = Fraction(step["value"]) if here else level
        return level if weighing else None

    def band(self, value: Fraction | None) -> str | None:
        bands = self.scoring.get("bands")
        if bands is None or value is None:
            return None
        shown = round_slowly(value, "half_up", 0) if bands["band_on"] == "rounded" else value
        reached = [band["id"] for band in bands["bands"] if shown >= exact(band["from"])]
        return reached[-1] if reached else None


def _mean(values: Sequence[Fraction], weights: Sequence[Fraction]) -> Fraction | None:
    total = sum(weights, Fraction(0))
    return sum((v * w for v, w in zip(values, weights, strict=True)), Fraction(0)) / total if total else None


def _rows(table: Any) -> list[tuple[Any, Any]]:
    return list(table.items()) if isinstance(table, Mapping) else [(low, points) for low, points in table]


def _look_up(table: Any, answer: Given) -> Fraction:
    """What an answer is worth: by its code, or by the last threshold that its number reaches."""
    if isinstance(table, Mapping):
        return exact(table[answer])
    return [exact(points) for low, points in table if exact(low) <= exact(answer)][-1]
