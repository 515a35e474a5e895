# SPDX-License-Identifier: MIT
"""The sections of a submission, how far each is, who holds it, and the one place to go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse

from trigpoint.frameworks.asking import section_of
from trigpoint.submissions.places import AnswerPlace
from trigpoint.submissions.progress import SectionProgress, summarise_progress
from trigpoint_web.accounts.roles import SCOPE_OF, Permission, Scope, allows
from trigpoint_web.design_system.parts import Colour, Link, Progress, Status, Table, Task, TaskSection
from trigpoint_web.rounds.access import SubmissionAccess
from trigpoint_web.rounds.models import Delegation
from trigpoint_web.rounds.opening import due_at, find_why_not_open
from trigpoint_web.rounds.presenters.moments import say_due
from trigpoint_web.rounds.presenters.places import say_asked_in
from trigpoint_web.rounds.presenters.question import UNSCORED, place_url, say_section, task_list_url
from trigpoint_web.rounds.presenters.signing_links import SigningLinks
from trigpoint_web.rounds.queries.submission_answers import SubmissionAnswers
from trigpoint_web.rounds.states import RoundState, SubmissionState

_P = Permission
_LOCKED = frozenset({SubmissionState.SUBMITTED, SubmissionState.SIGNED})


@dataclass(frozen=True, slots=True)
class TaskListPage:
    """Everything the page shows. go_on: the main button. empty_text: said where no section is listed."""

    title: str
    caption: str
    back: Link
    deadline: str
    progress: Progress
    go_on: Link | None
    notice: str | None
    filters: tuple[Link, ...]
    sections: tuple[TaskSection, ...]
    empty_text: str
    suggestions: Link | None
    links: tuple[Link, ...]
    scores: Table | None = None
    scores_note: str = ""


@dataclass(frozen=True, slots=True)
class TaskListParts:
    """What the page is made from, read by queries.

    mentioned: the places at which somebody wrote to the reader, who has not looked yet. suggested: how many
    suggestions are open. only_mine: whether only what the reader holds is listed.
    """

    access: SubmissionAccess
    given: SubmissionAnswers
    now: datetime
    signing: SigningLinks
    delegations: Sequence[Delegation] = ()
    mentioned: frozenset[AnswerPlace] = frozenset()
    suggested: int = 0
    only_mine: bool = False
    why_not: str | None = None
    scores: Table | None = None
    scores_note: str = ""


def present_task_list(parts: TaskListParts) -> TaskListPage:
    """Return the page."""
    submission, given = parts.access.submission, parts.given
    dealt_with, asked = sum(not given.is_open(place) for place in given.places), len(given.places)
    return TaskListPage(
        title=submission.organisation.name,
        caption=submission.round.title,
        back=Link("Home", reverse("home")),
        deadline=_deadline(parts),
        progress=Progress(f"{dealt_with} of {asked} dealt with", dealt_with / asked if asked else 0),
        go_on=_go_on(parts),
        notice=parts.why_not,
        filters=_filters(parts),
        sections=tuple(_sections(parts)),
        empty_text="Nothing is in your name here." if parts.only_mine else "No questions are asked of you.",
        suggestions=_suggestions(parts),
        links=tuple(_links(parts)),
        scores=parts.scores,
        scores_note=parts.scores_note,
    )


def _deadline(parts: TaskListParts) -> str:
    submission = parts.access.submission
    due = f"Due {say_due(due_at(submission), now=parts.now)}."
    return due if submission.extended_until is None else f"{due} This is your extension."


def _go_on(parts: TaskListParts) -> Link | None:
    """Where to go on: the first open place after the one the reader answered last, else the first open one."""
    given, submission = parts.given, parts.access.submission
    if parts.why_not is not None:
        return None
    left = [place for place in given.places if given.is_open(place)]
    if not left:
        return Link("Check before signing", parts.signing.check)
    mine = [place for place, row in given.rows.items() if row.by_id == parts.access.user.pk and place in given.places]
    if not mine:
        return Link("Start" if not given.rows else "Continue", place_url(submission, left[0]))
    last = given.places.index(max(mine, key=lambda place: given.rows[place].at))
    after = (place for place in given.places[last:] if given.is_open(place))
    return Link("Continue where you left off", place_url(submission, next(after, left[0])))


def _filters(parts: TaskListParts) -> tuple[Link, ...]:
    address = task_list_url(parts.access.submission)
    if not any(one.to_id == parts.access.user.pk for one in parts.delegations):
        return ()
    return (
        Link("All sections", address, is_current=not parts.only_mine),
        Link("Only mine", f"{address}?only=mine", is_current=parts.only_mine),
    )


def _sections(parts: TaskListParts) -> list[TaskSection]:
    given = parts.given
    groups: dict[str, list[Task]] = {}
    for section in summarise_progress(given.framework, given.units, given.answers):
        held = _held(parts, section)
        if not parts.only_mine or any(one.to_id == parts.access.user.pk for one in held):
            group = groups.setdefault(say_asked_in(given.framework, given.units, section.asked_in) or "Sections", [])
            task = _task(parts, section, held)
            # Where the organisation is one unit, a section can be asked of it in two ways.
            is_second = any(one.title == task.title for one in group)
            group.append(replace(task, title=f"{task.title}, continued") if is_second else task)
    return [TaskSection(title, tuple(tasks)) for title, tasks in groups.items()]


def _held(parts: TaskListParts, section: SectionProgress) -> list[Delegation]:
    """The delegations of a section and of questions in it."""
    framework = parts.given.framework
    return [
        one
        for one in parts.delegations
        if one.asked_in == section.asked_in
        and (one.section or section_of(framework, framework.questions[one.question])) == section.section
    ]


def _task(parts: TaskListParts, section: SectionProgress, held: Sequence[Delegation]) -> Task:
    submission = parts.access.submission
    return Task(
        title=say_section(parts.given.framework, section.section),
        status=_status(parts, section),
        url=section_page_url(submission.round.slug, submission.organisation_id, section),
        hint=". ".join(_say_held(parts, one) for one in held) or None,
        also=_delegate(parts, section),
    )


def _delegate(parts: TaskListParts, section: SectionProgress) -> Link | None:
    """Where a colleague is asked to answer a section; None for those who may not, and of questions in no section."""
    access, why_not = parts.access, find_why_not_open(parts.access.submission, parts.now)
    if section.section is None or why_not is not None or not access.may(Permission.DELEGATE):
        return None
    where = say_asked_in(parts.given.framework, parts.given.units, section.asked_in)
    title = say_section(parts.given.framework, section.section)
    names = [access.submission.round.slug, access.submission.organisation_id, section.asked_in, section.section]
    about = f"{title}, {where}" if where else title
    return Link("Ask a colleague to answer", reverse("delegate_section", args=names), about=about)


def section_page_url(round_slug: str, code: str, section: SectionProgress) -> str:
    """Return the address of the page that lists the questions of a section."""
    return reverse("section", args=[round_slug, code, section.asked_in, section.section or UNSCORED])


def _say_held(parts: TaskListParts, delegation: Delegation) -> str:
    who = "You" if delegation.to_id == parts.access.user.pk else delegation.to.name
    what = ""
    if delegation.question:
        what = f": {parts.given.framework.questions[delegation.question].short_title}"
    return f"{who}, by {delegation.due_on.day} {delegation.due_on:%B}{what}"


def _status(parts: TaskListParts, section: SectionProgress) -> Status:
    framework = parts.given.framework
    is_asked = any(
        place.asked_in == section.asked_in
        and section_of(framework, framework.questions[place.question]) == section.section
        for place in parts.mentioned
    )
    if is_asked:
        return Status("Question from a colleague", Colour.YELLOW)
    if section.is_complete:
        return Status("Complete", None)
    if parts.access.submission.state in _LOCKED:
        return Status(f"{section.asked - section.dealt_with} not answered", Colour.GREY)
    if section.dealt_with == 0:
        return Status("Not started", Colour.GREY)
    return Status(f"{section.asked - section.dealt_with} of {section.asked} left", Colour.BLUE)


def _suggestions(parts: TaskListParts) -> Link | None:
    if parts.suggested == 0 or parts.why_not is not None:
        return None
    submission = parts.access.submission
    some = "1 suggested answer" if parts.suggested == 1 else f"{parts.suggested} suggested answers"
    return Link(f"Look at {some}", reverse("suggestions", args=[submission.round.slug, submission.organisation_id]))


def _links(parts: TaskListParts) -> list[Link]:
    """The other pages about this submission that the reader may see."""
    access, submission = parts.access, parts.access.submission
    here = [submission.round.slug, submission.organisation_id]
    # The library is the organisation's own: who reviews a round sees what was given for its answers, and no more.
    has_library = allows(frozenset(one for one in access.roles if SCOPE_OF[one] is not Scope.ROUND), _P.VIEW_EVIDENCE)
    has_results = submission.round.state != RoundState.OPEN and access.may(_P.VIEW_RESULTS)
    named = (
        ("Results", "organisation_results", here, has_results),
        ("Work away from the screen: spreadsheet and PDF", "away", here, True),
        ("Evidence library", "evidence_library", here[1:], has_library),
        ("Staff surveys", "surveys", here, access.may(_P.ASK_COLLEAGUES)),
        ("People", "people", here[1:], access.may(_P.VIEW_PEOPLE)),
        ("Who did what and when", "submission_history", here, True),
    )
    found = [Link(text, reverse(route, args=names)) for text, route, names, is_shown in named if is_shown]
    return [*_signing_links(submission.state, parts.signing), *found]


def _signing_links(state: str, signing: SigningLinks) -> list[Link]:
    """The check as long as there is something to check, and what can be done with what was sent or signed."""
    check = {
        SubmissionState.SIGNED: None,
        SubmissionState.SUBMITTED: "Take back what waits for signature"
        if signing.take_back
        else "What waits for signature",
    }.get(SubmissionState(state), "Check before signing")
    named = ((check, signing.check), ("Sign", signing.sign), ("What was signed", signing.signatures))
    return [Link(text, url) for text, url in named if text is not None and url is not None]
