# SPDX-License-Identifier: MIT
"""What an event says to people: one sentence for each kind, with what matters of its details."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from trigpoint_web.audit.models import Event
from trigpoint_web.rounds.actions.round_dates import DATE_FIELDS
from trigpoint_web.rounds.presenters.history import EVENTS
from trigpoint_web.rounds.presenters.moments import say_moment

EVENT_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "round.created": "Made the round",
        "round.opened": "Opened the round",
        "round.closed": "Closed the round",
        "round.opened_again": "Opened the round again",
        "round.review_started": "Started the review",
        "round.reply_started": "Started the right of reply",
        "round.published": "Marked the round as published",
        "round.dates_changed": "Changed the dates",
        "round.reminded": "Sent reminders",
        "mail.tried_again": "Had mails tried again",
        "answers.taken_in": "Took in answers from a file",
        **EVENTS,
    }
)
_DATE_NAMES = dict(
    zip(DATE_FIELDS, ("opening", "closing", "end of review", "end of the right of reply", "publication"), strict=True)
)


def say_event(event: Event, *, now: datetime) -> str:
    """Return what was done, in words; an event of a kind that has none says its own name, with blanks for points."""
    words = EVENT_WORDS.get(event.action)
    if words is None:
        return event.action.replace(".", " ").replace("_", " ").capitalize()
    return " ".join([f"{words}.", *_say_details(event.details, now)])


def _say_details(details: Mapping[str, object], now: datetime) -> list[str]:
    said = [text for text in (_say_date_change(name, details, now) for name in DATE_FIELDS) if text]
    if isinstance(details.get("until"), str):
        said.append(f"Until {_say(details['until'], now)}.")
    if isinstance(details.get("closes"), str):
        said.append(f"New closing: {_say(details['closes'], now)}.")
    if isinstance(details.get("planned"), str):
        said.append(f"It was planned for {_say(details['planned'], now)}.")
    if isinstance(details.get("organisations"), int):
        said.append(f"Organisations: {details['organisations']:,}.")
    if isinstance(details.get("mails"), int):
        said.append(f"Mails: {details['mails']:,}.")
    if details.get("reason"):
        said.append(f"Reason: {details['reason']}")
    return said


def _say_date_change(name: str, details: Mapping[str, object], now: datetime) -> str:
    if name not in details:
        return ""
    before, after = details.get(f"{name}_before"), details[name]
    return f"The {_DATE_NAMES[name]}: {_say(before, now)} became {_say(after, now)}."


def _say(moment: object, now: datetime) -> str:
    return "not planned" if moment is None else say_moment(datetime.fromisoformat(str(moment)), now=now)
