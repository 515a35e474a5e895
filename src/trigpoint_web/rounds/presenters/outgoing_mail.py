# SPDX-License-Identifier: MIT
"""The outbox of a round as a page shows it: what was sent, what waits, what could not be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from trigpoint_web.design_system.parts import Colour, Column, Content, Filter, Link, PageOfList, Status, Table
from trigpoint_web.notifications.actions import MOST_ATTEMPTS
from trigpoint_web.notifications.models import OutboxMail
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.presenters.pages_of_list import build_pages
from trigpoint_web.rounds.presenters.round_frame import count_of, round_links
from trigpoint_web.rounds.presenters.short_moments import say_shortly

MAILS_ON_A_PAGE = 100
_NAMES = {"failed": "Could not be sent", "waiting": "Waiting", "sent": "Sent"}


@dataclass(frozen=True, slots=True)
class MailsShown:
    """What was read of an outbox. state: the one shown; blank for all. troubled: how many were tried and not sent."""

    round: Round
    mails: Sequence[OutboxMail]
    counts: Mapping[str, int]
    state: str
    page: int
    troubled: int


@dataclass(frozen=True, slots=True)
class OutgoingMailPage:
    """The outbox of a round, the newest first. again: what the button to try again says; blank without any to try."""

    title: str
    caption: str
    back: Link
    links: tuple[Link, ...]
    numbers: tuple[Filter, ...]
    mails: Table
    again: str
    pages: PageOfList | None
    remind: Link


def present_mails(shown: MailsShown, *, now: datetime) -> OutgoingMailPage:
    """Return the page of an outbox."""
    columns = (Column("To"), Column("Subject"), Column("Organisation"), Column("Queued"), Column("State"))
    place = {"round_slug": shown.round.slug}
    return OutgoingMailPage(
        title="Mail",
        caption=shown.round.title,
        back=Link("Rounds", reverse("rounds")),
        links=round_links(shown.round, current="outgoing_mail", may_manage=True),
        numbers=tuple(_number(shown, state) for state in shown.counts),
        mails=Table(
            "Mails about this round, the newest first",
            columns,
            tuple(_row(one, now) for one in shown.mails),
            empty_text="There is no such mail.",
        ),
        again=f"Try {count_of(shown.troubled, 'mail')} again" if shown.troubled else "",
        pages=_pages(shown),
        remind=Link("Send a reminder", reverse("remind", kwargs=place)),
    )


def _number(shown: MailsShown, state: str) -> Filter:
    is_current = state == shown.state
    return Filter(
        _NAMES[state], f"{shown.counts[state]:,}", _address(shown, "" if is_current else state), is_current=is_current
    )


def _address(shown: MailsShown, state: str, page: int = 1) -> str:
    asked = {"state": state} if state else {}
    asked |= {"page": str(page)} if page > 1 else {}
    address = reverse("outgoing_mail", kwargs={"round_slug": shown.round.slug})
    return f"{address}?{urlencode(asked)}" if asked else address


def _row(mail: OutboxMail, now: datetime) -> tuple[Content, ...]:
    return (mail.to, mail.subject, mail.organisation, say_shortly(mail.queued_at, now=now), _state(mail, now))


def _state(mail: OutboxMail, now: datetime) -> Content:
    if mail.sent_at is not None:
        return f"Sent {say_shortly(mail.sent_at, now=now)}"
    if mail.attempts == 0:
        return Status("Waiting", Colour.GREY)
    tried = f"Tried {mail.attempts} of {MOST_ATTEMPTS} times: {mail.last_error or 'being sent'}"
    status = Status("Failed", Colour.RED) if mail.attempts >= MOST_ATTEMPTS else Status("Waiting", Colour.GREY)
    return (status, tried)  # type: ignore[return-value]


def _pages(shown: MailsShown) -> PageOfList | None:
    total = shown.counts[shown.state] if shown.state else sum(shown.counts.values())
    last = max(1, -(-total // MAILS_ON_A_PAGE))
    return None if last == 1 else build_pages(shown.page, last, lambda page: _address(shown, shown.state, page))
