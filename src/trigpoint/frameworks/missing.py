# SPDX-License-Identifier: MIT
"""The names of the four ways in which an answer can be missing. Every file, rule and score calls them by these."""

from __future__ import annotations

from enum import Enum


class Missing(Enum):
    """Why there is no answer."""

    NOT_ANSWERED = "not_answered"
    DONT_KNOW = "dont_know"
    NOT_APPLICABLE = "not_applicable"
    NOT_SHOWN = "not_shown"


# The ways that a unit itself chooses, and that a framework may count; routing and care settings decide what is shown.
MISSING_WHERE_SHOWN = (Missing.NOT_ANSWERED, Missing.DONT_KNOW, Missing.NOT_APPLICABLE)
