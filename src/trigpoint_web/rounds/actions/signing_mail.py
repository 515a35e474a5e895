# SPDX-License-Identifier: MIT
"""What the service writes around signing. No answer and no reason is in a mail: both are read on the pages."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.notifications.actions import Letter
from trigpoint_web.rounds.actions.round_mail import queue_for
from trigpoint_web.rounds.models import Signature, Submission
from trigpoint_web.rounds.opening import due_at
from trigpoint_web.rounds.presenters.moments import say_moment
from trigpoint_web.rounds.queries.together import list_colleagues


def mail_to_sign(submission: Submission, *, at: datetime) -> int:
    """Tell the accountable officers that answers wait for their signature; return how many mails."""
    text = f"The answers of {submission.organisation.name} to {submission.round.title} wait for your signature."
    body = f"{text}\n\nRead them and sign, or send them back, here: {_address(submission, 'sign')}\n"
    letter = _letter("to sign", f"{submission.round.title}: please sign", body, submission)
    return queue_for(list_colleagues(submission.organisation_id, Permission.SIGN), letter, at=at)


def mail_sent_back(submission: Submission, *, is_open: bool, at: datetime) -> int:
    """Tell the leads that the answers came back unsigned; return how many mails."""
    until = (
        f"You can change them until {say_moment(due_at(submission), now=at)}."
        if is_open
        else "The time for answers is over: ask the national team for more if something has to change."
    )
    body = (
        f"The answers of {submission.organisation.name} to {submission.round.title} were sent back unsigned. "
        f"{until}\n\n"
        f"Read why here: {_address(submission, 'check')}\n"
    )
    return _mail_leads("sent back", f"{submission.round.title}: sent back unsigned", body, submission, at)


def mail_signed(submission: Submission, signature: Signature, *, at: datetime) -> int:
    """Tell the leads that the answers are signed; return how many mails."""
    body = (
        f"{signature.name} has signed the answers of {submission.organisation.name} to {submission.round.title}. "
        f"They are locked now.\n\nSee the signature: {_address(submission, 'signatures')}\n"
    )
    return _mail_leads("signed", f"{submission.round.title}: signed", body, submission, at)


def mail_reopened(submission: Submission, *, at: datetime) -> int:
    """Tell the leads and the officers that signed answers are open again; return how many mails."""
    body = (
        f"The national team has opened the signed answers of {submission.organisation.name} to "
        f"{submission.round.title} again. They have to be sent and signed again by "
        f"{say_moment(due_at(submission), now=at)}.\n\nRead why here: {_address(submission, 'check')}\n"
    )
    subject = f"{submission.round.title}: open again"
    letter = _letter("reopened", subject, body, submission)
    officers = set(list_colleagues(submission.organisation_id, Permission.SIGN))
    leads = set(list_colleagues(submission.organisation_id, Permission.SUBMIT))
    return queue_for(sorted(officers | leads, key=lambda person: person.pk), letter, at=at)


def _mail_leads(kind: str, subject: str, body: str, submission: Submission, at: datetime) -> int:
    leads = list_colleagues(submission.organisation_id, Permission.SUBMIT)
    return queue_for(leads, _letter(kind, subject, body, submission), at=at)


def _letter(kind: str, subject: str, body: str, submission: Submission) -> Letter:
    return Letter(kind, subject, body, round=submission.round.slug, organisation=submission.organisation_id)


def _address(submission: Submission, page: str) -> str:
    kwargs = {"round_slug": submission.round.slug, "code": submission.organisation_id}
    return f"{settings.SITE_ADDRESS}{reverse(page, kwargs=kwargs)}"
