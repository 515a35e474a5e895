# SPDX-License-Identifier: MIT
"""A release worked out again from nothing but its own folder, and compared with what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import trigpoint
from trigpoint.errors import FileTrouble, ProblemsFound, TrigpointError
from trigpoint.frameworks import Framework, parse_framework
from trigpoint.io.content import framework_files
from trigpoint.io.delimited import read_rows, read_text
from trigpoint.io.duck import read_parquet
from trigpoint.io.release import list_files
from trigpoint.io.release_workbook import read_workbook
from trigpoint.publication.compare import (
    ABSENT,
    Difference,
    compare_files,
    compare_manifests,
    compare_page,
    compare_sheets,
    compare_tables,
    compare_texts,
)
from trigpoint.publication.data_package import DATA_PACKAGE, data_package_text
from trigpoint.publication.folder import ANSWERS_PARQUET, FRAMEWORK_FOLDER, PAGE, SCORES_PARQUET, WORKBOOK
from trigpoint.publication.manifest import MANIFEST, PublishedManifest, parse_manifest
from trigpoint.publication.page_numbers import page_numbers
from trigpoint.publication.release import Release, build_release
from trigpoint.publication.synthetic_mark import is_synthetic
from trigpoint.publication.table_rows import answers_rows, table_texts
from trigpoint.publication.tables import ANSWERS, SCORES, SUMMARY, Cells
from trigpoint.scoring.score_table import ENGINE_VERSION
from trigpoint.submissions.answers import AnswerTable
from trigpoint.submissions.tidy import read_tidy


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of working a release out again. It is equal when there are no differences.

    release: its name as published; None when the manifest can't be read. notes: what a reader should know besides.
    files, answers, scores, numbers: how many were compared; numbers are those of the summary and of the page.
    """

    release: str | None
    differences: tuple[Difference, ...]
    notes: tuple[str, ...] = ()
    files: int = 0
    answers: int = 0
    scores: int = 0
    numbers: int = 0


class _Unreadable(Exception):
    """A file that all else rests on can't be read; the difference says which and why."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(why)
        self.difference = Difference(file, "", "can't be read", why, ABSENT)


def verify_release(folder: Path) -> Verification:
    """Return every difference between a release and what comes out of its own answers and framework.

    Nothing outside the folder is looked at. Raises FileTrouble when there is no such folder.
    """
    if not folder.is_dir():
        raise FileTrouble(f"{folder}: no such folder. Name the folder that trigpoint release wrote.")
    try:
        published = _read_manifest(folder)
    except _Unreadable as error:
        return Verification(None, (error.difference,))
    found = list_files(folder)
    differences = [*compare_files(published.files, found)]
    notes = tuple(_notes(published))
    try:
        release = _recompute(folder, published)
    except _Unreadable as error:
        return Verification(published.release, (*differences, error.difference), notes, len(found))
    differences += compare_manifests(published, release.manifest)
    is_whole = not differences
    differences += _compare_contents(folder, release)
    if published.manifest.software == trigpoint.__version__:
        differences += _compare_words(folder, release, differences, is_whole=is_whole)
    return Verification(
        release=published.release,
        differences=tuple(differences),
        notes=notes,
        files=len(found) + 1,
        answers=release.table.answers.codes.size,
        scores=release.table.numerators.size,
        numbers=len(release.summary.lines) + len(page_numbers(release.texts[PAGE])),
    )


def _read_manifest(folder: Path) -> PublishedManifest:
    try:
        return parse_manifest((folder / MANIFEST).read_text(encoding="utf-8"))
    except OSError as error:
        raise _Unreadable(MANIFEST, error.strerror or str(error)) from error
    except ValueError as error:
        raise _Unreadable(MANIFEST, str(error)) from error


def _notes(published: PublishedManifest) -> Iterator[str]:
    said = published.manifest
    if said.engine != ENGINE_VERSION:
        yield f"scored by engine {said.engine}; recomputed here by engine {ENGINE_VERSION}"
    if said.software != trigpoint.__version__:
        yield (
            f"written by Trigpoint {said.software}, read by {trigpoint.__version__}: numbers are compared, "
            "the wording of pages and tables is not"
        )


def _recompute(folder: Path, published: PublishedManifest) -> Release:
    framework = _read_framework(folder)
    answers = _read_answers(folder, framework)
    said = published.manifest
    settings = replace(said.settings, is_synthetic=is_synthetic(answers))
    try:
        release = build_release(answers, framework, settings, software=said.software, basis=said.basis)
    except TrigpointError as error:
        raise _Unreadable(ANSWERS.file, _one_line(error)) from error
    return _pin_framework(release, said.framework_hash)


def _pin_framework(release: Release, framework_hash: str) -> Release:
    """Let the answers name the framework that the manifest names, so that a change to the framework is told once.

    Their hash, and every row of the table of answers, hold the framework's hash.
    """
    answers = replace(release.table.answers, framework_hash=framework_hash)
    manifest = replace(release.manifest, answers_hash=answers.hash)
    if answers.framework_hash == release.table.framework_hash:
        return replace(release, manifest=manifest)
    rows = {**release.rows, ANSWERS.file: answers_rows(answers, release.framework)}
    return replace(release, manifest=manifest, rows=rows, texts={**release.texts, **table_texts(rows)})


def _read_framework(folder: Path) -> Framework:
    try:
        return parse_framework(framework_files(folder / FRAMEWORK_FOLDER))
    except TrigpointError as error:
        raise _Unreadable(FRAMEWORK_FOLDER, _one_line(error)) from error


def _read_answers(folder: Path, framework: Framework) -> AnswerTable:
    """The answers by whatever framework the folder holds, so that a change to it shows as scores, not as a refusal."""
    try:
        rows = _csv_rows(folder / ANSWERS.file)
        columns = _columns(rows)
        columns = {name: cells for name, cells in columns.items() if not name.startswith("framework")}
        return read_tidy(columns, framework, file=ANSWERS.file)
    except TrigpointError as error:
        raise _Unreadable(ANSWERS.file, _one_line(error)) from error


def _columns(rows: Sequence[Sequence[str]]) -> Mapping[str, list[str | None]]:
    if not rows or any(len(row) != len(rows[0]) for row in rows):
        raise _Unreadable(ANSWERS.file, "the rows are not all as long as the heading")
    return {name: [row[at] or None for row in rows[1:]] for at, name in enumerate(rows[0])}


def _csv_rows(path: Path) -> list[list[str]]:
    return [row for _, row in read_rows(path)]


def _one_line(error: TrigpointError) -> str:
    if isinstance(error, ProblemsFound) and len(error.problems) > 1:
        return f"{error.problems[0]} ({len(error.problems) - 1} more problems)"
    return str(error)


def _compare_contents(folder: Path, release: Release) -> Iterator[Difference]:
    """Compare values one by one, in every form in which they are published. A missing file is told elsewhere."""
    for name, compare in _COMPARISONS.items():
        if (folder / name).is_file():
            try:
                yield from compare(folder / name, release)
            except TrigpointError as error:
                yield _Unreadable(name, _one_line(error)).difference


def _compare_csv(path: Path, release: Release) -> Iterator[Difference]:
    shape = SUMMARY if path.name == SUMMARY.file else SCORES
    return compare_tables(path.name, shape, _csv_rows(path), release.rows[shape.file])


def _compare_parquet(path: Path, release: Release) -> Iterator[Difference]:
    shape = ANSWERS if path.name == ANSWERS_PARQUET else SCORES
    return compare_tables(path.name, shape, _parquet_rows(path), release.rows[shape.file])


def _compare_workbook(path: Path, release: Release) -> Iterator[Difference]:
    return compare_sheets(path.name, read_workbook(path), release.sheets)


def _compare_page(path: Path, release: Release) -> Iterator[Difference]:
    return compare_page(path.name, read_text(path), release.summary)


_COMPARISONS: Mapping[str, Callable[[Path, Release], Iterator[Difference]]] = {
    SCORES.file: _compare_csv,
    SUMMARY.file: _compare_csv,
    SCORES_PARQUET: _compare_parquet,
    ANSWERS_PARQUET: _compare_parquet,
    WORKBOOK: _compare_workbook,
    PAGE: _compare_page,
}


def _parquet_rows(path: Path) -> list[Cells]:
    columns = read_parquet(path)
    rows = zip(*columns.values(), strict=True)
    return [tuple(columns), *(tuple(cell or "" for cell in row) for row in rows)]


def _compare_words(
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
            yield from compare_texts(name, read_text(folder / name), text)
