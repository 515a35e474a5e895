# SPDX-License-Identifier: MIT
"""Every analysis has a command of its name, a page of the methodology, steps, refusals and sources."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from trigpoint.cli import app
from trigpoint.io.methods import read_methods

METHODS = tuple(read_methods().values())
PAGES = Path(__file__).resolve().parents[3] / "docs" / "methodology" / "analyses"
NAMES = [method.name for method in METHODS]


def commands() -> set[str]:
    group = typer.main.get_command(app).commands["analyse"]  # type: ignore[attr-defined]
    return set(group.commands)


def test_names_are_in_order_and_each_is_there_once():
    assert sorted(set(NAMES)) == NAMES


def test_every_analysis_has_a_command_and_every_command_a_method():
    assert commands() == set(NAMES)


@pytest.mark.parametrize("method", METHODS, ids=NAMES)
def test_a_method_says_what_it_answers_how_and_what_it_refuses(method):
    assert method.question.endswith("?")
    assert not method.title.endswith(".")
    assert all(step.endswith((".", ":")) for step in method.steps)
    assert method.refuses
    assert not any(one.endswith(".") for one in method.refuses)


@pytest.mark.parametrize("method", METHODS, ids=NAMES)
def test_every_source_has_a_year(method):
    assert method.sources
    assert all(re.search(r"\b(18|19|20)\d\d\b", source) for source in method.sources)


@pytest.mark.parametrize("method", METHODS, ids=NAMES)
def test_its_page_has_every_step(method):
    page = " ".join((PAGES / f"{method.name}.md").read_text(encoding="utf-8").split())

    assert f"trigpoint analyse {method.name}" in page
    for text in (*method.steps, *method.refuses, *method.sources):
        assert " ".join(text.split()) in page
