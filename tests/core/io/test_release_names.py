# SPDX-License-Identifier: MIT
"""Whatever organisations and releases are called: a name is refused, or every file of the release keeps it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.publication.rounds import AAA, SETTINGS, answers, unit, write
from trigpoint.errors import AnswersProblems
from trigpoint.io.release_verify import verify_release

# Letters of all kinds, and signs that mean something to some file: every name is refused, or kept by every file.
ODD = st.text(
    st.characters(codec="utf-8") | st.sampled_from(list("\r\n\t\0\x85\u2028\ufffe =+-@;,'\"<&_x0041_")), max_size=12
)


@settings(max_examples=25, deadline=None)
@given(ODD, ODD)
def test_any_name_is_refused_or_makes_a_release_that_verifies(
    tmp_path_factory: pytest.TempPathFactory, name: str, title: str
) -> None:
    folder = tmp_path_factory.mktemp("odd") / "made"

    try:
        write(folder, answers((unit("AAA", name), AAA)), replace(SETTINGS, title=title))
    except AnswersProblems:
        return

    assert verify_release(folder).differences == ()
