# SPDX-License-Identifier: MIT
"""HTML and SVG, put together so that text can't become markup: whatever is not `Markup` is escaped."""

from __future__ import annotations

import html


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


_EMPTY = frozenset({"meta", "link", "br"})


def tag(tag_name: str, /, *children: str, **attributes: str | float) -> Markup:
    """Return an element. Text among the children is escaped, and so are the values of attributes.

    An attribute's name loses a trailing "_" and has "-" for "_"; a value that is "" is written without one.

    >>> print(tag("p", "n < 5 ", tag("b", "few"), class_="note"))
    <p class="note">n &lt; 5 <b>few</b></p>
    """
    opening = "".join([f"<{tag_name}", *(_attribute(name, value) for name, value in attributes.items()), ">"])
    if tag_name in _EMPTY:
        return Markup(opening)
    return Markup(f"{opening}{join(*children)}</{tag_name}>")


def join(*children: str) -> Markup:
    """Return pieces side by side, text escaped."""
    return Markup("".join(child if isinstance(child, Markup) else html.escape(child) for child in children))


def _attribute(name: str, value: str | float) -> str:
    written = _number(value) if isinstance(value, int | float) else html.escape(value)
    named = name.rstrip("_").replace("_", "-")
    return f' {named}="{written}"' if written else f" {named}"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
