# SPDX-License-Identifier: MIT
"""A framework as a FHIR R4 Questionnaire: what is asked, what each answer is worth, and what is shown when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.model import MISSING_CHOICES, Measure, Question, ShownWhen
from trigpoint.frameworks.points import points_table
from trigpoint.scoring.explain import missing_in_words

Resource = dict[str, Any]
# What an answer adds, as HL7's Structured Data Capture has it: the points of the framework, before weights.
ITEM_WEIGHT = "http://hl7.org/fhir/StructureDefinition/itemWeight"
MIN_VALUE = "http://hl7.org/fhir/StructureDefinition/minValue"
MAX_VALUE = "http://hl7.org/fhir/StructureDefinition/maxValue"
# Ids of measures and questions may be the same; a linkId is one of either.
GROUP = "m-"
UNSCORED = "u-unscored"
# A number has no room for "don't know": it is chosen in a question of its own under this ending.
WHY_MISSING = "--missing"


def questionnaire_url(framework: Framework, base: str) -> str:
    """Return the canonical address of a framework's questionnaire, without its version."""
    return f"{base}/Questionnaire/{framework.ref.framework}"


def scale_system(framework: Framework, scale: str, base: str) -> str:
    """Return the address of a scale's codes."""
    return f"{base}/CodeSystem/{framework.ref.framework}-{scale.replace('_', '-')}"


def missing_system(base: str) -> str:
    """Return the address of the codes for ways of being missing."""
    return f"{base}/CodeSystem/missing-answer"


def build_questionnaire(framework: Framework, *, base: str, care_settings: tuple[str, ...] = ()) -> Resource:
    """Return a framework as a Questionnaire resource.

    base: the address under which canonical addresses stand, without a "/" at the end. care_settings: asks only what
    these are asked; empty for everything. Questions without a score stand in a group of their own at the end.
    Source: HL7 FHIR R4 (4.0.1), Questionnaire; HL7 Structured Data Capture, itemWeight.
    """
    asked = [one for one in framework.content.questions if one.is_asked_in(care_settings)]
    groups = [group for root in framework.content.measures if (group := _group(framework, root, asked, base))]
    rest = [_question(framework, one, base) for one in asked if one.measure is None]
    unscored = [{"linkId": UNSCORED, "type": "group", "text": "Not scored", "item": _flat(rest)}] if rest else []
    return {
        "resourceType": "Questionnaire",
        "url": questionnaire_url(framework, base),
        "version": framework.ref.version,
        "name": "".join(part.capitalize() for part in framework.ref.framework.split("-")),
        "title": framework.content.title,
        "status": "active",
        "subjectType": ["Organization"],
        "description": framework.content.summary,
        "item": [*groups, *unscored],
    }


def _group(framework: Framework, measure: Measure, asked: Sequence[Question], base: str) -> Resource | None:
    """A measure with what is asked below it; None where nothing is."""
    below = [group for child in measure.measures if (group := _group(framework, child, asked, base))]
    own = [_question(framework, one, base) for one in asked if one.measure == measure.id]
    if not below and not own:
        return None
    return {"linkId": GROUP + measure.id, "type": "group", "text": measure.title, "item": [*below, *_flat(own)]}


def _flat(pairs: Sequence[tuple[Resource, ...]]) -> list[Resource]:
    return [one for pair in pairs for one in pair]


def _question(framework: Framework, question: Question, base: str) -> tuple[Resource, ...]:
    scale = framework.scales[question.scale]
    shown = _enable(framework, question, base)
    item: Resource = {"linkId": question.id, "text": question.text, **shown}
    if scale.number is None:
        options = [*_options(framework, question, base), *_missing_options(framework, question, base)]
        return ({**item, "type": "choice", "answerOption": options},)
    limits = [(MIN_VALUE, scale.number.minimum), (MAX_VALUE, scale.number.maximum)]
    bounds = [{"url": url, "valueDecimal": _plain(limit)} for url, limit in limits if limit is not None]
    number = {**item, "type": "decimal", "extension": bounds}
    choices = list(_missing_options(framework, question, base))
    if not choices:
        return (number,)
    why = {"linkId": question.id + WHY_MISSING, "text": "If there is no number, why?", "type": "choice", **shown}
    return number, {**why, "answerOption": choices}


def _options(framework: Framework, question: Question, base: str) -> Iterator[Resource]:
    system = scale_system(framework, question.scale, base)
    table = points_table(framework.scoring, question.id, question.scale) if question.measure else None
    for option in framework.scales[question.scale].answers:
        coding: Resource = {"system": system, "code": option.code, "display": option.label}
        if isinstance(table, Mapping):
            coding["extension"] = [{"url": ITEM_WEIGHT, "valueDecimal": _plain(table[option.code])}]
        yield {"valueCoding": coding}


def _missing_options(framework: Framework, question: Question, base: str) -> Iterator[Resource]:
    refused = {*framework.content.missing_refused, *question.missing_refused}
    for state in MISSING_CHOICES:
        if state not in refused:
            yield {"valueCoding": {"system": missing_system(base), "code": state, "display": missing_in_words(state)}}


def _enable(framework: Framework, question: Question, base: str) -> Resource:
    """When the question is shown: always, or when any one condition of any of its routes is met."""
    conditions = [one for route in question.routes for one in _conditions(framework, route, base)]
    if not conditions:
        return {}
    behaviour = {"enableBehavior": "any"} if len(conditions) > 1 else {}
    return {"enableWhen": conditions, **behaviour}


def _conditions(framework: Framework, route: ShownWhen, base: str) -> Iterator[Resource]:
    scale = framework.scale_of(route.question)
    for answer in route.answers:
        is_missing = answer not in scale.codes
        system = missing_system(base) if is_missing else scale_system(framework, scale.id, base)
        asked = route.question + (WHY_MISSING if is_missing and scale.number is not None else "")
        yield {"question": asked, "operator": "=", "answerCoding": {"system": system, "code": answer}}
    if route.at_least is not None:
        yield {"question": route.question, "operator": ">=", "answerDecimal": _plain(route.at_least)}


def _plain(amount: Any) -> int | float:
    """An exact number as JSON writes it."""
    return int(amount) if amount == int(amount) else float(amount)
