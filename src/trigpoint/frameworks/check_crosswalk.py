# SPDX-License-Identifier: MIT
"""Does crosswalk.yaml place every question of both versions exactly once?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trigpoint.errors import Problem
from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.located import Located, Path
from trigpoint.frameworks.model import Content, Crosswalk
from trigpoint.frameworks.suggest import no_such, repeated

Placed = list[tuple[Path, str]]


def check_crosswalk(
    content: Content, crosswalk: Crosswalk, text: Located, *, previous: Framework | None
) -> list[Problem]:
    """Return every problem of a crosswalk into `content`.

    previous: the version it comes from; when None, only the newer side is checked to be total.
    """
    problems = [*_heading_problems(content, crosswalk, text, previous), *_class_problems(crosswalk, text)]
    newer = [*_sides(crosswalk, "to"), *((("new", at), one) for at, one in enumerate(crosswalk.new))]
    older = [*_sides(crosswalk, "from"), *((("withdrawn", at), one) for at, one in enumerate(crosswalk.withdrawn))]
    ids = [question.id for question in content.questions]
    problems += _coverage(newer, ids, f"version {content.version}", "new", text)
    if previous is not None:
        problems += _coverage(older, list(previous.questions), f"version {previous.ref.version}", "withdrawn", text)
    return sorted(problems)


def questions_of(side: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return one side of a pair as a tuple, whether it names one question or several."""
    return (side,) if isinstance(side, str) else side


def _sides(crosswalk: Crosswalk, side: str) -> Placed:
    return [
        (("pairs", at, side), question)
        for at, pair in enumerate(crosswalk.pairs)
        for question in questions_of(pair.to_question if side == "to" else pair.from_question)
    ]


def _heading_problems(
    content: Content, crosswalk: Crosswalk, text: Located, previous: Framework | None
) -> Iterator[Problem]:
    if crosswalk.framework != content.framework:
        yield text.problem(("framework",), f"this crosswalk lies in {content.framework!r}; say that.")
    if crosswalk.to_version != content.version:
        yield text.problem(("to",), f"this crosswalk must lead to version {content.version!r}, where it lies.")
    if crosswalk.from_version == content.version:
        yield text.problem(("from",), "a version can't come from itself. Name the version before it.")
    elif previous is not None and crosswalk.from_version != previous.ref.version:
        yield text.problem(("from",), f"there is no version {crosswalk.from_version!r} to come from.")


def _class_problems(crosswalk: Crosswalk, text: Located) -> Iterator[Problem]:
    for at, pair in enumerate(crosswalk.pairs):
        shape = (len(questions_of(pair.from_question)) > 1, len(questions_of(pair.to_question)) > 1)
        right = {"split": (False, True), "merged": (True, False)}.get(pair.comparability, (False, False))
        if shape != right:
            message = "split is one question to several, merged several to one, every other class one to one."
            yield text.problem(("pairs", at, "class"), message)


def _coverage(placed: Placed, known: Iterable[str], where: str, rest: str, text: Located) -> Iterator[Problem]:
    ids = list(known)
    for path, question in placed:
        if question not in ids:
            yield text.problem(path, f"in {where} {no_such('question', question, ids)}")
    for at, question in repeated(question for _, question in placed):
        yield text.problem(placed[at][0], f"{question!r} of {where} stands twice in the crosswalk. Keep one.")
    for question in sorted(set(ids) - {question for _, question in placed}):
        yield text.problem((), f"{question!r} of {where} is not in the crosswalk. Pair it, or list it as {rest}.")
