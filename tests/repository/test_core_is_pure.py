# SPDX-License-Identifier: MIT
"""The core takes values and returns values: no file, clock, environment, network, log or global state.

import-linter keeps modules of ours apart; here the core's own use of the machine is looked for in its syntax.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.repository.house import Offence, SourceFile, list_python, made_up, messages, require_no_offence

WINDOWS_TO_THE_WORLD = {"io", "cli", "__main__"}
FORBIDDEN_MODULES = {
    "asyncio",
    "fcntl",
    "glob",
    "http",
    "logging",
    "multiprocessing",
    "os",
    "pathlib",
    "random",
    "requests",
    "secrets",
    "shutil",
    "socket",
    "sqlite3",
    "subprocess",
    "tempfile",
    "threading",
    "time",
    "urllib",
    "uuid",
    "warnings",
}
FORBIDDEN_CALLS = {"open", "print", "input", "breakpoint", "eval", "exec"}
CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today"}
# Reading or writing an array's file, and numpy's hidden global generator; a Generator is passed in as rng.
NUMPY_FILES = {"load", "save", "savez", "savez_compressed", "loadtxt", "savetxt", "genfromtxt", "fromfile", "memmap"}
NUMPY_RANDOM_TYPES = {"Generator", "BitGenerator", "SeedSequence"}


def is_core(source: SourceFile) -> bool:
    """Say whether a module is of the core: all of trigpoint but io and cli."""
    parts = source.path.with_suffix("").parts
    return parts[:2] == ("src", "trigpoint") and len(parts) > 2 and parts[2] not in WINDOWS_TO_THE_WORLD


def find_impurities(source: SourceFile) -> Iterator[Offence]:
    for node in ast.walk(source.tree):
        for what in describe_impurity(node):
            yield source.offence(getattr(node, "lineno", 0), f"{what}: the core takes values; move it to io or cli")


def describe_impurity(node: ast.AST) -> list[str]:
    """Return what a node of syntax wants from outside, in words; nothing when it wants nothing."""
    match node:
        case ast.Import(names=names):
            return [f"import {name.name}" for name in names if name.name.split(".")[0] in FORBIDDEN_MODULES]
        case ast.ImportFrom(module=str(module)) if module.split(".")[0] in FORBIDDEN_MODULES:
            return [f"from {module} import"]
        case ast.Global(names=variables):
            return [f"global {variable}" for variable in variables]
        case ast.Call(func=ast.Name(id=name)) if name in FORBIDDEN_CALLS:
            return [f"{name}()"]
        case ast.Attribute():
            return describe_attribute(ast.unparse(node))
    return []


def describe_attribute(dotted: str) -> list[str]:
    """Return the dotted name when it reads a clock, numpy's files or its global generator."""
    head, _, last = dotted.rpartition(".")
    reads_clock = any(dotted == clock or dotted.endswith(f".{clock}") for clock in CLOCKS)
    reads_file = head in {"np", "numpy"} and last in NUMPY_FILES
    draws = head in {"np.random", "numpy.random"} and last not in NUMPY_RANDOM_TYPES
    return [dotted] if reads_clock or reads_file or draws else []


def test_the_core_touches_nothing_outside() -> None:
    require_no_offence(find_impurities, (source for source in list_python("src") if is_core(source)))


@pytest.mark.parametrize(
    "code",
    [
        "import pathlib",
        "import os.path",
        "from urllib.request import urlopen",
        "from random import choice",
        "text = open('x').read()",
        "today = datetime.now(UTC)",
        "today = datetime.date.today()",
        "array = np.load('x')",
        "rng = np.random.default_rng(1)",
        "noise = numpy.random.normal()",
        "def count():\n    global total\n    total = 1",
    ],
)
def test_a_reach_outside_is_found(code: str) -> None:
    assert len(messages(find_impurities, made_up("src/trigpoint/scoring/kernel.py", code))) == 1


@pytest.mark.parametrize(
    "code",
    [
        "from io import StringIO",
        "from datetime import date",
        "import osmosis",
        "def draw(rng: np.random.Generator): return rng.normal()",
        "opened = organisation.open",
        "from trigpoint.errors import TrigpointError",
    ],
)
def test_values_in_and_values_out_pass(code: str) -> None:
    assert messages(find_impurities, made_up("src/trigpoint/scoring/kernel.py", code)) == []


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("src/trigpoint/errors.py", True),
        ("src/trigpoint/scoring/kernel.py", True),
        ("src/trigpoint/synthetic/rounds.py", True),
        ("src/trigpoint/io/content.py", False),
        ("src/trigpoint/cli.py", False),
        ("src/trigpoint/cli/score.py", False),
        ("tests/core/test_kernel.py", False),
    ],
)
def test_the_core_is_all_but_io_and_cli(path: str, expected: bool) -> None:
    assert is_core(made_up(path, "")) is expected
