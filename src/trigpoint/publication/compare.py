# SPDX-License-Identifier: MIT
"""What was published against what comes out when it is worked out again: every difference, none summed up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import islice, zip_longest

from trigpoint.publication.folder import may_be_in_release, needed_files
from trigpoint.publication.manifest import Manifest, PublishedManifest, ReleaseFile
from trigpoint.publication.page_numbers import page_numbers
from trigpoint.publication.summary import Summary
from trigpoint.publication.tables import Cells, TableShape
from trigpoint.publication.workbook import Sheet

ABSENT = "nothing"
# As a spreadsheet keeps numbers.
_SHEET_DIGITS = ".16G"


UNREADABLE = "can't be read"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in a release that does not come out the same. where: the unit, measure, row or line; may be empty."""

    file: str
    where: str
    what: str
    published: str
    recomputed: str

    def __str__(self) -> str:
        place = f"{self.file}: {self.where}" if self.where else self.file
        if self.what == UNREADABLE:  # there is nothing to set beside it
            return f"{place}: {self.what}: {self.published}"
        return f"{place}: {self.what}: published {self.published}, recomputed {self.recomputed}"


def compare_files(listed: Sequence[ReleaseFile], found: Sequence[ReleaseFile]) -> Iterator[Difference]:
    """Yield a difference for every file that is missing, not what the manifest says, or no part of a release.

    A manifest can be forged, so it is not believed about what a release must and may hold.
    """
    here = {one.path: one for one in found}
    named = {one.path: one for one in listed}
    for path in sorted({*here, *named, *needed_files()}):
        if path not in here:
            yield Difference(path, "", "missing file", _file_words(named.get(path)), ABSENT)
        elif path not in named or not may_be_in_release(path):
            yield Difference(path, "", "extra file", ABSENT, _file_words(here[path]))
        elif here[path] != named[path]:
            yield Difference(path, "", "changed file", _file_words(named[path]), _file_words(here[path]))


def _file_words(file: ReleaseFile | None) -> str:
    return ABSENT if file is None else f"SHA-256 {file.sha256[:12]}, {file.size:,} bytes"


def compare_manifests(published: PublishedManifest, recomputed: Manifest) -> Iterator[Difference]:
    """Yield a difference for every statement of a manifest that does not follow from the answers and the framework.

    Versions of engine and software are not compared: what counts is whether the numbers come out the same.
    """
    said = published.manifest
    for spot in fields(Manifest):
        if spot.name in {"settings", "engine", "software"}:
            continue
        one, other = getattr(said, spot.name), getattr(recomputed, spot.name)
        if one != other:
            yield Difference("manifest.json", "", spot.name, str(one), str(other))
    if said.settings.is_synthetic != recomputed.settings.is_synthetic:
        flags = str(said.settings.is_synthetic), str(recomputed.settings.is_synthetic)
        yield Difference("manifest.json", "", "synthetic", *flags)
    if published.release != said.release:
        yield Difference("manifest.json", "", "release", published.release, said.release)


def compare_tables(
    file: str, shape: TableShape, published: Sequence[tuple[int, Sequence[str]]], recomputed: Sequence[Cells]
) -> Iterator[Difference]:
    """Yield a difference for every cell, row and heading of a table that differs.

    published: the heading first, each row with the line it begins on.
    """
    heading = tuple(published[0][1]) if published else ()
    if heading != shape.heading:
        yield Difference(file, "", "columns", ", ".join(heading) or ABSENT, ", ".join(shape.heading))
        return
    spots = [shape.heading.index(name) for name in shape.key]
    expected = {tuple(row[at] for at in spots): row for row in recomputed}
    seen: set[Cells] = set()
    for line, row in published[1:]:
        key = tuple(row[at] for at in spots) if len(row) == len(heading) else ()
        if key not in expected or key in seen:
            yield Difference(file, f"line {line}", "row", ", ".join(row) or ABSENT, ABSENT)
            continue
        seen.add(key)
        yield from _compare_cells(file, shape, row, expected[key], " ".join(key))
    for key in sorted(expected.keys() - seen):
        yield Difference(file, " ".join(key), "row", ABSENT, ", ".join(expected[key]))


def _compare_cells(
    file: str, shape: TableShape, published: Sequence[str], recomputed: Cells, where: str
) -> Iterator[Difference]:
    if tuple(published) == recomputed:
        return
    for column, one, other in zip(shape.columns, published, recomputed, strict=True):
        is_equal = one == other or (column.kind == "number" and _is_same_number(one, other))
        if not is_equal:
            yield Difference(file, where, column.name, one or ABSENT, other or ABSENT)


def _is_same_number(one: str, other: str) -> bool:
    """Whether two texts are one number; Parquet gives 70 back as 70.0."""
    try:
        return float(one) == float(other)
    except ValueError:
        return False


def compare_sheets(
    file: str, published: Sequence[tuple[str, Sequence[Sequence[object]]]], recomputed: Sequence[Sheet]
) -> Iterator[Difference]:
    """Yield a difference for every sheet and cell of a spreadsheet. published: name and rows of each sheet."""
    names = [name for name, _ in published], [sheet.name for sheet in recomputed]
    if names[0] != names[1]:
        yield Difference(file, "", "sheets", ", ".join(names[0]), ", ".join(names[1]))
        return
    for (name, rows), sheet in zip(published, recomputed, strict=True):
        for line, (row, other) in enumerate(zip_longest(rows, sheet.rows, fillvalue=()), start=1):
            pairs = zip_longest(row, other, fillvalue="")
            for column, (cell, expected) in enumerate(pairs, start=1):
                if _sheet_text(cell) != _sheet_text(expected):
                    where = f"sheet {name}, row {line}, column {column}"
                    yield Difference(file, where, "cell", str(cell) or ABSENT, str(expected) or ABSENT)


def _sheet_text(cell: object) -> str:
    return format(cell, _SHEET_DIGITS) if isinstance(cell, float) else str(cell)


def compare_page(file: str, page: str, summary: Summary) -> Iterator[Difference]:
    """Yield a difference for every number of a page that is not what its line of the summary comes to."""
    for number in page_numbers(page):
        try:
            text = summary.line(number.measure, number.statistic).text
        except KeyError:
            text = ABSENT
        if number.text != text:
            yield Difference(file, f"{number.measure} {number.statistic}", "number", number.text or ABSENT, text)


def compare_texts(file: str, published: str, recomputed: str) -> tuple[Difference, ...]:
    """Return the first line in which two texts differ, if any."""
    pairs = zip_longest(published.split("\n"), recomputed.split("\n"), fillvalue=ABSENT)
    unlike = ((line, *pair) for line, pair in enumerate(pairs, start=1) if pair[0] != pair[1])
    return tuple(
        Difference(file, f"line {line}", "text", _short(one), _short(other)) for line, one, other in islice(unlike, 1)
    )


def _short(line: str) -> str:
    return line if len(line) <= 80 else f"{line[:77]}..."
