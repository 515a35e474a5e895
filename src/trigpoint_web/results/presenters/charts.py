# SPDX-License-Identifier: MIT
"""Charts and tables of the core as parts of a page."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

from trigpoint.publication.chart import ChartWords, NumberTable
from trigpoint.publication.markup import Markup
from trigpoint_web.design_system.parts import Chart, Column, Table


def draw(svg: Markup) -> SafeString:
    """Return a picture that the core drew: it has escaped every text in it."""
    return mark_safe(svg)


def present_chart(words: ChartWords, svg: Markup, numbers: NumberTable) -> Chart:
    """Return a chart with its words and its numbers."""
    return Chart(words.title, draw(svg), present_numbers(numbers), words.subtitle, words.foot)


def present_numbers(numbers: NumberTable) -> Table:
    """Return the numbers of a chart as a table."""
    first, *others = numbers.heading
    return Table(
        caption=numbers.caption,
        columns=(Column(first), *(Column(name, is_numeric=True) for name in others)),
        rows=tuple((row.label, *(cell.text for cell in row.cells)) for row in numbers.rows),
        is_wide=True,
    )
