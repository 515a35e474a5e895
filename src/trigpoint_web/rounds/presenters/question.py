# SPDX-License-Identifier: MIT
"""The page on which one question, or a short group that belongs together, is answered."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse

from trigpoint.frameworks import Framework
from trigpoint.frameworks.asking import section_of
from trigpoint.frameworks.missing_offered import missing_offered
from trigpoint.frameworks.model import Question
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import AnswerPlace
from trigpoint.submissions.questionnaire import condition_is_met
from trigpoint.submissions.questionnaire_rows import section_titles
from trigpoint_web.accounts.models import User
from trigpoint_web.design_system.fields import Field, FieldKind, Option, PageProblem
from trigpoint_web.design_system.parts import Link
from trigpoint_web.rounds.actions.answers import LONGEST_TEXT
from trigpoint_web.rounds.adapters import answer_of
from trigpoint_web.rounds.answer_text import join_unit, say_answer, say_effect, say_range
from trigpoint_web.rounds.forms.typed_answer import MISSING, AnswerRead, TypedAnswer, values_of
from trigpoint_web.rounds.models import CurrentAnswer, MissingState, Submission, Suggestion
from trigpoint_web.rounds.presenters.evidence_panel import EvidencePanel
from trigpoint_web.rounds.presenters.moments import say_day, say_since
from trigpoint_web.rounds.presenters.places import say_asked_in
from trigpoint_web.rounds.presenters.together_panel import TogetherPanel
from trigpoint_web.rounds.queries.submission_answers import SubmissionAnswers
from trigpoint_web.rounds.question_order import PlacesOfPage, find_following, list_pages, places_of_section


@dataclass(frozen=True, slots=True)
class SuggestionShown:
    """A suggested answer with the key that its button sends."""

    key: int
    text: str


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """One question of the page, ready to show.

    field: the answers to choose from; for a number the ways of being missing. number: where a number is typed.
    shown_when: conditions on other questions of the page, as JSON for the script; None when it does not hang on them.
    """

    question: str
    legend: str
    field: Field
    number: Field | None
    note: Field
    good_looks_like: str | None
    why: str | None
    evidence: str | None
    last_round: str | None
    suggestions: tuple[SuggestionShown, ...]
    saved: str
    history: Link | None
    version: int
    can_clear: bool
    save_url: str
    is_shown: bool
    shown_when: str | None
    answer_text: str
    note_text: str
    panels: QuestionPanels


@dataclass(frozen=True, slots=True)
class QuestionPanels:
    """What colleagues' pages show beside a question; None where there is nothing."""

    evidence: EvidencePanel | None = None
    together: TogetherPanel | None = None


@dataclass(frozen=True, slots=True)
class NotSaved:
    """What was typed and can't be saved any more, so that it can be copied."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """Everything the page shows. why_not: why nothing can be changed here; None when it can."""

    title: str
    caption: str
    back: Link
    blocks: tuple[QuestionShown, ...]
    section: Link
    previous: Link | None
    next: Link
    onward: Link | None
    opened: str
    person: int
    why_not: str | None = None
    problems: tuple[PageProblem, ...] = ()
    restored: str | None = None
    not_saved: tuple[NotSaved, ...] = ()

    @property
    def is_alone(self) -> bool:
        """Whether the page has one question, whose text is then its heading."""
        return len(self.blocks) == 1


@dataclass(frozen=True, slots=True)
class QuestionPageParts:
    """What the page is made from, read by queries.

    places: those of the page, shown or not. last_answers: those of the round before, by the places of now. read: what
    was typed and not saved. viewer: who looks. opened: the signed mark of this opening.
    """

    given: SubmissionAnswers
    places: PlacesOfPage
    viewer: User
    now: datetime
    opened: str
    suggestions: Sequence[Suggestion] = ()
    last_round: str = ""
    last_answers: Mapping[AnswerPlace, LastAnswer] = field(default_factory=dict)
    read: Mapping[str, AnswerRead] = field(default_factory=dict)
    panels: Mapping[AnswerPlace, QuestionPanels] = field(default_factory=dict)
    why_not: str | None = None
    restored: str | None = None


@dataclass(frozen=True, slots=True)
class LastAnswer:
    """What was answered in the round before. text: in the words of then."""

    text: str
    by: str
    at: datetime
    is_reworded: bool


def present_question_page(parts: QuestionPageParts) -> QuestionPage:
    """Return the page of the questions that stand together at `parts.places`."""
    given = parts.given
    blocks = tuple(_block(parts, place) for place in parts.places)
    shown = [place for place in parts.places if place in given.places]
    pages = list_pages(given.framework, given.places)
    before, after = (find_following(pages, parts.places, step=step) for step in (-1, 1))
    first = given.framework.questions[shown[0].question]
    return QuestionPage(
        title=first.text if len(blocks) == 1 else first.short_title,
        caption=_caption(given, shown),
        back=Link("All sections", task_list_url(given.submission)),
        blocks=blocks,
        section=Link("All questions of this section", section_url(given.submission, given.framework, shown[0])),
        previous=None if before is None else Link("Previous question", place_url(given.submission, before)),
        next=Link(*_leads_to(given.submission, after)),
        onward=None if after is None else Link("Next question", place_url(given.submission, after)),
        opened=parts.opened,
        person=parts.viewer.pk,
        why_not=parts.why_not,
        problems=tuple(_problems(blocks)),
        restored=parts.restored,
        not_saved=tuple(_not_saved(parts)) if parts.why_not is not None else (),
    )


def _not_saved(parts: QuestionPageParts) -> Iterator[NotSaved]:
    """What was typed and differs from what stands, in words."""
    framework = parts.given.framework
    for question, read in parts.read.items():
        place = AnswerPlace(parts.places[0].asked_in, question)
        row, answer = parts.given.rows.get(place), read.answer
        if answer == parts.given.answer(place) and read.note == ("" if row is None else row.note):
            continue
        said = read.typed.number if answer is None else say_answer(framework, question, answer)
        note = f". Note: {read.note}" if read.note else ""
        yield NotSaved(f"Not saved: {framework.questions[question].short_title}", f"{said}{note}")


def _leads_to(submission: Submission, place: AnswerPlace | None) -> tuple[str, str]:
    if place is None:
        return "Go to all sections", task_list_url(submission)
    return "Skip for now", place_url(submission, place)


def task_list_url(submission: Submission) -> str:
    """Return the address of the task list."""
    return reverse("task_list", args=[submission.round.slug, submission.organisation_id])


def place_url(submission: Submission, place: AnswerPlace, route: str = "question") -> str:
    """Return the address of a question, or of another page about it."""
    return reverse(route, args=[submission.round.slug, submission.organisation_id, place.asked_in, place.question])


def section_url(submission: Submission, framework: Framework, place: AnswerPlace) -> str:
    """Return the address of the section in which a place stands."""
    section = section_of(framework, framework.questions[place.question]) or UNSCORED
    return reverse("section", args=[submission.round.slug, submission.organisation_id, place.asked_in, section])


UNSCORED = "not-scored"  # in addresses: of questions in no section; with its hyphen it is the id of no measure
UNSCORED_TITLE = "Questions that do not count in the score"


def say_section(framework: Framework, section: str | None) -> str:
    """Return the title of a section."""
    return UNSCORED_TITLE if section is None else section_titles(framework)[section]


def _caption(given: SubmissionAnswers, shown: Sequence[AnswerPlace]) -> str:
    framework, place = given.framework, shown[0]
    section = say_section(framework, section_of(framework, framework.questions[place.question]))
    asked = places_of_section(framework, given.places, place)
    numbers = [asked.index(one) + 1 for one in shown]
    which = f"question {numbers[0]}" if len(numbers) == 1 else f"questions {numbers[0]} to {numbers[-1]}"
    where = say_asked_in(framework, given.units, place.asked_in)
    return " · ".join((*((where,) if where else ()), section, f"{which} of {len(asked)}"))


def _problems(blocks: Sequence[QuestionShown]) -> list[PageProblem]:
    found = []
    for block in blocks:
        about = "" if len(blocks) == 1 else f"{block.legend}: "
        field_ = block.number or block.field
        found += [PageProblem(f"{about}{one.error}", f"#{one.first_id}") for one in (field_, block.note) if one.error]
    return found


def _block(parts: QuestionPageParts, place: AnswerPlace) -> QuestionShown:
    given, framework = parts.given, parts.given.framework
    question, row = framework.questions[place.question], given.rows.get(place)
    read = parts.read.get(place.question)
    typed = read.typed if read is not None else _typed_of(framework, place, row)
    return QuestionShown(
        question=question.id,
        legend=question.text,
        field=_choices(framework, question, typed, read),
        number=_number(framework, question, typed, read),
        note=_note(question, typed, read),
        good_looks_like=question.good_looks_like,
        why=question.why,
        evidence=question.evidence,
        last_round=_last_round(parts, place),
        suggestions=_suggestions(parts, place),
        saved=say_saved(row, viewer=parts.viewer, now=parts.now),
        history=_history(given.submission, place, row),
        version=typed.version,
        can_clear=not given.is_open(place),
        save_url=place_url(given.submission, place, "question_save"),
        is_shown=place in given.places,
        shown_when=_shown_when(parts, question),
        answer_text=say_answer(framework, question.id, given.answer(place)),
        note_text="" if row is None else row.note,
        panels=parts.panels.get(place, QuestionPanels()),
    )


def _typed_of(framework: Framework, place: AnswerPlace, row: CurrentAnswer | None) -> TypedAnswer:
    """What would have been typed for the answer that stands."""
    if row is None:
        return TypedAnswer(place.question)
    values = values_of(framework, place.question, answer_of(row))
    return TypedAnswer(place.question, values.choices, values.number, row.note, row.version)


def _choices(framework: Framework, question: Question, typed: TypedAnswer, read: AnswerRead | None) -> Field:
    scale = framework.scale_of(question.id)
    is_number = scale.number is not None
    answers = tuple(
        Option(option.code, option.label, is_chosen=option.code in typed.choices) for option in scale.answers
    )
    return Field(
        name=f"answer-{question.id}",
        label=question.text,
        kind=FieldKind.SEVERAL if is_number else FieldKind.ONE_OF_FEW,
        options=(*answers, *_missing_options(framework, question, typed)),
        error=None if is_number or read is None else read.problem,
    )


def _missing_options(framework: Framework, question: Question, typed: TypedAnswer) -> list[Option]:
    return [
        Option(
            f"{MISSING}{state.value}",
            str(MissingState(state.value).label),
            hint=say_effect(framework, question, state),
            is_chosen=f"{MISSING}{state.value}" in typed.choices,
            divider="or" if number == 0 else None,
        )
        for number, state in enumerate(missing_offered(framework, question))
    ]


def _number(framework: Framework, question: Question, typed: TypedAnswer, read: AnswerRead | None) -> Field | None:
    limits = framework.scale_of(question.id).number
    if limits is None:
        return None
    asked = say_range(limits)
    return Field(
        name=f"number-{question.id}",
        label=f"{asked[0].upper()}{asked[1:]}{'' if limits.unit is None else f', in {limits.unit}'}",
        value=typed.number or None,
        input_mode="numeric" if limits.whole else "decimal",
        suffix=join_unit(limits.unit).strip() or None,
        width=10,
        is_spellchecked=False,
        error=None if read is None else read.problem,
    )


def _note(question: Question, typed: TypedAnswer, read: AnswerRead | None) -> Field:
    return Field(
        name=f"note-{question.id}",
        label="Note",
        kind=FieldKind.LONG_TEXT,
        hint="Others in your organisation see this, and reviewers where there is a review. No names of patients.",
        value=typed.note or None,
        error=None if read is None else read.note_problem,
        max_length=LONGEST_TEXT if read is not None and read.note_problem else None,
        rows=3,
    )


def _last_round(parts: QuestionPageParts, place: AnswerPlace) -> str | None:
    last = parts.last_answers.get(place)
    if last is None:
        return None
    reworded = " The question was worded differently." if last.is_reworded else ""
    day = say_day(last.at, now=parts.now)
    return f"Last round ({parts.last_round}): {last.text}. {last.by}, {day}.{reworded}"


def _suggestions(parts: QuestionPageParts, place: AnswerPlace) -> tuple[SuggestionShown, ...]:
    """The suggestions for a place that still waits for an answer."""
    if not parts.given.is_open(place):
        return ()
    return tuple(
        SuggestionShown(one.pk, one.source_label)
        for one in parts.suggestions
        if AnswerPlace(one.asked_in, one.question) == place
    )


def say_saved(row: CurrentAnswer | None, *, viewer: User, now: datetime) -> str:
    """Return when an answer was saved and by whom, as in "Saved 10:42am by you"."""
    if row is None:
        return "Not answered yet"
    return f"Saved {say_since(row.at, now=now)} by {say_who(row.by, viewer=viewer)}"


def say_who(user: User | None, *, viewer: User) -> str:
    """Return a person as the one who looks calls them; what the service did itself is the national team's."""
    if user is None:
        return "the national team"
    return "you" if user.pk == viewer.pk else user.name


def _history(submission: Submission, place: AnswerPlace, row: CurrentAnswer | None) -> Link | None:
    if row is None:
        return None
    return Link(f"History ({row.version})", place_url(submission, place, "question_history"), about="of this answer")


def _shown_when(parts: QuestionPageParts, question: Question) -> str | None:
    """The routes that hang on other questions of this page, for the script; None when none does or another is met."""
    on_page = {place.question: place for place in parts.places}
    elsewhere = [route for route in question.routes if route.question not in on_page]
    asked_in = parts.places[0].asked_in
    if len(elsewhere) == len(question.routes) or any(
        condition_is_met(route, _answer_elsewhere(parts.given, asked_in, route.question)) for route in elsewhere
    ):
        return None
    routes = [
        {
            "question": route.question,
            "answers": list(route.answers),
            "at_least": None if route.at_least is None else float(route.at_least),
        }
        for route in question.routes
        if route.question in on_page
    ]
    return json.dumps(routes)


def _answer_elsewhere(given: SubmissionAnswers, asked_in: str, question: str) -> str | float | Missing:
    """The answer to a question on another page, where the one that hangs on it is asked."""
    once = given.framework.questions[question].is_asked_once
    return given.answer(AnswerPlace("organisation" if once else asked_in, question))
