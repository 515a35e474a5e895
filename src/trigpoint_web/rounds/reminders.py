# SPDX-License-Identifier: MIT
"""Reminders as values: to whom, in what state, and the text with its blanks filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models

from trigpoint_web.accounts.models import User
from trigpoint_web.rounds.models import Submission
from trigpoint_web.rounds.opening import due_at
from trigpoint_web.rounds.presenters.moments import say_moment

LONGEST_SUBJECT = 150
LONGEST_BODY = 4000
USUAL_SUBJECT = "{round}: {left} questions left, due {due}"
USUAL_BODY = """{organisation} has {left} of {asked} questions left in {round}.
It is due on {due}.

Go on here: {link}

If you need more time, or somebody else should get these mails, tell the national team.
"""
_BLANK = re.compile(r"\{([^{}\n]*)\}")


class Recipients(models.TextChoices):
    """Whom a reminder is for, by where they are. Late is past the day due, whatever is still to do."""

    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    SUBMITTED = "submitted", "Waiting for signature"
    LATE = "late", "Late"


@dataclass(frozen=True, slots=True)
class ReminderText:
    """A subject and a body with blanks such as {organisation}."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """One organisation's reminder as it will be read. people: who gets it; empty when there is nobody to write to."""

    submission: Submission
    people: tuple[User, ...]
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class ReminderBlanks:
    """What the blanks stand for in one organisation's reminder. link: the full address of its task list."""

    submission: Submission
    link: str
    now: datetime

    def fill(self, text: str) -> str:
        """Return the text with each blank filled in; one that is not known stays as it is."""
        values = self.values()
        return _BLANK.sub(lambda blank: values.get(blank[1], blank[0]), text)

    def values(self) -> Mapping[str, str]:
        """Return what each blank stands for."""
        submission = self.submission
        return {
            "organisation": submission.organisation.name,
            "round": submission.round.title,
            "left": str(submission.asked_count - submission.dealt_with_count),
            "asked": str(submission.asked_count),
            "due": say_moment(due_at(submission), now=self.now),
            "link": self.link,
        }


BLANKS = ("organisation", "round", "left", "asked", "due", "link")


def list_text_problems(text: ReminderText) -> list[str]:
    """Return every problem of a reminder's text, as sentences."""
    problems = []
    for name, written, longest in (("subject", text.subject, LONGEST_SUBJECT), ("text", text.body, LONGEST_BODY)):
        if not written.strip():
            problems.append(f"Enter the {name} of the mail.")
        if len(written) > longest:
            problems.append(f"The {name} has {len(written):,} characters. It can have {longest:,} at most.")
        problems += [
            f"The {name} has a blank {{{blank}}}. There are {', '.join(f'{{{one}}}' for one in BLANKS)}."
            for blank in dict.fromkeys(_BLANK.findall(written))
            if blank not in BLANKS
        ]
    return problems


def is_for(submission: Submission, chosen: Sequence[str], *, at: datetime) -> bool:
    """Return whether an unsigned submission is one of those chosen."""
    return submission.state in chosen or (Recipients.LATE in chosen and due_at(submission) < at)
