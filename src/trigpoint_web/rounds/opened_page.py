# SPDX-License-Identifier: MIT
"""Who opened a page of questions, and when: signed, so that it can come back with the form and be believed."""

from __future__ import annotations

from datetime import UTC, datetime

from django.core import signing

_SALT = "trigpoint.opened-page"
LONGEST_MARK = 400  # characters; ours have about 80


def sign_opening(user: int, at: datetime) -> str:
    """Return the mark that a page carries. user: the key of who opened it."""
    return signing.dumps([user, int(at.timestamp())], salt=_SALT)


def read_opening(mark: str) -> tuple[int, datetime] | None:
    """Return who opened the page and when; None for a mark that is not ours."""
    if len(mark) > LONGEST_MARK:
        return None
    try:
        user, seconds = signing.loads(mark, salt=_SALT)
    except signing.BadSignature:
        return None
    return user, datetime.fromtimestamp(seconds, UTC)


def seconds_since_opening(mark: str, *, user: int, at: datetime) -> int | None:
    """Return for how long the person had the page open; None where nobody knows, or it was somebody else's page."""
    opening = read_opening(mark)
    if opening is None or opening[0] != user:
        return None
    return max(0, int((at - opening[1]).total_seconds()))
