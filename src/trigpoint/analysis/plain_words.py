# SPDX-License-Identifier: MIT
"""Words that the sentences of analyses share."""

from __future__ import annotations

from collections.abc import Sequence


def say_p(p: float) -> str:
    """Return a p value as people print it.

    >>> say_p(0.0143), say_p(0.00001), say_p(0.9999)
    ('p = 0.014', 'p < 0.001', 'p > 0.999')
    """
    if p < 0.001:
        return "p < 0.001"
    return "p > 0.999" if p > 0.999 else f"p = {p:.3f}"


def say_change(points: float) -> str:
    """Return a change with its sign; one that rounds to nothing has none.

    >>> say_change(10.046), say_change(-0.04), say_change(-2.55)
    ('+10.0', '0.0', '-2.5')
    """
    text = f"{points:+.1f}"
    return "0.0" if text in {"+0.0", "-0.0"} else text


def say_share(share: float) -> str:
    """Return a share as whole per cent, but never 0 % or 100 % of what is not.

    >>> say_share(0.042), say_share(0.0001), say_share(0.999), say_share(0.0)
    ('4 %', 'less than 1 %', 'more than 99 %', '0 %')
    """
    percent = 100 * share
    if 0 < percent < 0.5:
        return "less than 1 %"
    return "more than 99 %" if 99.5 <= percent < 100 else f"{percent:.0f} %"


def say_list(words: Sequence[str], *, most: int = 5) -> str:
    """Return words in a row as people write them; of more than `most` the rest are counted.

    >>> say_list(["A", "B", "C"]), say_list(["A", "B", "C", "D"], most=2)
    ('A, B and C', 'A, B and 2 more')
    """
    shown = [*words] if len(words) <= most else [*words[:most], f"{len(words) - most} more"]
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))


def show_number(value: float, digits: int) -> str:
    """Return a number with its decimals and thousands apart.

    >>> show_number(135894.04, 0), show_number(-0.01, 1), show_number(0.857, 2)
    ('135,894', '0.0', '0.86')
    """
    text = f"{value:,.{digits}f}"
    return text if float(text.replace(",", "")) else text.removeprefix("-")


def show_cell(cell: str | float | None, digits: int) -> str:
    """Return a cell of a table as text: numbers with their decimals, whole numbers without, nothing for None.

    >>> show_cell(70.456, 1), show_cell(12, 1), show_cell(None, 1), show_cell("Devon", 1), show_cell(-0.01, 1)
    ('70.5', '12', '', 'Devon', '0.0')
    """
    if cell is None:
        return ""
    if isinstance(cell, str | int):
        return str(cell)
    text = f"{cell:.{digits}f}"
    return text if float(text) else text.removeprefix("-")  # -0.0 is no number that people know
