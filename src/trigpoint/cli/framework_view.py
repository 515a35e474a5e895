# SPDX-License-Identifier: MIT
"""What `trigpoint framework` prints: plain values for --json, and lines of text made of the same values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import TypeAlias

from trigpoint.errors import UnknownFramework
from trigpoint.frameworks import Framework
from trigpoint.frameworks.model import Exact, LevelRule, Measure, PointsTable, Question, ShownWhen
from trigpoint.frameworks.points import points_table
from trigpoint.frameworks.suggest import no_such

Value: TypeAlias = "str | int | float | bool | Sequence[Value] | Mapping[str, Value] | None"
Record: TypeAlias = dict[str, Value]


def present_listing(frameworks: Sequence[Framework]) -> list[Record]:
    """Return one record a framework: its name, kind, size and hash."""
    return [
        {
            "name": str(framework.ref),
            "title": framework.content.title,
            "kind": framework.scoring.kind,
            "questions": len(framework.questions),
            "scored": len(framework.scored_questions),
            "measures": len(framework.measures),
            "worked_examples": len(framework.examples),
            "hash": framework.hash,
        }
        for framework in frameworks
    ]


def present_framework(framework: Framework) -> Record:
    """Return what a framework asks and how it counts: the tree with counts, scales with points, rules and bands."""
    content, scoring = framework.content, framework.scoring
    return {
        **present_listing([framework])[0],
        "round": content.round,
        "summary": content.summary,
        "care_settings": [
            {"id": setting.id, "title": setting.title, "questions": _asked_in(framework, setting.id)}
            for setting in content.care_settings
        ],
        "tree": [_branch(framework, measure) for measure in content.measures],
        "scales": [_scale(framework, scale_id) for scale_id in framework.scales],
        "missing": asdict(scoring.missing),
        "ladder": _ladder(framework),
        "bands": _bands(framework),
        "sources": [{"id": source.id, "title": source.title} for source in content.sources],
    }


def present_measure(framework: Framework, measure_id: str) -> Record:
    """Return one measure with everything that counts towards it. Raises UnknownFramework."""
    measure = framework.measures.get(measure_id)
    if measure is None:
        raise UnknownFramework(f"in {framework.ref} {no_such('measure', measure_id, framework.measures)}")
    below = {one.id for one in measure.walk()}
    return {
        "framework": str(framework.ref),
        "summary": measure.summary,
        **_branch(framework, measure),
        "weight": _plain(framework.scoring.weights.measures.get(measure.id, 1)),
        "asked": [_question(framework, one) for one in framework.scored_questions if one.measure in below],
    }


def _asked_in(framework: Framework, setting: str) -> int:
    return sum(question.is_asked_in((setting,)) for question in framework.content.questions)


def _branch(framework: Framework, measure: Measure) -> Record:
    below = {one.id for one in measure.walk()}
    return {
        "id": measure.id,
        "title": measure.title,
        "level": measure.level,
        "rule": rule_in_words(framework.scoring.levels[measure.level]),
        "questions": sum(question.measure in below for question in framework.scored_questions),
        "measures": [_branch(framework, child) for child in measure.measures],
    }


def rule_in_words(rule: LevelRule) -> str:
    """Return a level's rule as a phrase: mean of measures, half up to 0 decimals."""
    parts = [rule.combine.replace("_", " ")]
    if rule.rounding is not None:
        mode, digits = rule.rounding.mode.replace("_", " "), rule.rounding.digits
        parts.append(f"{mode} to {digits} {'decimal' if digits == 1 else 'decimals'}")
    if rule.empty_measures == "no_score" and rule.combine == "mean_of_measures":
        parts.append("no score unless all below have one")
    if rule.minimum_answered is not None:
        parts.append(f"no score below {rule.minimum_answered} answered")
    return ", ".join(parts)


def _scale(framework: Framework, scale_id: str) -> Record:
    scale = framework.scales[scale_id]
    number = scale.number
    table = framework.scoring.points.get(scale_id)
    out_of = framework.scoring.marks_out_of.get(scale_id)
    return {
        "id": scale.id,
        "title": scale.title,
        "questions": sum(question.scale == scale_id for question in framework.content.questions),
        "answers": [{"code": one.code, "label": one.label} for one in scale.answers],
        "number": None
        if number is None
        else {
            "minimum": _plain(number.minimum),
            "maximum": None if number.maximum is None else _plain(number.maximum),
            "whole": number.whole,
            "unit": number.unit,
        },
        "points": _points(table),
        "marks_out_of": None if out_of is None else _plain(out_of),
    }


def _points(table: PointsTable | None) -> Value:
    """A table as code → points, or thresholds as [from, points] pairs; None where there is none."""
    if table is None:
        return None
    if isinstance(table, Mapping):
        return {code: _plain(points) for code, points in table.items()}
    return [[_plain(low), _plain(points)] for low, points in table]


def _plain(number: Exact) -> int | float:
    return float(number) if isinstance(number, Decimal) else number


def _ladder(framework: Framework) -> Value:
    ladder = framework.scoring.ladder
    if ladder is None:
        return None
    standing = list(ladder.step_of.values())
    base: Record = {"id": ladder.base.id, "title": ladder.base.title, "value": ladder.base.value}
    return [
        base,
        *(
            {
                "id": step.id,
                "title": step.title,
                "value": step.value,
                "share_needed": _plain(step.share_needed),
                "questions": standing.count(step.id),
            }
            for step in ladder.steps
        ),
    ]


def _bands(framework: Framework) -> Value:
    bands = framework.scoring.bands
    if bands is None:
        return None
    return {
        "band_on": bands.band_on,
        "bands": [{"id": band.id, "title": band.title, "from": _plain(band.from_score)} for band in bands.bands],
    }


def _question(framework: Framework, question: Question) -> Record:
    scoring = framework.scoring
    return {
        "id": question.id,
        "text": question.text,
        "measure": question.measure,
        "scale": question.scale,
        "points": _points(points_table(scoring, question.id, question.scale)),
        "weight": _plain(scoring.weights.questions.get(question.id, 1)),
        "step": scoring.ladder.step_of.get(question.id) if scoring.ladder else None,
        "asked_of": question.asked_of,
        "care_settings": list(question.care_settings),
        "shown_when": [_route(route) for route in question.routes],
    }


def _route(route: ShownWhen) -> Record:
    return {
        "question": route.question,
        "answers": list(route.answers),
        "at_least": None if route.at_least is None else _plain(route.at_least),
    }
