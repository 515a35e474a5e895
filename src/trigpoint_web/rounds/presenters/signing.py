# SPDX-License-Identifier: MIT
"""The pages of the declaration, of the way back, and of every signature that was given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from trigpoint_web.design_system.fields import Field, PageProblem, list_problems
from trigpoint_web.design_system.form_fields import fields_of
from trigpoint_web.design_system.parts import Column, Link, SummaryRow, Table
from trigpoint_web.rounds.access import SubmissionAccess
from trigpoint_web.rounds.answer_text import say_answer
from trigpoint_web.rounds.declaration import SHORT_HASH, Declaration
from trigpoint_web.rounds.forms.signing import ReopenForm, SendBackForm, SignForm
from trigpoint_web.rounds.models import Signature, Submission
from trigpoint_web.rounds.opening import due_at, find_why_not_open
from trigpoint_web.rounds.presenters.check import present_counts
from trigpoint_web.rounds.presenters.findings import FindingLists, present_findings
from trigpoint_web.rounds.presenters.moments import say_moment
from trigpoint_web.rounds.presenters.places import say_asked_in
from trigpoint_web.rounds.presenters.question import task_list_url
from trigpoint_web.rounds.presenters.signing_links import SigningLinks, signing_links, signing_url
from trigpoint_web.rounds.queries.answers import find_framework, list_units
from trigpoint_web.rounds.queries.checks import SubmissionCheck
from trigpoint_web.rounds.queries.signed import SignedDifference, SignedState
from trigpoint_web.rounds.states import SubmissionState


@dataclass(frozen=True, slots=True)
class SignPage:
    """The declaration, or why there is none to sign. warning: about the signer's own part; None when there is none."""

    title: str
    caption: str
    back: Link
    problems: tuple[PageProblem, ...]
    why_not: str | None
    sent: str
    counts: tuple[SummaryRow, ...]
    findings: FindingLists
    warning: str | None
    paragraphs: tuple[str, ...]
    signer: tuple[SummaryRow, ...]
    full_hash: str
    tick: Field | None
    seal: Field | None
    links: SigningLinks


def present_sign(
    check: SubmissionCheck, declaration: Declaration, form: SignForm, access: SubmissionAccess, *, at: datetime
) -> SignPage:
    """Return the page of the declaration for the person who would sign it."""
    submission, fields = access.submission, fields_of(form)
    waits = submission.state == SubmissionState.SUBMITTED
    links = signing_links(access, at=at)
    return SignPage(
        title="Sign the declaration" if links.sign else "Nothing waits for your signature",
        caption=f"{submission.organisation.name}, {submission.round.title}",
        back=Link("Task list", task_list_url(submission)),
        problems=list_problems(tuple(fields.values())) if links.sign else (),
        why_not=None if links.sign else _say_why_not(submission),
        sent=_say_sent(submission, at) if waits else "",
        counts=present_counts(declaration.counts),
        findings=present_findings(check),
        warning=None if declaration.is_second_look else _say_own_part(declaration),
        paragraphs=declaration.paragraphs,
        signer=present_signer(declaration.name, declaration.job_title),
        full_hash=declaration.answers_hash,
        tick=fields["agreed"],
        seal=fields["seal"],
        links=links,
    )


def _say_why_not(submission: Submission) -> str:
    if submission.state == SubmissionState.SUBMITTED:
        return "The round is published, so nothing can be signed any more."
    return "The answers have not been sent for signature. The lead sends them once they are checked."


def _say_sent(submission: Submission, at: datetime) -> str:
    assert submission.submitted_by is not None, "it was submitted"
    assert submission.submitted_at is not None, "it was submitted"
    sent_on = say_moment(submission.submitted_at, now=at)
    sent = f"{submission.submitted_by.name} sent these answers for signature on {sent_on}."
    if find_why_not_open(_as_in_progress(submission), at) is None:
        return sent
    return f"{sent} The time for answers is over: if you send them back, the national team has to give more time first."


def _as_in_progress(submission: Submission) -> Submission:
    """The submission as it would be after it was sent back."""
    return Submission(
        round=submission.round, state=SubmissionState.IN_PROGRESS, extended_until=submission.extended_until
    )


def _say_own_part(declaration: Declaration) -> str:
    counts = f"You gave {declaration.own_answers} of the answers yourself" if declaration.own_answers else ""
    sent = "you sent them for signature" if declaration.has_sent_it else ""
    said = " and ".join(filter(None, (counts, sent)))
    return (
        f"{said[0].upper()}{said[1:]}. A signature is meant to be a second pair of eyes. If another accountable "
        "officer can sign, ask them. If you sign, the declaration says so."
    )


def present_signer(name: str, job_title: str) -> tuple[SummaryRow, ...]:
    """Return whose name will stand, and as what."""
    return (SummaryRow("Name", name), SummaryRow("Job title", job_title or "Not given: you can add it to your account"))


@dataclass(frozen=True, slots=True)
class WayBackPage:
    """A page with one form that opens a submission again."""

    title: str
    caption: str
    back: Link
    problems: tuple[PageProblem, ...]
    text: tuple[str, ...]
    fields: tuple[Field, ...]
    button: str


def present_send_back(form: SendBackForm, access: SubmissionAccess, *, at: datetime) -> WayBackPage:
    """Return the page on which an officer gives the answers back unsigned."""
    submission, fields = access.submission, tuple(fields_of(form).values())
    is_open = find_why_not_open(_as_in_progress(submission), at) is None
    until = (
        f"They can be changed until {say_moment(due_at(submission), now=at)}, and must then be sent to you again."
        if is_open
        else "The time for answers is over. Nothing can be changed until the national team gives more time."
    )
    return WayBackPage(
        title="Send the answers back",
        caption=f"{submission.organisation.name}, {submission.round.title}",
        back=Link("Declaration", signing_url(submission, "sign")),
        problems=list_problems(fields),
        text=("The answers go back unsigned to those who gave them. The leads get a mail.", until),
        fields=fields,
        button="Send back",
    )


def present_reopen(form: ReopenForm, access: SubmissionAccess, *, needs_due: bool, at: datetime) -> WayBackPage:
    """Return the page on which the national team opens signed answers again."""
    submission, fields = access.submission, tuple(fields_of(form).values())
    due = "" if needs_due else f" They can be changed until {say_moment(due_at(submission), now=at)}, or a later day."
    return WayBackPage(
        title="Open the signed answers again",
        caption=f"{submission.organisation.name}, {submission.round.title}",
        back=Link("Signatures", signing_url(submission, "signatures")),
        problems=list_problems(fields),
        text=(
            f"The answers can then be changed, and have to be sent and signed again.{due}",
            (
                "What was signed stays as it is: both states are kept. Until the answers are signed again, results use "
                "the state that was signed last, and say so."
            ),
        ),
        fields=fields,
        button="Open again",
    )


@dataclass(frozen=True, slots=True)
class SignatureText:
    """One signature, with what it covers and whether it still holds."""

    heading: str
    rows: tuple[SummaryRow, ...]
    holds: str
    is_broken: bool
    words: tuple[str, ...]
    differences: Table | None


@dataclass(frozen=True, slots=True)
class SignaturesPage:
    """Every signature, newest first. panel: shown while the newest one locks the answers; None otherwise."""

    title: str
    caption: str
    back: Link
    panel: str | None
    panel_text: str
    note: str | None
    signatures: tuple[SignatureText, ...]
    links: SigningLinks


@dataclass(frozen=True, slots=True)
class SignedHistory:
    """The states that were signed, newest first; differences: of each from the one signed before it."""

    states: tuple[SignedState, ...]
    differences: tuple[tuple[SignedDifference, ...], ...]


def present_signatures(history: SignedHistory, access: SubmissionAccess, *, at: datetime) -> SignaturesPage:
    """Return the page of all signatures of a submission."""
    submission = access.submission
    is_locked = submission.state == SubmissionState.SIGNED
    newest = history.states[0].signature if history.states else None
    return SignaturesPage(
        title="Signed" if is_locked else "Signatures",
        caption=f"{submission.organisation.name}, {submission.round.title}",
        back=Link("Task list", task_list_url(submission)),
        panel="Signed and locked" if is_locked else None,
        panel_text="" if newest is None else _say_signed(newest, at),
        note=_say_note(is_locked=is_locked, was_signed=newest is not None),
        signatures=tuple(_signature(history, position, submission, at) for position in range(len(history.states))),
        links=signing_links(access, at=at),
    )


def _say_signed(signature: Signature, at: datetime) -> str:
    who = f"{signature.name}, {signature.job_title}" if signature.job_title else signature.name
    return f"By {who}, on {say_moment(signature.at, now=at)}. Fingerprint {signature.answers_hash[:SHORT_HASH]}"


def _say_note(*, is_locked: bool, was_signed: bool) -> str | None:
    if is_locked:
        return None
    if was_signed:
        return "The answers were opened again after they had been signed, and are not signed now."
    return "Nobody has signed these answers yet."


def _signature(history: SignedHistory, position: int, submission: Submission, at: datetime) -> SignatureText:
    state = history.states[position]
    signature, is_first = state.signature, position == len(history.states) - 1
    differences = () if is_first else history.differences[position]
    return SignatureText(
        heading=f"Signature {len(history.states) - position}: {signature.answers_hash[:SHORT_HASH]}",
        rows=(
            SummaryRow(
                "Signed by", f"{signature.name}, {signature.job_title}" if signature.job_title else signature.name
            ),
            SummaryRow("Signed on", say_moment(signature.at, now=at)),
            SummaryRow("Fingerprint (SHA-256)", signature.answers_hash),
            SummaryRow("Framework (SHA-256)", signature.framework_hash),
        ),
        holds=_say_holds(state),
        is_broken=not state.recomputes,
        words=tuple(signature.declaration.split("\n")),
        differences=None if is_first else _difference_table(submission, differences),
    )


def _say_holds(state: SignedState) -> str:
    if state.recomputes:
        return "The answers as they were signed still give this fingerprint."
    return (
        "The answers kept no longer give this fingerprint. Something was changed outside the service, or lost. "
        "Tell the national team."
    )


def _difference_table(submission: Submission, differences: Sequence[SignedDifference]) -> Table:
    framework, units = find_framework(submission), list_units(submission)

    def question(one: SignedDifference) -> str:
        title = framework.questions[one.place.question].short_title
        where = say_asked_in(framework, units, one.place.asked_in)
        return f"{title} ({where})" if where else title

    return Table(
        caption=f"What differs from the signature before: {len(differences)}",
        columns=(Column("Question"), Column("Signed before"), Column("Signed here")),
        rows=tuple(
            (
                question(one),
                say_answer(framework, one.place.question, one.before),
                say_answer(framework, one.place.question, one.after),
            )
            for one in differences
        ),
        empty_text="The same answers as in the signature before.",
    )
