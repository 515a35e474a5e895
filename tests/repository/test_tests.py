# SPDX-License-Identifier: MIT
"""Rules of the tests and of error handling: no sleep, no network, no clock; nothing is excused without a reason."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.repository.house import Offence, SourceFile, list_python, made_up, messages, require_no_offence

OUTSIDE = {"socket", "requests", "httpx", "aiohttp", "urllib.request", "urllib3", "http.client", "ftplib", "smtplib"}
CLOCK = {"time", "timeit"}
# They start the service, or a provider of sign-in, as a process on this machine, and speak to that.
SPEAK_TO_A_PROCESS_OF_THEIRS = {
    "tests/support/service.py",
    "tests/web/accounts/test_provider.py",
    "tests/web/demonstration/test_command.py",
    "tests/web/demonstration/test_serving.py",
    "tests/web/test_nothing_lost.py",
}
# Where another process says in no other way that it is ready, the line says so: # sleeps: why
REASON_TO_SLEEP = re.compile(r"# sleeps: \w+ \w+")
# Written in pieces, as this file is read by its own rules.
EXCUSE = re.compile(r"#\s*pragma:\s*no " + r"(?:cover|branch)\b(?P<reason>.*)")
SKIPS = {"pytest.mark.skip", "pytest.mark.xfail"}


def list_imports(source: SourceFile) -> Iterator[tuple[int, str]]:
    """Return the line and full name of each module that a module imports."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module
            yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)


def find_reach_outside(source: SourceFile) -> Iterator[Offence]:
    for line, module in list_imports(source):
        if module in OUTSIDE:
            yield source.offence(line, f"imports {module}: a test uses no network; use a fake of the outside")
        if module in CLOCK:
            yield source.offence(line, f"imports {module}: a test neither sleeps nor measures; benchmarks/ measures")


def find_sleeps(source: SourceFile) -> Iterator[Offence]:
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call) or REASON_TO_SLEEP.search(source.lines[node.lineno - 1]):
            continue
        if ast.unparse(node.func).split(".")[-1] in {"sleep", "wait_for_timeout"}:
            yield source.offence(node.lineno, "sleeps: wait for the thing itself, or pass the moment in")


def find_bare_excepts(source: SourceFile) -> Iterator[Offence]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ExceptHandler) and node.type is None:
            yield source.offence(node.lineno, "except: catches everything; name the error")


def find_excuses_without_reason(source: SourceFile) -> Iterator[Offence]:
    for number, line in enumerate(source.lines, 1):
        found = EXCUSE.search(line)
        if found and len(re.findall(r"\w+", found["reason"])) < 2:
            yield source.offence(number, "excused from coverage without a reason: say why on the same line")


def find_skips_without_reason(source: SourceFile) -> Iterator[Offence]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            for decorator in node.decorator_list:
                if ast.unparse(decorator).split("(")[0] in SKIPS and "reason=" not in ast.unparse(decorator):
                    yield source.offence(decorator.lineno, f"{node.name} is skipped without reason=")


def find_assertless_tests(source: SourceFile) -> Iterator[Offence]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not can_fail(node):
            yield source.offence(node.lineno, f"{node.name} asserts nothing, so it can't fail")


def can_fail(test: ast.FunctionDef) -> bool:
    """Say whether a test asserts, expects an error or something of a page, or calls a check named for its demand."""
    of_a_page = ("to_be_", "to_have_", "to_contain_", "not_to_be_", "not_to_have_")  # expect(…).to_be_visible()
    demands = (
        "raises",
        "warns",
        "fail",
        "require_",
        "assert_",
        "check_",
        "expect_",
        "climb_",
        "run_state_machine",
        *of_a_page,
    )
    for node in ast.walk(test):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1].lstrip("_").startswith(demands):
            return True
    return False


def test_tests_use_no_network_and_no_clock() -> None:
    rest = [source for source in list_python("tests") if str(source.path) not in SPEAK_TO_A_PROCESS_OF_THEIRS]
    require_no_offence(find_reach_outside, rest)


def test_nothing_sleeps() -> None:
    require_no_offence(find_sleeps, list_python("src", "tests"))


def test_no_except_is_bare() -> None:
    require_no_offence(find_bare_excepts, list_python())


def test_every_excuse_from_coverage_has_its_reason() -> None:
    require_no_offence(find_excuses_without_reason, list_python())


def test_every_skip_has_its_reason() -> None:
    require_no_offence(find_skips_without_reason, list_python("tests"))


def test_every_test_can_fail() -> None:
    require_no_offence(find_assertless_tests, list_python("tests"))


@pytest.mark.parametrize(
    "code", ["import socket", "from urllib import request", "from urllib.request import urlopen", "import time"]
)
def test_a_reach_outside_is_found(code: str) -> None:
    assert messages(find_reach_outside, made_up("tests/test_a.py", code)) != []


def test_taking_an_address_apart_is_no_network() -> None:
    assert messages(find_reach_outside, made_up("tests/test_a.py", "from urllib.parse import urlsplit")) == []


@pytest.mark.parametrize("code", ["time.sleep(1)", "sleep(1)", "page.wait_for_timeout(500)"])
def test_a_sleep_is_found(code: str) -> None:
    assert len(messages(find_sleeps, made_up("tests/test_a.py", code))) == 1


def test_a_sleep_with_its_reason_on_the_line_passes() -> None:
    source = made_up("src/a.py", "sleep(1)  # sleeps: another process is starting\nsleep(1)  # sleeps:\n")

    assert [offence.line for offence in find_sleeps(source)] == [2]


def test_a_bare_except_is_found() -> None:
    source = made_up("a.py", "try:\n    score()\nexcept:\n    pass\ntry:\n    score()\nexcept ValueError:\n    pass\n")

    assert [offence.line for offence in find_bare_excepts(source)] == [3]


@pytest.mark.parametrize(("reason", "found"), [("", 1), (" -", 1), (": only on macOS", 0)])
def test_an_excuse_needs_a_reason(reason: str, found: int) -> None:
    source = made_up("a.py", "x = 1  # pragma: no " + f"cover{reason}\n")

    assert len(messages(find_excuses_without_reason, source)) == found


@pytest.mark.parametrize(
    ("mark", "found"),
    [
        ("@pytest.mark.skip", 1),
        ("@pytest.mark.xfail(strict=True)", 1),
        ("@pytest.mark.skip(reason='no browser')", 0),
        ("@pytest.mark.parametrize('a', [1])", 0),
    ],
)
def test_a_skip_needs_a_reason(mark: str, found: int) -> None:
    source = made_up("tests/test_a.py", f"{mark}\ndef test_ranks_are_kept(): ...\n")

    assert len(messages(find_skips_without_reason, source)) == found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("score(answers)", 1),
        ("assert score(answers) == 50", 0),
        ("with pytest.raises(ValueError): score(answers)", 0),
        ("require_same_bytes(first, second)", 0),
    ],
)
def test_a_test_that_cannot_fail_is_found(body: str, found: int) -> None:
    source = made_up("tests/test_a.py", f"def test_it():\n    {body}\n")

    assert len(messages(find_assertless_tests, source)) == found
