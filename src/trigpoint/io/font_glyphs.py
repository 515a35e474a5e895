# SPDX-License-Identifier: MIT
"""Which characters a TrueType font can print. An accessible PDF must not hold one that its font lacks.

Source: OpenType specification, cmap, Character to Glyph Index Mapping Table, subtable format 4.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Set

# Spaces of other kinds, tabs and the like are one plain space on paper.
_AS_SPACE = str.maketrans(
    {"\t": " ", "\r": "\n", "\v": "\n", "\f": "\n", "\u2028": "\n", "\u2029": "\n", "\u0085": "\n"}
)
_UNICODE = (3, 1)  # platform and encoding of the table of the basic characters, which every such font has


def list_glyphs(font: bytes) -> frozenset[int]:
    """Return the code points that a font has a glyph for, of the first 65,536."""
    cmap = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", cmap, 2)
    records = [struct.unpack_from(">HHL", cmap, 4 + 8 * at) for at in range(count)]
    start = next(offset for platform, encoding, offset in records if (platform, encoding) == _UNICODE)
    return frozenset(_segments(cmap[start:]))


def _table(font: bytes, tag: bytes) -> bytes:
    (count,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sLLL", font, 12 + 16 * at) for at in range(count))
    return next(font[offset : offset + length] for name, _, offset, length in records if name == tag)


def _segments(table: bytes) -> set[int]:
    """The code points of a subtable of format 4: four arrays that stand one behind the other, and the glyphs."""
    (double,) = struct.unpack_from(">H", table, 6)
    count = double // 2
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{count}H", table, at) for at in (14, 16 + double, 16 + 2 * double, 16 + 3 * double)
    )
    found = set()
    for at, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, last + 1):
            glyph = code
            if offsets[at]:
                where = 16 + 3 * double + 2 * at + offsets[at] + 2 * (code - first)
                (glyph,) = struct.unpack_from(">H", table, where)
            if (glyph + deltas[at]) % 65536 and (glyph or not offsets[at]):
                found.add(code)
    return found - {0xFFFF}


def printable(text: str, glyphs: Set[int]) -> str:
    """Return the text as it can be printed: a character without a glyph as its code, [U+1F600]; unseen ones left out.

    Lines stay lines. A text that would be empty is the codes of what is in it.
    """
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_AS_SPACE))
    seen = "".join(_printed(letter, glyphs) for letter in plain if not _is_unseen(letter))
    return seen if seen.strip() or not text else " ".join(f"[U+{ord(letter):04X}]" for letter in text)


def _is_unseen(letter: str) -> bool:
    """Marks that turn the direction of what follows, joiners, variants of an emoji."""
    return unicodedata.category(letter) == "Cf" or 0xFE00 <= ord(letter) <= 0xFE0F


def _printed(letter: str, glyphs: Set[int]) -> str:
    return letter if letter == "\n" or ord(letter) in glyphs else f"[U+{ord(letter):04X}]"
