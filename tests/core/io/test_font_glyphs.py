# SPDX-License-Identifier: MIT
from __future__ import annotations

import struct
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.io.font_glyphs import list_glyphs, printable
from trigpoint.io.questionnaire_pdf import FONT_FILES

LATIN = frozenset(map(ord, " abcdefghijklmnopqrstuvwxyzé"))


def made_up_font() -> bytes:
    """A font with nothing but a map: a to c by counting on, x and z (y has none) through the list of glyphs."""
    count = 3
    ends, starts = (0x63, 0x7A, 0xFFFF), (0x61, 0x78, 0xFFFF)
    deltas, glyphs = (65536 - 0x60, 0, 1), (7, 0, 9)
    offsets = (0, 2 * (count - 1), 0)
    arrays = struct.pack(">3HH3H3H3H", *ends, 0, *starts, *deltas, *offsets) + struct.pack(">3H", *glyphs)
    table = struct.pack(">7H", 4, 14 + len(arrays), 0, 2 * count, 0, 0, 0) + arrays
    cmap = struct.pack(">HHHHLHHL", 0, 2, 1, 0, 0, 3, 1, 20) + table
    records = struct.pack(">4sLLL", b"head", 0, 0, 0) + struct.pack(">4sLLL", b"cmap", 0, 12 + 32, len(cmap))
    return struct.pack(">LHHHH", 0x10000, 2, 0, 0, 0) + records + cmap


def test_the_characters_of_a_font_are_those_with_a_glyph() -> None:
    assert {chr(code) for code in list_glyphs(made_up_font())} == set("abcxz")


@pytest.mark.parametrize("name", FONT_FILES)
def test_our_fonts_print_what_people_write_here(name: str) -> None:
    font = (resources.files("trigpoint.io") / "fonts" / name).read_bytes()

    missing = set(map(ord, "azAZ09 \u2018’“”–—…£€%&é½ŵŷâîôûẁÁłćőßñ•→≥≤×°µ")) - list_glyphs(font)

    assert missing == set()


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("plain", "plain"),
        ("a\tb\r\nc\rd\u2028e", "a b\nc\nd\ne"),
        ("a😀b", "a[U+1F600]b"),
        ("cafe\u0301", "café"),
        ("a\u202eb\ufe0fc\u200d", "abc"),
        ("\u202e", "[U+202E]"),
        ("a\x07", "a[U+0007]"),
        ("", ""),
        (" ", "[U+0020]"),
    ],
)
def test_what_can_not_be_printed_is_said_by_its_code(text: str, printed: str) -> None:
    assert printable(text, LATIN) == printed


@given(st.text())
def test_what_is_printed_has_glyphs_alone(text: str) -> None:
    allowed = LATIN | set(map(ord, "\n[]U+0123456789ABCDEF"))

    assert set(map(ord, printable(text, LATIN))) <= allowed
