# SPDX-License-Identifier: MIT
"""What has been published can't be changed: hashes and question ids of released versions, and checks on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import wrap
from types import MappingProxyType

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from trigpoint.errors import FrameworkProblems, Problem
from trigpoint.frameworks.check_crosswalk import questions_of
from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.located import Located, parse_yaml
from trigpoint.frameworks.model import Crosswalk, Id, Name, Sha256

HEADING = """\
# SPDX-License-Identifier: MIT
# Every published version with its hash and its question ids, in the order of publication.
# Written by `trigpoint framework publish`. A published version is never changed: make a new version of it.
"""
LINE_LENGTH = 120


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class ReleasedVersion:
    """One published version of a framework: its content hash and the ids of its questions, in alphabetical order."""

    hash: Sha256
    questions: tuple[Id, ...]


# Framework and version as nhs-dma@2017 → what was published, in the order of publication.
Released = Mapping[Name, ReleasedVersion]
NOTHING_RELEASED: Released = MappingProxyType({})


def parse_released(text: str, *, file: str) -> Released:
    """Return the published versions listed in `text`. Raises FrameworkProblems when it can't be read as such a list."""
    located = parse_yaml(text, file=file)
    if located.problems:
        raise FrameworkProblems(located.problems)
    try:
        return TypeAdapter(Released).validate_python(located.value)
    except ValidationError as error:
        message = "this is not what `trigpoint framework publish` wrote. Take back the edit."
        places = dict.fromkeys(located.problem(one["loc"], message) for one in error.errors())
        raise FrameworkProblems(places) from error


def format_released(released: Released) -> str:
    """Return the text that `parse_released` reads."""
    return HEADING + "".join(_entry(name, version) for name, version in released.items())


def _entry(name: str, version: ReleasedVersion) -> str:
    questions = wrap(", ".join(version.questions), LINE_LENGTH - 4, break_long_words=False, break_on_hyphens=False)
    return "\n".join(
        [f"{name}:", f"  hash: {version.hash}", "  questions: [", *(f"    {row}" for row in questions), "  ]\n"]
    )


def add_release(framework: Framework, released: Released) -> Released:
    """Return the list with this version published, at the end; the same list where it stands in it unchanged.

    Raises FrameworkProblems when the version was published with other content.
    """
    problems = list(_changed(framework, released, Located(str(framework.ref), None, {})))
    if problems:
        raise FrameworkProblems(problems)
    return {**released, str(framework.ref): ReleasedVersion(framework.hash, tuple(sorted(framework.questions)))}


def check_released(
    framework: Framework, released: Released, *, content: Located, crosswalk: Located
) -> Iterator[Problem]:
    """Yield a problem when a published version has changed, or when ids don't carry over from the version before."""
    yield from _changed(framework, released, content)
    before = _version_before(framework, released)
    if framework.crosswalk is None:
        if before is not None:
            message = f"there is no crosswalk.yaml from {before}, which was published before this version. Write one."
            yield content.problem(("version",), message)
        return
    yield from _unstable_ids(framework.crosswalk, crosswalk)
    if (origin := f"{framework.ref.framework}@{framework.crosswalk.from_version}") in released:
        yield from _not_as_published(framework.crosswalk, origin, released[origin], crosswalk)


def _changed(framework: Framework, released: Released, content: Located) -> Iterator[Problem]:
    published = released.get(str(framework.ref))
    if published is None or published.hash == framework.hash:
        return
    gone = sorted(set(published.questions) - set(framework.questions))
    added = sorted(set(framework.questions) - set(published.questions))
    told = [f"{word}: {', '.join(ids)}" for word, ids in (("questions gone", gone), ("questions new", added)) if ids]
    message = (
        f"{framework.ref} was published with the hash {published.hash[:12]} and now has {framework.hash[:12]}"
        f"{''.join(f'; {part}' for part in told)}. Take the change back, or make a new version."
    )
    yield content.problem(("version",), message)


def _version_before(framework: Framework, released: Released) -> str | None:
    """The version published last before this one; None for the first of its framework."""
    before = None
    for name in released:
        if name == str(framework.ref):
            break
        if name.partition("@")[0] == framework.ref.framework:
            before = name
    return before


def _sides(crosswalk: Crosswalk) -> tuple[set[str], set[str]]:
    older = {one for pair in crosswalk.pairs for one in questions_of(pair.from_question)}
    newer = {one for pair in crosswalk.pairs for one in questions_of(pair.to_question)}
    return older | set(crosswalk.withdrawn), newer | set(crosswalk.new)


def _unstable_ids(crosswalk: Crosswalk, text: Located) -> Iterator[Problem]:
    """An id that both versions have must be one question: paired with itself, alone or in a split or merger."""
    older, newer = _sides(crosswalk)
    kept = {
        one
        for pair in crosswalk.pairs
        for one in set(questions_of(pair.from_question)) & set(questions_of(pair.to_question))
    }
    for question in sorted((older & newer) - kept):
        message = f"both versions have {question!r}, but not as one question. Give the newer question another id."
        yield text.problem((), message)


def _not_as_published(crosswalk: Crosswalk, name: str, version: ReleasedVersion, text: Located) -> Iterator[Problem]:
    older, _ = _sides(crosswalk)
    for question in sorted(set(version.questions) ^ older):
        message = f"{question!r} is {'not in' if question in older else 'in'} {name} as published"
        remedy = "Take it out." if question in older else "Pair it, or list it as withdrawn."
        yield text.problem((), f"{message}. {remedy}")
