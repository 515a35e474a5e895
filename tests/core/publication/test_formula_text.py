# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.publication.formula_text import neutralise, restore

DANGEROUS = ["=1+1", "+1", "-5 staff", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x"]  # noqa: RUF001


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_would_start_a_formula_gets_an_apostrophe(text: str) -> None:
    assert neutralise(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "plain", "'tis so", "a = b", "'", "3-4"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert (neutralise(text), restore(text)) == (text, text)


@given(st.lists(st.sampled_from(["'", "=", "-", "x", "\t", "＠"]), max_size=6).map("".join))  # noqa: RUF001
def test_every_text_comes_back_and_never_starts_a_formula(text: str) -> None:
    assert restore(neutralise(text)) == text
    assert not neutralise(text).startswith(("=", "-", "\t", "＠"))  # noqa: RUF001
