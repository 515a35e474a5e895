# SPDX-License-Identifier: MIT
"""The scores of a round as CSV: exact, each row with its definition, harmless in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from trigpoint.frameworks import Framework
from trigpoint.publication.formula_text import neutralise
from trigpoint.publication.score_rows import score_text
from trigpoint.publication.synthetic_mark import MARK
from trigpoint_web.results.adapters import score_of
from trigpoint_web.results.models import ScoreRun, StoredScore
from trigpoint_web.rounds.models import Round

COLUMNS = (
    "round", "organisation", "name", "care_setting", "measure", "score", "band", "asked", "answered", "dont_know",
    "not_applicable", "not_shown", "framework", "framework_hash", "basis", "answers_hash", "scores_hash", "engine",
    "computed_at",
)  # fmt: skip


def list_csv_lines(rows: Iterable[StoredScore], *, round_: Round, run: ScoreRun, framework: Framework) -> Iterator[str]:
    """Yield the lines of the file, the heading first. No score is an empty cell; a score has all its digits."""
    assert run.finished_at is not None, "a finished run says when"
    yield _line(COLUMNS)
    basis = f"{run.basis}; {MARK}" if round_.is_synthetic else run.basis
    made = (
        str(framework.ref), run.framework_hash, basis, run.answers_hash, run.scores_hash, run.engine,
        run.finished_at.isoformat(),
    )  # fmt: skip
    for row in rows:
        yield _line((round_.slug, *_cells(row), *made))


def _cells(row: StoredScore) -> tuple[str, ...]:
    score = score_of(row)
    counts = (score.asked, score.answered, score.dont_know, score.not_applicable, score.not_shown)
    value = "" if score.value is None else score_text(score.value)
    where = (row.organisation_id, neutralise(row.organisation.name), neutralise(row.care_setting), row.measure)
    return (*where, value, score.band or "", *map(str, counts))


def _line(cells: Iterable[str]) -> str:
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue()
