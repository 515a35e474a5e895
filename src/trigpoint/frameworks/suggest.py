# SPDX-License-Identifier: MIT
"""What to say when a name is not one of those that exist, or stands twice."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator


def no_such(kind: str, name: str, known: Iterable[str]) -> str:
    """Return a message that there is no such thing, with the closest name, or all of them when there are few."""
    names = list(known)
    close = difflib.get_close_matches(name, names, n=1)
    if close:
        return f"there is no {kind} {name!r}. Did you mean {close[0]!r}?"
    if 0 < len(names) <= 12:
        return f"there is no {kind} {name!r}. There are: {', '.join(names)}."
    return f"there is no {kind} {name!r}."


def repeated(names: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield each name that stood before, with its position from 0."""
    seen: set[str] = set()
    for at, name in enumerate(names):
        if name in seen:
            yield at, name
        seen.add(name)
