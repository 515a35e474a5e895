# SPDX-License-Identifier: MIT
"""Nothing of the published rounds and registers is in the project: no file, no row, no sentence of a question."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cache, partial
from pathlib import Path

from tests.repository.house import (
    REPOSITORY,
    Offence,
    SourceFile,
    list_files,
    list_texts,
    made_up,
    messages,
    require_no_offence,
    require_none,
)
from tests.support.shared import shared_data

# Shorter files may be alike by chance, such as a header alone.
SMALLEST_COPY = 200
# A row this long does not come about twice.
SHORTEST_ROW = 60
# Ten words in the same order are a copied sentence: the longest names of trusts have nine.
RUN_OF_WORDS = 10


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def list_shared(suffix: str = "") -> tuple[Path, ...]:
    return tuple(path for path in sorted(shared_data().rglob(f"*{suffix}")) if path.is_file())


@cache
def shared_rows() -> frozenset[str]:
    """Return the long rows of the shared tables, as they stand."""
    lines = (line for path in list_shared(".csv") for line in path.read_text("utf-8", "replace").splitlines())
    return frozenset(line.strip() for line in lines if len(line.strip()) >= SHORTEST_ROW)


def list_runs(text: str) -> Iterator[str]:
    """Return every run of ten words of a text, without case and punctuation."""
    words = re.findall(r"[a-z0-9']+", text.lower())
    for start in range(len(words) - RUN_OF_WORDS + 1):
        yield " ".join(words[start : start + RUN_OF_WORDS])


@cache
def shared_sentences() -> frozenset[str]:
    """Return the runs of ten words of the question texts and of the statements people made about the rounds."""
    texts: list[str] = []
    for path in sorted(shared_data("nhs-dma").glob("dma_*_answers.csv")):
        with path.open(encoding="utf-8", errors="replace", newline="") as table:
            texts += next(csv.reader(table))
    with shared_data("nhs-dma", "claims.csv").open(encoding="utf-8", newline="") as table:
        texts += [row["statement"] for row in csv.DictReader(table)]
    return frozenset(run for text in texts for run in list_runs(text))


def find_rows(source: SourceFile, *, rows: frozenset[str]) -> Iterator[Offence]:
    for number, line in enumerate(source.lines, 1):
        if line.strip() in rows:
            yield source.offence(number, f"a row of a published table: {line.strip()[:50]}")


def find_sentences(source: SourceFile, *, sentences: frozenset[str]) -> Iterator[Offence]:
    for number, line in enumerate(source.lines, 1):
        copied = next((run for run in list_runs(line) if run in sentences), None)
        if copied is not None:
            yield source.offence(number, f"a sentence of the original: '{copied}': say it in our words")


def find_copies(paths: Iterable[Path], *, originals: dict[str, str]) -> Iterator[Offence]:
    for path in paths:
        original = originals.get(digest(REPOSITORY / path))
        if original is not None:
            yield Offence(str(path), 0, f"a copy of {original}: read it where it lies, through tests/support/shared.py")


def test_no_file_is_a_copy_of_shared_material() -> None:
    originals = {digest(path): path.name for path in list_shared() if path.stat().st_size >= SMALLEST_COPY}

    assert originals
    require_none(find_copies(list_files(), originals=originals))


def test_no_row_of_a_published_table_is_in_the_project() -> None:
    require_no_offence(partial(find_rows, rows=shared_rows()), list_texts())


def test_no_sentence_of_a_question_or_statement_is_in_the_project() -> None:
    require_no_offence(partial(find_sentences, sentences=shared_sentences()), list_texts())


def test_a_copied_file_is_found() -> None:
    licence = Path("LICENSE")

    found = list(find_copies([licence], originals={digest(REPOSITORY / licence): "terms.txt"}))

    assert [offence.path for offence in found] == ["LICENSE"]


def test_a_copied_row_is_found() -> None:
    row = "X9Z,MADE-UP TRUST,Y99,QZZ,1 HIGH STREET,NOWHERE,,,,XX1 1XX,20010401,,,,,,,01234"

    found = find_rows(made_up("a.csv", f"code\n{row}\n"), rows=frozenset({row}))

    assert [offence.line for offence in found] == [2]


def test_a_copied_sentence_is_found_whatever_its_punctuation() -> None:
    original = "Every ward, clinic and theatre keeps its own made-up list of teapots for visitors."
    rule = partial(find_sentences, sentences=frozenset(list_runs(original)))

    assert messages(rule, made_up("a.yaml", "- every ward clinic and theatre keeps its own MADE UP list\n")) != []
    assert messages(rule, made_up("a.yaml", "- wards list their teapots\n")) == []
