# SPDX-License-Identifier: MIT
"""Where one is in a list of several pages."""

from __future__ import annotations

from collections.abc import Callable

from trigpoint_web.design_system.parts import Link, PageOfList

# Pages beside the one shown that have a link of their own.
_NEAR = 2


def build_pages(page: int, last: int, address: Callable[[int], str]) -> PageOfList:
    """Return the links to the first page, the last, those near this one, and the ones before and after.

    page, last: from 1. address: of a page by its number.
    """
    near = {1, last, *range(max(1, page - _NEAR), min(last, page + _NEAR) + 1)}
    links: list[Link | None] = []
    for number in sorted(near):
        if links and number - 1 not in near:
            links.append(None)
        links.append(Link(str(number), address(number), is_current=number == page))
    return PageOfList(
        tuple(links),
        previous=Link("Previous", address(page - 1)) if 1 < page <= last else None,
        next=Link("Next", address(page + 1)) if page < last else None,
    )
