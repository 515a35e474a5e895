# SPDX-License-Identifier: MIT
"""What a spreadsheet can hold that nobody sees: hidden sheets, rows and columns, comments, names of its writers."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

_HIDDEN_SHEET = re.compile(r'<sheet\b[^>]*\bname="([^"]*)"[^>]*\bstate="(?:hidden|veryHidden)"')
# A filter that everybody sees keeps its range under a hidden name; that one hides nothing.
_HIDDEN_PART = re.compile(r'<(row|col|definedName)\b(?![^>]*_xlnm\._FilterDatabase)[^>]*\bhidden="(?:1|true)"')
_WRITER = re.compile(r"<(?:dc:creator|cp:lastModifiedBy|Manager|Company)>([^<]+)<")
_FOREIGN = re.compile(r"comments|threadedComment|vbaProject|externalLink|customXml|embeddings|docProps/custom")
_WORDS = {"row": "a hidden row", "col": "a hidden column", "definedName": "a hidden name"}


def find_hidden_content(path: Path) -> tuple[str, ...]:
    """Return all that a spreadsheet hides, each as a sentence. Raises OSError and zipfile.BadZipFile."""
    with zipfile.ZipFile(path) as packed:
        return tuple(f"{path.name} {found}. Take it out." for found in _find(packed))


def _find(packed: zipfile.ZipFile) -> Iterator[str]:
    for name in sorted(packed.namelist()):
        if _FOREIGN.search(name):
            yield f"holds {name}, which nobody sees"
        if not name.endswith((".xml", ".rels")):
            continue
        text = packed.read(name).decode("utf-8", errors="replace")
        yield from (f"has a hidden sheet, {title}" for title in _HIDDEN_SHEET.findall(text))
        yield from (f"has {_WORDS[part]} in {name}" for part in sorted(set(_HIDDEN_PART.findall(text))))
        yield from (f"names a writer, {writer}" for writer in _WRITER.findall(text))
