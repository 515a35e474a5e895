# SPDX-License-Identifier: MIT
"""The battery that every framework must pass, shipped or an author's own: files in, every problem out.

The command `trigpoint framework check` and tests/frameworks both run `check_framework`, and nothing besides.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from trigpoint.errors import Problem
from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.located import Located, Path, parse_yaml
from trigpoint.frameworks.model import ShownWhen, WorkedExample
from trigpoint.frameworks.parse import CONTENT, CROSSWALK, EXAMPLES, SCORING, read_parts
from trigpoint.frameworks.released import NOTHING_RELEASED, Released, check_released
from trigpoint.frameworks.suggest import no_such
from trigpoint.scoring.compile import compile_plan
from trigpoint.scoring.examples import compare_example
from trigpoint.scoring.reach import check_reach
from trigpoint.scoring.trials import first_number


@dataclass(frozen=True, slots=True)
class CheckedFramework:
    """What came of a check. framework is None when its files don't hold together; without problems it passes."""

    framework: Framework | None
    problems: tuple[Problem, ...]


def check_framework(
    files: Mapping[str, str],
    *,
    folder: str = "",
    previous: Framework | None = None,
    released: Released = NOTHING_RELEASED,
) -> CheckedFramework:
    """Return a framework with every problem of it.

    files: the name of each file inside the version's folder → its text. folder is put in front of names in messages.
    previous: the version that the crosswalk comes from. released: what has been published.
    What the files say is checked first; only when that holds together is it scored, published and climbed through.
    """
    parts = read_parts(files, previous=previous, folder=folder)
    strays = tuple(_stray_files(files, folder))
    if parts.problems or parts.content is None or parts.scoring is None:
        return CheckedFramework(None, (*parts.problems, *strays))
    framework = Framework(parts.content, parts.scoring, parts.crosswalk, parts.examples)
    texts = {name: parse_yaml(text, file=f"{folder}{name}") for name, text in files.items()}
    crosswalk = texts.get(CROSSWALK, texts[CONTENT])
    problems = (
        *strays,
        *check_released(framework, released, content=texts[CONTENT], crosswalk=crosswalk),
        *_absent_version(framework, previous, released, crosswalk),
        *_hidden_questions(framework, texts[CONTENT]),
        *check_reach(framework, texts[SCORING]),
        *_example_problems(framework, texts, folder),
    )
    return CheckedFramework(framework, problems)


def _stray_files(files: Mapping[str, str], folder: str) -> Iterator[Problem]:
    for name in files:
        if name not in {CONTENT, SCORING, CROSSWALK} and not name.startswith(EXAMPLES):
            message = f"a framework has {CONTENT}, {SCORING}, {CROSSWALK} and {EXAMPLES}*.yaml. Rename or remove this."
            yield Problem(f"{folder}{name}", None, None, message)


def _absent_version(
    framework: Framework, previous: Framework | None, released: Released, text: Located
) -> Iterator[Problem]:
    if framework.crosswalk is None or previous is not None:
        return
    name = f"{framework.ref.framework}@{framework.crosswalk.from_version}"
    if name not in released:
        message = f"{name} lies neither beside this version nor among the published ones. Put its folder beside."
        yield text.problem(("from",), message)


def _hidden_questions(framework: Framework, text: Located) -> Iterator[Problem]:
    """Questions that no unit is ever shown, and routes that never show one, whatever the earlier answers.

    Care settings close no route: a unit may give several kinds of care, and one that names none is asked everything.
    """
    hidden: set[str] = set()
    for at, question in enumerate(framework.content.questions):
        closed = [_why_closed(framework, route, hidden) for route in question.routes]
        is_hidden = bool(closed) and None not in closed
        if is_hidden:
            hidden.add(question.id)
        for spot, why in enumerate(closed):
            if why is not None:
                path: Path = ("shown_when",) if question.shown_when else ("shown_when_any", spot)
                never = "is never shown" if is_hidden else "is never shown by this route"
                yield text.problem(("questions", at, *path, why.key), f"{question.id!r} {never}: {why.told}.")


@dataclass(frozen=True, slots=True)
class _Closed:
    """Why a route can never be met: the key of it that is to blame, and in words."""

    key: str
    told: str


def _why_closed(framework: Framework, route: ShownWhen, hidden: Container[str]) -> _Closed | None:
    if route.question in hidden:
        return _Closed("question", f"nor is {route.question!r}")
    limits = framework.scale_of(route.question).number
    if limits is None or route.at_least is None or first_number(limits, route.at_least) is not None:
        return None
    return _Closed("at_least", f"{route.question!r} is at most {limits.maximum}")


def _example_problems(framework: Framework, texts: Mapping[str, Located], folder: str) -> Iterator[Problem]:
    if not framework.examples:
        message = "there is no worked example. Write at least one: answers in, scores out."
        yield Problem(f"{folder}{EXAMPLES}", None, None, message)
    plan = compile_plan(framework)
    # A framework without problems has all its examples, in the order of the names of their files.
    names = sorted(name for name in texts if name.startswith(EXAMPLES))
    for name, example in zip(names, framework.examples, strict=True):
        yield from _unused_answer(framework, example, texts[name])
        for difference in compare_example(framework, example, plan):
            yield texts[name].problem(("expect", difference.measure, difference.part), str(difference))


def _unused_answer(framework: Framework, example: WorkedExample, text: Located) -> Iterator[Problem]:
    codes = {code for scale in framework.content.scales for code in scale.codes}
    if example.all_others is not None and example.all_others not in codes:
        yield text.problem(("all_others",), no_such("answer in any scale", example.all_others, codes))
