# SPDX-License-Identifier: MIT
"""Writing a page: into a folder that is made, byte for byte, and with words for what stands in the way."""

from __future__ import annotations

import pytest

from trigpoint.errors import FileTrouble
from trigpoint.io.page_file import write_page


def test_a_page_is_written_as_it_is_with_the_folder_it_goes_to(tmp_path):
    write_page(tmp_path / "a" / "b" / "page.html", "<p>Größe</p>\n")

    assert (tmp_path / "a" / "b" / "page.html").read_bytes() == "<p>Größe</p>\n".encode()


def test_a_page_that_was_there_is_written_anew(tmp_path):
    file = tmp_path / "page.html"
    for text in ("a longer one", "short"):
        write_page(file, text)

    assert file.read_text(encoding="utf-8") == "short"


def test_a_folder_in_its_place_is_trouble(tmp_path):
    with pytest.raises(FileTrouble, match="directory"):
        write_page(tmp_path, "text")
