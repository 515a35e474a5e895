# SPDX-License-Identifier: MIT
"""Where the summary statistics lie from which synthetic national rounds are made, and how they are read."""

from __future__ import annotations

from pathlib import Path

from trigpoint.errors import FileTrouble
from trigpoint.io.content import content_folder

# What a folder of a shape holds; `trigpoint.synthetic.parse_shape` makes a shape of their texts.
SHAPE_FILES = ("*.yaml", "*.csv")


def list_shapes() -> tuple[str, ...]:
    """Return the names of the shapes that are shipped."""
    return tuple(sorted(file.parent.name for file in content_folder("synthetic").glob("*/rounds.yaml")))


def read_shape_texts(name: str = "nhs-dma") -> dict[str, str]:
    """Return file name → text of a shipped shape. Raises FileTrouble when there is no such shape."""
    if name not in list_shapes():
        raise FileTrouble(f"no synthetic shape {name!r} is shipped; there are {', '.join(list_shapes())}.")
    return read_shape_folder(content_folder("synthetic") / name)


def read_shape_folder(folder: Path) -> dict[str, str]:
    """Return file name → text of a folder. Raises FileTrouble when it has no file of a shape."""
    found = sorted(file for pattern in SHAPE_FILES for file in folder.glob(pattern))
    if not found:
        raise FileTrouble(f"{folder}: no file of a synthetic shape. It needs rounds.yaml and its companions.")
    return {file.name: file.read_text(encoding="utf-8") for file in found}
