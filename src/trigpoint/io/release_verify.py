# SPDX-License-Identifier: MIT
"""A release worked out again from nothing but its own folder, and compared with what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import trigpoint
from trigpoint.errors import FileTrouble, TrigpointError
from trigpoint.frameworks import Framework, parse_framework
from trigpoint.io.content import framework_files
from trigpoint.io.delimited import read_rows
from trigpoint.io.release import SOFTWARE, list_files
from trigpoint.io.release_compare import Unreadable, compare_contents, compare_words, one_line
from trigpoint.publication.compare import Difference, compare_files, compare_manifests
from trigpoint.publication.folder import FRAMEWORK_FOLDER, PAGE
from trigpoint.publication.manifest import MANIFEST, Manifest, PublishedManifest, Software, parse_manifest
from trigpoint.publication.page_numbers import page_numbers
from trigpoint.publication.release import Release, build_release
from trigpoint.publication.synthetic_mark import is_synthetic
from trigpoint.publication.table_rows import answers_rows, table_texts
from trigpoint.publication.tables import ANSWERS
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


def verify_release(folder: Path) -> Verification:
    """Return every difference between a release and what comes out of its own answers and framework.

    Nothing outside the folder is looked at. Raises FileTrouble when there is no such folder.
    """
    if not folder.is_dir():
        raise FileTrouble(f"{folder}: no such folder. Name the folder that trigpoint release wrote.")
    try:
        published = _read_manifest(folder)
    except Unreadable as error:
        return Verification(None, (error.difference,))
    found = list_files(folder)
    differences = [*compare_files(published.files, found)]
    notes = tuple(_notes(published))
    try:
        release = _recompute(folder, published)
    except Unreadable as error:
        return Verification(published.release, (*differences, error.difference), notes, len(found))
    differences += compare_manifests(published, release.manifest)
    is_whole = not differences
    differences += compare_contents(folder, release)
    if _software(published.manifest) == SOFTWARE:
        differences += compare_words(folder, release, differences, is_whole=is_whole)
    return Verification(
        release=published.release,
        differences=tuple(differences),
        notes=notes,
        files=len(found) + 1,
        answers=release.table.answers.codes.size,
        scores=release.table.numerators.size,
        numbers=len(release.summary.lines) + len(page_numbers(release.texts[PAGE])),
    )


def read_release(folder: Path) -> Release:
    """Return the release in a folder, worked out again from its answers and framework.

    It is what was published where `verify_release` finds no difference. Raises FileTrouble where it can't be read.
    """
    try:
        return _recompute(folder, _read_manifest(folder))
    except Unreadable as error:
        raise FileTrouble(f"{folder}: {error.difference}.") from error


def _read_manifest(folder: Path) -> PublishedManifest:
    try:
        return parse_manifest((folder / MANIFEST).read_text(encoding="utf-8"))
    except OSError as error:
        raise Unreadable(MANIFEST, error.strerror or str(error)) from error
    except ValueError as error:
        raise Unreadable(MANIFEST, str(error)) from error


def _notes(published: PublishedManifest) -> Iterator[str]:
    said = published.manifest
    if said.engine != ENGINE_VERSION:
        yield f"scored by engine {said.engine}; recomputed here by engine {ENGINE_VERSION}"
    if said.software != trigpoint.__version__:
        yield (
            f"written by Trigpoint {said.software}, read by {trigpoint.__version__}: numbers are compared, "
            "the wording of pages and tables is not"
        )


def _software(said: Manifest) -> Software:
    return Software(said.software, said.engine)


def _recompute(folder: Path, published: PublishedManifest) -> Release:
    framework = _read_framework(folder)
    answers = _read_answers(folder, framework)
    said = published.manifest
    settings = replace(said.settings, is_synthetic=is_synthetic(answers))
    try:
        release = build_release(answers, framework, settings, software=_software(said), basis=said.basis)
    except TrigpointError as error:
        raise Unreadable(ANSWERS.file, one_line(error)) from error
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
        raise Unreadable(FRAMEWORK_FOLDER, one_line(error)) from error


def _read_answers(folder: Path, framework: Framework) -> AnswerTable:
    """The answers by whatever framework the folder holds, so that a change to it shows as scores, not as a refusal."""
    try:
        rows = read_rows(folder / ANSWERS.file)
        columns = _columns([row for _, row in rows])
        columns = {name: cells for name, cells in columns.items() if not name.startswith("framework")}
        lines = [line for line, _ in rows]
        return read_tidy(columns, framework, file=ANSWERS.file, lines=lines[1:], heading=lines[0])
    except TrigpointError as error:
        raise Unreadable(ANSWERS.file, one_line(error)) from error


def _columns(rows: Sequence[Sequence[str]]) -> Mapping[str, list[str | None]]:
    if not rows or any(len(row) != len(rows[0]) for row in rows):
        raise Unreadable(ANSWERS.file, "the rows are not all as long as the heading")
    return {name: [row[at] or None for row in rows[1:]] for at, name in enumerate(rows[0])}
