# SPDX-License-Identifier: MIT
"""What a person can do with a submission around signing: the one place where the pages ask that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.rounds.access import SubmissionAccess
from trigpoint_web.rounds.models import Submission
from trigpoint_web.rounds.opening import find_why_not_open
from trigpoint_web.rounds.states import WHILE_ROUND_IS_ON, SubmissionState


@dataclass(frozen=True, slots=True)
class SigningLinks:
    """Addresses of what can be done now; None for what can't, or isn't this person's."""

    may_submit: bool
    take_back: str | None
    sign: str | None
    send_back: str | None
    reopen: str | None
    signatures: str | None
    check: str


def signing_url(submission: Submission, route: str) -> str:
    """Return the address of a page of a submission by the name of its route."""
    return reverse(route, kwargs={"round_slug": submission.round.slug, "code": submission.organisation_id})


def signing_links(access: SubmissionAccess, *, at: datetime) -> SigningLinks:
    """Return what the person can do with the submission at a moment."""
    submission, state = access.submission, access.submission.state
    is_on = submission.round.state in WHILE_ROUND_IS_ON
    is_open = find_why_not_open(submission, at) is None
    waits = is_on and state == SubmissionState.SUBMITTED
    may_sign = waits and access.may(Permission.SIGN)
    may_reopen = is_on and state == SubmissionState.SIGNED and access.may(Permission.REOPEN)
    was_signed = state == SubmissionState.SIGNED or submission.signatures.exists()

    def url(route: str, *, when: bool) -> str | None:
        return signing_url(submission, route) if when else None

    return SigningLinks(
        may_submit=is_open and state == SubmissionState.IN_PROGRESS and access.may(Permission.SUBMIT),
        take_back=url("take_back", when=waits and access.may(Permission.SUBMIT)),
        sign=url("sign", when=may_sign),
        send_back=url("send_back", when=may_sign),
        reopen=url("reopen", when=may_reopen),
        signatures=url("signatures", when=was_signed),
        check=signing_url(submission, "check"),
    )
