# SPDX-License-Identifier: MIT
"""What pydantic finds wrong, said once a place, in words for an author."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from trigpoint.frameworks.located import parse_yaml
from trigpoint.frameworks.model import Exact, Flag, Name, Text, Whole
from trigpoint.frameworks.shape_problems import list_shape_problems


@dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Ward:
    """A made-up shape with one field of each kind."""

    beds: Whole = 1
    area: Exact = 1
    open: Flag = True
    name: Text = "one"
    floors: Annotated[tuple[Whole, ...], Field(min_length=1)] = (1,)
    doors: Name | tuple[Name, ...] = "front"
    between: tuple[Name, Name] = ("A", "B")

    def __post_init__(self) -> None:
        if self.beds == 13:
            raise ValueError("nobody wants the bed 13")


def problems_of(text: str, kind: Any = Ward) -> list[str]:
    located = parse_yaml(text, file="w.yaml")
    with pytest.raises(ValidationError) as found:
        TypeAdapter(kind).validate_python(located.value)
    return [str(problem) for problem in list_shape_problems(found.value, located)]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("beds: ten", "w.yaml:1:1: 'beds' must be a whole number."),
        ("area: wide", "w.yaml:1:1: 'area' must be a number."),
        ("open: 1", "w.yaml:1:1: 'open' must be true or false."),
        ("name: 2017", "w.yaml:1:1: 'name' must be text; put it in quotes if it looks like a number or yes/no."),
        ("name: ''", "w.yaml:1:1: 'name' must not be empty."),
        ("floors: []", "w.yaml:1:1: 'floors' must not be empty."),
        ("floors: [one]", "w.yaml:1:10: 0 must be a whole number."),  # and not that the list is too short
        ("floors: 1", "w.yaml:1:1: 'floors' must be a list."),
        ("doors: 1", "w.yaml:1:1: 'doors' must be text or a list."),
        ("between: [A]", "w.yaml:1:1: this list is too short: it needs 2 values."),
        ("rooms: 1", "w.yaml:1:1: 'rooms' is not a key that belongs here."),
        ("beds: 13", "w.yaml:1:1: nobody wants the bed 13."),
        ("[]", "w.yaml:1:1: 'w.yaml' must be a mapping of keys to values."),
    ],
)
def test_each_kind_of_slip_has_words_of_its_own(text: str, problem: str) -> None:
    assert problems_of(text) == [problem]


def test_what_has_no_words_of_its_own_is_told_with_what_was_found() -> None:
    size = Annotated[Whole, Field(ge=1)]

    assert problems_of("a: 0", dict[str, size]) == [
        "w.yaml:1:1: 'a': input should be greater than or equal to 1; found 0."
    ]


def test_what_was_found_is_cut_when_it_is_long() -> None:
    code = Annotated[str, Field(pattern="^[a-z]+$")]

    (problem,) = problems_of(f"a: {'X' * 100}", dict[str, code])

    assert problem.endswith(f"found '{'X' * 56}....")


def test_problems_stand_in_the_order_of_the_file() -> None:
    assert [one.split(":")[1] for one in problems_of("open: 1\narea: wide\nbeds: ten\n")] == ["1", "2", "3"]


def test_a_value_put_together_from_two_places_is_told_where_each_part_stands() -> None:
    located = parse_yaml("plain: {beds: ten, area: wide}\nchange: {area: huge}\n", file="w.yaml")
    assert isinstance(located.value, dict)
    with pytest.raises(ValidationError) as found:
        TypeAdapter(Ward).validate_python({**located.value["plain"], **located.value["change"], "rooms": 1})

    problems = list_shape_problems(found.value, located, places=[("change",), ("plain",)])

    assert [str(problem) for problem in problems] == [
        "w.yaml:1:9: 'beds' must be a whole number.",
        "w.yaml:2:1: 'rooms' is not a key that belongs here.",  # in neither place: told at the likelier
        "w.yaml:2:10: 'area' must be a number.",
    ]
