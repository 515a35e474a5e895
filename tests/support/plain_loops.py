# SPDX-License-Identifier: MIT
"""The compiled loops as plain Python: slow, but every line can be followed."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from trigpoint.scoring import machine_code

LOOPS = "trigpoint.scoring.loops"


@contextmanager
def loops_in_plain_python() -> Iterator[Any]:
    """Have scoring in loops run the lines themselves in place of the machine code made of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(machine_code, "compiled", lambda loop: loop)
        spec = importlib.util.find_spec(LOOPS)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        patch.setitem(sys.modules, LOOPS, module)
        yield module
