# SPDX-License-Identifier: MIT
"""Where the frameworks that Trigpoint ships lie, and how a framework's folder is read."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

import trigpoint
from trigpoint.errors import FileTrouble, FrameworkProblems, Problem, TooLarge, UnknownFramework
from trigpoint.frameworks import Framework, FrameworkRef, parse_framework
from trigpoint.frameworks.parse import CROSSWALK, read_parts
from trigpoint.frameworks.suggest import no_such

# A framework file is read by people; one of 10 MB is a mistake.
LARGEST_FILE = 10_000_000


def content_folder(part: str) -> Path:
    """Return the folder of shipped content ("frameworks", "claims", "synthetic"): in the wheel, or in the checkout."""
    package = Path(trigpoint.__file__).resolve().parent
    shipped = package / "_content" / part
    return shipped if shipped.is_dir() else package.parents[1] / part


def list_frameworks() -> tuple[FrameworkRef, ...]:
    """Return the shipped frameworks, by name and version."""
    return tuple(sorted(_shipped()))


@cache
def _shipped() -> dict[FrameworkRef, Path]:
    return {
        FrameworkRef(file.parent.parent.name, file.parent.name): file.parent
        for file in content_folder("frameworks").glob("*/*/framework.yaml")
    }


def read_framework(name: str) -> Framework:
    """Return a framework by its shipped name, such as nhs-dma@2017, or by the path of its folder.

    Raises UnknownFramework when there is neither, FrameworkProblems when its files don't hold together.
    """
    folder = framework_folder(name)
    # What is shipped does not change while we run; what an author is writing does.
    return _read_shipped(folder) if folder in _shipped().values() else read_framework_folder(folder)


@cache
def _read_shipped(folder: Path) -> Framework:
    return read_framework_folder(folder)


def framework_folder(name: str) -> Path:
    """Return the folder of a framework by its shipped name, or by path. Raises UnknownFramework."""
    framework, _, version = name.partition("@")
    shipped = _shipped()
    if version and (folder := shipped.get(FrameworkRef(framework, version))):
        return folder
    with suppress(OSError):  # a name may be too long to be looked for, or lie where we may not look
        folder = only_version(Path(name))
        if (folder / "framework.yaml").is_file():
            return folder
        if Path(name).name == "framework.yaml" and Path(name).is_file():
            return Path(name).parent
    known = [str(ref) for ref in sorted(shipped)]
    raise UnknownFramework(f"{no_such('framework', name[:200], known)} A folder with a framework.yaml would also do.")


def only_version(folder: Path) -> Path:
    """Return the one version below the folder of a framework that has one; else the folder itself."""
    versions = [file.parent for file in folder.glob("*/framework.yaml")]
    return versions[0] if len(versions) == 1 and not (folder / "framework.yaml").is_file() else folder


def read_framework_folder(folder: Path) -> Framework:
    """Return the framework in a folder. Raises FrameworkProblems with every problem of its files."""
    files = framework_files(folder)
    beside = folder_of_previous(folder, files)
    previous = None if beside is None else parse_framework(framework_files(beside), folder=f"{beside}/")
    return parse_framework(files, previous=previous, folder=f"{folder}/")


def framework_files(folder: Path) -> dict[str, str]:
    """Return the text of each file of a framework, by its name inside the folder. Raises FileTrouble."""
    found = {}
    for path in sorted([*folder.glob("*.yaml"), *folder.glob("worked_examples/*.yaml")]):
        found[path.relative_to(folder).as_posix()] = read_content(path)
    return found


def read_content(path: Path) -> str:
    """Return the text of a file that people write by hand.

    Raises TooLarge, FrameworkProblems when it is not UTF-8, FileTrouble when it can't be read.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise TooLarge(f"{path}: over {LARGEST_FILE // 1_000_000} MB, which nobody wrote by hand. Split it.")
        raw = path.read_bytes()
    except OSError as error:
        raise FileTrouble(f"{path}: {error.strerror}.") from error
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        raise FrameworkProblems([Problem(str(path), line, column, "not UTF-8. Save the file as UTF-8.")]) from error


def folder_of_previous(folder: Path, files: Mapping[str, str]) -> Path | None:
    """Return the folder of the version that a framework's crosswalk comes from; None when it doesn't lie beside it.

    Whoever reads it reads it by itself: two versions that each come from the other would be read for ever.
    """
    crosswalk = read_parts({CROSSWALK: files.get(CROSSWALK, "")}).crosswalk
    if crosswalk is None:
        return None
    beside = folder.resolve().parent / crosswalk.from_version
    return beside if (beside / "framework.yaml").is_file() else None
