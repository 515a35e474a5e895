# SPDX-License-Identifier: MIT
"""What can stop an action. Each says what is wrong and what to do; pages turn them into a message or a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from trigpoint.errors import TrigpointError

if TYPE_CHECKING:
    from trigpoint_web.rounds.models import CurrentAnswer


class ActionRefused(TrigpointError):
    """Something can't be done now, or not so. The message is for the person who asked."""


@dataclass(eq=False)
class NotOpen(ActionRefused):
    """The submission takes no answers now. why: a sentence."""

    why: str
    closed_at: datetime | None = None

    def __str__(self) -> str:
        return self.why


@dataclass(eq=False)
class AnswerConflict(ActionRefused):
    """Somebody has changed the answer since the page was opened. current: what stands now; None when nothing does."""

    current: CurrentAnswer | None

    def __str__(self) -> str:
        return "Somebody changed this answer while you had it open. See both, and choose."


@dataclass(eq=False)
class AnswerRefused(ActionRefused):
    """The answer can't stand at that place. why: a sentence."""

    why: str

    def __str__(self) -> str:
        return self.why


@dataclass(eq=False)
class StepRefused(ActionRefused):
    """The step is not one from where the round or submission is now, or lacks what it needs. why: a sentence."""

    why: str

    def __str__(self) -> str:
        return self.why


@dataclass(eq=False)
class ChangeRefused(ActionRefused):
    """A change that can't be made; `problems` says each reason."""

    problems: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join(self.problems)
