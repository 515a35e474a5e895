# SPDX-License-Identifier: MIT
from __future__ import annotations

from trigpoint.frameworks import FrameworkRef
from trigpoint.frameworks.mismatch import collected_with_another, collected_with_other_content

ROUND_2 = FrameworkRef("made-up", "2")


def test_answers_to_another_version_are_told_how_they_can_be_scored() -> None:
    assert collected_with_another("made-up@1", ROUND_2) == (
        "these answers were collected with made-up@1, not made-up@2. Score them with --framework made-up@1; "
        "to use another version's rules add --rules made-up@2."
    )


def test_answers_to_files_that_have_changed_since_are_told_by_the_beginning_of_both_hashes() -> None:
    assert collected_with_other_content("a" * 64, ROUND_2, "b" * 64) == (
        "these answers were collected with other content of made-up@2 (hash aaaaaaaaaaaa, not bbbbbbbbbbbb). "
        "Use the framework files they were collected with, or ingest them again."
    )
