# SPDX-License-Identifier: MIT
"""What a check found, as lists of links: by section, and each contradiction with the questions that it is between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trigpoint.frameworks.asking import section_of
from trigpoint.submissions.checks import FindingKind, SubmissionFinding
from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.design_system.parts import Link
from trigpoint_web.rounds.answer_text import say_answer
from trigpoint_web.rounds.presenters.places import say_asked_in
from trigpoint_web.rounds.presenters.question import place_url
from trigpoint_web.rounds.queries.checks import StillOpen, SubmissionCheck
from trigpoint_web.rounds.queries.submission_answers import SubmissionAnswers


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Questions of one section, each linked."""

    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ContradictionText:
    """A contradiction: what the framework says of it, and each question with its answer."""

    text: str
    links: tuple[Link, ...]
    is_explained: bool


@dataclass(frozen=True, slots=True)
class FindingLists:
    """Everything that was found, ready to be read. Empty lists are not shown."""

    contradictions: tuple[ContradictionText, ...]
    not_answered: tuple[LinkGroup, ...]
    without_evidence: tuple[LinkGroup, ...]
    not_explained: tuple[LinkGroup, ...]


def present_findings(check: SubmissionCheck) -> FindingLists:
    """Return what was found, contradictions without a note first."""
    contradictions = sorted(check.of_kind(FindingKind.CONTRADICTORY), key=lambda one: one.is_explained)
    return FindingLists(
        contradictions=tuple(_contradiction(check.given, one) for one in contradictions),
        not_answered=_groups(check, FindingKind.NOT_ANSWERED),
        without_evidence=_groups(check, FindingKind.EVIDENCE_MISSING),
        not_explained=_groups(check, FindingKind.NOT_EXPLAINED),
    )


def _groups(check: SubmissionCheck, kind: FindingKind) -> tuple[LinkGroup, ...]:
    return group_links(check.given, [one.places[0] for one in check.of_kind(kind)])


def group_links(given: SubmissionAnswers, places: Sequence[AnswerPlace]) -> tuple[LinkGroup, ...]:
    """Return links to the questions at some places, under the section and part of the organisation they belong to."""
    groups: dict[str, list[Link]] = {}
    for place in places:
        groups.setdefault(_heading(given, place), []).append(link_to(given, place))
    return tuple(LinkGroup(f"{title} ({len(links)})", tuple(links)) for title, links in groups.items())


def link_to(given: SubmissionAnswers, place: AnswerPlace) -> Link:
    """Return a link to the question at a place, named by its short title."""
    where = say_asked_in(given.framework, given.units, place.asked_in)
    title = given.framework.questions[place.question].short_title
    return Link(title, place_url(given.submission, place), about=f"({where})" if where else None)


def _heading(given: SubmissionAnswers, place: AnswerPlace) -> str:
    framework = given.framework
    section = section_of(framework, framework.questions[place.question])
    title = "Other questions" if section is None else framework.measures[section].title
    where = say_asked_in(framework, given.units, place.asked_in)
    return f"{where}: {title}" if where else title


def _contradiction(given: SubmissionAnswers, finding: SubmissionFinding) -> ContradictionText:
    assert finding.contradiction is not None, "a finding of this kind has its rule"
    links = tuple(_with_answer(given, place) for place in finding.places)
    return ContradictionText(finding.contradiction.text, links, finding.is_explained)


def _with_answer(given: SubmissionAnswers, place: AnswerPlace) -> Link:
    link = link_to(given, place)
    answer = say_answer(given.framework, place.question, given.answer(place))
    return Link(_join(link.text, answer), link.url, link.about)


def _join(question: str, answer: str) -> str:
    """A question and what was said to it, in one line.

    >>> _join("The Board leads.", "Agree"), _join("What share of staff?", "60%")
    ('The Board leads: Agree', 'What share of staff? 60%')
    """
    return f"{question} {answer}" if question.endswith("?") else f"{question.removesuffix('.')}: {answer}"


def present_still_open(given: SubmissionAnswers, found: StillOpen) -> tuple[LinkGroup, ...]:
    """Return what else is not settled, each kind under a heading that says what it means."""
    framework = given.framework
    sections = [_delegation_text(given, one.section, one.question) for one in found.delegations]
    delegated = [
        Link(f"{title}: {one.to.name}", place_url(given.submission, place))
        for one, (title, place) in zip(found.delegations, sections, strict=True)
        if place is not None
    ]
    polls = [AnswerPlace(one.asked_in, one.question) for one in found.polls if one.question in framework.questions]
    expired = [
        Link(f"{use.evidence.title}", place_url(given.submission, AnswerPlace(use.asked_in, use.question)))
        for use in found.expired
    ]
    groups = (
        ("Suggested and not confirmed: they count for nothing", [link_to(given, one) for one in found.suggestions]),
        ("With a colleague", delegated),
        ("Colleagues are still giving their view", [link_to(given, place) for place in polls]),
        ("Evidence that has expired", expired),
    )
    return tuple(LinkGroup(f"{title} ({len(links)})", tuple(links)) for title, links in groups if links)


def _delegation_text(given: SubmissionAnswers, section: str, question: str) -> tuple[str, AnswerPlace | None]:
    """What was left to a colleague, and its first place that is shown; None when none is shown any more."""
    framework = given.framework
    places = [
        place
        for place in given.places
        if place.question == question
        or (section and section_of(framework, framework.questions[place.question]) == section)
    ]
    title = framework.measures[section].title if section else framework.questions[question].short_title
    return title, places[0] if places else None
