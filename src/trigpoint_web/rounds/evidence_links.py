# SPDX-License-Identifier: MIT
"""Links that can be evidence: to a page that a browser opens, without a password in it, to a host that is said."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit, urlunsplit

from trigpoint_web.rounds.errors import ActionRefused

LONGEST_LINK = 1000  # characters; the column of the table is as wide
_EXAMPLE = "Give the whole address, such as https://example.org/page."


@dataclass(eq=False)
class LinkRefused(ActionRefused):
    """A link that can't be evidence. why: a sentence for the person who gave it."""

    why: str

    def __str__(self) -> str:
        return self.why


def check_link(text: str) -> str:
    """Return a link as it is kept, its host in plain letters, so that a look-alike is seen. Raises LinkRefused."""
    link = text.strip()
    if len(link) > LONGEST_LINK:
        raise LinkRefused(f"The link has {len(link):,} characters. It can have {LONGEST_LINK:,} at most.")
    # Browsers take a backslash for a slash, so what we read as the host would not be the host they go to.
    if "\\" in link or any(unicodedata.category(one) in {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"} for one in link):
        raise LinkRefused(f"A link can’t have spaces or backslashes in it. {_EXAMPLE}")
    parts = _split(link)
    if parts.username is not None or parts.password is not None:
        raise LinkRefused("The link has a user name or password in it. Take that out: everyone here would see it.")
    kept = urlunsplit(parts._replace(netloc=_plain_host(parts)))
    if len(kept) > LONGEST_LINK:
        raise LinkRefused(f"The link is too long. It can have {LONGEST_LINK:,} characters at most.")
    return kept


def _split(link: str) -> SplitResult:
    try:
        parts = urlsplit(link)
        has_host = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        raise LinkRefused(f"That is not the address of a page. {_EXAMPLE}") from None
    if parts.scheme not in {"http", "https"}:
        raise LinkRefused(f"A link must begin with https:// or http://. {_EXAMPLE}")
    if not has_host:
        raise LinkRefused(f"The link does not say a host. {_EXAMPLE}")
    return parts


def _plain_host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    try:
        plain = host if ":" in host else host.encode("idna").decode("ascii")
    except UnicodeError:
        raise LinkRefused(f"The host in the link is not one that exists. {_EXAMPLE}") from None
    if not all(one.isalnum() or one in "-._:%" for one in plain):
        raise LinkRefused(f"The host in the link is not one that exists. {_EXAMPLE}")
    bracketed = f"[{plain}]" if ":" in plain else plain
    return bracketed if parts.port is None else f"{bracketed}:{parts.port}"
