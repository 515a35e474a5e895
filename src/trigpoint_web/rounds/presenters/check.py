# SPDX-License-Identifier: MIT
"""The page "Check before signing"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from trigpoint.frameworks import Framework
from trigpoint.scoring import ScoreTable
from trigpoint.submissions.answer_changes import AnswerChange
from trigpoint_web.audit.models import Event
from trigpoint_web.design_system.fields import Field, PageProblem, list_problems
from trigpoint_web.design_system.form_fields import fields_of
from trigpoint_web.design_system.parts import Column, Link, SummaryRow, Table
from trigpoint_web.rounds.access import SubmissionAccess
from trigpoint_web.rounds.answer_text import say_answer
from trigpoint_web.rounds.forms.signing import SubmitForm
from trigpoint_web.rounds.models import Submission
from trigpoint_web.rounds.presenters.findings import (
    FindingLists,
    LinkGroup,
    present_findings,
    present_still_open,
)
from trigpoint_web.rounds.presenters.moments import say_moment
from trigpoint_web.rounds.presenters.places import say_asked_in
from trigpoint_web.rounds.presenters.question import task_list_url
from trigpoint_web.rounds.presenters.round_frame import count_of
from trigpoint_web.rounds.presenters.signing_links import SigningLinks, signing_links
from trigpoint_web.rounds.queries.checks import (
    AnswerCounts,
    RoundChanges,
    StillOpen,
    SubmissionCheck,
    count_answers,
)
from trigpoint_web.rounds.queries.submission_answers import SubmissionAnswers
from trigpoint_web.rounds.score_text import say_counts, say_score
from trigpoint_web.rounds.states import SubmissionState, SubmissionStep


@dataclass(frozen=True, slots=True)
class CheckParts:
    """What the page is made of. scores: None where the round shows none yet. returned: why the answers came back.

    signers: how many accountable officers can sign.
    """

    check: SubmissionCheck
    still_open: StillOpen
    changes: RoundChanges | None
    scores: ScoreTable | None
    returned: Event | None
    signers: int


@dataclass(frozen=True, slots=True)
class CheckPage:
    """Ready text. tick: what must be acknowledged, None when nothing is open. can_submit: whether the form is shown.

    nobody_signs: the page on which an officer is invited, where nobody could sign what is sent; else None.
    """

    title: str
    caption: str
    back: Link
    problems: tuple[PageProblem, ...]
    state: str
    returned: str | None
    counts: tuple[SummaryRow, ...]
    findings: FindingLists
    still_open: tuple[LinkGroup, ...]
    changes_title: str
    changes: tuple[Table, ...]
    changes_note: str
    scores: tuple[SummaryRow, ...]
    tick: Field | None
    hidden: tuple[Field, ...]
    can_submit: bool
    why_not: str | None
    nobody_signs: Link | None
    links: SigningLinks


def present_check(parts: CheckParts, form: SubmitForm, access: SubmissionAccess, *, at: datetime) -> CheckPage:
    """Return the page for a person at a submission."""
    given = parts.check.given
    submission, fields = access.submission, fields_of(form)
    links = signing_links(access, at=at)
    return CheckPage(
        title="Check before signing",
        caption=f"{submission.organisation.name}, {submission.round.title}",
        back=Link("Task list", task_list_url(submission)),
        problems=list_problems(tuple(fields.values())),
        state=_say_state(SubmissionState(submission.state)),
        returned=None if parts.returned is None else _say_returned(parts.returned, at),
        counts=present_counts(count_answers(given)),
        findings=present_findings(parts.check),
        still_open=present_still_open(given, parts.still_open),
        changes_title="" if parts.changes is None else f"What changed since last round ({parts.changes.round_name})",
        changes=() if parts.changes is None else tuple(_change_tables(given, parts.changes)),
        changes_note="" if parts.changes is None else _say_not_compared(given, parts.changes),
        scores=() if parts.scores is None else present_live_scores(given, parts.scores),
        tick=fields.get("acknowledged"),
        hidden=tuple(fields[name] for name in ("not_answered", "without_evidence")),
        can_submit=links.may_submit and not parts.check.unexplained,
        why_not=_say_why_not(parts.check) if links.may_submit else None,
        nobody_signs=None if parts.signers or submission.state == SubmissionState.SIGNED else _people_link(submission),
        links=links,
    )


def say_sent(signers: int) -> str:
    """Return what is said once answers are sent for signature: how many get a mail, or that nobody can sign yet.

    >>> say_sent(2)
    'Sent for signature. A mail goes to 2 accountable officers.'
    """
    if signers == 0:
        return "Sent for signature. Nobody can sign yet: invite an accountable officer."
    return f"Sent for signature. A mail goes to {count_of(signers, 'accountable officer')}."


def _people_link(submission: Submission) -> Link:
    address = reverse("people", kwargs={"code": submission.organisation_id})
    return Link("Invite an accountable officer", address)


def _say_state(state: SubmissionState) -> str:
    return {
        SubmissionState.NOT_STARTED: "Nobody has answered a question yet, so there is nothing to send for signature.",
        SubmissionState.IN_PROGRESS: "",
        SubmissionState.SUBMITTED: "These answers wait for the accountable officer’s signature. They can’t be changed.",
        SubmissionState.SIGNED: "These answers are signed and locked.",
    }[state]


def _say_returned(event: Event, at: datetime) -> str:
    what = {
        SubmissionStep.SEND_BACK.value: "The accountable officer sent the answers back",
        SubmissionStep.TAKE_BACK.value: "The answers were taken back",
        SubmissionStep.REOPEN.value: "The national team opened the signed answers again",
    }[event.action]
    reason = event.details.get("reason")
    because = f": {reason}" if reason else "."
    return f"{what} on {say_moment(event.at, now=at)}{because}"


def _say_why_not(check: SubmissionCheck) -> str | None:
    count = len(check.unexplained)
    if count == 0:
        return None
    what = "1 contradiction has" if count == 1 else f"{count} contradictions have"
    return f"{what} to be settled first: change one of the answers, or say in a note how both can be true."


def present_counts(counts: AnswerCounts) -> tuple[SummaryRow, ...]:
    """Return how many questions have what, each with what it is of."""
    named = (
        ("Answered", counts.answered),
        ("Don’t know", counts.dont_know),
        ("Does not apply", counts.not_applicable),
        ("Not answered", counts.not_answered),
    )
    return tuple(SummaryRow(label, f"{count} of {counts.asked} questions") for label, count in named)


def present_live_scores(given: SubmissionAnswers, scores: ScoreTable) -> tuple[SummaryRow, ...]:
    """Return what each unit's score would be, with what it rests on."""
    framework = given.framework
    rows = []
    for row, unit in enumerate(given.units):
        for measure in framework.content.measures:
            score = scores.score(row, measure.id)
            where = say_asked_in(framework, given.units, unit.care_setting)
            label = f"{where}: {measure.title}" if where else measure.title
            rows.append(SummaryRow(label, f"{say_score(framework, measure, score)}; {say_counts(score)}"))
    return tuple(rows)


def _change_tables(given: SubmissionAnswers, changes: RoundChanges) -> list[Table]:
    named = (
        ("Further up the scale", changes.up),
        ("Further down the scale", changes.down),
        ("Newly not applicable", changes.newly_not_applicable),
        ("Answered now, not last round", changes.newly_answered),
        ("Answered last round, not now", changes.no_longer_answered),
    )
    return [_change_table(given, changes.framework_then, title, rows) for title, rows in named if rows]


def _change_table(
    given: SubmissionAnswers, then: Framework, title: str, rows: Sequence[tuple[str, AnswerChange]]
) -> Table:
    def where(side: str) -> str:
        said = say_asked_in(given.framework, given.units, side)
        return f" ({said})" if said else ""

    return Table(
        caption=f"{title}: {len(rows)}",
        columns=(Column("Question"), Column("Last round"), Column("Now")),
        rows=tuple(
            (
                f"{given.framework.questions[one.question].short_title}{where(side)}",
                say_answer(then, one.previous_question, one.before),
                say_answer(given.framework, one.question, one.now),
            )
            for side, one in rows
        ),
    )


def _say_not_compared(given: SubmissionAnswers, changes: RoundChanges) -> str:
    said = [f"{changes.same} answered alike both times."]
    if changes.not_comparable:
        said.append(f"{changes.not_comparable} can’t be compared: not asked last round, or not on the same scale.")
    for side in changes.left_out:
        where = say_asked_in(given.framework, given.units, side) or "This organisation"
        said.append(f"{where} had no return of its own last round, so nothing of it is compared.")
    return " ".join(said)
