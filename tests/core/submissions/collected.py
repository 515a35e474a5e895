# SPDX-License-Identifier: MIT
"""A small framework to be filled in by an organisation with two units, with everything that collecting needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.support.frameworks import Draft, draft, number_scale
from trigpoint.submissions import Unit
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.places import AnswerPlace

ONCE = {"asked_of": "organisation"}
MORE: Mapping[str, Mapping[str, Any]] = {
    "plan": {**ONCE, "evidence": "The plan."},
    "plan_tested": {**ONCE, "asked_with": "plan"},
    "notes": {"evidence": "A count."},
    "letters": {"shown_when": {"question": "notes", "answers": ["partly", "yes"]}},
    "beds": {"scale": "count", "care_settings": ["acute"]},
}
VISITS = {"id": "visits", "scale": "count", "text": "Visits.", "asked_with": "notes"}
REMARK = {"id": "remark", "scale": "answer", "text": "Anything else?"}
CONTRADICTIONS = [
    {
        "id": "tested_without_plan",
        "text": "A plan that is not there was tested.",
        "when": [{"question": "plan_tested", "answers": ["yes"]}, {"question": "plan", "answers": ["no"]}],
    },
    {
        "id": "visits_without_notes",
        "text": "Visits are counted, but no notes are kept.",
        "when": [{"question": "notes", "answers": ["no"]}, {"question": "visits", "at_least": 1}],
    },
    {
        "id": "planned_but_none",
        "text": "There is a plan for notes, but there are none.",
        "when": [{"question": "notes", "answers": ["no"]}, {"question": "plan", "answers": ["yes"]}],
    },
]
ACUTE = Unit("X01", "acute", care_settings=("acute",))
COMMUNITY = Unit("X01", "community", care_settings=("community",))
UNITS = (ACUTE, COMMUNITY)


def collected(**content: Any) -> Draft:
    """Return the framework, with some parts of its content changed."""
    of = draft({"plans": ["plan", "plan_tested"], "records": ["notes", "letters", "beds"]})
    questions = [{**question, **MORE.get(question["id"], {})} for question in of.content["questions"]]
    return of.with_content(
        **{
            "questions": [*questions, VISITS, REMARK],
            "scales": [*of.content["scales"], number_scale("count", 0, maximum=50, whole=True)],
            "care_settings": [{"id": "acute", "title": "Acute"}, {"id": "community", "title": "Community"}],
            "contradictions": CONTRADICTIONS,
            **content,
        }
    ).with_scoring(points={**of.scoring["points"], "count": [[0, 0], [10, 100]]})


FRAMEWORK = collected().framework


def placed(**sides: Mapping[str, Answer]) -> dict[AnswerPlace, Answer]:
    """Return answers by place, from the answers of each side by question."""
    return {AnswerPlace(side, question): answer for side, given in sides.items() for question, answer in given.items()}


def places(side: str, *questions: str) -> tuple[AnswerPlace, ...]:
    """Return the places of some questions on one side."""
    return tuple(AnswerPlace(side, question) for question in questions)
