# SPDX-License-Identifier: MIT
"""Writes the generated pages: docs/methodology from tests/spec, docs/reference from the code and the frameworks.

Usage: script/write_docs.py --out DIR [--check]
With --check nothing is written; pages that differ from those in DIR are named, and the exit code is 1.
script/docs sets up what it needs and calls it.
"""

from __future__ import annotations

import argparse
import inspect
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

# tests.spec holds the cases; it is beside the package, not inside it.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import typer

import trigpoint.errors
from script.analysis_pages import write_analysis_pages
from tests.spec.pages import GENERATED, sentences, table, write_pages
from trigpoint.cli import app
from trigpoint.cli.framework_lines import count_of
from trigpoint.cli.framework_view import rule_in_words
from trigpoint.errors import TrigpointError
from trigpoint.frameworks import Framework
from trigpoint.frameworks.model import KINDS, Measure
from trigpoint.io.content import list_frameworks, read_framework


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Writes the generated pages of docs/.")
    parser.add_argument("--out", type=Path, required=True, help="the folder of the pages")
    parser.add_argument("--check", action="store_true", help="only say which pages differ")
    given = parser.parse_args(arguments)
    pages = build_pages()
    if given.check:
        stale = [name for name, text in pages.items() if _text_of(given.out / name) != text]
        print("".join(f"{name} is out of date\n" for name in stale), end="")
        return 1 if stale else 0
    for name, text in pages.items():
        (given.out / name).parent.mkdir(parents=True, exist_ok=True)
        (given.out / name).write_text(text, encoding="utf-8")
    return 0


def build_pages() -> dict[str, str]:
    """Return every generated page by its path below docs/. The same code gives the same bytes."""
    worked: dict[str, Framework] = {kind: read_framework(f"example-{kind}@1") for kind in KINDS}
    methodology = {f"methodology/{name}": text for name, text in write_pages(worked).items()}
    analyses = {f"methodology/analyses/{name}": text for name, text in write_analysis_pages().items()}
    reference = {
        "reference/frameworks.md": _page("Shipped frameworks", _framework_lines()),
        "reference/exit-codes.md": _page("Exit codes", _exit_code_lines()),
        "reference/commands.md": _page("Commands", _command_lines()),
    }
    return {**methodology, **analyses, **reference}


def _text_of(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _page(heading: str, lines: Iterator[str]) -> str:
    return "\n".join([GENERATED, "", f"# {heading}", "", *lines]) + "\n"


def _framework_lines() -> Iterator[str]:
    frameworks = [read_framework(str(ref)) for ref in list_frameworks()]
    yield from table(
        ["framework", "kind", "questions", "scored", "measures", "title"],
        (
            [
                f"[{one.ref}](#{_anchor(one)})",
                one.scoring.kind,
                str(len(one.questions)),
                str(len(one.scored_questions)),
                str(len(one.measures)),
                one.content.title,
            ]
            for one in frameworks
        ),
    )
    for framework in frameworks:
        yield from ("", f"## {framework.ref}", "", *sentences(framework.content.summary), "")
        yield f"Hash: `{framework.hash}`"
        yield from ("", *_measure_table(framework))
        for measure in framework.walk_measures():
            if not measure.measures:
                yield from ("", *_question_table(framework, measure))


def _anchor(framework: Framework) -> str:
    """The anchor that Markdown gives the heading: letters, digits and hyphens."""
    return str(framework.ref).replace("@", "").replace(".", "")


def _measure_table(framework: Framework) -> list[str]:
    def rows(measure: Measure, depth: int) -> Iterator[list[str]]:
        below = {one.id for one in measure.walk()}
        questions = sum(question.measure in below for question in framework.scored_questions)
        rule = rule_in_words(framework.scoring.levels[measure.level])
        yield [f"{'– ' * depth}{measure.title}", f"`{measure.id}`", str(questions), rule]
        for child in measure.measures:
            yield from rows(child, depth + 1)

    tree = [row for root in framework.content.measures for row in rows(root, 0)]
    return table(["measure", "id", "questions", "how the score comes about"], tree)


def _question_table(framework: Framework, measure: Measure) -> Iterator[str]:
    questions = framework.questions_of(measure.id)
    yield f"### {measure.title}: {count_of(questions, 'question')} in {framework.ref}"
    yield ""
    yield from table(["id", "question", "scale"], ([f"`{one.id}`", one.text, one.scale] for one in questions))


def _exit_code_lines() -> Iterator[str]:
    yield "A command ends with 0 when it did what it was asked, and with one of these when it could not."
    yield "The reason is on the error stream, one line for each problem."
    yield "Problems that `trigpoint framework check` was asked to find are its result, and so on the output."
    yield ""
    leaves = [
        one
        for _, one in inspect.getmembers(trigpoint.errors, inspect.isclass)
        if issubclass(one, TrigpointError) and one is not TrigpointError and "exit_code" in vars(one)
    ]
    usual = [
        ["0", "It worked."],
        ["1", "Something that no other code is for."],
        ["2", "The command line itself is wrong: an unknown option, or a value missing."],
    ]
    rows = [[str(one.exit_code), " ".join((one.__doc__ or "").split())] for one in leaves]
    yield from table(["code", "meaning"], sorted([*usual, *rows], key=lambda row: int(row[0])))


def _command_lines() -> Iterator[str]:
    root = typer.main.get_command(app)
    yield from sentences(root.help or "")
    for path, command in _walk(root, "trigpoint"):
        yield from ("", f"## `{path}`", "", *sentences(command.help or ""), "")
        yield from table(["argument or option", "what it is", "default"], map(_parameter_row, _parameters(command)))


def _walk(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    inside = getattr(command, "commands", None)
    if inside is None:
        yield path, command
        return
    for name in sorted(inside):
        yield from _walk(inside[name], f"{path} {name}")


def _parameters(command: Any) -> list[Any]:
    return [one for one in command.params if one.name != "help"]


def _parameter_row(parameter: Any) -> list[str]:
    name = ", ".join(parameter.opts) if parameter.opts[0].startswith("-") else (parameter.name or "").upper()
    told = " ".join((getattr(parameter, "help", None) or "").split())
    annotation = parameter.type_descriptor.annotation
    choices = get_args(annotation) if get_origin(annotation) is Literal else ()
    if choices:
        told = f"{told} One of {', '.join(f'`{choice}`' for choice in choices)}."
    return [f"`{name}`", told, "needed" if parameter.required else _default(parameter)]


def _default(parameter: Any) -> str:
    value = parameter.default
    return "" if value is None or value is False or callable(value) or not str(value) else f"`{value}`"


if __name__ == "__main__":
    sys.exit(main())
