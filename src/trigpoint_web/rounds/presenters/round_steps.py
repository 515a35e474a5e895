# SPDX-License-Identifier: MIT
"""The steps of a round in words: what each does, and what it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.urls import reverse

from trigpoint_web.design_system.fields import Field, PageProblem
from trigpoint_web.design_system.parts import Link, Status, SummaryRow
from trigpoint_web.rounds.actions.round_dates import dates_of
from trigpoint_web.rounds.actions.round_steps import find_why_not, list_offered
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.presenters.round_frame import round_links, round_status
from trigpoint_web.rounds.presenters.round_new import MomentFields, moment_fields, summarise_dates
from trigpoint_web.rounds.states import RoundStep


@dataclass(frozen=True, slots=True)
class StepWords:
    """A step as people read it. slug: in the address; done: what is said once it is taken."""

    slug: str
    title: str
    effects: tuple[str, ...]
    done: str
    is_danger: bool = False


STEP_WORDS: Mapping[RoundStep, StepWords] = MappingProxyType(
    {
        RoundStep.OPEN: StepWords(
            "open",
            "Open the round",
            (
                "The organisations can answer from now on.",
                "Their leads get a mail.",
                "Answers of the round before are put beside the questions as suggestions.",
                "If the opening was planned for later, it becomes now.",
            ),
            "The round is open.",
        ),
        RoundStep.CLOSE: StepWords(
            "close",
            "Close the round",
            (
                "Nobody can answer any more, except those with an extension.",
                "What is waiting for signature can still be signed.",
                "If the closing was planned for later, it becomes now.",
            ),
            "The round is closed.",
            is_danger=True,
        ),
        RoundStep.OPEN_AGAIN: StepWords(
            "open-again",
            "Open the round again",
            (
                "Everybody who has not submitted can answer again until the new closing.",
                "What is signed stays signed.",
                "To give more time to a few only, extend on the board instead.",
            ),
            "The round is open again.",
        ),
        RoundStep.START_REVIEW: StepWords(
            "start-review",
            "Start the review",
            ("The reviewers of the round see what is signed.", "Organisations with an extension can still answer."),
            "The review has started.",
        ),
        RoundStep.START_REPLY: StepWords(
            "start-reply",
            "Start the right of reply",
            ("The organisations are asked what they say to the review.",),
            "The right of reply has started.",
        ),
        RoundStep.PUBLISH: StepWords(
            "publish",
            "Mark the round as published",
            (
                "Nobody can answer, sign or be given more time after this.",
                "The results of the round count as published.",
                "There is no step back.",
            ),
            "The round is marked as published.",
            is_danger=True,
        ),
    }
)
STEP_BY_SLUG: Mapping[str, RoundStep] = MappingProxyType({words.slug: step for step, words in STEP_WORDS.items()})


@dataclass(frozen=True, slots=True)
class OfferedStep:
    """A step that may be taken from here. why_not: what it lacks; then there is no link."""

    title: str
    effects: tuple[str, ...]
    link: Link | None
    why_not: str | None


@dataclass(frozen=True, slots=True)
class RoundStepsPage:
    """Where a round is, its dates, and what can be done with it now."""

    title: str
    caption: str
    back: Link
    links: tuple[Link, ...]
    state: Status
    dates: tuple[SummaryRow, ...]
    steps: tuple[OfferedStep, ...]


@dataclass(frozen=True, slots=True)
class RoundStepPage:
    """A step before it is taken."""

    title: str
    caption: str
    back: Link
    effects: tuple[str, ...]
    moments: tuple[MomentFields, ...]
    reason: Field | None
    is_danger: bool
    problems: tuple[PageProblem, ...]


def present_steps(round_: Round, now: datetime) -> RoundStepsPage:
    """Return what can be done with a round now."""
    return RoundStepsPage(
        title="Steps of the round",
        caption=round_.title,
        back=Link("Rounds", reverse("rounds")),
        links=round_links(round_, current="round_steps", may_manage=True),
        state=round_status(round_),
        dates=summarise_dates(dates_of(round_), now),
        steps=tuple(_offered(round_, step, now) for step in list_offered(round_)),
    )


def present_step(
    round_: Round, step: RoundStep, fields: Mapping[str, Field], problems: tuple[PageProblem, ...]
) -> RoundStepPage:
    """Return the page that asks whether to take the step. fields: of its form."""
    words = STEP_WORDS[step]
    return RoundStepPage(
        title=words.title,
        caption=round_.title,
        back=Link("Steps of the round", reverse("round_steps", kwargs={"round_slug": round_.slug})),
        effects=words.effects,
        moments=moment_fields(fields, ("closes",)) if "closes_on" in fields else (),
        reason=fields.get("reason"),
        is_danger=words.is_danger,
        problems=problems,
    )


def _offered(round_: Round, step: RoundStep, now: datetime) -> OfferedStep:
    words, why_not = STEP_WORDS[step], find_why_not(round_, step, now)
    address = reverse("round_step", kwargs={"round_slug": round_.slug, "step": words.slug})
    return OfferedStep(words.title, words.effects, None if why_not else Link(words.title, address), why_not)
