# SPDX-License-Identifier: MIT
"""What the pages away from the screen say: downloads, problems of an upload, what it would change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from trigpoint.errors import Problem
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import AnswerPlace
from trigpoint.submissions.questionnaire_rows import MISSING_LABELS, Questionnaire, QuestionRow, build_parts, part_title
from trigpoint.submissions.read_rows import AnswerRow, RowChange
from trigpoint_web.design_system.dates import say
from trigpoint_web.design_system.fields import Field, PageProblem
from trigpoint_web.design_system.form_fields import fields_of, problems_of
from trigpoint_web.design_system.parts import Colour, Column, Content, Link, Status, Table, Tick
from trigpoint_web.rounds.away_changes import FoundChange
from trigpoint_web.rounds.errors import NotOpen
from trigpoint_web.rounds.forms.away import WorkbookForm
from trigpoint_web.rounds.models import CurrentAnswer, Submission

TICK = "change"
_PROBLEM = re.compile(r"(?P<sheet>.+)!(?P<cell>[A-Z]{1,3}\d+|row \d+): (?P<text>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class AwayPage:
    """Downloads and the way back. field: None when nothing can be uploaded now, and why_not says why."""

    title: str
    caption: str
    back: Link
    workbook: Link
    printable: Link
    upload_url: str
    field: Field | None
    why_not: str | None
    found: Table | None = None
    problems: tuple[PageProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class AwayPreviewPage:
    """What a file would change. signed: the rows as they were read, which only we can have written."""

    title: str
    caption: str
    back: Link
    apply_url: str
    changes: Table | None
    conflicts: Table | None
    not_asked: Table | None
    signed: str
    problems: tuple[PageProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What a preview is made of.

    rows: as they were signed. standing: the answers that stand, by place, with who gave them.
    """

    submission: Submission
    questionnaire: Questionnaire
    rows: tuple[AnswerRow, ...]
    found: tuple[FoundChange, ...]
    standing: Mapping[AnswerPlace, CurrentAnswer]
    signed: str


def present_away(
    submission: Submission, form: WorkbookForm | None, why_not: NotOpen | None, *, problems: Sequence[Problem] = ()
) -> AwayPage:
    """Return the page of downloads. form: None for those who don't answer. problems: of the file that was uploaded."""
    address = {"round_slug": submission.round.slug, "code": submission.organisation_id}
    field = fields_of(form)["workbook"] if form is not None and why_not is None else None
    return AwayPage(
        title="Fill in away from the screen",
        caption=f"{submission.round.title}: {submission.organisation.name}",
        back=Link("Back to the questions", reverse("task_list", kwargs=address)),
        workbook=Link("Download the spreadsheet (.xlsx)", reverse("away_workbook", kwargs=address)),
        printable=Link("Download to read or print (.pdf)", reverse("away_pdf", kwargs=address)),
        upload_url=reverse("away_upload", kwargs=address),
        field=field,
        why_not=str(why_not) if why_not is not None and form is not None else None,
        found=_problems_table(problems) if problems else None,
        problems=_summary(problems) if problems else (problems_of(form) if form is not None else ()),
    )


def _summary(problems: Sequence[Problem]) -> tuple[PageProblem, ...]:
    count = "one problem" if len(problems) == 1 else f"{len(problems)} problems"
    return (PageProblem(f"The file has {count}, so nothing was taken over. Correct it and upload it again.", "#found"),)


def _problems_table(problems: Sequence[Problem]) -> Table:
    columns = (Column("Sheet"), Column("Cell"), Column("Problem"))
    return Table("What is wrong in the file", columns, tuple(_problem_row(problem) for problem in problems))


def _problem_row(problem: Problem) -> tuple[Content, ...]:
    found = _PROBLEM.fullmatch(problem.message)
    if found is None:
        return ("The whole file", "", problem.message[:1].upper() + problem.message[1:])
    return (found["sheet"], found["cell"], found["text"][:1].upper() + found["text"][1:])


def present_preview(preview: Preview, *, problems: tuple[str, ...] = ()) -> AwayPreviewPage:
    """Return the page that shows what a file would change."""
    address = {"round_slug": preview.submission.round.slug, "code": preview.submission.organisation_id}
    asked = [one.change for one in preview.found if one.is_asked]
    first = "#changes" if any(not change.is_conflict for change in asked) else "#conflicts"
    return AwayPreviewPage(
        title="What your spreadsheet would change",
        caption=f"{preview.submission.round.title}: {preview.submission.organisation.name}",
        back=Link("Back", reverse("away", kwargs=address)),
        apply_url=reverse("away_apply", kwargs=address),
        changes=_changes_table(preview, [one for one in asked if not one.is_conflict]),
        conflicts=_conflicts_table(preview, [one for one in asked if one.is_conflict]),
        not_asked=_not_asked_table(preview, [one.change for one in preview.found if not one.is_asked]),
        signed=preview.signed,
        problems=tuple(PageProblem(text, first if asked else None) for text in problems),
    )


def _changes_table(preview: Preview, changes: Sequence[RowChange]) -> Table | None:
    columns = (Column("Take over", is_hidden=True), Column("Question"), Column("Now"), Column("In the file"))
    words = _Words(preview)
    rows = tuple(
        (
            words.tick(change, is_chosen=True),
            words.question(change.place),
            words.now(change),
            words.then(change),
        )
        for change in changes
    )
    return Table("Changes", columns, rows) if rows else None


def _conflicts_table(preview: Preview, changes: Sequence[RowChange]) -> Table | None:
    columns = (
        Column("Take over", is_hidden=True),
        Column("Question"),
        Column("On screen now"),
        Column("In the file"),
    )
    words = _Words(preview)
    rows = tuple(
        (
            words.tick(change, is_chosen=False),
            words.question(change.place),
            (*words.now(change), words.who(change.place)),
            words.then(change),
        )
        for change in changes
    )
    return Table("Changed on screen since you downloaded", columns, rows) if rows else None


def _not_asked_table(preview: Preview, changes: Sequence[RowChange]) -> Table | None:
    words = _Words(preview)
    columns = (Column("Question"), Column("In the file"), Column("When it is asked"))
    rows = tuple(
        (words.question(change.place), words.then(change), words.rows[change.place].condition) for change in changes
    )
    return (
        Table("Not taken over, as the question is not asked given your other answers", columns, rows) if rows else None
    )


class _Words:
    """The words for the questions and answers of a preview."""

    def __init__(self, preview: Preview) -> None:
        parts = build_parts(preview.questionnaire)
        self.preview = preview
        self.rows: Mapping[AnswerPlace, QuestionRow] = {row.place: row for part in parts for row in part.rows}
        self.positions = {row.place: at for at, row in enumerate(preview.rows)}

    def tick(self, change: RowChange, *, is_chosen: bool) -> Tick:
        """A box whose value names the row and the version that it would replace."""
        value = f"{self.positions[change.place]}-{change.version or 0}"
        return Tick(TICK, value, f"Take over: {self.question(change.place)}", is_chosen=is_chosen)

    def question(self, place: AnswerPlace) -> str:
        """The question and where it is asked."""
        title = part_title(self.preview.questionnaire.framework, place.asked_in)
        return f"{title}: {self.rows[place].question.short_title}"

    def now(self, change: RowChange) -> tuple[Content, ...]:
        """What stands now, with its note where the note would change."""
        return self._answer_and_note(change, change.answer_from, change.note_from)

    def then(self, change: RowChange) -> tuple[Content, ...]:
        """What the file says, and that it takes an answer away where it does."""
        said = self._answer_and_note(change, change.answer_to, change.note_to)
        return (*said, Status("Takes the answer away", Colour.YELLOW)) if change.is_cleared else said

    def who(self, place: AnswerPlace) -> str:
        """Who gave what stands, and when."""
        row = self.preview.standing.get(place)
        if row is None:
            return "No answer has been given."
        by = "the national team" if row.by is None else str(row.by)
        return f"{by}, {say(timezone.localdate(row.at))} at {timezone.localtime(row.at):%H:%M}"

    def _answer_and_note(self, change: RowChange, answer: Answer, note: str) -> tuple[Content, ...]:
        has_note = change.note_from != change.note_to
        return (self._answer(change.place, answer), *((f"Note: {note or 'none'}",) if has_note else ()))

    def _answer(self, place: AnswerPlace, answer: Answer) -> str:
        if answer is Missing.NOT_ANSWERED:
            return MISSING_LABELS[Missing.NOT_ANSWERED]
        choices = self.rows[place].choices
        label = choices.label_of(answer)
        if not isinstance(label, float):
            return str(label)
        unit = (choices.scale.number.unit if choices.scale.number is not None else None) or ""
        number = str(int(label)) if label.is_integer() else repr(label)
        return f"{number}%" if unit == "%" else f"{number} {unit}".strip()


def say_result(changed: int) -> str:
    """Return what was done, for the top of the next page."""
    if changed == 0:
        return "Nothing had to be changed: what the spreadsheet says stands already."
    return (
        "1 answer taken over from the spreadsheet."
        if changed == 1
        else f"{changed} answers taken over from the spreadsheet."
    )


def say_not_asked(questionnaire: Questionnaire, places: Iterable[AnswerPlace]) -> tuple[str, ...]:
    """Return a sentence for each place that is not shown with the changes that were chosen."""
    titles = (questionnaire.framework.questions[place.question].short_title for place in places)
    return tuple(
        f"“{title}” is only asked if another answer is changed as well. Tick both or neither." for title in titles
    )
