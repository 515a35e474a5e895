# SPDX-License-Identifier: MIT
"""Rules of shape: short functions, short modules, modules named for what they hold, as much test as code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

import pytest

from tests.repository.house import Offence, SourceFile, list_python, list_texts, made_up, messages, require_no_offence

# Over 40 lines a function does more than one step; over 400 a module holds more than one idea (style.md, 1).
LONGEST_FUNCTION = 40
LONGEST_MODULE = 400
REASON = re.compile(r"# long: \w+")
VAGUE = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "managers", "lib", "tools", "stuff", "base"}
DEMANDED = {"src/trigpoint_web/queued_sqlite3/base.py"}  # by this name Django finds a database engine


def is_generated(source: SourceFile) -> bool:
    """Say whether Django wrote a module: a migration, which lists every table and is never edited down."""
    return source.path.parent.name == "migrations" and source.path.name[:4].isdigit()


def find_long_functions(source: SourceFile) -> Iterator[Offence]:
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        last = node.end_lineno or node.lineno
        length = last - node.lineno + 1
        has_reason = any(REASON.search(line) for line in source.lines[node.lineno - 1 : last])
        if length > LONGEST_FUNCTION and not has_reason:
            yield source.offence(node.lineno, f"{node.name} has {length} lines: split it, or say '# long: why'")


def find_long_modules(source: SourceFile) -> Iterator[Offence]:
    if (length := len(source.lines)) > LONGEST_MODULE:
        yield source.offence(length, f"{length} lines: split the module by idea")


def find_vague_names(source: SourceFile) -> Iterator[Offence]:
    if source.path.as_posix() in DEMANDED:
        return
    for part in (*source.path.parts[:-1], source.path.stem):
        if part.lower().strip("_") in VAGUE:
            yield source.offence(0, f"'{part}' says nothing: name it for the one idea it holds")


def count_lines(sources: Iterable[SourceFile]) -> int:
    """Return the lines that hold anything."""
    return sum(1 for source in sources for line in source.lines if line.strip())


def test_no_function_is_long_without_a_reason() -> None:
    require_no_offence(find_long_functions, list_python())


def test_no_module_is_long() -> None:
    require_no_offence(find_long_modules, (source for source in list_python() if not is_generated(source)))


def test_no_module_or_script_has_a_vague_name() -> None:
    require_no_offence(find_vague_names, (s for s in list_texts() if s.path.suffix == ".py" or s.is_script))


def test_there_is_at_least_as_much_test_as_code() -> None:
    written = [source for source in list_python("src") if not is_generated(source)]
    code, test = count_lines(written), count_lines(list_python("tests"))

    assert test >= code, f"{test} lines of test to {code} of code"


@pytest.mark.parametrize(("statements", "found"), [(LONGEST_FUNCTION - 1, 0), (LONGEST_FUNCTION, 1)])
def test_a_function_is_long_from_41_lines(statements: int, found: int) -> None:
    source = made_up("a.py", "def rank():\n" + "    pass\n" * statements)

    assert len(messages(find_long_functions, source)) == found


def test_a_long_function_with_a_reason_passes() -> None:
    source = made_up("a.py", "def rank():\n    # long: one table, read downwards\n" + "    pass\n" * 50)

    assert messages(find_long_functions, source) == []


def test_a_reason_in_one_function_does_not_excuse_another() -> None:
    excused = "def rank():\n    # long: one table, read downwards\n" + "    pass\n" * 50
    source = made_up("a.py", excused + "def sort():\n" + "    pass\n" * 50)

    assert messages(find_long_functions, source) == ["a.py:53: sort has 51 lines: split it, or say '# long: why'"]


@pytest.mark.parametrize(("lines", "found"), [(LONGEST_MODULE, 0), (LONGEST_MODULE + 1, 1)])
def test_a_module_is_long_from_401_lines(lines: int, found: int) -> None:
    assert len(messages(find_long_modules, made_up("a.py", "a = 1\n" * lines))) == found


@pytest.mark.parametrize("path", ["src/trigpoint/utils.py", "src/trigpoint/common/ranks.py", "tests/_helpers.py"])
def test_a_vague_name_is_found(path: str) -> None:
    assert len(messages(find_vague_names, made_up(path, ""))) == 1


def test_blank_lines_are_no_code() -> None:
    assert count_lines([made_up("a.py", "a = 1\n\n   \nb = 2\n")]) == 2


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("src/trigpoint_web/rounds/migrations/0001_initial.py", True),
        ("src/trigpoint_web/rounds/migrations/__init__.py", False),
        ("src/trigpoint_web/rounds/0001_models.py", False),
    ],
)
def test_only_migrations_are_generated(path: str, expected: bool) -> None:
    assert is_generated(made_up(path, "")) is expected
