# SPDX-License-Identifier: MIT
"""The small service of pages.py around the design system."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def small_service(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.web.design_system.pages"
    settings.SERVICE_NAVIGATION = None
    settings.SHOW_GALLERY = True
    settings.SERVICE_BANNER = "Synthetic: made-up organisations and answers"
