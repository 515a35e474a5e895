# SPDX-License-Identifier: MIT
"""The ladders of the pages that are about the service itself: open to everybody, with no id to mistake."""

from __future__ import annotations

from tests.web.ladders import Ladder

LADDERS = {
    "accessibility_statement": Ladder(works_for=None, is_public=True, is_of_organisation=False),
    "gallery": Ladder(works_for=None, is_public=True, is_of_organisation=False),
    "how_it_is_run": Ladder(works_for=None, is_public=True, is_of_organisation=False),
}
