# SPDX-License-Identifier: MIT
"""Asking a colleague to answer a section or a question by a day, and ending that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Permission
from trigpoint_web.audit.actions import Detail
from trigpoint_web.rounds.actions.answers import lock_submission
from trigpoint_web.rounds.actions.together import (
    LetterToColleague,
    question_url,
    record,
    require_day,
    submission_url,
    with_message,
    write_to,
)
from trigpoint_web.rounds.errors import ChangeRefused, StepRefused
from trigpoint_web.rounds.models import Delegation, Submission
from trigpoint_web.rounds.opening import require_open
from trigpoint_web.rounds.presenters.together import say_day, say_question, say_where
from trigpoint_web.rounds.queries.answers import find_framework
from trigpoint_web.rounds.queries.together import list_colleagues


@dataclass(frozen=True, slots=True)
class DelegatedPart:
    """What is delegated in one place: a section or a question; the other of the two is empty."""

    asked_in: str
    section: str = ""
    question: str = ""

    def details(self) -> dict[str, Detail]:
        """Return it as details of an event: what is there."""
        named = {"asked_in": self.asked_in, "section": self.section, "question": self.question}
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True, slots=True)
class NewDelegation:
    """Who is asked to answer what, by which day, and why."""

    part: DelegatedPart
    to: User
    due_on: date
    message: str = ""


@transaction.atomic
def delegate(new: NewDelegation, *, submission: Submission, by: User, at: datetime) -> Delegation:
    """Ask a colleague to answer, and write to them; return it. Whoever held the same part before holds it no more.

    Raises NotOpen, and ChangeRefused for somebody who can't answer there or a day after the answers are due.
    """
    locked = lock_submission(submission)
    require_open(locked, at)
    require_day(new.due_on, locked, at)
    if not list_colleagues(locked.organisation_id, Permission.ANSWER).filter(pk=new.to.pk).exists():
        raise ChangeRefused((f"{new.to.name} can’t answer questions of this organisation. Choose somebody who can.",))
    for standing in _standing(locked, new.part):
        _end(standing, by, at)
    made = Delegation.objects.create(
        submission=locked,
        asked_in=new.part.asked_in,
        section=new.part.section,
        question=new.part.question,
        to=new.to,
        due_on=new.due_on,
        message=new.message.strip(),
        at=at,
        by=by,
    )
    details = {**new.part.details(), "to": new.to.pk, "due_on": new.due_on.isoformat()}
    record("delegation.made", locked, details, by=by, at=at)
    if new.to != by:
        write_to([new.to], _letter_asking(made), submission=locked, at=at)
    return made


@transaction.atomic
def end_delegation(delegation: Delegation, *, by: User, at: datetime) -> Delegation:
    """Hand a delegation back, or end it; the other side gets a mail.

    Raises NotOpen, and StepRefused when it has ended already.
    """
    locked = lock_submission(delegation.submission)
    require_open(locked, at)
    standing = _rows().filter(pk=delegation.pk, ended_at=None).first()
    if standing is None:
        raise StepRefused("This has ended already. Somebody may have been quicker; look again.")
    _end(standing, by, at)
    other = standing.by if by == standing.to else standing.to
    if other != by:
        write_to([other], _letter_ending(standing, by), submission=locked, at=at)
    return standing


def say_part(delegation: Delegation) -> str:
    """Return what a delegation is of, in words."""
    framework = find_framework(delegation.submission)
    if delegation.question:
        return say_question(framework, AnswerPlace(delegation.asked_in, delegation.question))
    return f"{framework.measures[delegation.section].title} ({say_where(framework, delegation.asked_in)})"


def url_of_part(delegation: Delegation) -> str:
    """Return where the part is answered: the question, or the task list for a section."""
    if delegation.question:
        return question_url(delegation.submission, AnswerPlace(delegation.asked_in, delegation.question))
    return submission_url("task_list", delegation.submission)


def _rows() -> QuerySet[Delegation]:
    return Delegation.objects.select_for_update(of=("self",)).select_related(
        "to", "by", "submission__round", "submission__organisation"
    )


def _standing(submission: Submission, part: DelegatedPart) -> QuerySet[Delegation]:
    return _rows().filter(
        submission=submission, asked_in=part.asked_in, section=part.section, question=part.question, ended_at=None
    )


def _end(delegation: Delegation, by: User, at: datetime) -> None:
    delegation.ended_at, delegation.ended_by = at, by
    delegation.save(update_fields=["ended_at", "ended_by"])
    part = DelegatedPart(delegation.asked_in, delegation.section, delegation.question)
    record("delegation.ended", delegation.submission, {**part.details(), "to": delegation.to_id}, by=by, at=at)


def _letter_asking(made: Delegation) -> LetterToColleague:
    submission = made.submission
    text = (
        f"{made.by.name} asks you to answer this part of {submission.round.title} for {submission.organisation.name} "
        f"by {say_day(made.due_on)}:\n{say_part(made)}"
    )
    return LetterToColleague(
        kind="delegation",
        subject=f"Please answer a part of {submission.round.title} by {say_day(made.due_on)}",
        text=with_message(text, made.message, by=made.by),
        url=url_of_part(made),
    )


def _letter_ending(ended: Delegation, by: User) -> LetterToColleague:
    title = ended.submission.round.title
    is_handed_back = by == ended.to
    what = "has handed back what you asked for" if is_handed_back else "no longer asks you to answer this part"
    return LetterToColleague(
        kind="delegation ended",
        subject=f"{by.name} {'has handed back' if is_handed_back else 'no longer needs you for'} a part of {title}",
        text=f"{by.name} {what}, in {title}:\n{say_part(ended)}",
        url=url_of_part(ended),
    )
