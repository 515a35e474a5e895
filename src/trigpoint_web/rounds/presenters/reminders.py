# SPDX-License-Identifier: MIT
"""The pages of a reminder: writing it, and reading each mail before it goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from trigpoint_web.design_system.fields import Field, PageProblem
from trigpoint_web.design_system.parts import Link
from trigpoint_web.rounds.models import Round, Submission
from trigpoint_web.rounds.presenters.round_frame import count_of
from trigpoint_web.rounds.reminders import Reminder

# More would make a page that is slow to read; all of them are sent.
MOST_SHOWN = 300


@dataclass(frozen=True, slots=True)
class ReminderPage:
    """The form of a reminder. chosen: who was selected on the board; blank when it goes by state."""

    title: str
    caption: str
    back: Link
    problems: tuple[PageProblem, ...]
    chosen: str
    fields: tuple[Field, ...]
    typed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PreviewedMail:
    """One mail as it will be read. heading: of which organisation and to whom."""

    heading: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class ReminderPreviewPage:
    """Every mail before it goes. nobody: organisations with nobody to write to. typed: sent again with the button."""

    title: str
    caption: str
    back: Link
    problems: tuple[PageProblem, ...]
    text: str
    nobody: tuple[str, ...]
    mails: tuple[PreviewedMail, ...]
    left_out: str
    typed: tuple[tuple[str, str], ...]
    button: str


def present_reminder(
    round_: Round,
    selected: Sequence[Submission],
    fields: Mapping[str, Field],
    problems: tuple[PageProblem, ...],
) -> ReminderPage:
    """Return the page on which a reminder is written. fields: of its form."""
    names = ", ".join(one.organisation.name for one in selected)
    return ReminderPage(
        title="Send a reminder",
        caption=round_.title,
        back=_to_board(round_),
        problems=problems,
        chosen=f"For {count_of(len(selected), 'organisation')}: {names}." if selected else "",
        fields=tuple(fields.values()),
        typed=tuple(("o", one.organisation_id) for one in selected),
    )


def present_preview(
    round_: Round, reminders: Sequence[Reminder], *, typed: tuple[tuple[str, str], ...]
) -> ReminderPreviewPage:
    """Return the page with every mail as it will be read."""
    written = [one for one in reminders if one.people]
    mails = sum(len(one.people) for one in written)
    return ReminderPreviewPage(
        title="Read the reminder before it goes",
        caption=round_.title,
        back=_to_board(round_),
        problems=(),
        text=f"{count_of(mails, 'mail')} to {count_of(len(written), 'organisation')}.",
        nobody=tuple(one.submission.organisation.name for one in reminders if not one.people),
        mails=tuple(_mail(one) for one in written[:MOST_SHOWN]),
        left_out=f"{len(written) - MOST_SHOWN:,} more are not shown." if len(written) > MOST_SHOWN else "",
        typed=typed,
        button=f"Send {count_of(mails, 'mail')}" if mails else "",
    )


def _mail(reminder: Reminder) -> PreviewedMail:
    names = ", ".join(person.name for person in reminder.people)
    return PreviewedMail(f"{reminder.submission.organisation.name}, to {names}", reminder.subject, reminder.body)


def _to_board(round_: Round) -> Link:
    return Link("Board", reverse("board", kwargs={"round_slug": round_.slug}))
