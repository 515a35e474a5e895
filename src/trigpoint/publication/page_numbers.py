# SPDX-License-Identifier: MIT
"""The numbers that a published page prints, read back from its HTML."""

from __future__ import annotations

import html
import re

from trigpoint.publication.chart import PrintedNumber

# An element of text alone that says which line of the summary it prints, as `page_html` and `draw` write it.
_NUMBER = re.compile(
    r"<(?P<tag>\w+)\b[^>]*\bdata-measure=\"(?P<measure>[^\"]*)\"[^>]*\bdata-statistic=\"(?P<statistic>[^\"]*)\"[^>]*>"
    r"(?P<text>[^<]*)</(?P=tag)>"
)


def page_numbers(page: str) -> tuple[PrintedNumber, ...]:
    """Return every number of a page with the line of the summary that it says it is, in the order of the page."""
    return tuple(
        PrintedNumber(html.unescape(found["measure"]), html.unescape(found["statistic"]), html.unescape(found["text"]))
        for found in _NUMBER.finditer(page)
    )
