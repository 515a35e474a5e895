# SPDX-License-Identifier: MIT
"""The numbers that a published page prints, read back from its HTML."""

from __future__ import annotations

from html.parser import HTMLParser

from trigpoint.publication.chart import PrintedNumber


class _Reader(HTMLParser):
    """Collects the text of every element that says which line of the summary it prints."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers: list[PrintedNumber] = []
        self._tag = ""
        self._key = ("", "")
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if "data-measure" in named:
            self._tag = tag
            self._key = (named["data-measure"] or "", named.get("data-statistic") or "")
            self._text = []

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._tag == tag:
            self.numbers.append(PrintedNumber(*self._key, "".join(self._text).strip()))
            self._tag = ""


def page_numbers(page: str) -> tuple[PrintedNumber, ...]:
    """Return every number of a page with the line of the summary that it says it is, in the order of the page."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return tuple(reader.numbers)
