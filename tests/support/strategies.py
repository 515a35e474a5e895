# SPDX-License-Identifier: MIT
"""Random valid frameworks of every kind, and random answers to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from hypothesis import strategies as st

from tests.support.frameworks import COMBINE_OF, Draft, Return, number_scale, option_scale
from trigpoint.frameworks.model import KINDS, Kind

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[T]], T]

SETTINGS = ("acute", "community")
POLICIES = st.sampled_from(["leave_out", "leave_out", "zero", "no_score"])
# Weights with many digits make denominators that no machine word holds once means are taken of means.
WEIGHTS = st.sampled_from([Decimal(text) for text in ("0", "1", "1.0", "2", "0.5", "3.75", "0.000001", "7.654321")])
POINTS = st.sampled_from([Decimal(text) for text in ("0", "1", "14", "33.3", "50", "66.67", "100")])
SHARES = st.sampled_from([Decimal(text) for text in ("0.3", "0.5", "0.8", "1")])
ROUNDINGS = st.none() | st.fixed_dictionaries(
    {"mode": st.sampled_from(["half_up", "half_even", "down"]), "digits": st.integers(0, 3)}
)
NUMBERS = st.sampled_from([Decimal(text) for text in ("0", "0.1", "0.3", "1", "2.5", "7", "10", "1000")])


@st.composite
def drafts(draw: Any, kinds: Sequence[Kind] = KINDS) -> Draft:
    """Return a framework that the loader accepts, with every rule of the format in some of them."""
    kind = draw(st.sampled_from(list(kinds)))
    rungs = draw(st.integers(1, 3)) if COMBINE_OF[kind] == "ladder" else 0
    roots = [draw(_measures(f"m{at}", depth=0)) for at in range(draw(st.integers(1, 2)))]
    scales = [option_scale(f"s{at}", [f"c{n}" for n in range(draw(st.integers(2, 4)))]) for at in range(2)]
    scales.append(number_scale("numbers", 0))
    questions = _questions(draw, roots, scales, rungs)
    content = {
        "framework": "made-up",
        "version": "1",
        "title": "Made up",
        "summary": "For a test.",
        "round": "2020",
        "care_settings": [{"id": one, "title": one} for one in SETTINGS],
        "measures": roots,
        "scales": scales,
        "questions": questions,
    }
    return Draft(content, _scoring(draw, kind, content, rungs))


@st.composite
def _measures(draw: Any, name: str, depth: int) -> dict[str, Any]:
    """A tree one to three levels deep; levels are named for their depth, apart for measures with questions."""
    width = draw(st.integers(0, 3)) if depth < 2 else 0
    if not width:
        return {"id": name, "title": name, "level": f"leaf{depth}"}
    children = [draw(_measures(f"{name}_{at}", depth=depth + 1)) for at in range(width)]
    return {"id": name, "title": name, "level": f"node{depth}", "measures": children}


def every_measure(measures: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return all measures of a tree, parents first."""
    return [one for root in measures for one in (root, *every_measure(root.get("measures", ())))]


def leaves(content: Mapping[str, Any]) -> list[str]:
    """Return the ids of the measures with questions."""
    return [measure["id"] for measure in every_measure(content["measures"]) if "measures" not in measure]


def _questions(
    draw: Draw[Any], roots: Sequence[dict[str, Any]], scales: Sequence[dict[str, Any]], rungs: int
) -> list[dict[str, Any]]:
    questions: list[dict[str, Any]] = []
    for measure in leaves({"measures": roots}):
        questions += [{"measure": measure} for _ in range(draw(st.integers(max(1, rungs), rungs + 3)))]
    questions.insert(draw(st.integers(0, len(questions))), {})  # one that counts for nothing
    for at, question in enumerate(questions):
        scale = draw(st.sampled_from(scales))
        question |= {"id": f"q{at}", "text": f"Question {at}", "scale": scale["id"]}
        question["care_settings"] = draw(st.sampled_from([[], [], ["acute"], ["community"], list(SETTINGS)]))
        if at and draw(st.integers(0, 4)) == 0:
            question["shown_when"] = _route(draw, draw(st.sampled_from(questions[:at])), scales)
    return questions


def _route(draw: Draw[Any], earlier: Mapping[str, Any], scales: Sequence[dict[str, Any]]) -> dict[str, Any]:
    scale = next(scale for scale in scales if scale["id"] == earlier["scale"])
    if "number" in scale:
        return {"question": earlier["id"], "at_least": draw(NUMBERS)}
    codes = [option["code"] for option in scale["answers"]]
    opening = draw(st.lists(st.sampled_from([*codes, "dont_know"]), min_size=1, unique=True))
    return {"question": earlier["id"], "answers": opening}


def _scoring(draw: Draw[Any], kind: Kind, content: Mapping[str, Any], rungs: int) -> dict[str, Any]:
    counted = [question for question in content["questions"] if "measure" in question]
    measures = every_measure(content["measures"])
    policies = {state: draw(POLICIES) for state in ("not_answered", "dont_know", "not_applicable")}
    scoring: dict[str, Any] = {
        "kind": kind,
        "points": {scale["id"]: _table(draw, kind, scale) for scale in content["scales"]},
        "missing": {**policies, "not_shown": "leave_out"},
        "levels": {level: _level(draw, kind, level) for level in {measure["level"]: None for measure in measures}},
        "weights": {
            "questions": {one["id"]: draw(WEIGHTS) for one in counted if draw(st.booleans())},
            "measures": {one["id"]: draw(WEIGHTS) for one in measures if draw(st.booleans())},
        },
    }
    if draw(st.booleans()):
        own = draw(st.sampled_from(counted))
        scale = next(scale for scale in content["scales"] if scale["id"] == own["scale"])
        scoring["question_points"] = {own["id"]: _table(draw, kind, scale)}
    if kind == "sum-of-marks" and draw(st.booleans()):
        scoring["marks_out_of"] = {"s0": draw(st.sampled_from([100, Decimal("150.5")]))}
    if rungs:
        scoring["ladder"] = _ladder(draw, rungs, counted)
    _weigh_something(scoring, content, rungs)
    scoring["bands"] = _bands(draw, scoring, counted)
    return scoring if scoring["bands"]["bands"] else {key: scoring[key] for key in scoring if key != "bands"}


def _table(draw: Draw[Any], kind: Kind, scale: Mapping[str, Any]) -> Any:
    is_met_or_not = COMBINE_OF[kind] in {"ladder", "share_met"}
    points = st.sampled_from([0, 1]) if is_met_or_not else POINTS
    top = 1 if is_met_or_not else draw(POINTS.filter(bool))  # some answer must be worth something
    if "answers" in scale:
        codes = [option["code"] for option in scale["answers"]]
        return {code: top if code == codes[-1] else draw(points) for code in codes}
    lows = sorted({Decimal(0), *draw(st.lists(NUMBERS, max_size=3))})
    return [[low, top if low == lows[-1] else draw(points)] for low in lows]


def _level(draw: Draw[Any], kind: Kind, level: str) -> dict[str, Any]:
    rule: dict[str, Any] = {"combine": COMBINE_OF[kind] if level.startswith("leaf") else "mean_of_measures"}
    rule["empty_measures"] = draw(st.sampled_from(["leave_out", "leave_out", "no_score"]))
    if rounding := draw(ROUNDINGS):
        rule["rounding"] = rounding
    if draw(st.integers(0, 3)) == 0:
        rule["minimum_answered"] = draw(st.sampled_from([0, Decimal("0.333333"), Decimal("0.5"), 1]))
    return rule


def _ladder(draw: Draw[Any], rungs: int, counted: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    base = draw(st.integers(0, 2))
    steps: list[dict[str, Any]] = [
        {"value": base + 2 * at + 1, "id": f"l{at}", "title": f"L{at}"} for at in range(rungs)
    ]
    for step in steps:
        if draw(st.booleans()):
            step["share_needed"] = draw(SHARES)
    of_measure: dict[str, int] = {}
    step_of = {}
    for question in counted:  # the first questions of each measure take one step each, so that all can be reached
        at = of_measure.get(question["measure"], 0)
        of_measure[question["measure"]] = at + 1
        step_of[question["id"]] = f"l{at if at < rungs else draw(st.integers(0, rungs - 1))}"
    return {"base": {"value": base, "id": "base", "title": "Base"}, "steps": steps, "step_of": step_of}


def _weigh_something(scoring: dict[str, Any], content: Mapping[str, Any], rungs: int) -> None:
    """Take back weights of 0 where nothing else would weigh: the loader refuses what can never have a score."""
    weights, seen = scoring["weights"], set()
    for question in content["questions"]:
        place = (question.get("measure"), scoring["ladder"]["step_of"].get(question["id"]) if rungs else None)
        if place not in seen and weights["questions"].get(question["id"]) == 0:
            weights["questions"][question["id"]] = Decimal(1)
        seen.add(place)
    for measure in every_measure(content["measures"]):
        for first in measure.get("measures", ())[:1]:
            if weights["measures"].get(first["id"]) == 0:
                weights["measures"][first["id"]] = Decimal(2)


def _bands(draw: Draw[Any], scoring: Mapping[str, Any], counted: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    lowest, highest = Decimal(0), Decimal(100)
    if "ladder" in scoring:
        lowest = Decimal(scoring["ladder"]["base"]["value"])
        highest = Decimal(scoring["ladder"]["steps"][-1]["value"])
    elif scoring["kind"] in {"points", "indicator"}:
        tables = [scoring.get("question_points", {}).get(one["id"], scoring["points"][one["scale"]]) for one in counted]
        rows = [table.items() if isinstance(table, Mapping) else table for table in tables]
        highest = max(Decimal(points) for table in rows for _, points in table)
    parts = draw(st.lists(st.sampled_from([Decimal(text) for text in ("0.1", "0.333333", "0.5", "1")]), unique=True))
    starts = sorted({lowest, *(round(lowest + (highest - lowest) * part, 6) for part in parts)}) if parts else []
    named = [{"id": f"b{at}", "title": f"B{at}", "from": start} for at, start in enumerate(starts)]
    return {"band_on": draw(st.sampled_from(["rounded", "raw"])), "bands": named}


@st.composite
def returns(draw: Any, draft: Draft) -> Return:
    """Return some answers of one unit: given, missing in the ways that can be said, or left out."""
    scales = {scale["id"]: scale for scale in draft.content["scales"]}
    answers = {}
    for question in draft.content["questions"]:
        answer = draw(_answers(scales[question["scale"]]))
        if answer is not None:
            answers[question["id"]] = answer
    settings = draw(st.sampled_from([(), ("acute",), ("community",), SETTINGS]))
    return Return(answers, settings)


def _answers(scale: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    missing = st.sampled_from([None, "not_answered", "dont_know", "not_applicable"])
    given = st.sampled_from([option["code"] for option in scale["answers"]]) if "answers" in scale else NUMBERS
    return st.integers(0, 9).flatmap(lambda dice: missing if dice < 3 else given)


@st.composite
def drafts_and_returns(draw: Any, kinds: Sequence[Kind] = KINDS) -> tuple[Draft, list[Return]]:
    """Return a framework and up to four units' answers to it."""
    draft = draw(drafts(kinds))
    return draft, draw(st.lists(returns(draft), min_size=1, max_size=4))
