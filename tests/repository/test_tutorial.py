# SPDX-License-Identifier: MIT
"""The tutorial runs from top to bottom, on the real rounds where they are at hand and on the synthetic ones."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.support.shared import shared_folder

NOTEBOOK = Path(__file__).resolve().parents[2] / "docs" / "tutorial" / "two-rounds.ipynb"


@cache
def cells() -> list[dict[str, Any]]:
    return list(json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"])


def run() -> tuple[dict[str, Any], str]:
    """Run every cell of code in one namespace, as a notebook does; give that and what was printed."""
    names: dict[str, Any] = {}
    said = io.StringIO()
    with redirect_stdout(said):
        for cell in cells():
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), names)  # our own notebook
    return names, said.getvalue()


def test_it_runs_on_the_synthetic_rounds_where_no_others_are(monkeypatch, tmp_path):
    monkeypatch.setenv("TRIGPOINT_SHARED", str(tmp_path))
    names, said = run()

    assert said.startswith("synthetic rounds [")
    for one in names["results"]:
        assert one.sentence in said
        assert all(limit in said for limit in one.cannot_tell)


def test_it_runs_on_the_real_rounds_where_they_are(monkeypatch):
    monkeypatch.setenv("TRIGPOINT_SHARED", str(shared_folder()))
    names, said = run()

    assert said.startswith("real rounds [239, 240]")
    assert names["convergence"].n == 230
    assert "No unit is surely in the top 10" in said


def test_it_is_kept_without_results_so_that_a_difference_is_one_of_words():
    for cell in cells():
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None


@pytest.mark.parametrize("kind", ["markdown", "code"])
def test_every_cell_says_something(kind):
    assert all("".join(cell["source"]).strip() for cell in cells() if cell["cell_type"] == kind)
