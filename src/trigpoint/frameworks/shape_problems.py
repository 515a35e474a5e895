# SPDX-License-Identifier: MIT
"""What pydantic finds wrong with a YAML document → problems with line and column, in words for an author."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from trigpoint.errors import Problem
from trigpoint.frameworks.located import Located, Path

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
    "too_short": "{field!r} must not be empty.",
    "mapping_type": "{field!r} must be a mapping of keys to values.",
    "dict_type": "{field!r} must be a mapping of keys to values.",
    "dataclass_type": "{field!r} must be a mapping of keys to values.",
    "dataclass_exact_type": "{field!r} must be a mapping of keys to values.",
    "union_tag_not_found": "{field!r} has no 'compute', which says what is worked out.",
    "union_tag_invalid": "there is no such computation; docs/how-to/check-a-claim.md lists them.",
}

# The forms that a value may have, where there are several.
_FORMS = {
    "int_type": "a number",
    "is_instance_of": "a number",
    "string_type": "text",
    "dict_type": "a mapping",
    "tuple_type": "a list",
}


def list_shape_problems(
    error: ValidationError, located: Located, *, places: Sequence[Path] = ((),)
) -> tuple[Problem, ...]:
    """Return one problem for each place that has the wrong shape, in the order of the file.

    places: where in the document the refused value may stand, the likeliest first; the whole document without it.
    A value that may have one of several forms is told once.
    """
    errors = [(_place(one["loc"], located, places), one) for one in error.errors(include_url=False)]
    problems: set[Problem] = set()
    forms: dict[Path, list[str]] = {}
    for path, one in errors:
        form = _FORMS.get(one["type"])
        if _is_echo(one):
            continue
        if not _is_alternative(one, path) or form is None:
            problems.add(located.problem(path, _message(one, path, located)))
        # A form that fits but for something inside it is told by that alone.
        elif not any(len(other) > len(path) and other[: len(path)] == path for other, _ in errors):
            forms.setdefault(path, []).append(form)
    for path, wanted in forms.items():
        problems.add(located.problem(path, f"{path[-1]!r} must be {' or '.join(dict.fromkeys(wanted))}."))
    return tuple(sorted(problems))


def _place(location: Sequence[str | int], located: Located, places: Sequence[Path]) -> Path:
    """Where in the file a problem is: from the place that the location leads on furthest from, else the first."""
    paths = [_existing(location, located, place) for place in places]
    furthest = max(range(len(places)), key=lambda at: len(paths[at]) - len(places[at]))
    return paths[furthest]


def _existing(location: Sequence[str | int], located: Located, start: Path) -> Path:
    """Drop what pydantic adds to a location (names of alternatives) and the file does not have."""
    path = start
    for step in location:
        if (*path, step) in located.places:
            path = (*path, step)
    return path


def _is_echo(error: Any) -> bool:
    """Whether a list is called too short only because what stands in it is wrong, which is told by itself."""
    return bool(error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"])


def _is_alternative(error: Any, path: Path) -> bool:
    """Whether pydantic speaks of one of several forms: it then adds the form's name to the location."""
    return bool(error["loc"]) and error["loc"][-1:] != path[-1:]


def _message(error: Any, path: Path, located: Located) -> str:
    name = error["loc"][-1] if error["loc"] else path[-1] if path else located.file
    if isinstance(name, int) and error["type"] == "missing":
        return f"this list is too short: it needs {name + 1} values."
    if error["type"] == "value_error":  # what our own checks say
        return f"{error['msg'].removeprefix('Value error, ')}."
    words = _IN_OUR_WORDS.get(error["type"])
    if words is not None:
        return words.format(field=name)
    said = str(error["msg"])
    return f"{name!r}: {said[0].lower()}{said[1:]}; found {_shown(error['input'])}."


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
