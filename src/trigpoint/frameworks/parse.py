# SPDX-License-Identifier: MIT
"""The texts of a framework's files → a `Framework`, or every problem with its line and column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from trigpoint.errors import FrameworkProblems, Problem
from trigpoint.frameworks.check_content import check_content
from trigpoint.frameworks.check_crosswalk import check_crosswalk
from trigpoint.frameworks.check_examples import check_examples
from trigpoint.frameworks.check_scoring import check_scoring
from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.located import Located, parse_yaml
from trigpoint.frameworks.model import Content, Crosswalk, Scoring, WorkedExample
from trigpoint.frameworks.shape_problems import list_shape_problems

T = TypeVar("T")

CONTENT, SCORING, CROSSWALK, EXAMPLES = "framework.yaml", "scoring.yaml", "crosswalk.yaml", "worked_examples/"


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
        problems += list_shape_problems(error, located)
        return None, located
