# SPDX-License-Identifier: MIT
from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import trigpoint
from trigpoint import errors
from trigpoint.errors import AnswersProblems, FrameworkProblems, Problem, ProblemsFound, TrigpointError


def every_error(root: type[TrigpointError] = TrigpointError) -> Iterator[type[TrigpointError]]:
    yield root
    for child in root.__subclasses__():
        yield from every_error(child)


def leaves() -> list[type[TrigpointError]]:
    """Every error without one below it that any module of ours has; those that tests make up are no part of it."""
    for module in pkgutil.walk_packages(trigpoint.__path__, "trigpoint."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    ours = [error for error in every_error() if error.__module__.split(".")[0] == "trigpoint"]
    return [error for error in ours if not error.__subclasses__()]


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (Problem("a.yaml", 3, 7, "wrong."), "a.yaml:3:7: wrong."),
        (Problem("a.csv", 3, None, "wrong."), "a.csv:3: wrong."),
        (Problem("a.xlsx", None, None, "wrong."), "a.xlsx: wrong."),
    ],
)
def test_a_problem_is_said_as_path_line_column_and_message(problem: Problem, said: str) -> None:
    assert str(problem) == said


def test_problems_sort_by_place() -> None:
    found = [Problem("b", 1, 1, "x"), Problem("a", 10, 1, "x"), Problem("a", 2, 5, "x"), Problem("a", 2, 4, "x")]

    assert [str(one) for one in sorted(found)] == ["a:2:4: x", "a:2:5: x", "a:10:1: x", "b:1:1: x"]


def test_problems_found_are_said_one_a_line_in_the_order_given() -> None:
    error = FrameworkProblems(Problem("a.yaml", line, 1, "wrong.") for line in (2, 1))

    assert str(error) == "a.yaml:2:1: wrong.\na.yaml:1:1: wrong."
    assert isinstance(error.problems, tuple)


def test_an_error_can_be_raised_from_another_and_caught_at_the_root() -> None:
    def read_badly() -> None:
        try:
            raise ValueError("inside")
        except ValueError as cause:
            raise AnswersProblems([Problem("a.csv", 1, None, "wrong.")]) from cause

    with pytest.raises(TrigpointError) as raised:
        read_badly()

    assert isinstance(raised.value.__cause__, ValueError)


def test_two_errors_with_the_same_problems_are_still_two_errors() -> None:
    problems = [Problem("a", None, None, "x")]

    assert FrameworkProblems(problems) != FrameworkProblems(problems)


def test_every_error_that_is_raised_has_an_exit_code_of_its_own() -> None:
    codes = [error.exit_code for error in leaves()]

    assert len(set(codes)) == len(codes)
    # 0 is success, 1 the root's, 2 the shell's own for a wrong command line; above 125 shells have their own meanings
    assert all(3 <= code <= 125 for code in codes)


def test_every_error_stands_in_the_one_tree() -> None:
    assert [error.__name__ for error in leaves() if error.__module__ != errors.__name__] == []


def test_every_error_says_what_it_is_for() -> None:
    assert [error.__name__ for error in [*leaves(), ProblemsFound] if not error.__doc__] == []


def test_problems_stand_in_the_order_of_the_file_and_one_about_the_whole_file_comes_first() -> None:
    whole, early, late = Problem("f", None, None, "z"), Problem("f", 2, 9, "y"), Problem("f", 10, None, "x")

    assert sorted([late, early, whole]) == [whole, early, late]
