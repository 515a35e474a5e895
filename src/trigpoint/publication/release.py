# SPDX-License-Identifier: MIT
"""A release as values: everything that is written, worked out from answers, a framework and a few settings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trigpoint.errors import AnswersProblems, Problem
from trigpoint.frameworks.framework import Framework
from trigpoint.publication.csvw import CSVW, csvw_text
from trigpoint.publication.folder import PAGE
from trigpoint.publication.manifest import Manifest, Software, build_manifest
from trigpoint.publication.page import build_page
from trigpoint.publication.page_html import render_page
from trigpoint.publication.settings import ReleaseSettings
from trigpoint.publication.summary import Summary, summarise_scores
from trigpoint.publication.table_rows import Rows, build_rows, table_texts
from trigpoint.publication.tables import ANSWERS, TABLES, csv_text
from trigpoint.publication.wide_answers import WIDE_FILE, wide_rows, wide_shape
from trigpoint.publication.workbook import Sheet, build_sheets
from trigpoint.scoring.compile import compile_plan
from trigpoint.scoring.kernel import score_answers
from trigpoint.scoring.score_table import ScoreTable
from trigpoint.submissions.answers import AnswerTable, check_answers

# A spreadsheet runs a cell that begins like this; CSV has no way to say that it is text.
_RUNS = ("=", "+", "-", "@")
# Control characters, halves of characters, and what Unicode says is none: files lose them, or can't hold them.
_NO_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_IN_LONG_TEXT = frozenset("\t\n\x85")


@dataclass(frozen=True, slots=True)
class Release:
    """What a release holds.

    rows: of each table, by its CSV file. texts: of each text file, by its name; all but datapackage.json and
    manifest.json, which hold the hashes of the others.
    """

    manifest: Manifest
    framework: Framework
    table: ScoreTable
    summary: Summary
    rows: Mapping[str, Rows]
    texts: Mapping[str, str]
    sheets: tuple[Sheet, ...]


def build_release(
    answers: AnswerTable, framework: Framework, settings: ReleaseSettings, *, software: Software, basis: str = "self"
) -> Release:
    """Return the release of some answers. The order of units in the table makes no difference.

    software: what works it out; when a release is recomputed, what the release says. basis: what the answers are.
    Raises AnswersProblems with all that can't be published, FrameworkMismatch when the framework is another.
    """
    problems = [*check_answers(answers, framework), *_check_names(answers), *_check_title(settings)]
    if problems:
        raise AnswersProblems(problems)
    ordered = answers.only(sorted_rows(answers))
    table = score_answers(ordered, compile_plan(framework), basis=basis)
    summary = summarise_scores(table, framework)
    manifest = build_manifest(table, framework, settings, software=software)
    rows = build_rows(table, framework, summary)
    tables = table_texts(rows)
    problems = [*_check_framework_texts(framework, [*manifest.definitions.values(), *tables.values()])]
    if problems:
        raise AnswersProblems(problems)
    page = render_page(build_page(summary, framework, manifest))
    return Release(
        manifest=manifest,
        framework=framework,
        table=table,
        summary=summary,
        rows=rows,
        texts={**tables, **_other_texts(manifest, framework, rows[ANSWERS.file]), PAGE: page},
        sheets=build_sheets(rows, table, manifest),
    )


def _other_texts(manifest: Manifest, framework: Framework, answers: Rows) -> Mapping[str, str]:
    """The wide table, whose columns are the framework's own, and the description of all tables."""
    wide = wide_shape(framework)
    return {
        WIDE_FILE: csv_text(wide.heading, wide_rows(framework, answers)),
        CSVW: csvw_text(manifest, (*TABLES, wide)),
    }


def sorted_rows(answers: AnswerTable) -> NDArray[np.intp]:
    """Return the positions of the units by organisation, then care setting."""
    order = sorted(range(len(answers.units)), key=lambda row: answers.units[row])
    return np.array(order, dtype=np.intp)


def _check_names(answers: AnswerTable) -> Iterator[Problem]:
    """A name that a spreadsheet would run, or that files would not keep, is refused: a release alters no answers."""
    for unit in answers.units:
        for text in (unit.organisation, unit.care_setting, unit.name, *unit.care_settings):
            # Spreadsheets take no notice of white space in front.
            if text.lstrip().startswith(_RUNS):
                message = f"{text!r} of {' '.join(unit.key)} would run as a formula in a spreadsheet. Correct it."
                yield Problem("answers", None, None, message)
            elif found := _NO_TEXT.search(text):
                message = f"{text!r} of {' '.join(unit.key)} holds {found[0]!r}, which is no letter. Take it out."
                yield Problem("answers", None, None, message)


def _check_framework_texts(framework: Framework, texts: Iterable[str]) -> Iterator[Problem]:
    """What is left when names and title are sound comes from the framework, whose texts may have lines and tabs."""
    found = sorted({one for text in texts for one in _NO_TEXT.findall(text)} - _IN_LONG_TEXT)
    for one in found:
        message = f"a text of {framework.ref} holds {one!r}, which is no letter. Take it out."
        yield Problem("framework", None, None, message)


def _check_title(settings: ReleaseSettings) -> Iterator[Problem]:
    if found := _NO_TEXT.search(settings.title):
        message = f"the title {settings.title!r} holds {found[0]!r}, which is no letter. Take it out."
        yield Problem("title", None, None, message)
