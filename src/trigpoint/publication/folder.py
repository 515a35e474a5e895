# SPDX-License-Identifier: MIT
"""What may stand in a release's folder: a closed list of names. Nothing else is ever written, or believed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trigpoint.publication.csvw import CSVW
from trigpoint.publication.manifest import MANIFEST
from trigpoint.publication.tables import ANSWERS, DICTIONARY, SCORES, SUMMARY, TABLES
from trigpoint.publication.wide_answers import WIDE_FILE

PAGE, WORKBOOK, DATA_PACKAGE = "index.html", "scores.xlsx", "datapackage.json"
SCORES_PARQUET, ANSWERS_PARQUET = "scores.parquet", "answers.parquet"
FRAMEWORK_FOLDER = "framework"


@dataclass(frozen=True, slots=True)
class FileKind:
    """What a file that is no CSV table holds, and the name of its kind, as the data package has them."""

    title: str
    media_type: str


# Described in the data package besides the tables; what is named in neither is described by the manifest alone.
OTHER_KINDS: Mapping[str, FileKind] = {
    SCORES_PARQUET: FileKind("The table scores as Parquet", "application/vnd.apache.parquet"),
    ANSWERS_PARQUET: FileKind("The table answers as Parquet", "application/vnd.apache.parquet"),
    WORKBOOK: FileKind(
        "Scores as a spreadsheet, with a cover and the dictionary",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    WIDE_FILE: FileKind("Answers: one row for each unit, a column for each question", "text/csv"),
    CSVW: FileKind("Every CSV file described as CSV on the Web", "application/csvm+json"),
    PAGE: FileKind("The national summary as a page", "text/html"),
}
MADE_FILES = frozenset({*(shape.file for shape in TABLES), *OTHER_KINDS, DATA_PACKAGE, MANIFEST})
# The files that the page leads its readers to, in this order, and what it says of each.
LED_TO: Mapping[str, str] = {
    WORKBOOK: "scores as a spreadsheet",
    SCORES.file: f"scores as tidy CSV, also as {SCORES_PARQUET}",
    ANSWERS.file: f"answers as tidy CSV, also as {ANSWERS_PARQUET}",
    WIDE_FILE: "answers with a column for each question",
    SUMMARY.file: "every number on this page, with its n and its definition",
    DICTIONARY.file: "what each column of each table means",
    DATA_PACKAGE: f"the tables described for software, also as {CSVW}",
    MANIFEST: "what this release was made from, and the hash of every file",
}
_FRAMEWORK_FILE = re.compile(r"(framework|scoring|crosswalk)\.yaml|worked_examples/[A-Za-z0-9][A-Za-z0-9_-]*\.yaml")


def framework_files_to_publish(names: Iterable[str]) -> tuple[str, ...]:
    """Return those of a framework's files that are published: what the format knows, and nothing kept beside it."""
    return tuple(sorted(name for name in names if _FRAMEWORK_FILE.fullmatch(name)))


def needed_files() -> tuple[str, ...]:
    """Return the files that every release holds besides its manifest."""
    framework = (f"{FRAMEWORK_FOLDER}/{name}.yaml" for name in ("framework", "scoring"))
    return tuple(sorted({*MADE_FILES - {MANIFEST}, *framework}))


def may_be_in_release(path: str) -> bool:
    """Return whether a release may hold a file of this name, with "/" between folders."""
    folder, _, name = path.partition("/")
    return path in MADE_FILES or (folder == FRAMEWORK_FOLDER and bool(_FRAMEWORK_FILE.fullmatch(name)))
