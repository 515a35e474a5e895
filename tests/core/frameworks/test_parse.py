# SPDX-License-Identifier: MIT
"""From texts to a framework, or to every problem of every file."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.core.frameworks.texts import (
    CONTENT,
    CROSSWALK,
    EXAMPLE,
    FILES,
    LADDER_FILES,
    SCORING,
    place_of,
    problems_after,
    problems_of,
)
from tests.support.framework_files import edited
from trigpoint.errors import FrameworkProblems
from trigpoint.frameworks.model import KINDS, Measure, NumberRange, Rounding
from trigpoint.frameworks.parse import parse_framework, read_parts


def test_two_files_make_a_framework() -> None:
    framework = parse_framework(FILES)

    assert str(framework.ref) == "made-up@2"
    assert list(framework.questions) == ["has_plan", "plan_read", "wards_online", "wards_happy"]
    assert framework.scales["wards"].number == NumberRange(0, 50, whole=True)
    assert framework.scoring.levels["section"].rounding == Rounding("half_up", 0)
    assert framework.scoring.levels["section"].minimum_answered == Decimal("0.5")
    assert framework.scoring.points["wards"] == ((0, 0), (10, 50), (20, 100))
    assert framework.crosswalk is None
    assert framework.examples == ()


def test_a_ladder_is_read_with_the_share_that_each_step_needs() -> None:
    ladder = parse_framework(LADDER_FILES).scoring.ladder

    assert ladder is not None
    assert [(step.value, step.share_needed) for step in ladder.steps] == [(2, 1), (3, Decimal("0.5"))]


def test_crosswalk_and_examples_are_read_along() -> None:
    files = {**FILES, "crosswalk.yaml": CROSSWALK, "worked_examples/b.yaml": EXAMPLE, "worked_examples/a.yaml": EXAMPLE}

    framework = parse_framework(files)

    assert framework.crosswalk is not None
    assert framework.crosswalk.pairs[1].to_question == ("wards_online", "wards_happy")
    assert framework.examples[0].answers == {"has_plan": "agree", "plan_read": "dont_know", "wards_online": 12}
    assert [example.expect["overall"].score for example in framework.examples] == ["263/3", "263/3"]


def test_a_framework_without_its_two_files_is_told_what_is_missing() -> None:
    assert problems_of({}) == [
        "framework.yaml: the file framework.yaml is missing.",
        "scoring.yaml: the file scoring.yaml is missing.",
    ]


def test_a_framework_with_problems_is_raised_with_all_of_them_under_the_name_of_the_folder() -> None:
    broken = edited(FILES, "framework.yaml", ("round: ", "year: "))
    broken = edited(broken, "scoring.yaml", ("kind: points", "kind: guess"))

    with pytest.raises(FrameworkProblems) as raised:
        parse_framework(broken, folder="frameworks/made-up/2/")

    assert [str(problem).split(":")[0] for problem in raised.value.problems] == [
        "frameworks/made-up/2/framework.yaml",
        "frameworks/made-up/2/framework.yaml",
        "frameworks/made-up/2/scoring.yaml",
    ]


def test_what_can_be_read_is_kept_beside_what_cannot() -> None:
    parts = read_parts({**FILES, "scoring.yaml": "kind: [\n", "worked_examples/a.yaml": EXAMPLE})

    assert parts.content is not None
    assert parts.scoring is None
    assert [example.title for example in parts.examples] == ["A plan that nobody reads"]
    assert [problem.line for problem in parts.problems] == [2]


def test_a_broken_example_is_told_and_left_out() -> None:
    parts = read_parts({**FILES, "worked_examples/a.yaml": "title: Only a title\n"})

    assert parts.examples == ()
    assert [str(problem) for problem in parts.problems] == [
        "worked_examples/a.yaml:1:1: 'answers' is missing.",
        "worked_examples/a.yaml:1:1: 'expect' is missing.",
    ]


# file, old text, new text, what then stands at the place, message
SHAPES = [
    ("framework.yaml", "title: Made up\n", "", "# SPDX", "'title' is missing."),
    ("framework.yaml", "summary: For", "sumary: For", "sumary", "'sumary' is not a key that belongs here."),
    (
        "framework.yaml",
        'version: "2"',
        "version: 2",
        "version",
        "'version' must be text; put it in quotes if it looks like a number or yes/no.",
    ),
    (
        "framework.yaml",
        'round: "2020"',
        "round: 2020",
        "round",
        "'round' must be text; put it in quotes if it looks like a number or yes/no.",
    ),
    ("framework.yaml", "title: Made up", "title: '  '", "title: '", "'title' must not be empty."),
    ("framework.yaml", "- {id: rules, title: The rules}", "id: rules", "sources", "'sources' must be a list."),
    ("framework.yaml", "whole: true", "whole: 1", "whole", "'whole' must be true or false."),
    (
        "framework.yaml",
        "{minimum: 0, maximum: 50, whole: true}",
        "50",
        "number: 50",
        "'number' must be a mapping of keys to values.",
    ),
    (
        "framework.yaml",
        "- {id: acute, title: Acute}",
        "- acute",
        "acute\n  - {id: comm",
        "0 must be a mapping of keys to values.",
    ),
    (
        "framework.yaml",
        "id: has_plan, m",
        "id: Has-Plan, m",
        "id: Has-Plan",
        "'id': string should match pattern '^[a-z][a-z0-9_]*$'; found 'Has-Plan'.",
    ),
    (
        "framework.yaml",
        "minimum: 0,",
        "minimum: some,",
        "minimum",
        "'minimum' must be a number.",
    ),
    (
        "scoring.yaml",
        "measures: {plans: 1.5}",
        "measures: 1.5",
        "measures: 1.5",
        "'measures' must be a mapping of keys to values.",
    ),
    (
        "scoring.yaml",
        "mode: half_up",
        "mode: nearest",
        "mode",
        "'mode': input should be 'half_up', 'half_even' or 'down'; found 'nearest'.",
    ),
    ("scoring.yaml", "[10, 50]", "[10]", "[10]", "this list is too short: it needs 2 values."),
    ("scoring.yaml", "digits: 0", "digits: 7", "digits", "'digits': input should be less than or equal to 6; found 7."),
    ("scoring.yaml", "digits: 0", "digits: 0.5", "digits", "'digits' must be a whole number."),
    (
        "scoring.yaml",
        "not_shown: leave_out",
        "not_shown: zero",
        "not_shown",
        "'not_shown': input should be 'leave_out'; found 'zero'.",
    ),
    ("scoring.yaml", "dont_know: zero, ", "", "missing:", "'dont_know' is missing."),
]


@pytest.mark.parametrize(("name", "old", "new", "there", "message"), SHAPES)
def test_a_value_of_the_wrong_shape_is_told_in_our_words(
    name: str, old: str, new: str, there: str, message: str
) -> None:
    text = edited(FILES, name, (old, new))[name]

    # What is missing has no place of its own: it is told where the document starts, after the comment.
    place = "2:1" if there == "# SPDX" else place_of(text, there)
    assert f"{name}:{place}: {message}" in problems_after(FILES, name, (old, new))


def test_an_unknown_kind_is_told_with_the_seven_there_are() -> None:
    [said] = problems_after(FILES, "scoring.yaml", ("kind: points\n", "kind: marks\n"))

    known = f"{', '.join(map(repr, KINDS[:-1]))} or 'indicator'"
    assert said == f"scoring.yaml:2:1: 'kind': input should be {known}; found 'marks'."


def test_alternatives_of_one_value_are_told_as_one_problem() -> None:
    # A table may be a mapping or a list, its points a whole number or a decimal: one wrong word is still one problem.
    said = problems_after(
        FILES, "scoring.yaml", ("agreement: {disagree: 0, agree: 100}", "agreement: {disagree: a, agree: 100}")
    )

    assert [one.split(": ")[0] for one in said] == [f"scoring.yaml:{place_of(SCORING, 'disagree: 0')}"]


def test_a_long_wrong_value_is_shown_in_short() -> None:
    [said] = problems_after(FILES, "framework.yaml", ("id: has_plan, m", f"id: {'X' * 99}, m"))[:1]

    assert said.endswith(f"found '{'X' * 56}....")


def test_a_document_that_is_no_mapping_is_told_at_its_beginning() -> None:
    said = problems_of({**FILES, "scoring.yaml": "- kind\n"})

    assert said == ["scoring.yaml:1:1: 'scoring.yaml' must be a mapping of keys to values."]


def test_yaml_that_means_something_else_than_it_says_is_not_read_further() -> None:
    said = problems_after(FILES, "framework.yaml", ("whole: true", "whole: yes"), ("title: Plans", "tittle: Plans"))

    place = place_of(CONTENT, "true}")
    assert said == [
        f"framework.yaml:{place}: YAML reads yes as true or false. Write 'yes' in quotes, or true or false."
    ]


def test_measures_nest_to_any_depth() -> None:
    deeper = (
        "{id: plans, title: Plans, level: section}",
        "{id: top, title: T, level: overall, measures: [{id: plans, title: P, level: section}]}",
    )
    framework = parse_framework(edited(FILES, "framework.yaml", deeper))

    assert [measure.id for measure in framework.walk_measures()] == ["overall", "top", "plans", "records"]
    assert isinstance(framework.measures["plans"], Measure)


# What a version's name may not hold would make RELEASED.yaml unreadable or name no folder.
@pytest.mark.parametrize("name", ["1: 2", "2 b", "1@2", "a/b", "-1", ".", "", "#1", "2\u00b2", "1_0", "x" * 61])
def test_a_version_is_letters_digits_dots_and_hyphens(name: str) -> None:
    files = {**FILES, "crosswalk.yaml": CROSSWALK}

    newer = problems_after(files, "framework.yaml", ('version: "2"', f'version: "{name}"'))
    older = problems_after(files, "crosswalk.yaml", ('from: "1"', f'from: "{name}"'))

    assert newer[0].startswith("framework.yaml:3:1: 'version': string should ")
    assert older[0].startswith("crosswalk.yaml:3:1: 'from': string should ")


@pytest.mark.parametrize("name", ["2", "2015-16", "3.10", "v2.0-draft.1"])
def test_versions_as_people_name_them_are_allowed(name: str) -> None:
    files = edited(FILES, "framework.yaml", ('version: "2"', f'version: "{name}"'))

    assert str(parse_framework(files).ref) == f"made-up@{name}"


@pytest.mark.parametrize("name", ["2020\\n", " ", "a:b", "-", "x" * 61, "/2020"])
def test_a_round_is_letters_digits_and_plain_signs(name: str) -> None:
    said = problems_after(FILES, "framework.yaml", ('round: "2020"', f'round: "{name}"'))

    assert [told.partition(": string should")[0] for told in said] == ["framework.yaml:6:1: 'round'"]


@pytest.mark.parametrize("name", ["2020", "2015-16", "Spring 2026", "wave_2", "2020/21"])
def test_rounds_as_people_name_them_are_allowed(name: str) -> None:
    assert problems_after(FILES, "framework.yaml", ('round: "2020"', f'round: "{name}"')) == []
