# SPDX-License-Identifier: MIT
"""Numbers from a file that somebody made: what is not known is not 0, and every wrong cell is named."""

from __future__ import annotations

import pytest

from trigpoint.errors import FileTrouble, RegisterProblems
from trigpoint.io.number_file import read_number_file


def written(tmp_path, text):
    file = tmp_path / "numbers.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_numbers_are_read_by_the_names_of_the_columns(tmp_path):
    file = written(tmp_path, "beds,organisation, staff\n10,AAA,1.5\n20, BBB,-3\n")

    assert read_number_file(file, ["staff", "beds"]) == {"AAA": (1.5, 10), "BBB": (-3, 20)}


def test_an_organisation_without_a_number_is_left_out_and_never_0(tmp_path):
    assert read_number_file(written(tmp_path, "organisation,beds\nAAA,\nBBB\nCCC,0\n"), ["beds"]) == {"CCC": (0,)}


def test_every_wrong_cell_is_named_with_its_place(tmp_path):
    file = written(tmp_path, "organisation,beds,staff\nAAA,ten,nan\n,1,1\nBBB,1,1\nBBB,2,2\n")

    with pytest.raises(RegisterProblems) as refused:
        read_number_file(file, ["beds", "staff"])

    assert [str(one).removeprefix(str(file)) for one in refused.value.problems] == [
        ":2:2: 'ten' is no number",
        ":2:3: 'nan' is no number",
        ":3: no organisation code",
        ":5: BBB stands twice",
    ]


@pytest.mark.parametrize("text", ["", "code,bed\nAAA,1\n"])
def test_columns_that_are_not_there_are_named(tmp_path, text):
    with pytest.raises(RegisterProblems) as refused:
        read_number_file(written(tmp_path, text), ["beds"])

    assert len(refused.value.problems) == 2


def test_a_file_that_is_not_there_is_trouble(tmp_path):
    with pytest.raises(FileTrouble):
        read_number_file(tmp_path / "none.csv", ["beds"])
