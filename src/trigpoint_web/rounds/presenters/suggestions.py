# SPDX-License-Identifier: MIT
"""Suggested answers of a submission, section by section, each to take or to dismiss."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from trigpoint.frameworks.asking import section_of
from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.design_system.parts import Link
from trigpoint_web.rounds.models import Suggestion
from trigpoint_web.rounds.presenters.places import say_asked_in
from trigpoint_web.rounds.presenters.question import place_url, say_section, task_list_url
from trigpoint_web.rounds.queries.submission_answers import SubmissionAnswers


@dataclass(frozen=True, slots=True)
class SuggestionLine:
    """One suggestion. key: what its buttons send."""

    key: int
    question: Link
    text: str


@dataclass(frozen=True, slots=True)
class SuggestedSection:
    """The suggestions of a section, with its anchor."""

    anchor: str
    title: str
    lines: tuple[SuggestionLine, ...]


@dataclass(frozen=True, slots=True)
class SuggestionsPage:
    """Everything the page shows. why_not: why none can be taken here; None when they can."""

    title: str
    caption: str
    back: Link
    url: str
    sections: tuple[SuggestedSection, ...]
    why_not: str | None


def list_worth_showing(given: SubmissionAnswers, suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    """Return the suggestions for places that are shown now and still open, in the order asked."""
    order = {place: number for number, place in enumerate(given.places)}
    wanted = [one for one in suggestions if _place(one) in order and given.is_open(_place(one))]
    return sorted(wanted, key=lambda one: (order[_place(one)], one.pk))


def _place(suggestion: Suggestion) -> AnswerPlace:
    return AnswerPlace(suggestion.asked_in, suggestion.question)


def present_suggestions(
    given: SubmissionAnswers, suggestions: Sequence[Suggestion], *, why_not: str | None
) -> SuggestionsPage:
    """Return the page."""
    submission, framework = given.submission, given.framework
    sections: dict[str, list[SuggestionLine]] = {}
    for one in list_worth_showing(given, suggestions):
        question = framework.questions[one.question]
        where = say_asked_in(framework, given.units, one.asked_in)
        title = say_section(framework, section_of(framework, question))
        link = Link(question.text, place_url(submission, _place(one)))
        lines = sections.setdefault(f"{title} ({where})" if where else title, [])
        lines.append(SuggestionLine(one.pk, link, one.source_label))
    return SuggestionsPage(
        title="Suggested answers",
        caption=f"{submission.organisation.name}, {submission.round.title}",
        back=Link("All sections", task_list_url(submission)),
        url=reverse("suggestions", args=[submission.round.slug, submission.organisation_id]),
        sections=tuple(
            SuggestedSection(f"suggested-{number}", title, tuple(lines))
            for number, (title, lines) in enumerate(sections.items(), 1)
        ),
        why_not=why_not,
    )
