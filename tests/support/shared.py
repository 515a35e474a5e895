# SPDX-License-Identifier: MIT
"""Where the real rounds and registers lie, on the machines that have them: in `shared/` beside the checkout.

Tests that need them call these functions, which skip with the reason where the folder is absent.
`TRIGPOINT_SHARED` names another place.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


def shared_folder() -> Path:
    """Return the folder of shared material, or skip the test that asked, saying why."""
    folder = Path(os.environ.get("TRIGPOINT_SHARED", REPOSITORY.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip(f"the published rounds and registers are not on this machine (looked in {folder.name}/data)")
    return folder


def shared_data(*parts: str) -> Path:
    """Return the path of a published data file, or skip the test."""
    return shared_folder().joinpath("data", *parts)


def reference(*parts: str) -> Path:
    """Return the path of a reference case, or skip the test."""
    return shared_folder().joinpath("reference", *parts)
