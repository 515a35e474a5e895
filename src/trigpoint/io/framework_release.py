# SPDX-License-Identifier: MIT
"""Frameworks on disk put through the battery, and the list of published versions that lies beside them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from os.path import relpath
from pathlib import Path

from trigpoint.errors import FileTrouble, FrameworkProblems, Problem
from trigpoint.frameworks import Framework, parse_framework
from trigpoint.frameworks.released import NOTHING_RELEASED, Released, add_release, format_released, parse_released
from trigpoint.io.content import folder_of_previous, framework_files, framework_folder, only_version, read_content
from trigpoint.scoring.battery import CheckedFramework, check_framework

RELEASED_FILE = "RELEASED.yaml"


def check_framework_at(name: str) -> CheckedFramework:
    """Return a framework with every problem the battery finds.

    name: a shipped name such as nhs-dma@2017, a folder, or the path of a framework.yaml. Problems name files as the
    person named them. Raises UnknownFramework when there is no such thing, FileTrouble when a file can't be read.
    """
    folder = folder_named(name)
    files = framework_files(folder)
    previous, problems = _previous(folder, files)
    released = read_released(released_file(folder))
    checked = check_framework(files, folder=_prefix(folder), previous=previous, released=released)
    return CheckedFramework(checked.framework, (*checked.problems, *problems))


def publish_framework(name: str) -> tuple[Framework, Path]:
    """Enter a framework into the list of published versions; return it with the path of the list.

    The list lies beside the framework's own folder: frameworks/RELEASED.yaml. Entering a version again changes
    nothing. Raises FrameworkProblems when the battery finds any, or when the version was published with other content.
    """
    checked = check_framework_at(name)
    if checked.framework is None or checked.problems:
        raise FrameworkProblems(checked.problems)
    path = released_file(folder_named(name))
    text = format_released(add_release(checked.framework, read_released(path)))
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise FileTrouble(f"{path}: {error.strerror}.") from error
    return checked.framework, path


def read_released(path: Path) -> Released:
    """Return the published versions in a RELEASED.yaml, none where there is no such file.

    Raises FrameworkProblems or FileTrouble.
    """
    if not path.is_file():
        return NOTHING_RELEASED
    return parse_released(read_content(path), file=path.as_posix())


def released_file(folder: Path) -> Path:
    """Return where the published versions of a framework's folder <framework>/<version> are listed."""
    return _near(folder.resolve().parent.parent / RELEASED_FILE)


def folder_named(name: str) -> Path:
    """Return the folder of a framework, relative where it lies below the working directory. Raises UnknownFramework."""
    with suppress(OSError):  # a name may be too long to be looked for
        if Path(name).is_dir():
            return only_version(Path(name))
    return _near(framework_folder(name))


def _near(path: Path) -> Path:
    if not path.is_absolute() or not path.is_relative_to(Path.cwd()):
        return path
    return Path(relpath(path))


def _prefix(folder: Path) -> str:
    return "" if folder == Path() else f"{folder.as_posix()}/"


def _previous(folder: Path, files: Mapping[str, str]) -> tuple[Framework | None, tuple[Problem, ...]]:
    """The version that the crosswalk comes from, if it lies beside; with its own problems if it is not sound."""
    found = folder_of_previous(folder, files)
    if found is None:
        return None, ()
    beside = _near(found)
    try:
        # Read afresh: an author may be at work on both versions.
        return parse_framework(framework_files(beside), folder=_prefix(beside)), ()
    except FrameworkProblems as error:
        return None, error.problems
