# SPDX-License-Identifier: MIT
"""Groups from a file that somebody made: every row that is wrong is named."""

from __future__ import annotations

import pytest

from trigpoint.errors import FileTrouble, RegisterProblems
from trigpoint.io.group_file import read_group_file


def written(tmp_path, text):
    file = tmp_path / "groups.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_groups_are_read_by_the_names_of_the_columns(tmp_path):
    file = written(tmp_path, "name,region , organisation\nA Trust,north,AAA\n,south, BBB \n")

    assert read_group_file(file, "region") == {"AAA": "north", "BBB": "south"}


def test_a_row_without_a_group_says_there_is_none(tmp_path):
    assert read_group_file(written(tmp_path, "organisation,region\nAAA,\nBBB\nCCC,east\n"), "region") == {"CCC": "east"}


def test_the_same_line_twice_is_no_contradiction(tmp_path):
    assert read_group_file(written(tmp_path, "organisation,region\nAAA,east\nAAA,east\n"), "region") == {"AAA": "east"}


def test_every_wrong_row_is_named_with_its_line(tmp_path):
    file = written(tmp_path, "organisation,region\nAAA,north\n,south\nAAA,south\n")

    with pytest.raises(RegisterProblems) as refused:
        read_group_file(file, "region")

    assert [str(one).removeprefix(str(file)) for one in refused.value.problems] == [
        ":3:1: no organisation code",
        ":4:2: AAA is in north on an earlier line and in south here",
    ]


@pytest.mark.parametrize("text", ["", "code,regions\nAAA,north\n"])
def test_columns_that_are_not_there_are_named(tmp_path, text):
    with pytest.raises(RegisterProblems) as refused:
        read_group_file(written(tmp_path, text), "region")

    assert len(refused.value.problems) == 2
    assert "no column 'organisation'" in str(refused.value)


def test_a_file_that_is_not_there_is_trouble(tmp_path):
    with pytest.raises(FileTrouble):
        read_group_file(tmp_path / "none.csv", "region")
