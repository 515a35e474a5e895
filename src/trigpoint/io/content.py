# SPDX-License-Identifier: MIT
"""Where the frameworks that Trigpoint ships lie, and how a framework's folder is read."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import trigpoint
from trigpoint.errors import FileTrouble, UnknownFramework
from trigpoint.frameworks import Framework, FrameworkRef, parse_framework
from trigpoint.frameworks.parse import CROSSWALK, FrameworkFiles, read_parts
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
    if Path(name, "framework.yaml").is_file():
        return Path(name)
    if Path(name).name == "framework.yaml" and Path(name).is_file():
        return Path(name).parent
    known = [str(ref) for ref in sorted(shipped)]
    raise UnknownFramework(f"{no_such('framework', name, known)} A folder with a framework.yaml would also do.")


def read_framework_folder(folder: Path) -> Framework:
    """Return the framework in a folder. Raises FrameworkProblems with every problem of its files."""
    return parse_framework(framework_files(folder), previous=_previous(folder), folder=f"{folder}/")


def check_framework_folder(folder: Path) -> FrameworkFiles:
    """Return what can be read of the framework in a folder, with every problem of its files."""
    return read_parts(framework_files(folder), previous=_previous(folder), folder=f"{folder}/")


def framework_files(folder: Path) -> dict[str, str]:
    """Return the text of each file of a framework, by its name inside the folder. Raises FileTrouble."""
    found = {}
    for path in sorted([*folder.glob("*.yaml"), *folder.glob("worked_examples/*.yaml")]):
        found[path.relative_to(folder).as_posix()] = _read_text(path)
    return found


def _read_text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise FileTrouble(f"{path}: over {LARGEST_FILE // 1_000_000} MB, which is no framework. Split it.")
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise FileTrouble(f"{path}: not UTF-8 at byte {error.start}. Save the file as UTF-8.") from error
    except OSError as error:
        raise FileTrouble(f"{path}: {error.strerror}.") from error


def _previous(folder: Path) -> Framework | None:
    """The version that a folder's crosswalk comes from, when it lies beside it."""
    if not (folder / CROSSWALK).is_file():
        return None
    crosswalk = read_parts({CROSSWALK: _read_text(folder / CROSSWALK)}).crosswalk
    beside = folder.resolve().parent / crosswalk.from_version if crosswalk is not None else folder
    if crosswalk is None or not (beside / "framework.yaml").is_file():
        return None
    # Without its own crosswalk: two versions that each come from the other would be read for ever.
    files = {name: text for name, text in framework_files(beside).items() if name != CROSSWALK}
    return parse_framework(files, folder=f"{beside}/")
