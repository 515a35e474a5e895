# SPDX-License-Identifier: MIT
"""The texts of a framework's files → a `Framework`, or every problem with its line and column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from trigpoint.errors import FrameworkProblems, Problem
from trigpoint.frameworks.check_content import check_content
from trigpoint.frameworks.check_crosswalk import check_crosswalk
from trigpoint.frameworks.check_examples import check_examples
from trigpoint.frameworks.check_scoring import check_scoring
from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.located import Located, Path, parse_yaml
from trigpoint.frameworks.model import Content, Crosswalk, Scoring, WorkedExample

T = TypeVar("T")

CONTENT, SCORING, CROSSWALK, EXAMPLES = "framework.yaml", "scoring.yaml", "crosswalk.yaml", "worked_examples/"

# What pydantic says, in words that tell an author what to write.
_IN_OUR_WORDS = {
    "missing": "{field!r} is missing.",
    "extra_forbidden": "{field!r} is not a key that belongs here.",
    "unexpected_keyword_argument": "{field!r} is not a key that belongs here.",
    "string_type": "{field!r} must be text; put it in quotes if it looks like a number or yes/no.",
    "tuple_type": "{field!r} must be a list.",
    "int_type": "{field!r} must be a whole number.",
    "bool_type": "{field!r} must be true or false.",
    "string_too_short": "{field!r} must not be empty.",
    "mapping_type": "{field!r} must be a mapping of keys to values.",
    "dict_type": "{field!r} must be a mapping of keys to values.",
    "dataclass_type": "{field!r} must be a mapping of keys to values.",
    "dataclass_exact_type": "{field!r} must be a mapping of keys to values.",
}

# The forms that a value may have, where there are several.
_FORMS = {
    "int_type": "a number",
    "is_instance_of": "a number",
    "string_type": "text",
    "dict_type": "a mapping",
    "tuple_type": "a list",
}


@dataclass(frozen=True, slots=True)
class FrameworkFiles:
    """The parsed parts of a framework's folder, and every problem found while parsing them.

    A part is None when its file is absent or broken.
    """

    content: Content | None
    scoring: Scoring | None
    crosswalk: Crosswalk | None
    examples: tuple[WorkedExample, ...]
    problems: tuple[Problem, ...]


def parse_framework(files: Mapping[str, str], *, previous: Framework | None = None, folder: str = "") -> Framework:
    """Return the framework in `files`, which maps a name inside the version's folder to its text.

    previous: the version that the crosswalk starts from, so that it can be checked to be total. folder is put in
    front of file names in messages. Raises FrameworkProblems with every problem of every file.
    """
    parts = read_parts(files, previous=previous, folder=folder)
    if parts.problems or parts.content is None or parts.scoring is None:
        raise FrameworkProblems(parts.problems)
    return Framework(parts.content, parts.scoring, parts.crosswalk, parts.examples)


def read_parts(files: Mapping[str, str], *, previous: Framework | None = None, folder: str = "") -> FrameworkFiles:
    """Return whatever can be read of a framework's files, with every problem. Never raises for bad input."""
    problems: list[Problem] = []
    content, content_text = _part(Content, CONTENT, files, folder, problems, required=True)
    scoring, scoring_text = _part(Scoring, SCORING, files, folder, problems, required=True)
    crosswalk, crosswalk_text = _part(Crosswalk, CROSSWALK, files, folder, problems, required=False)
    if content is not None:
        problems += check_content(content, content_text)
    if content is not None and scoring is not None:
        problems += check_scoring(content, scoring, scoring_text)
    if content is not None and crosswalk is not None:
        problems += check_crosswalk(content, crosswalk, crosswalk_text, previous=previous)
    examples = _examples(files, folder, content, problems)
    return FrameworkFiles(content, scoring, crosswalk, examples, tuple(problems))


def _examples(
    files: Mapping[str, str], folder: str, content: Content | None, problems: list[Problem]
) -> tuple[WorkedExample, ...]:
    found = []
    for name in sorted(name for name in files if name.startswith(EXAMPLES)):
        example, located = _part(WorkedExample, name, files, folder, problems, required=True)
        if example is not None:
            found.append(example)
            problems += check_examples(content, example, located) if content is not None else []
    return tuple(found)


def _part(  # noqa: PLR0913 - one call site shape for four kinds of file
    kind: type[T], name: str, files: Mapping[str, str], folder: str, problems: list[Problem], *, required: bool
) -> tuple[T | None, Located]:
    file = f"{folder}{name}"
    if name not in files:
        if required:
            problems.append(Problem(file, None, None, f"the file {name} is missing."))
        return None, Located(file, None, {})
    located = parse_yaml(files[name], file=file)
    problems += located.problems
    if located.problems:
        return None, located
    try:
        return TypeAdapter(kind).validate_python(located.value), located
    except ValidationError as error:
        problems += _shape_problems(error, located)
        return None, located


def _shape_problems(error: ValidationError, located: Located) -> list[Problem]:
    """One problem for each place that has the wrong shape; a value that may have one of several forms is told once."""
    errors = [(_existing(one["loc"], located), one) for one in error.errors(include_url=False)]
    problems: set[Problem] = set()
    forms: dict[Path, list[str]] = {}
    for path, one in errors:
        form = _FORMS.get(one["type"])
        if not _is_alternative(one, path) or form is None:
            problems.add(located.problem(path, _message(one, one["loc"][-1] if one["loc"] else located.file)))
        # A form that fits but for something inside it is told by that alone.
        elif not any(len(other) > len(path) and other[: len(path)] == path for other, _ in errors):
            forms.setdefault(path, []).append(form)
    for path, wanted in forms.items():
        problems.add(located.problem(path, f"{path[-1]!r} must be {' or '.join(dict.fromkeys(wanted))}."))
    return sorted(problems)


def _existing(location: tuple[str | int, ...], located: Located) -> Path:
    """Drop what pydantic adds to a location (names of alternatives) and the file does not have."""
    path: Path = ()
    for step in location:
        if (*path, step) in located.places:
            path = (*path, step)
    return path


def _is_alternative(error: Any, path: Path) -> bool:
    """Whether pydantic speaks of one of several forms: it then adds the form's name to the location."""
    steps = len(error["loc"]) - (1 if error["type"] == "missing" else 0)
    return steps > len(path)


def _message(error: Any, name: str | int) -> str:
    if isinstance(name, int) and error["type"] == "missing":
        return f"this list is too short: it needs {name + 1} values."
    words = _IN_OUR_WORDS.get(error["type"])
    if words is not None:
        return words.format(field=name)
    said = str(error["msg"])
    return f"{name!r}: {said[0].lower()}{said[1:]}; found {_shown(error['input'])}."


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
