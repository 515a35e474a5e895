# SPDX-License-Identifier: MIT
"""The page that takes in a file of what organisations returned elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from trigpoint.errors import Problem
from trigpoint_web.design_system.fields import Field, PageProblem
from trigpoint_web.design_system.form_fields import fields_of, problems_of
from trigpoint_web.design_system.parts import Column, Link, Table
from trigpoint_web.rounds.actions.indicators import IndicatorCounts
from trigpoint_web.rounds.forms.indicators import IndicatorsForm
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.presenters.round_frame import count_of, round_links


@dataclass(frozen=True, slots=True)
class IndicatorsPage:
    """Ready text. found: every problem of the file that was sent; None when there is none."""

    title: str
    caption: str
    back: Link
    links: tuple[Link, ...]
    problems: tuple[PageProblem, ...]
    found: Table | None
    file: Field


def present_indicators(round_: Round, form: IndicatorsForm, problems: Sequence[Problem] = ()) -> IndicatorsPage:
    """Return the page. problems: of the file that was sent."""
    return IndicatorsPage(
        title="Suggest answers from an existing return",
        caption=round_.title,
        back=Link("Rounds", reverse("rounds")),
        links=round_links(round_, current="indicators", may_manage=True),
        problems=_summary(problems) if problems else problems_of(form),
        found=_problems_table(problems) if problems else None,
        file=fields_of(form)["file"],
    )


def say_taken_in(counts: IndicatorCounts) -> str:
    """Return what was taken in.

    >>> say_taken_in(IndicatorCounts(rows=3, organisations=1, suggestions=0))
    'Taken in: 3 rows of 1 organisation, 0 new suggestions.'
    """
    rows, organisations = count_of(counts.rows, "row"), count_of(counts.organisations, "organisation")
    return f"Taken in: {rows} of {organisations}, {count_of(counts.suggestions, 'new suggestion')}."


def _summary(problems: Sequence[Problem]) -> tuple[PageProblem, ...]:
    count = count_of(len(problems), "problem")
    return (PageProblem(f"The file has {count}, so nothing was suggested. Correct it and send it again.", "#found"),)


def _problems_table(problems: Sequence[Problem]) -> Table:
    columns = (Column("Line"), Column("What is wrong"))
    return Table("What is wrong in the file", columns, tuple(_problem_row(problem) for problem in problems))


def _problem_row(problem: Problem) -> tuple[str, str]:
    line = "The whole file" if problem.line is None else str(problem.line)
    return line, problem.message[:1].upper() + problem.message[1:]
