# SPDX-License-Identifier: MIT
"""Two people changed the same answer: both, with names and times, and which to keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from trigpoint.frameworks import Framework
from trigpoint_web.accounts.models import User
from trigpoint_web.design_system.parts import Button, Link, Version
from trigpoint_web.rounds.actions.question import ConflictingAnswer
from trigpoint_web.rounds.adapters import answer_of
from trigpoint_web.rounds.answer_text import say_answer
from trigpoint_web.rounds.forms.typed_answer import TypedAnswer, fields_of_typed, values_of
from trigpoint_web.rounds.models import CurrentAnswer, Submission
from trigpoint_web.rounds.presenters.moments import say_since
from trigpoint_web.rounds.presenters.question import place_url, say_who, task_list_url


@dataclass(frozen=True, slots=True)
class ConflictShown:
    """One question with both answers. fields: what was typed, to be sent again with the choice."""

    question: str
    versions: tuple[Version, Version]
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """Every answer of a page that somebody else changed too."""

    title: str
    back: Link
    url: str
    opened: str
    conflicts: tuple[ConflictShown, ...]


@dataclass(frozen=True, slots=True)
class ConflictParts:
    """What the page is made from. opened: the signed mark of this opening."""

    submission: Submission
    framework: Framework
    viewer: User
    now: datetime
    opened: str


def present_conflict(parts: ConflictParts, conflicts: Sequence[ConflictingAnswer]) -> ConflictPage:
    """Return the page with both answers of each conflict."""
    return ConflictPage(
        title="A colleague changed this answer too",
        back=Link("All sections", task_list_url(parts.submission)),
        url=place_url(parts.submission, conflicts[0].given.place),
        opened=parts.opened,
        conflicts=tuple(_shown(parts, one) for one in conflicts),
    )


def _shown(parts: ConflictParts, conflict: ConflictingAnswer) -> ConflictShown:
    question, given, current = conflict.given.place.question, conflict.given, conflict.current
    theirs, mine = say_answer(parts.framework, question, answer_of(current)), _mine(parts, conflict)
    name = say_who(current.by, viewer=parts.viewer)
    versions = (
        Version(
            "Saved since you opened the page",
            theirs,
            f"{name}, {say_since(current.at, now=parts.now)}",
            current.note or None,
            Button(
                "Keep theirs" if name != "you" else "Keep what is saved", f"keep-{question}", "theirs", about=theirs
            ),
        ),
        Version(
            "What you typed",
            mine,
            "You, just now, not saved",
            given.note or None,
            Button("Use mine", f"keep-{question}", f"mine:{current.version}", about=mine),
        ),
    )
    typed = values_of(parts.framework, question, given.answer)
    fields = fields_of_typed(TypedAnswer(question, typed.choices, typed.number, given.note or ""))
    version = (f"version-{question}", str(given.replaces))
    return ConflictShown(parts.framework.questions[question].text, versions, (*fields, version))


def _mine(parts: ConflictParts, conflict: ConflictingAnswer) -> str:
    return say_answer(parts.framework, conflict.given.place.question, conflict.given.answer)


def describe_conflict(
    framework: Framework, question: str, current: CurrentAnswer, *, viewer: User, now: datetime
) -> dict[str, object]:
    """Return what the script of the page needs to show a colleague's answer and to put it into the form."""
    typed = values_of(framework, question, answer_of(current))
    return {
        "text": say_answer(framework, question, answer_of(current)),
        "by": say_who(current.by, viewer=viewer),
        "at": say_since(current.at, now=now),
        "note": current.note,
        "version": current.version,
        "choices": list(typed.choices),
        "number": typed.number,
    }
