# SPDX-License-Identifier: MIT
"""The question page as people in a care setting will see it, to look at only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from trigpoint.frameworks import Framework
from trigpoint_web.accounts.models import User
from trigpoint_web.design_system.fields import Field, FieldKind, Option
from trigpoint_web.design_system.parts import Link
from trigpoint_web.rounds.framework_preview import PreviewedAnswers
from trigpoint_web.rounds.framework_words import say_routes
from trigpoint_web.rounds.presenters.frameworks import framework_links
from trigpoint_web.rounds.presenters.question import QuestionPageParts, QuestionShown, present_question_page
from trigpoint_web.rounds.question_order import list_pages


@dataclass(frozen=True, slots=True)
class PreviewedQuestion:
    """One question. routes: when it is shown, for those that are not always; blank for the others."""

    legend: str
    routes: str
    choices: Field
    number: Field | None
    note: Field
    good_looks_like: str | None
    why: str | None
    evidence: str | None


@dataclass(frozen=True, slots=True)
class FrameworkPreviewPage:
    """One page of the questionnaire. position: "Page 3 of 120"."""

    title: str
    caption: str
    back: Link
    links: tuple[Link, ...]
    care_setting: Field
    position: str
    where: str
    questions: tuple[PreviewedQuestion, ...]
    previous: Link | None
    next: Link | None


def present_preview(
    given: PreviewedAnswers, *, care_setting: str, page: int, viewer: User, now: datetime
) -> FrameworkPreviewPage:
    """Return a page of the questionnaire, counted from 1; the last one where there are not so many."""
    framework = given.framework
    pages = list_pages(framework, given.places)
    at = min(page, len(pages))
    parts = QuestionPageParts(given=given, places=pages[at - 1], viewer=viewer, now=now, opened="")
    shown = present_question_page(parts)
    return FrameworkPreviewPage(
        title="As people see it",
        caption=str(framework.ref),
        back=Link("Frameworks", reverse("frameworks")),
        links=framework_links(framework, current="framework_preview"),
        care_setting=_choose(framework, care_setting),
        position=f"Page {at} of {len(pages)}",
        where=shown.caption,
        questions=tuple(_question(framework, block) for block in shown.blocks),
        previous=Link("Previous page", preview_url(framework, care_setting, at - 1)) if at > 1 else None,
        next=Link("Next page", preview_url(framework, care_setting, at + 1)) if at < len(pages) else None,
    )


def preview_url(framework: Framework, care_setting: str, page: int) -> str:
    """Return the address of a page of the preview."""
    asked = {"care": care_setting, "page": str(page)}
    address = reverse("framework_preview", kwargs={"framework_hash": framework.hash})
    return f"{address}?{urlencode(asked)}"


def _choose(framework: Framework, chosen: str) -> Field:
    options = [Option("", "The whole organisation", is_chosen=not chosen)]
    options += [Option(one.id, one.title, is_chosen=one.id == chosen) for one in framework.content.care_settings]
    return Field("care", "Seen by", FieldKind.ONE_OF_LIST, options=tuple(options), field_id="care")


def _question(framework: Framework, block: QuestionShown) -> PreviewedQuestion:
    question = framework.questions[block.question]
    return PreviewedQuestion(
        legend=block.legend,
        routes=say_routes(framework, question) if question.routes else "",
        choices=block.field,
        number=block.number,
        note=block.note,
        good_looks_like=block.good_looks_like,
        why=block.why,
        evidence=block.evidence,
    )
