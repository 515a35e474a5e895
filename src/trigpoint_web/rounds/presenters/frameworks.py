# SPDX-License-Identifier: MIT
"""Frameworks as pages: the list, one version with its tree, and its changes against the version before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from trigpoint.frameworks import Framework
from trigpoint.frameworks.asking import section_of
from trigpoint.frameworks.model import Measure, Question
from trigpoint_web.design_system.parts import Column, Content, Link, SummaryRow, Table
from trigpoint_web.rounds.framework_words import (
    QuestionChange,
    find_change,
    list_changes,
    list_worth,
    say_asked_of,
    say_missing_rules,
    say_routes,
    say_rule,
)
from trigpoint_web.rounds.presenters.moments import say_day
from trigpoint_web.rounds.presenters.round_frame import count_of
from trigpoint_web.rounds.queries.frameworks import KnownFramework

UNSCORED = "not-scored"  # of the questions in no section; with its hyphen it is the id of no measure


@dataclass(frozen=True, slots=True)
class FrameworksPage:
    """The versions that there are."""

    title: str
    frameworks: Table


@dataclass(frozen=True, slots=True)
class TreeBranch:
    """A measure in the tree. questions: those of the section that is open; empty for the others."""

    link: Link
    count: str
    questions: tuple[Link, ...]
    branches: tuple[TreeBranch, ...]


@dataclass(frozen=True, slots=True)
class FrameworkQuestion:
    """One question of a framework with all that is said about it. text: blank where it is the title of the page."""

    title: str
    text: str
    facts: tuple[SummaryRow, ...]
    answers: Table


@dataclass(frozen=True, slots=True)
class FrameworkPage:
    """A version: its tree, and beside it the question chosen, or the section, or the version as a whole."""

    title: str
    caption: str
    back: Link
    links: tuple[Link, ...]
    tree: tuple[TreeBranch, ...]
    heading: str
    text: str
    question: FrameworkQuestion | None
    facts: tuple[SummaryRow, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class FrameworkChangesPage:
    """Every question against the version before."""

    title: str
    caption: str
    back: Link
    links: tuple[Link, ...]
    text: str
    changes: Table


def present_frameworks(known: Sequence[KnownFramework]) -> FrameworksPage:
    """Return the list of versions."""
    columns = (Column("Framework"), Column("Version"), Column("Questions", is_numeric=True), Column("Where it is used"))
    rows: tuple[tuple[Content, ...], ...] = tuple(
        (Link(one.title, framework_url(one.hash), about=one.ref), one.ref, f"{one.questions:,}", _say_used(one))
        for one in known
    )
    return FrameworksPage("Frameworks", Table("Framework versions", columns, rows, is_caption_hidden=True))


def _say_used(known: KnownFramework) -> str:
    if known.frozen_at is None:
        return "Shipped; in no round yet"
    frozen = f"{count_of(known.rounds, 'round')}; frozen on {say_day(known.frozen_at)}"
    return frozen if known.is_shipped else f"{frozen}, hash {known.hash[:12]}, not as shipped"


def framework_url(framework_hash: str, **asked: str) -> str:
    """Return the address of a version, with what is asked for on its page."""
    address = reverse("framework", kwargs={"framework_hash": framework_hash})
    return f"{address}?{urlencode(asked)}" if asked else address


def present_framework(
    framework: Framework, *, section: str, question: str, previous: Framework | None
) -> FrameworkPage:
    """Return the page of a version. section, question: ids of what is chosen; blank for the version as a whole."""
    chosen = framework.questions.get(question)
    opened = section if chosen is None else section_of(framework, chosen) or UNSCORED
    measure = framework.measures.get(opened)
    heading, text = framework.content.title, framework.content.summary
    if measure is not None:
        heading, text = measure.title, measure.summary or ""
    elif opened == UNSCORED:
        heading, text = "Not scored", "These questions are asked and count towards no score."
    is_whole = chosen is None and measure is None and opened != UNSCORED
    return FrameworkPage(
        title=framework.content.title if chosen is None else chosen.short_title,
        caption=str(framework.ref),
        back=Link("Frameworks", reverse("frameworks")),
        links=framework_links(framework, current="framework"),
        tree=_tree(framework, opened, question),
        heading=heading,
        text=text,
        question=None if chosen is None else _question(framework, chosen, previous),
        facts=_facts(framework) if is_whole else (),
        tables=_whole_tables(framework) if is_whole else _section_tables(framework, opened) if chosen is None else (),
    )


def framework_links(framework: Framework, *, current: str) -> tuple[Link, ...]:
    """Return the pages of a version."""
    place = {"framework_hash": framework.hash}
    pages = [("framework", "Questions and scoring"), ("framework_preview", "As people see it")]
    if framework.crosswalk is not None:
        pages.append(("framework_changes", "Changes"))
    return tuple(Link(text, reverse(route, kwargs=place), is_current=route == current) for route, text in pages)


def _tree(framework: Framework, opened: str, question: str) -> tuple[TreeBranch, ...]:
    branches = tuple(_branch(framework, root, opened, question) for root in framework.content.measures)
    unscored = [one for one in framework.content.questions if section_of(framework, one) is None]
    if not unscored:
        return branches
    link = Link("Not scored", framework_url(framework.hash, section=UNSCORED), is_current=opened == UNSCORED)
    questions = _links(framework, unscored, question) if opened == UNSCORED else ()
    return (*branches, TreeBranch(link, f"{len(unscored)}", questions, ()))


def _branch(framework: Framework, measure: Measure, opened: str, question: str) -> TreeBranch:
    below = {one.id for one in measure.walk()}
    standing = [one for one in framework.content.questions if section_of(framework, one) == measure.id]
    count = sum(section_of(framework, one) in below for one in framework.content.questions)
    is_current = measure.id == opened and not question
    return TreeBranch(
        Link(measure.title, framework_url(framework.hash, section=measure.id), is_current=is_current),
        f"{count}",
        _links(framework, standing, question) if measure.id == opened else (),
        tuple(_branch(framework, child, opened, question) for child in measure.measures),
    )


def _links(framework: Framework, questions: Sequence[Question], chosen: str) -> tuple[Link, ...]:
    return tuple(
        Link(one.short_title, framework_url(framework.hash, question=one.id), is_current=one.id == chosen)
        for one in questions
    )


def _question(framework: Framework, question: Question, previous: Framework | None) -> FrameworkQuestion:
    scale = framework.scale_of(question.id)
    columns = (Column("Answer"), Column("Points", is_numeric=True))
    rows: tuple[tuple[Content, ...], ...] = tuple(
        (one.answer, one.points or "None given") for one in list_worth(framework, question)
    )
    return FrameworkQuestion(
        title=question.short_title,
        text="" if question.title is None else question.text,
        facts=tuple(_question_facts(framework, question, previous)),
        answers=Table(f"Answers: {scale.title}, least first", columns, rows),
    )


def _question_facts(framework: Framework, question: Question, previous: Framework | None) -> list[SummaryRow]:
    facts = [
        SummaryRow("Id", question.id),
        SummaryRow("Who is asked", say_asked_of(framework, question)),
        SummaryRow("When it is shown", say_routes(framework, question)),
    ]
    weight = framework.scoring.weights.questions.get(question.id)
    if weight is not None:
        facts.append(SummaryRow("Weight", str(weight)))
    written = (
        ("What good looks like", question.good_looks_like),
        ("Why it is asked", question.why),
        ("Evidence asked for", question.evidence),
    )
    facts += [SummaryRow(label, text) for label, text in written if text is not None]
    change = find_change(framework, question.id)
    if change is not None:
        facts.append(SummaryRow("Against the version before", change.text))
        facts += [SummaryRow("Asked before as", _text_of(previous, one)) for one in change.before]
    return facts


def _text_of(framework: Framework | None, question: str) -> str:
    """The wording of a question; its id where its version is not at hand."""
    known = None if framework is None else framework.questions.get(question)
    return question if known is None else known.text


def _facts(framework: Framework) -> tuple[SummaryRow, ...]:
    content, scored = framework.content, len(framework.scored_questions)
    settings = ", ".join(one.title for one in content.care_settings)
    return (
        SummaryRow("Kind of scoring", framework.scoring.kind.replace("-", " ").capitalize()),
        SummaryRow("Questions", f"{count_of(len(framework.questions), 'question')}, {scored:,} of them scored"),
        SummaryRow("Care settings", settings or "It makes no difference between care settings"),
        SummaryRow("Hash", framework.hash),
    )


def _whole_tables(framework: Framework) -> tuple[Table, ...]:
    scoring = framework.scoring
    levels: tuple[tuple[Content, ...], ...] = tuple(
        (name.replace("_", " ").capitalize(), say_rule(rule)) for name, rule in scoring.levels.items()
    )
    missing: tuple[tuple[Content, ...], ...] = tuple(say_missing_rules(framework))
    tables = [
        Table("How scores come about", (Column("Level"), Column("Rule")), levels),
        Table("What a missing answer does", (Column("Answer"), Column("In the score")), missing),
    ]
    if scoring.bands is not None:
        bands: tuple[tuple[Content, ...], ...] = tuple((one.title, str(one.from_score)) for one in scoring.bands.bands)
        tables.append(Table("Bands", (Column("Band"), Column("From", is_numeric=True)), bands))
    if scoring.ladder is not None:
        steps: tuple[tuple[Content, ...], ...] = tuple((str(one.value), one.title) for one in scoring.ladder.steps)
        tables.append(Table("Steps", (Column("Step"), Column("Title")), steps))
    if framework.content.contradictions:
        found: tuple[tuple[Content, ...], ...] = tuple((one.text,) for one in framework.content.contradictions)
        tables.append(Table("Answers that can’t go together", (Column("What"),), found))
    return tuple(tables)


def _section_tables(framework: Framework, section: str) -> tuple[Table, ...]:
    wanted = None if section == UNSCORED else section
    rows: tuple[tuple[Content, ...], ...] = tuple(
        (Link(one.short_title, framework_url(framework.hash, question=one.id)), say_asked_of(framework, one))
        for one in framework.content.questions
        if section_of(framework, one) == wanted
    )
    columns = (Column("Question"), Column("Who is asked"))
    return (Table("Questions", columns, rows, empty_text="No question stands here directly."),)


def present_changes(framework: Framework, previous: Framework | None) -> FrameworkChangesPage:
    """Return every question against the version before, in the order of the crosswalk."""
    crosswalk = framework.crosswalk
    assert crosswalk is not None, "the page is there only for a version with a crosswalk"
    rows = tuple(_change_row(framework, previous, change) for change in list_changes(framework))
    columns = (Column(f"In {crosswalk.to_version}"), Column(f"In {crosswalk.from_version}"), Column("Comparable"))
    return FrameworkChangesPage(
        title=f"Changes since {crosswalk.from_version}",
        caption=str(framework.ref),
        back=Link("Frameworks", reverse("frameworks")),
        links=framework_links(framework, current="framework_changes"),
        text=crosswalk.note or "",
        changes=Table("Question by question", columns, rows, is_caption_hidden=True),
    )


def _change_row(framework: Framework, previous: Framework | None, change: QuestionChange) -> tuple[Content, ...]:
    now = "; ".join(_text_of(framework, one) for one in change.now) or "Not asked"
    before = "; ".join(_text_of(previous, one) for one in change.before) or "Not asked"
    return (now, before, change.text)
