# SPDX-License-Identifier: MIT
"""The methodology pages of analyses: one for each method, all in the contents, written as people read."""

from __future__ import annotations

import re

import pytest

from script.analysis_pages import write_analysis_pages
from trigpoint.io.methods import read_methods

PAGES = write_analysis_pages()
NAMES = list(read_methods())


def test_there_is_a_page_for_every_method_and_a_contents():
    assert set(PAGES) == {"README.md", *(f"{name}.md" for name in NAMES)}


@pytest.mark.parametrize("name", NAMES)
def test_the_contents_lead_to_the_page_with_its_question(name):
    method = read_methods()[name]

    assert f"- [{method.title}]({name}.md): {method.question}" in PAGES["README.md"]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_one_sentence_a_line(name):
    body = PAGES[f"{name}.md"].split("## Sources")[0]

    for line in body.splitlines():
        assert not re.search(r"[a-z)]\. [A-Z][a-z]+ [a-z]+ ", line), line


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_how_what_it_refuses_and_where_it_comes_from(name):
    headings = re.findall(r"^## (.+)$", PAGES[f"{name}.md"], flags=re.MULTILINE)

    assert headings == ["How", "What it refuses", "Sources"]
