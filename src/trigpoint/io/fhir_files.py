# SPDX-License-Identifier: MIT
"""FHIR resources in files: one as JSON, or many as NDJSON, a line each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from trigpoint.errors import AnswersProblems, FileTrouble, Problem, ProblemsFound
from trigpoint.frameworks.framework import Framework
from trigpoint.publication.fhir_response import ReceivedReturn, parse_response


def write_resources(resources: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Write resources: NDJSON where the name ends with .ndjson, else the only one as JSON. Raises FileTrouble."""
    texts = (
        [json.dumps(one, ensure_ascii=False) for one in resources]
        if path.suffix == ".ndjson"
        else [json.dumps(one, ensure_ascii=False, indent=2) for one in resources]
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8", newline="")
    except OSError as error:
        raise FileTrouble(f"{path}: {error.strerror}. Name a file that can be written.") from error


def read_returns(path: Path, framework: Framework, *, base: str) -> tuple[ReceivedReturn, ...]:
    """Return what the QuestionnaireResponses in a file hold: NDJSON, one as JSON, or a Bundle of them.

    Raises AnswersProblems with every problem of every response, and FileTrouble for a file that can't be read.
    """
    problems: list[Problem] = []
    found: list[ReceivedReturn] = []
    for place, resource in _resources(path):
        try:
            found.append(parse_response(resource, framework, base=base, file=place))
        except ProblemsFound as error:
            problems += error.problems
    seen: dict[tuple[str, str], int] = {}
    for at, one in enumerate(found):
        if one.unit.key in seen:
            message = f"{' '.join(one.unit.key)} answers twice. Keep one response."
            problems.append(Problem(path.name, None, None, message))
        seen[one.unit.key] = at
    if problems:
        raise AnswersProblems(problems)
    return tuple(found)


def _resources(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileTrouble(
            f"{path}: {getattr(error, 'strerror', None) or 'is no UTF-8 text'}. Name a file of JSON."
        ) from error
    if path.suffix == ".ndjson":
        for number, line in enumerate(text.splitlines(), start=1):
            if line.strip():
                yield f"{path.name}:{number}", _load(line, path)
        return
    whole = _load(text, path)
    if whole.get("resourceType") != "Bundle":
        yield path.name, whole
        return
    entries = whole.get("entry", [])
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise FileTrouble(f"{path}: its entries are no list of objects. Export it again.")
    for at, entry in enumerate(entries):
        resource = entry.get("resource")
        yield f"{path.name}: entry[{at}]", resource if isinstance(resource, dict) else {}


def _load(text: str, path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FileTrouble(f"{path}: not JSON: {error}. Mend it or export it again.") from error
    if not isinstance(found, dict):
        raise FileTrouble(f"{path}: holds no resource. Export it again.")
    return found
