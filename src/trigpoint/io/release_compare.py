# SPDX-License-Identifier: MIT
"""The files of a release against what was worked out again: values one by one, then words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from trigpoint.errors import ProblemsFound, TrigpointError
from trigpoint.io.delimited import read_rows, read_text
from trigpoint.io.duck import read_parquet
from trigpoint.io.release import list_files
from trigpoint.io.release_workbook import read_workbook
from trigpoint.publication.compare import (
    ABSENT,
    UNREADABLE,
    Difference,
    compare_page,
    compare_sheets,
    compare_tables,
    compare_texts,
)
from trigpoint.publication.data_package import data_package_text
from trigpoint.publication.folder import ANSWERS_PARQUET, DATA_PACKAGE, PAGE, SCORES_PARQUET, WORKBOOK
from trigpoint.publication.release import Release
from trigpoint.publication.tables import ANSWERS, SCORES, SUMMARY, Cells
from trigpoint.publication.wide_answers import WIDE_FILE, wide_rows, wide_shape


class Unreadable(Exception):
    """A file of a release can't be read; the difference says which and why."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(why)
        self.difference = Difference(file, "", UNREADABLE, why, ABSENT)


def compare_contents(folder: Path, release: Release) -> Iterator[Difference]:
    """Compare values one by one, in every form in which they are published. A missing file is told elsewhere."""
    for name, compare in _COMPARISONS.items():
        if (folder / name).is_file():
            try:
                yield from compare(folder / name, release)
            except TrigpointError as error:
                yield Unreadable(name, one_line(error)).difference


def compare_words(
    folder: Path, release: Release, differences: Sequence[Difference], *, is_whole: bool
) -> Iterator[Difference]:
    """Compare the text of each file that showed no difference in value.

    The package holds the other files' hashes, so it is worked out again only where those are as listed.
    """
    told = {one.file for one in differences}
    texts = dict(release.texts)
    if is_whole:
        others = [file for file in list_files(folder) if file.path != DATA_PACKAGE]
        texts[DATA_PACKAGE] = data_package_text(release.manifest, others)
    for name, text in texts.items():
        if name not in told and (folder / name).is_file():
            try:
                yield from compare_texts(name, read_text(folder / name), text)
            except TrigpointError as error:
                yield Unreadable(name, one_line(error)).difference


def one_line(error: TrigpointError) -> str:
    """Return the first of an error's problems, and how many there are besides."""
    if isinstance(error, ProblemsFound) and len(error.problems) > 1:
        return f"{error.problems[0]} ({len(error.problems) - 1} more problems)"
    return str(error)


def _compare_csv(path: Path, release: Release) -> Iterator[Difference]:
    shape = SUMMARY if path.name == SUMMARY.file else SCORES
    return compare_tables(path.name, shape, read_rows(path), release.rows[shape.file])


def _compare_parquet(path: Path, release: Release) -> Iterator[Difference]:
    shape = ANSWERS if path.name == ANSWERS_PARQUET else SCORES
    return compare_tables(path.name, shape, _parquet_rows(path), release.rows[shape.file])


def _compare_wide(path: Path, release: Release) -> Iterator[Difference]:
    expected = wide_rows(release.framework, release.rows[ANSWERS.file])
    return compare_tables(path.name, wide_shape(release.framework), read_rows(path), expected)


def _compare_workbook(path: Path, release: Release) -> Iterator[Difference]:
    return compare_sheets(path.name, read_workbook(path), release.sheets)


def _compare_page(path: Path, release: Release) -> Iterator[Difference]:
    return compare_page(path.name, read_text(path), release.summary)


_COMPARISONS: Mapping[str, Callable[[Path, Release], Iterator[Difference]]] = {
    SCORES.file: _compare_csv,
    SUMMARY.file: _compare_csv,
    SCORES_PARQUET: _compare_parquet,
    ANSWERS_PARQUET: _compare_parquet,
    WIDE_FILE: _compare_wide,
    WORKBOOK: _compare_workbook,
    PAGE: _compare_page,
}


def _parquet_rows(path: Path) -> list[tuple[int, Cells]]:
    """The rows with their numbers as a spreadsheet would count them, as Parquet has no lines."""
    columns = read_parquet(path)
    rows = zip(*columns.values(), strict=True)
    return list(enumerate([tuple(columns), *(tuple(cell or "" for cell in row) for row in rows)], start=1))
