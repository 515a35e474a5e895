# SPDX-License-Identifier: MIT
"""A questionnaire away from the screen: its parts, its rows, and the words that stand for each answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from trigpoint.frameworks.asking import section_of
from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.missing_offered import missing_offered
from trigpoint.frameworks.model import Measure, Question, Scale, ShownWhen
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import ORGANISATION, AnswerPlace, PlacedAnswers, place_of
from trigpoint.submissions.units import Unit

MISSING_LABELS: Mapping[Missing, str] = {
    Missing.NOT_ANSWERED: "Not answered",
    Missing.DONT_KNOW: "Don't know",
    Missing.NOT_APPLICABLE: "Not applicable",
    Missing.NOT_SHOWN: "Not shown",
}
ORGANISATION_TITLE = "Organisation"
UNSCORED_TITLE = "Questions that are not scored"


@dataclass(frozen=True, slots=True)
class CurrentAnswer:
    """An answer as it stands: `version` counts its changes, so that two changes of the same answer can be told."""

    version: int
    answer: Answer
    note: str = ""


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """What one organisation is asked in a round, with its answers so far.

    organisation: its code, with its name; None for a form that is nobody's yet.
    units: those of the organisation, each in its own care setting.
    answers: a place that was never answered is left out. last_answers: those of the round before.
    made_at: the moment of the download, in UTC; None where it doesn't matter.
    """

    framework: Framework
    round: str
    units: tuple[Unit, ...]
    organisation: str | None = None
    organisation_name: str = ""
    answers: Mapping[AnswerPlace, CurrentAnswer] = field(default_factory=dict)
    last_answers: PlacedAnswers = field(default_factory=dict)
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AnswerChoices:
    """The words for the answers to a question: the labels of its scale, then the ways of being missing it offers."""

    scale: Scale
    offered: tuple[Missing, ...]

    @property
    def missing_labels(self) -> Mapping[Missing, str]:
        """The label of each way of being missing, offered or not; marked where the scale has it as an answer too."""
        own = {option.label.casefold() for option in self.scale.answers}
        return {
            state: f"{label} (no answer)" if label.casefold() in own else label
            for state, label in MISSING_LABELS.items()
        }

    @property
    def labels(self) -> tuple[str, ...]:
        """Every label that can be chosen, the least answer first, then those of being missing."""
        return (*(option.label for option in self.scale.answers), *(self.missing_labels[one] for one in self.offered))

    def label_of(self, answer: Answer) -> str | float | None:
        """Return the label of an answer, or its number; None when there is no answer to say."""
        if isinstance(answer, Missing):
            return None if answer in {Missing.NOT_ANSWERED, Missing.NOT_SHOWN} else self.missing_labels[answer]
        if isinstance(answer, str):
            return next(option.label for option in self.scale.answers if option.code == answer)
        return float(answer)


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question in its place. section: its title; condition: when it is to be answered, empty when always.

    current: the answer so far, None when there was none. last: that of the round before, None when not known.
    """

    place: AnswerPlace
    question: Question
    section: str
    condition: str
    choices: AnswerChoices
    current: CurrentAnswer | None
    last: Answer | None


@dataclass(frozen=True, slots=True)
class QuestionnairePart:
    """The questions that are asked in one place: of the organisation as a whole, or in a care setting."""

    asked_in: str
    title: str
    rows: tuple[QuestionRow, ...]


def build_parts(questionnaire: Questionnaire) -> tuple[QuestionnairePart, ...]:
    """Return the parts, that of the organisation first; a part in which nothing is asked is left out.

    A question that an earlier answer shows or hides is always there, with its condition: on paper and in a spreadsheet
    the earlier answer may still change.
    """
    framework = questionnaire.framework
    places = _places(framework, questionnaire.units)
    sections = section_titles(framework)
    parts = []
    for asked_in in dict.fromkeys(place.asked_in for place in places):
        rows = tuple(_row(questionnaire, place, sections) for place in places if place.asked_in == asked_in)
        parts.append(QuestionnairePart(asked_in, part_title(framework, asked_in), rows))
    return tuple(parts)


def _places(framework: Framework, units: Sequence[Unit]) -> tuple[AnswerPlace, ...]:
    """Every place that may be asked, whatever is answered; the organisation's first, then unit by unit."""
    places = {
        place_of(question, unit): None
        for unit in units
        for question in framework.content.questions
        if question.is_asked_in(unit.care_settings)
    }
    order = {question: at for at, question in enumerate(framework.questions)}
    once = sorted((place for place in places if place.asked_in == ORGANISATION), key=lambda one: order[one.question])
    return (*once, *(place for place in places if place.asked_in != ORGANISATION))


def _row(questionnaire: Questionnaire, place: AnswerPlace, sections: Mapping[str, str]) -> QuestionRow:
    framework = questionnaire.framework
    question = framework.questions[place.question]
    section = section_of(framework, question)
    return QuestionRow(
        place=place,
        question=question,
        section=UNSCORED_TITLE if section is None else sections[section],
        condition=describe_routing(framework, question),
        choices=AnswerChoices(framework.scales[question.scale], missing_offered(framework, question)),
        current=questionnaire.answers.get(place),
        last=questionnaire.last_answers.get(place),
    )


def part_title(framework: Framework, asked_in: str) -> str:
    """Return what people call a part: the title of its care setting, where the framework has one."""
    titles = {setting.id: setting.title for setting in framework.content.care_settings}
    return ORGANISATION_TITLE if asked_in == ORGANISATION else titles.get(asked_in, asked_in)


def section_titles(framework: Framework) -> Mapping[str, str]:
    """Return the title of each measure after those above it; a lone root, such as the overall score, is left out."""
    roots = framework.content.measures
    titles = {}
    for root in roots:
        titles.update(_titles_below(root, ()))
    lone = roots[0] if len(roots) == 1 and roots[0].measures else None
    if lone is None:
        return {measure: ": ".join(path) for measure, path in titles.items()}
    return {measure: ": ".join(path[1:] or path) for measure, path in titles.items()}


def _titles_below(measure: Measure, above: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    titles = {measure.id: (*above, measure.title)}
    for child in measure.measures:
        titles.update(_titles_below(child, titles[measure.id]))
    return titles


def describe_routing(framework: Framework, question: Question) -> str:
    """Return in a sentence when a question is to be answered; empty when it always is."""
    if not question.routes:
        return ""
    return f"Answer only if {' or if '.join(_describe_route(framework, route) for route in question.routes)}."


def _describe_route(framework: Framework, route: ShownWhen) -> str:
    earlier = framework.questions[route.question]
    named = f"“{earlier.short_title}” ({earlier.id})"
    if route.at_least is not None:
        return f"{named} is {route.at_least} or more"
    labels = {option.code: option.label for option in framework.scale_of(earlier.id).answers}
    labels |= {state.value: label for state, label in MISSING_LABELS.items() if state.value not in labels}
    return f"{named} is {' or '.join(labels[code] for code in route.answers)}"
