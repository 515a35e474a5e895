# SPDX-License-Identifier: MIT
from __future__ import annotations

from decimal import Decimal

import pytest
import yaml

from trigpoint.errors import Problem
from trigpoint.frameworks.located import MOST_VALUES, Located, parse_yaml

IN_DIGITS = "Write it in digits, 15 at most, or in quotes if it is a word."


def read(text: str) -> Located:
    return parse_yaml(text, file="f.yaml")


def problems(text: str) -> list[str]:
    return [str(problem) for problem in read(text).problems]


def test_values_are_plain_and_can_be_frozen() -> None:
    found = read('text: one\nquoted: "2017"\nwhole: -3\ntenth: 0.1\nyes_no: true\nnothing: null\nlist: [1, {a: b}]\n')

    assert found.problems == ()
    assert found.value == {
        "text": "one",
        "quoted": "2017",
        "whole": -3,
        "tenth": Decimal("0.1"),
        "yes_no": True,
        "nothing": None,
        "list": (1, {"a": "b"}),
    }


def test_every_value_knows_its_line_and_column() -> None:
    places = read("a:\n  - b: 1\n    c: 2\n").places

    assert places == {(): (1, 1), ("a",): (1, 1), ("a", 0): (2, 5), ("a", 0, "b"): (2, 5), ("a", 0, "c"): (3, 5)}


@pytest.mark.parametrize("written", ["1.5", "-0.25", "+2.0", ".5", "7.", "123456789012.345"])
def test_a_number_with_a_point_is_exactly_what_is_written(written: str) -> None:
    assert read(f"n: {written}").value == {"n": Decimal(written)}


@pytest.mark.parametrize("written", ["0", "7", "-12", "+3", "999999999999999"])
def test_a_whole_number_is_a_whole_number(written: str) -> None:
    assert read(f"n: {written}").value == {"n": int(written)}


@pytest.mark.parametrize("written", ["1_000", "0x10", "017", "0b1", "1:30", "1234567890123456"])
def test_what_yaml_takes_for_a_whole_number_and_people_do_not_is_a_problem(written: str) -> None:
    assert problems(f"n: {written}") == [f"f.yaml:1:4: '{written}' is not a plain whole number. {IN_DIGITS}"]


@pytest.mark.parametrize("written", [".inf", "-.inf", ".nan", "1_000.5", "1.5e+3", "1:30.5", "0.1234567890123456"])
def test_what_yaml_takes_for_a_number_and_people_do_not_is_a_problem(written: str) -> None:
    assert problems(f"n: {written}") == [f"f.yaml:1:4: '{written}' is not a plain number. {IN_DIGITS}"]


def test_a_number_of_thousands_of_digits_is_a_short_problem() -> None:
    shown = "'11111111111111111111'… (5000 characters)"

    assert problems("n: " + "1" * 5000) == [f"f.yaml:1:4: {shown} is not a plain whole number. {IN_DIGITS}"]


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "Yes", "NO", "True", "FALSE"])
def test_a_word_that_yaml_takes_for_a_truth_value_is_a_problem(word: str) -> None:
    assert problems(f"code: {word}") == [
        f"f.yaml:1:7: YAML reads {word} as true or false. Write '{word}' in quotes, or true or false."
    ]


def test_keys_are_words_whatever_yaml_makes_of_them() -> None:
    assert read("yes: 1\n2017: 2\nnull: 3\n").value == {"yes": 1, "2017": 2, "null": 3}


def test_a_date_stays_the_text_it_is() -> None:
    assert read("on_day: 2017-03-01").value == {"on_day": "2017-03-01"}


@pytest.mark.parametrize("tag", ["!!str 5", "!made-up 5", "!!python/name:os.system 5"])
def test_a_tag_makes_nothing_but_text(tag: str) -> None:
    assert read(f"n: {tag}").value == {"n": "5"}


def test_a_key_that_stands_twice_is_told_with_its_first_line() -> None:
    found = read("a: 1\nb: 2\na: 3\n")

    assert [str(problem) for problem in found.problems] == [
        "f.yaml:3:1: the key 'a' stands twice; the first is on line 1. Keep one."
    ]
    assert found.value == {"a": 1, "b": 2}


@pytest.mark.parametrize("key", ["[a, b]", "{a: b}"])
def test_a_key_that_is_no_word_is_a_problem(key: str) -> None:
    assert problems(f"a: 1\n? {key}\n: 2\n") == ["f.yaml:2:3: a key must be a single word, not a list or a mapping."]


def test_several_problems_are_told_at_once_in_the_order_of_the_file() -> None:
    assert [said.split(": ")[0] for said in problems("a: no\nb: [1, 0x1, .nan]\na: 2\n")] == [
        "f.yaml:1:4",
        "f.yaml:2:8",
        "f.yaml:2:13",
        "f.yaml:3:1",
    ]


@pytest.mark.parametrize("text", ["", "# only a comment\n", "\n\n", "---\n...\n"])
def test_an_empty_file_has_no_value(text: str) -> None:
    assert read(text).value is None


def test_an_empty_file_is_said_to_be_empty() -> None:
    assert problems("# nothing\n") == ["f.yaml:1:1: the file is empty."]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [1, 2\nb: 3\n", "2:2: not valid YAML: expected ',' or ']', but got ':'"),
        ("a: 1\n b: 2\n", "2:3: not valid YAML: mapping values are not allowed here"),
        ('a: "one\n', "2:1: not valid YAML: found unexpected end of stream"),
        ("\ta: 1\n", "1:1: not valid YAML: found character '\\t' that cannot start any token"),
        ("a: *other\n", "1:4: not valid YAML: found undefined alias 'other'"),
        ("a: 1\n--- \nb: 2\n", "2:1: not valid YAML: but found another document"),
        ("a: 1\nb: \x00c\n", "2:4: not valid YAML: special characters are not allowed"),
    ],
)
def test_broken_yaml_is_told_at_the_place_where_reading_stopped(text: str, said: str) -> None:
    assert problems(text) == [f"f.yaml:{said}. Check indentation, quotes and brackets here."]


def test_an_alias_stands_for_what_it_names() -> None:
    assert read("a: &list [1, 2]\nb: *list\nc: &n 5\nd: *n\n").value == {"a": (1, 2), "b": (1, 2), "c": 5, "d": 5}


@pytest.mark.parametrize("text", ["a: &x [1, *x]\n", "a: &x {b: {c: *x}}\n", "&x [[*x], 1]\n"])
def test_an_alias_to_what_contains_it_is_a_problem(text: str) -> None:
    assert problems(text)[0].endswith("an alias (*) refers to what contains it. Write the value out.")


def test_aliases_that_would_grow_without_end_are_refused_before_they_do() -> None:
    lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 10)}]" for at in range(1, 12)]

    [said] = problems("\n".join(lines))

    assert said.startswith("f.yaml:1:1: with its aliases (*) this has ")
    assert said.endswith(f" values; {MOST_VALUES} is the most.")


def test_values_nested_without_end_are_a_problem() -> None:
    assert problems("[" * 5000) == ["f.yaml:1:51: values are nested too deeply. Write them flatter."]
    assert problems("[" * 200_000 + "]" * 200_000) == ["f.yaml:1:51: values are nested too deeply. Write them flatter."]


def chained(lists: int, deep: int) -> str:
    """Lists, each so many deep, each holding the one before by its alias."""
    first = f"- &a0 {'[' * deep}1{']' * deep}\n"
    return first + "".join(f"- &a{at} {'[' * deep}*a{at - 1}{']' * deep}\n" for at in range(1, lists))


@pytest.mark.parametrize("lists", [2, 45])
def test_aliases_that_nest_too_deeply_once_written_out_are_a_problem(lists: int) -> None:
    message = "with its aliases (*) values are nested too deeply. Write them flatter."

    assert problems(chained(lists, 45)) == [f"f.yaml:1:1: {message}"]


def test_aliases_may_nest_as_deeply_as_the_text_itself() -> None:
    # The outermost list and twice 24 or 25 within it
    assert read(chained(2, 24)).problems == ()
    assert len(problems(chained(2, 25))) == 1


def test_what_only_the_loader_in_c_refuses_is_a_problem_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "compose", lambda *_, **__: None)  # the plainer loader finds nothing wrong

    assert [said.split("Check")[0] for said in problems("a: [1, 2\nb: 3\n")] == [
        "f.yaml:2:2: not valid YAML: did not find expected ',' or ']'. "
    ]


def test_a_problem_at_a_place_that_is_absent_stands_at_the_nearest_place_above() -> None:
    found = read("a:\n  b: 1\n")

    assert found.problem(("a", "b"), "wrong") == Problem("f.yaml", 2, 3, "wrong")
    assert found.problem(("a", "c", 4), "wrong") == Problem("f.yaml", 1, 1, "wrong")


def test_a_problem_of_a_file_that_could_not_be_read_has_no_place() -> None:
    assert Located("f.yaml", None, {}).problem(("a",), "wrong") == Problem("f.yaml", None, None, "wrong")
