# SPDX-License-Identifier: MIT
"""How an analysis is done, in words: content that is written in methods/, beside the frameworks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Method:
    """An analysis as its users meet it.

    name: of the command. question: what it answers. steps: how, in order. refuses: what it can't be asked.
    sources: author, title or journal, year, for each method used.
    """

    name: str
    title: str
    question: str
    steps: tuple[str, ...]
    refuses: tuple[str, ...]
    sources: tuple[str, ...]
