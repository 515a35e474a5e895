# SPDX-License-Identifier: MIT
"""Text that people typed, made harmless for spreadsheets: "=1+1" in a note must never run.

A spreadsheet's own text cells don't run, but saved again as CSV and opened they would. So an apostrophe goes first, by
which every program knows text, and is taken off again when the file comes back.
Source: OWASP, CSV Injection: cells that begin with one of these characters.
"""

from __future__ import annotations

# The wide forms are those of East Asian keyboards, which some programs read as the plain ones.
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001


def neutralise(text: str) -> str:
    """Return the text with an apostrophe before it where it would start a formula, or where it looks as if it had one.

    >>> neutralise("=1+1"), neutralise("plain"), neutralise("'=1+1")
    ("'=1+1", 'plain', "''=1+1")
    """
    return f"'{text}" if text.lstrip("'").startswith(_STARTS_FORMULA) else text


def restore(text: str) -> str:
    """Return the text that `neutralise` was given.

    >>> restore("'=1+1"), restore("plain"), restore("'tis")
    ('=1+1', 'plain', "'tis")
    """
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_STARTS_FORMULA) else text
