# SPDX-License-Identifier: MIT
"""Published against recomputed: every difference is told, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.core.publication.rounds import SETTINGS, release
from trigpoint.publication.compare import (
    ABSENT,
    UNREADABLE,
    Difference,
    compare_files,
    compare_manifests,
    compare_page,
    compare_sheets,
    compare_tables,
    compare_texts,
)
from trigpoint.publication.folder import PAGE, needed_files
from trigpoint.publication.manifest import PublishedManifest, ReleaseFile
from trigpoint.publication.tables import Column, TableShape
from trigpoint.publication.workbook import Sheet

SHAPE = TableShape(
    "scores", "", (Column("unit", "string", ""), Column("score", "number", ""), Column("band", "string", "")), ("unit",)
)
RIGHT = (("AAA", "70", "high"), ("BBB", "", ""))


def on_lines(*rows: tuple[str, ...]) -> list[tuple[int, tuple[str, ...]]]:
    return list(enumerate(rows, start=1))


def of_table(*published: tuple[str, ...]) -> list[str]:
    return [str(one) for one in compare_tables("scores.csv", SHAPE, on_lines(*published), RIGHT)]


def test_a_table_that_comes_out_the_same_has_no_difference() -> None:
    assert of_table(SHAPE.heading, *RIGHT) == []


def test_the_order_of_rows_is_no_difference() -> None:
    assert of_table(SHAPE.heading, *reversed(RIGHT)) == []


def test_a_changed_cell_is_told_with_unit_column_and_both_values() -> None:
    assert of_table(SHAPE.heading, ("AAA", "71", "high"), RIGHT[1]) == [
        "scores.csv: AAA: score: published 71, recomputed 70"
    ]


def test_each_changed_cell_is_told() -> None:
    assert len(of_table(SHAPE.heading, ("AAA", "71", "low"), RIGHT[1])) == 2


def test_a_number_may_be_written_in_two_ways() -> None:
    assert of_table(SHAPE.heading, ("AAA", "70.0", "high"), RIGHT[1]) == []


def test_no_score_is_not_nought() -> None:
    assert of_table(SHAPE.heading, RIGHT[0], ("BBB", "0", "")) == [
        "scores.csv: BBB: score: published 0, recomputed nothing"
    ]


def test_a_text_that_looks_like_a_number_is_compared_as_text() -> None:
    shape = TableShape("units", "", (Column("unit", "string", ""), Column("name", "string", "")), ("unit",))

    found = list(compare_tables("units.csv", shape, on_lines(shape.heading, ("AAA", "1.0")), [("AAA", "1")]))

    assert [one.what for one in found] == ["name"]


def test_missing_extra_double_and_short_rows_are_told() -> None:
    assert of_table(SHAPE.heading, RIGHT[0]) == ["scores.csv: BBB: row: published nothing, recomputed BBB, , "]
    assert of_table(SHAPE.heading, *RIGHT, ("CCC", "1", "low")) == [
        "scores.csv: line 4: row: published CCC, 1, low, recomputed nothing"
    ]
    assert len(of_table(SHAPE.heading, *RIGHT, RIGHT[0])) == 1
    assert len(of_table(SHAPE.heading, *RIGHT, ("AAA",))) == 1


def test_a_row_is_told_by_the_line_it_stands_on_and_not_by_its_number() -> None:
    published = [(2, SHAPE.heading), (3, RIGHT[0]), (5, RIGHT[1]), (9, ("CCC", "1", "low"))]

    assert [one.where for one in compare_tables("scores.csv", SHAPE, published, RIGHT)] == ["line 9"]


def test_other_columns_are_told_once() -> None:
    assert of_table(("unit", "points", "band"), *RIGHT) == [
        "scores.csv: columns: published unit, points, band, recomputed unit, score, band"
    ]
    assert of_table() == ["scores.csv: columns: published nothing, recomputed unit, score, band"]


WHOLE = tuple(ReleaseFile(path, "a" * 64, 1) for path in needed_files())


def of_files(listed: Sequence[ReleaseFile], found: Sequence[ReleaseFile]) -> list[tuple[str, str]]:
    return [(one.file, one.what) for one in compare_files(listed, found)]


def test_files_as_listed_are_no_difference() -> None:
    assert of_files(WHOLE, WHOLE) == []


def test_a_changed_file_is_told_with_both_hashes_and_sizes() -> None:
    changed = replace(WHOLE[0], sha256="d" * 64, size=1234)

    found = list(compare_files(WHOLE, [changed, *WHOLE[1:]]))

    assert [(one.file, one.what) for one in found] == [(WHOLE[0].path, "changed file")]
    assert (found[0].published, found[0].recomputed) == (
        "SHA-256 aaaaaaaaaaaa, 1 bytes",
        "SHA-256 dddddddddddd, 1,234 bytes",
    )


def test_a_missing_file_is_told_whether_the_manifest_lists_it_or_not() -> None:
    assert of_files(WHOLE, WHOLE[1:]) == [(WHOLE[0].path, "missing file")]
    assert of_files(WHOLE[1:], WHOLE[1:]) == [(WHOLE[0].path, "missing file")]


def test_an_extra_file_is_told_whether_the_manifest_lists_it_or_not() -> None:
    example = ReleaseFile("framework/worked_examples/a.yaml", "a" * 64, 1)
    foreign = ReleaseFile("zz league table.csv", "a" * 64, 1)

    assert of_files([*WHOLE, example], [*WHOLE, example]) == []
    assert of_files(WHOLE, [*WHOLE, example]) == [(example.path, "extra file")]
    assert of_files([*WHOLE, foreign], [*WHOLE, foreign]) == [(foreign.path, "extra file")]


def test_a_manifest_that_follows_has_no_difference() -> None:
    manifest = release().manifest

    assert list(compare_manifests(PublishedManifest(manifest.release, manifest, ()), manifest)) == []


def test_each_statement_that_does_not_follow_is_told() -> None:
    right = release().manifest
    wrong = replace(right, answers_hash="0" * 64, units=5, settings=replace(SETTINGS, is_synthetic=True))

    found = list(compare_manifests(PublishedManifest(right.release, wrong, ()), right))

    assert [one.what for one in found] == ["answers_hash", "units", "synthetic", "release"]


def test_another_engine_or_version_is_no_difference_in_itself() -> None:
    right = release().manifest
    older = replace(right, engine="0", software="0.0.9")

    assert list(compare_manifests(PublishedManifest(older.release, older, ()), right)) == []


SHEET = Sheet("Scores", (10, 10), (("unit", "score"), ("AAA", 70.33333333333333), ("BBB", "no score")))


def of_sheets(*rows: tuple[object, ...], name: str = "Scores") -> list[str]:
    return [str(one) for one in compare_sheets("scores.xlsx", [(name, rows)], [SHEET])]


def test_a_spreadsheet_keeps_sixteen_digits() -> None:
    assert of_sheets(("unit", "score"), ("AAA", 70.333333333333329), ("BBB", "no score")) == []


def test_empty_cells_at_the_end_of_a_row_are_no_difference() -> None:
    assert of_sheets(("unit", "score", ""), ("AAA", 70.33333333333333, ""), ("BBB", "no score", "")) == []


def test_a_changed_cell_of_a_sheet_is_told_with_its_place() -> None:
    assert of_sheets(("unit", "score"), ("AAA", 70.34), ("BBB", "no score")) == [
        "scores.xlsx: sheet Scores, row 2, column 2: cell: published 70.34, recomputed 70.33333333333333"
    ]


def test_missing_and_extra_rows_of_a_sheet_are_told() -> None:
    assert len(of_sheets(("unit", "score"), ("AAA", 70.33333333333333))) == 2
    assert len(of_sheets(*SHEET.rows, ("CCC", 1.0))) == 2


def test_a_sheet_more_is_told() -> None:
    assert of_sheets(*SHEET.rows, name="Hidden") == ["scores.xlsx: sheets: published Hidden, recomputed Scores"]


def test_a_page_as_made_has_no_difference() -> None:
    made = release()

    assert list(compare_page(PAGE, made.texts[PAGE], made.summary)) == []


def test_a_changed_number_of_the_page_is_told_with_its_line() -> None:
    made = release()
    changed = made.texts[PAGE].replace('data-statistic="mean">58.0', 'data-statistic="mean">59.0', 1)

    assert [str(one) for one in compare_page(PAGE, changed, made.summary)] == [
        "index.html: overall mean: number: published 59.0, recomputed 58.0"
    ]


def test_a_number_without_a_line_in_the_summary_is_told() -> None:
    found = list(compare_page(PAGE, '<b data-measure="overall" data-statistic="rank">1</b>', release().summary))

    assert found == [Difference(PAGE, "overall rank", "number", "1", "nothing")]


@pytest.mark.parametrize(
    ("published", "recomputed", "expected"),
    [
        ("a\nb\n", "a\nb\n", []),
        ("a\nx\nc\n", "a\nb\nd\n", ["line 2"]),
        ("a\n", "a\nb\n", ["line 2"]),
        ("a" * 100, "b", ["line 1"]),
    ],
)
def test_the_first_line_in_which_texts_differ_is_told(published: str, recomputed: str, expected: list[str]) -> None:
    found = list(compare_texts("a.csv", published, recomputed))

    assert [one.where for one in found] == expected
    assert all(len(one.published) <= 80 for one in found)


def test_a_difference_without_a_place_is_one_of_the_file() -> None:
    assert str(Difference("a.csv", "", "missing file", "x", "nothing")).startswith("a.csv: missing file")


def test_what_can_not_be_read_is_told_with_the_reason_alone() -> None:
    unreadable = Difference("manifest.json", "", UNREADABLE, "not JSON at line 1, column 2", ABSENT)
    other = Difference("scores.csv", "RA0", "score", "50", "55")

    assert str(unreadable) == "manifest.json: can't be read: not JSON at line 1, column 2"
    assert str(other) == "scores.csv: RA0: score: published 50, recomputed 55"
