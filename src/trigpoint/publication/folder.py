# SPDX-License-Identifier: MIT
"""What may stand in a release's folder: a closed list of names. Nothing else is ever written, or believed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from trigpoint.publication.data_package import DATA_PACKAGE
from trigpoint.publication.manifest import MANIFEST
from trigpoint.publication.tables import TABLES

PAGE, WORKBOOK = "index.html", "scores.xlsx"
SCORES_PARQUET, ANSWERS_PARQUET = "scores.parquet", "answers.parquet"
FRAMEWORK_FOLDER = "framework"
MADE_FILES = frozenset(
    {*(shape.file for shape in TABLES), SCORES_PARQUET, ANSWERS_PARQUET, PAGE, WORKBOOK, DATA_PACKAGE, MANIFEST}
)
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
