# SPDX-License-Identifier: MIT
"""The records of `framework_view` as lines for a reader at the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sized
from typing import Any

Shown = dict[str, Any]

STATES = {
    "not_answered": "not answered",
    "dont_know": "don’t know",
    "not_applicable": "not applicable",
    "not_shown": "not shown",
}
# A longer table of thresholds (such as one for each per cent) is told by its ends.
MOST_THRESHOLDS = 12
ENDS = 3


def count_of(things: Sized | int, name: str) -> str:
    """Return a number with its noun: 1 measure, 3 measures."""
    number = things if isinstance(things, int) else len(things)
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def listing_lines(records: list[Shown]) -> Iterator[str]:
    """Yield a line for each framework: name, kind, size and title, in columns."""
    name, kind = (max(len(record[key]) for record in records) for key in ("name", "kind"))
    for record in records:
        questions = count_of(record["questions"], "question")
        yield f"{record['name']:<{name}}  {record['kind']:<{kind}}  {questions:>13}  {record['title']}"


def framework_lines(shown: Shown) -> Iterator[str]:
    """Yield a framework: heading, care settings, measures tree, scales, missing answers, ladder and bands."""
    yield f"{shown['name']}: {shown['title']}"
    yield shown["summary"]
    yield f"Kind {shown['kind']}, round {shown['round']}. {_size(shown)}. Hash {shown['hash'][:12]}."
    if shown["care_settings"]:
        yield from ("", "Care settings")
        yield from (
            f"  {one['id']}: {one['title']}, {count_of(one['questions'], 'question')}" for one in shown["care_settings"]
        )
    yield from ("", "Measures (scored questions; how the score comes about)")
    for branch in shown["tree"]:
        yield from _tree_lines(branch, 1)
    yield from ("", "Scales")
    for scale in shown["scales"]:
        yield from _scale_lines(scale)
    yield from ("", "Missing answers")
    yield from (f"  {STATES[state]}: {rule.replace('_', ' ')}" for state, rule in shown["missing"].items())
    if shown["ladder"]:
        yield from ("", "Ladder")
        yield from (f"  {rung['value']}: {rung['title']}{_needs(rung)}" for rung in shown["ladder"])
    if shown["bands"]:
        yield from ("", f"Bands, on the {shown['bands']['band_on']} score")
        yield from (f"  {band['title']}: from {band['from']}" for band in shown["bands"]["bands"])


def measure_lines(shown: Shown) -> Iterator[str]:
    """Yield one measure: its part of the tree, then every question that counts towards it."""
    yield f"{shown['framework']}: {shown['title']}"
    if shown["summary"]:
        yield shown["summary"]
    yield from _tree_lines(shown, 1)
    for question in shown["asked"]:
        yield ""
        yield f"{question['id']} ({'; '.join(_facts(question))})"
        yield f"  {question['text']}"
        yield f"  {_points(question['points'])}"


def _size(shown: Shown) -> str:
    questions, measures = count_of(shown["questions"], "question"), count_of(shown["measures"], "measure")
    return f"{questions}, {shown['scored']} of them scored; {measures}"


def _tree_lines(branch: Shown, depth: int) -> Iterator[str]:
    yield f"{'  ' * depth}{branch['id']}: {branch['title']} ({branch['questions']}; {branch['rule']})"
    for child in branch["measures"]:
        yield from _tree_lines(child, depth + 1)


def _scale_lines(scale: Shown) -> Iterator[str]:
    out_of = "" if scale["marks_out_of"] is None else f", out of {scale['marks_out_of']}"
    yield f"  {scale['id']}: {scale['title']} ({count_of(scale['questions'], 'question')}{out_of})"
    if scale["number"]:
        yield f"    {_range(scale['number'])}"
    for answer in scale["answers"]:
        worth = "" if scale["points"] is None else f": {scale['points'][answer['code']]}"
        yield f"    {answer['code']} ({answer['label']}){worth}"
    if scale["number"] and scale["points"]:
        yield f"    {_points(scale['points'])}"


def _range(number: Shown) -> str:
    kind = "whole number" if number["whole"] else "number"
    end = "" if number["maximum"] is None else f" to {number['maximum']}"
    unit = f", {number['unit']}" if number["unit"] else ""
    return f"a {kind} from {number['minimum']}{end}{unit}"


def _points(points: Any) -> str:
    if isinstance(points, dict):
        return "points: " + ", ".join(f"{code} {worth}" for code, worth in points.items())
    rows = [f"from {low}: {worth}" for low, worth in points]
    if len(rows) > MOST_THRESHOLDS:
        rows = [*rows[:ENDS], f"… {len(rows) - 2 * ENDS} more …", *rows[-ENDS:]]
    return "points: " + "; ".join(rows)


def _needs(rung: Shown) -> str:
    if "questions" not in rung:
        return " (the base)"
    share = "all" if rung["share_needed"] == 1 else f"a share of {rung['share_needed']}"
    return f" ({share} of {count_of(rung['questions'], 'question')})"


def _facts(question: Shown) -> Iterator[str]:
    yield f"scale {question['scale']}"
    if question["step"]:
        yield f"on {question['step']}"
    if question["weight"] != 1:
        yield f"weight {question['weight']}"
    if question["asked_of"] == "organisation":
        yield "asked once of the organisation"
    if question["care_settings"]:
        yield f"asked in {', '.join(question['care_settings'])}"
    if question["shown_when"]:
        yield f"shown when {', or '.join(map(_route, question['shown_when']))}"


def _route(route: Shown) -> str:
    opens = f"at least {route['at_least']}" if route["at_least"] is not None else " or ".join(route["answers"])
    return f"{route['question']} is {opens}"
