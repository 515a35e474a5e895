# SPDX-License-Identifier: MIT
"""Names in code are the words of the field: GLOSSARY.md holds them.

A public class is named with words that GLOSSARY.md uses. A class of the machinery (a parser's node, a protocol) that
no reader of the field meets is listed by its full name under the heading "Names of the machinery" there.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import partial

import pytest

from tests.repository.house import REPOSITORY, Offence, SourceFile, list_python, made_up, messages, require_no_offence

MACHINERY = "Names of the machinery"
# They fit anything, so they say nothing (style.md, 2). "get" is for the hooks of a web framework.
EMPTY_NAMES = {"data", "info", "item", "items", "obj", "process", "handle"}
EMPTY_VERBS = ("process_", "handle_", "get_")
CAPITALISED_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]+|\d+")

# Names that Django gives: a model's Meta, the class in a file of a migration, the methods it calls.
NAMES_OF_DJANGO = {"Meta", "Migration"}
HOOKS_OF_DJANGO = {
    "_get_session_from_db",
    "get_available_name",
    "get_full_name",
    "get_short_name",
    "get_user",
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def list_words(text: str) -> frozenset[str]:
    """Return the words of a text in small letters, each without a plural's s as well."""
    words = {word.lower() for word in re.findall(r"[A-Za-z]+", text)}
    return frozenset(words | {word.removesuffix("s") for word in words})


def split_name(name: str) -> list[str]:
    """Return the words of a class name: AnswerTable is answer, table.

    >>> split_name("ODSRegisterProblems")
    ['ods', 'register', 'problems']
    """
    return [word.lower() for word in CAPITALISED_WORD.findall(name)]


def find_foreign_classes(source: SourceFile, *, glossary: str) -> Iterator[Offence]:
    words = list_words(glossary.partition(MACHINERY)[0])
    machinery = set(re.findall(r"\w+", glossary.partition(MACHINERY)[2]))
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.ClassDef) or node.name.startswith("_") or node.name in machinery | NAMES_OF_DJANGO:
            continue
        foreign = [word for word in split_name(node.name) if not {word, word.removesuffix("s")} & words]
        if foreign:
            unknown = ", ".join(foreign)
            yield source.offence(node.lineno, f"class {node.name}: GLOSSARY.md has no word {unknown}")


def list_parameters(function: Function) -> list[ast.arg]:
    """Return the parameters of a function of every kind."""
    given = function.args
    starred = [arg for arg in (given.vararg, given.kwarg) if arg is not None]
    return [*given.posonlyargs, *given.args, *given.kwonlyargs, *starred]


def list_hooks(source: SourceFile) -> set[str]:
    """Return the names in a module that Django asks for; `handle` is what it calls of a command."""
    is_command = source.path.parts[-3:-1] == ("management", "commands")
    return HOOKS_OF_DJANGO | {"handle"} if is_command else HOOKS_OF_DJANGO


def find_empty_names(source: SourceFile) -> Iterator[Offence]:
    hooks = list_hooks(source)
    for node in ast.walk(source.tree):
        if isinstance(node, Function | ast.ClassDef) and node.name not in hooks and is_empty(node.name):
            yield source.offence(node.lineno, f"{node.name}: a name that fits anything; take a word of GLOSSARY.md")
        if isinstance(node, Function):
            for parameter in list_parameters(node):
                if parameter.arg in EMPTY_NAMES:
                    yield source.offence(parameter.lineno, f"{node.name}({parameter.arg}): a name that fits anything")


def is_empty(name: str) -> bool:
    """Say whether a function or class has a name that fits anything."""
    return name.lower().strip("_") in EMPTY_NAMES or name.lstrip("_").startswith(EMPTY_VERBS)


def test_public_classes_are_named_with_words_of_the_glossary() -> None:
    glossary = (REPOSITORY / "GLOSSARY.md").read_text(encoding="utf-8")

    assert f"# {MACHINERY}" in glossary, f"GLOSSARY.md has no heading '{MACHINERY}'"
    require_no_offence(partial(find_foreign_classes, glossary=glossary), list_python("src"))


def test_every_name_of_the_machinery_is_still_a_class() -> None:
    glossary = (REPOSITORY / "GLOSSARY.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"`([A-Z]\w+)`", glossary.partition(MACHINERY)[2]))
    classes = {
        node.name for source in list_python("src") for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef)
    }

    assert sorted(listed - classes) == [], "GLOSSARY.md lists names that no class has any more"


def test_no_name_fits_anything() -> None:
    require_no_offence(find_empty_names, list_python("src", "tests", "script", "benchmarks"))


def test_a_class_with_a_word_outside_the_glossary_is_found() -> None:
    source = made_up("a.py", "class AnswerBlob: ...\nclass AnswerTables: ...\nclass _Blob: ...\n")

    found = messages(partial(find_foreign_classes, glossary="**Answer**: one cell of a table."), source)

    assert found == ["a.py:1: class AnswerBlob: GLOSSARY.md has no word blob"]


def test_a_name_of_the_machinery_needs_no_words() -> None:
    glossary = f"**Answer**: what was said.\n\n## {MACHINERY}\n\n- `AnswerBlob`: held by the parser.\n"

    assert messages(partial(find_foreign_classes, glossary=glossary), made_up("a.py", "class AnswerBlob: ...")) == []


def test_the_words_of_the_machinery_excuse_no_other_class() -> None:
    glossary = f"**Answer**: what was said.\n\n## {MACHINERY}\n\n- `Blob`: held by the parser.\n"

    assert (
        len(messages(partial(find_foreign_classes, glossary=glossary), made_up("a.py", "class AnswerBlob: ..."))) == 1
    )


@pytest.mark.parametrize(
    "code",
    [
        "def process(answers): ...",
        "def process_answers(answers): ...",
        "def get_score(answers): ...",
        "def score(data): ...",
        "def score(*, info): ...",
        "def score(*items): ...",
        "async def score(obj, /): ...",
        "class Data: ...",
    ],
)
def test_a_name_that_fits_anything_is_found(code: str) -> None:
    assert len(messages(find_empty_names, made_up("a.py", code))) == 1


@pytest.mark.parametrize("code", ["def score_answers(answers): ...", "class DataPackage: ...", "def draw_data(): ..."])
def test_a_name_that_says_more_passes(code: str) -> None:
    assert messages(find_empty_names, made_up("a.py", code)) == []


def test_what_django_asks_for_is_named_as_it_asks() -> None:
    command = "class Command(BaseCommand):\n    def handle(self): ...\n"
    foreign = partial(find_foreign_classes, glossary="**Command**: a word.")

    assert messages(find_empty_names, made_up("src/trigpoint_web/rounds/management/commands/close.py", command)) == []
    assert len(messages(find_empty_names, made_up("src/trigpoint_web/rounds/close.py", command))) == 1
    assert messages(find_empty_names, made_up("a.py", "def get_full_name(self): ...")) == []
    assert messages(foreign, made_up("a.py", "class Command:\n    class Meta: ...\nclass Migration: ...\n")) == []
