# SPDX-License-Identifier: MIT
"""The summary statistics ship with the package and hold no row of anybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from trigpoint.errors import FileTrouble
from trigpoint.io.content import content_folder
from trigpoint.io.synthetic_shape import list_shapes, read_shape_folder, read_shape_texts

FILES = {
    "fitted.yaml",
    "layouts.yaml",
    "places.yaml",
    "rounds.yaml",
    "section_correlations.csv",
    "shares_2015-16.csv",
    "shares_2017.csv",
}


def test_the_shape_of_the_two_national_rounds_is_shipped() -> None:
    assert "nhs-dma" in list_shapes()
    assert set(read_shape_texts()) == FILES


def test_the_texts_are_those_of_the_files() -> None:
    texts = read_shape_texts("nhs-dma")

    for name, text in texts.items():
        assert text == (content_folder("synthetic") / "nhs-dma" / name).read_text(encoding="utf-8")


def test_a_shape_that_is_not_shipped_is_said_with_those_that_are() -> None:
    with pytest.raises(FileTrouble, match=r"no synthetic shape 'wgll' is shipped; there are nhs-dma\."):
        read_shape_texts("wgll")


def test_a_shape_of_ones_own_is_read_from_its_folder(tmp_path: Path) -> None:
    (tmp_path / "rounds.yaml").write_text("providers: {}\n", encoding="utf-8")
    (tmp_path / "shares.csv").write_text("question,answer,percent\n", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("left aside\n", encoding="utf-8")

    assert read_shape_folder(tmp_path) == {
        "rounds.yaml": "providers: {}\n",
        "shares.csv": "question,answer,percent\n",
    }


def test_a_folder_without_a_shape_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="no file of a synthetic shape"):
        read_shape_folder(tmp_path)
