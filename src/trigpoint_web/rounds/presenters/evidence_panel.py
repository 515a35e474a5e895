# SPDX-License-Identifier: MIT
"""The evidence beside a question: what is given for the answer, and where to add more.

A page that shows questions reads with `list_uses(submission, places)` of queries/evidence.py, two queries for the
whole page, makes a panel for each place here with `present_evidence_panel(access, place, uses.get(place, ()), at=…)`,
and draws it with the macro `evidence_panel` of rounds/evidence_panel.jinja. The panel has links only, so it can stand
inside the form of the question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils import timezone

from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.accounts.roles import Permission
from trigpoint_web.design_system.dates import say
from trigpoint_web.design_system.parts import Colour, Link, Status
from trigpoint_web.rounds.access import SubmissionAccess
from trigpoint_web.rounds.file_types import describe_size, find_type_by_name
from trigpoint_web.rounds.models import Evidence, EvidenceUse, EvidenceVersion, Submission
from trigpoint_web.rounds.opening import find_why_not_open


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One piece of evidence. open: the file, or the link to another site (is_outside). about: type, size, version.

    expiry: None when it does not expire. remove: None for those who may not, and while answers are locked.
    """

    open: Link
    about: str
    is_outside: bool = False
    expiry: Status | None = None
    remove: Link | None = None


@dataclass(frozen=True, slots=True)
class EvidencePanel:
    """What stands beside a question. add, reuse: None for those who may not, and while answers are locked."""

    lines: tuple[EvidenceLine, ...]
    add: Link | None = None
    reuse: Link | None = None
    empty_text: str = "No evidence yet."


def present_evidence_panel(
    access: SubmissionAccess, place: AnswerPlace, uses: Sequence[EvidenceUse], *, at: datetime
) -> EvidencePanel:
    """Return the panel of a place. uses: those of the place, as `list_uses` gives them; none shows that there is none.

    Of evidence for signed answers the version is shown that stood when they were signed.
    """
    submission = access.submission
    is_open = access.may(Permission.ATTACH_EVIDENCE) and find_why_not_open(submission, at) is None
    lines = tuple(present_use(submission, use, on=timezone.localdate(at), can_be_removed=is_open) for use in uses)
    if not access.may(Permission.VIEW_EVIDENCE):
        return EvidencePanel((), empty_text="Your role does not include opening evidence.")
    if not is_open:
        return EvidencePanel(lines)
    address = place_kwargs(submission, place)
    return EvidencePanel(
        lines,
        add=Link("Add a file or link", reverse("evidence_add", kwargs=address)),
        reuse=Link("Use evidence you have", reverse("evidence_reuse", kwargs=address)),
    )


def present_use(submission: Submission, use: EvidenceUse, *, on: date, can_be_removed: bool) -> EvidenceLine:
    """Return the line of one piece of evidence given for an answer."""
    shown = version_as_on(list(use.evidence.versions.all()), submission.signed_at)
    where = {"round_slug": submission.round.slug, "code": submission.organisation_id}
    address = {**where, "evidence": use.evidence_id, "version": shown.version}
    remove = reverse("evidence_remove", kwargs={**where, "use": use.pk})
    return EvidenceLine(
        open=Link(use.evidence.title, shown.link or reverse("evidence_file", kwargs=address)),
        about=describe_version(shown),
        is_outside=bool(shown.link),
        expiry=present_expiry(use.evidence, on=on),
        remove=Link("Remove", remove, about=use.evidence.title) if can_be_removed else None,
    )


def version_as_on(versions: Sequence[EvidenceVersion], moment: datetime | None) -> EvidenceVersion:
    """Return the version that stood at a moment; the newest for None, the first where all came later."""
    earlier = [version for version in versions if moment is None or version.at <= moment]
    return earlier[-1] if earlier else versions[0]


def describe_version(version: EvidenceVersion) -> str:
    """Return what a version is: "PDF, 1.2 MB, version 2", or "Link to intranet.example.org"."""
    told = [f"Link to {urlsplit(version.link).hostname}"] if version.link else _describe_file(version)
    return ", ".join([*told, f"version {version.version}"] if version.version > 1 else told)


def _describe_file(version: EvidenceVersion) -> list[str]:
    kind = find_type_by_name(version.file_name)
    assert version.file is not None, "a version without a link has a file"
    assert kind is not None, "the name was checked when the file was added"
    return [kind.label[:1].upper() + kind.label[1:], describe_size(version.file.size)]


def present_expiry(evidence: Evidence, *, on: date) -> Status | None:
    """Return until when evidence is good, or that it is no longer; None when it does not expire."""
    if evidence.expires_on is None:
        return None
    if evidence.expires_on < on:
        return Status(f"Expired on {say(evidence.expires_on)}", Colour.RED)
    return Status(f"Expires on {say(evidence.expires_on)}", None)


def place_kwargs(submission: Submission, place: AnswerPlace) -> dict[str, str]:
    """Return the parts of an address that name a place of a submission."""
    return {
        "round_slug": submission.round.slug,
        "code": submission.organisation_id,
        "asked_in": place.asked_in,
        "question": place.question,
    }
