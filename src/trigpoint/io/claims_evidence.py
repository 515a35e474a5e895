# SPDX-License-Identifier: MIT
"""The answers that claims are checked against, from published files or from files that `trigpoint ingest` wrote."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from trigpoint.analysis.claims import Evidence, RoundAnswers
from trigpoint.errors import FrameworkMismatch
from trigpoint.frameworks import Framework
from trigpoint.io.answers import read_answers
from trigpoint.io.delimited import read_rows
from trigpoint.io.published import LAYOUTS, framework_of, read_published
from trigpoint.organisations.cohort import Cohort
from trigpoint.submissions import AnswerTable

# The rounds that claims speak of, by the framework's version, with the layout of their published files.
ROUNDS: Mapping[str, str] = {"2015-16": "nhs-dma-2015-16", "2017": "nhs-dma-2017"}


def read_evidence(files: Mapping[str, Path], cohorts: Mapping[str, Cohort]) -> Evidence:
    """Return the answers of the rounds in `files`, by the framework's version, with the cohorts.

    Raises AnswersProblems, FrameworkMismatch, TooLarge or FileTrouble.
    """
    return Evidence({version: read_round(version, path) for version, path in files.items()}, cohorts)


def read_round(version: str, path: Path) -> RoundAnswers:
    """Return the answers of one round. Raises as `read_evidence`."""
    layout = ROUNDS[version]
    framework = framework_of(LAYOUTS[layout][0])
    answers = read_published(layout, path).answers if is_published(path, layout) else _read_own(path, framework)
    return RoundAnswers(answers, framework)


def is_published(path: Path, layout: str) -> bool:
    """Return whether a file has the published layout: a CSV whose heading has its column of organisations."""
    if path.suffix.lower() != ".csv":
        return False
    rows = read_rows(path)
    heading = rows[0][1] if rows else []
    return LAYOUTS[layout][1].organisation in [name.strip() for name in heading]


def _read_own(path: Path, framework: Framework) -> AnswerTable:
    answers = read_answers(path)
    if answers.framework != framework.ref:
        raise FrameworkMismatch(f"{path}: answers to {answers.framework}, where those to {framework.ref} are wanted.")
    return answers
