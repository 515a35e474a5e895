# SPDX-License-Identifier: MIT
from __future__ import annotations

from trigpoint.frameworks.suggest import no_such, repeated


def test_the_closest_name_is_suggested() -> None:
    assert (
        no_such("scale", "agrement", ["share", "agreement"])
        == "there is no scale 'agrement'. Did you mean 'agreement'?"
    )


def test_when_nothing_is_close_a_few_names_are_listed() -> None:
    assert no_such("scale", "zzz", ["share", "agreement"]) == "there is no scale 'zzz'. There are: share, agreement."


def test_when_nothing_is_close_many_names_are_not_listed() -> None:
    assert no_such("scale", "zzz", (f"a{at}" for at in range(13))) == "there is no scale 'zzz'."
    assert no_such("scale", "zzz", ()) == "there is no scale 'zzz'."


def test_each_name_that_stood_before_is_found_with_its_position() -> None:
    assert list(repeated(["a", "b", "a", "c", "a", "b"])) == [(2, "a"), (4, "a"), (5, "b")]
    assert list(repeated([])) == []
