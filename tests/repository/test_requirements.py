# SPDX-License-Identifier: MIT
"""What the project needs is said once, in pyproject.toml, each with its reason; the locks follow it (ADR 0002)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.repository.house import (
    REPOSITORY,
    Offence,
    SourceFile,
    list_texts,
    made_up,
    messages,
    require_no_offence,
    require_none,
)

PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+)(?P<marker> ;[^\\]*)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")
DEPENDENCY = re.compile(r'^\s*"(?P<name>[A-Za-z][\w.-]*)(?:\[[^]]*\])?\s*[<>=!~][^"]*",\s*(?P<reason>#.*)?$')


@dataclass(frozen=True, slots=True, order=True)
class Pin:
    """One locked version: its package, its version and the machines it is for ('' is all)."""

    package: str
    version: str
    marker: str


def list_locks() -> list[SourceFile]:
    return [source for source in list_texts() if source.path.parts[0] == "requirements"]


def list_pins(lock: SourceFile) -> set[Pin]:
    """Return the locked versions of a requirements file."""
    found = (PIN.match(line) for line in lock.lines)
    return {Pin(canonicalize_name(m["name"]), m["version"], (m["marker"] or "").strip(" ;")) for m in found if m}


def read_pins(name: str) -> set[Pin]:
    text = (REPOSITORY / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return list_pins(made_up(f"requirements/{name}.txt", text))


def find_loose_lines(lock: SourceFile) -> Iterator[Offence]:
    for number, line in enumerate(lock.lines, 1):
        if not (line.startswith("#") or PIN.match(line) or HASH.match(line)):
            yield lock.offence(number, f"neither a version with hashes nor a comment: {line.strip()}")
        if "://" in line:
            yield lock.offence(number, "an address: the reader's own settings say where packages come from")


def find_unexplained_dependencies(pyproject: SourceFile) -> Iterator[Offence]:
    for number, line in enumerate(pyproject.lines, 1):
        found = DEPENDENCY.match(line)
        if found and len(re.findall(r"\w+", found["reason"] or "")) < 2:
            yield pyproject.offence(number, f"{found['name']}: no comment on the line says what it is for")


def list_requirements(*groups: str) -> list[Requirement]:
    """Return what pyproject.toml asks for: the package's own needs and those of the groups."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    wanted: list[object] = list(project["project"]["dependencies"])
    for group in groups:
        wanted += project["dependency-groups"][group]
    return [Requirement(line) for line in wanted if isinstance(line, str)]


def find_differing(pins: set[Pin], development: set[Pin]) -> list[Pin]:
    """Return the pins that development lacks: its version must be the same, and for the same machines or more."""
    return sorted(pin for pin in pins if not any(is_covered(pin, by=other) for other in development))


def is_covered(pin: Pin, *, by: Pin) -> bool:
    """Say whether another pin is of the same version, for all machines that the first is for."""
    machines = [set(one.marker.split(" or ")) for one in (pin, by)]
    return (pin.package, pin.version) == (by.package, by.version) and (by.marker == "" or machines[0] <= machines[1])


def test_locks_hold_versions_with_hashes_and_no_address() -> None:
    require_no_offence(find_loose_lines, list_locks())


def test_every_dependency_says_what_it_is_for() -> None:
    pyproject = [source for source in list_texts() if str(source.path) == "pyproject.toml"]
    listed = [line for line in pyproject[0].lines if DEPENDENCY.match(line)]

    assert len(listed) >= len(list_requirements("build", "development"))
    require_no_offence(find_unexplained_dependencies, pyproject)


@pytest.mark.parametrize(
    ("lock", "groups"), [("runtime", ()), ("build", ("build",)), ("development", ("build", "development"))]
)
def test_the_lock_has_a_version_that_pyproject_allows(lock: str, groups: tuple[str, ...]) -> None:
    wanted = list_requirements(*groups) if lock != "build" else list_requirements(*groups)[len(list_requirements()) :]
    pins = read_pins(lock)

    for requirement in wanted:
        versions = [pin.version for pin in pins if pin.package == canonicalize_name(requirement.name)]
        assert versions, f"requirements/{lock}.txt has no {requirement.name}: run script/lock"
        assert all(v in requirement.specifier for v in versions), f"{requirement} is locked at {versions}"


@pytest.mark.parametrize("part", ["runtime", "build"])
def test_development_has_the_very_versions_that_people_run(part: str) -> None:
    differing = find_differing(read_pins(part), read_pins("development"))

    require_none(Offence(f"requirements/{part}.txt", 0, f"{pin} is not in development.txt") for pin in differing)


def test_a_version_without_hash_and_an_address_are_found() -> None:
    lock = made_up("requirements/runtime.txt", "# made\nnumpy==2.4.6\n--index-url https://example.org\n")

    assert [offence.line for offence in find_loose_lines(lock)] == [2, 3, 3]


def test_a_version_with_its_hashes_passes() -> None:
    digest = "0" * 64
    lock = made_up(
        "requirements/runtime.txt", f"scipy==1.17.1 ; python_full_version < '3.12' \\\n    --hash=sha256:{digest}\n"
    )

    assert messages(find_loose_lines, lock) == []
    assert list_pins(lock) == {Pin("scipy", "1.17.1", "python_full_version < '3.12'")}


def test_a_dependency_without_a_reason_is_found() -> None:
    pyproject = made_up("pyproject.toml", '    "numpy>=2.3,<3", # arrays of scores\n    "scipy>=1.16",\n')

    assert messages(find_unexplained_dependencies, pyproject) == [
        "pyproject.toml:2: scipy: no comment on the line says what it is for"
    ]


def test_development_may_have_a_version_for_more_machines_and_not_for_fewer() -> None:
    windows, more = Pin("tzdata", "1", "a == 'x'"), Pin("tzdata", "1", "a == 'y' or a == 'x'")

    assert find_differing({windows}, {more}) == []
    assert find_differing({windows}, {Pin("tzdata", "1", "")}) == []
    assert find_differing({more}, {windows}) == [more]
    assert find_differing({windows}, {Pin("tzdata", "2", "")}) == [windows]
