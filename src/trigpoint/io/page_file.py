# SPDX-License-Identifier: MIT
"""Writing a page that was made."""

from __future__ import annotations

from pathlib import Path

from trigpoint.errors import FileTrouble


def write_page(path: Path, text: str) -> None:
    """Write an HTML page, with the folder it goes to where that is missing. Raises FileTrouble."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise FileTrouble(f"{path}: {error.strerror}.") from error
