# SPDX-License-Identifier: MIT
"""Loops compiled to machine code where the extra `trigpoint[fast]` is installed."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, TypeVar, cast

Loop = TypeVar("Loop", bound=Callable[..., Any])


def has_compiler() -> bool:
    """Return whether loops can be compiled here."""
    return find_spec("numba") is not None


def compiled(loop: Loop) -> Loop:
    """Return a function compiled at its first call and kept beside its module for the next time.

    It runs without Python's lock, so threads run at the same time. Whole-number division is checked by nobody: a
    caller has to see that nothing is divided by 0.
    """
    import numba

    return cast(Loop, numba.njit(nogil=True, cache=True, error_model="numpy")(loop))


def count_threads() -> int:
    """Return how many threads compiled loops may take here."""
    import numba

    return int(numba.get_num_threads())
