# SPDX-License-Identifier: MIT
"""A framework of one's own, started from the worked one that Trigpoint ships for its kind."""

from __future__ import annotations

import re
from pathlib import Path

from trigpoint.errors import FileTrouble, FrameworkProblems, Problem
from trigpoint.frameworks.model import Kind
from trigpoint.io.content import content_folder, framework_files

NAME = re.compile(r"[a-z][a-z0-9-]{0,59}")
FIRST_VERSION = "1"


def write_template(kind: Kind, *, out: Path, name: str) -> Path:
    """Write a framework of a kind to out/name/1 and return that folder. It passes the battery as it is.

    Raises FrameworkProblems for a name that isn't small letters, digits and hyphens, FileTrouble when the folder exists
    already or can't be written.
    """
    if not NAME.fullmatch(name):
        message = f"{name!r} can't be a framework's name. Use small letters, digits and hyphens, a letter first."
        raise FrameworkProblems([Problem("--name", None, None, message)])
    folder = out / name / FIRST_VERSION
    if folder.exists():
        raise FileTrouble(f"{folder.as_posix()} exists already. Choose another --name or --out; nothing was written.")
    template = f"example-{kind}"
    files = framework_files(content_folder("frameworks") / template / FIRST_VERSION)
    try:
        for file, text in files.items():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_text(text.replace(template, name), encoding="utf-8", newline="")
    except OSError as error:
        raise FileTrouble(f"{folder.as_posix()}: {error.strerror}.") from error
    return folder
