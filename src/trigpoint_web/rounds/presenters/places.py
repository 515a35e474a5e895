# SPDX-License-Identifier: MIT
"""Where a question is asked, in words."""

from __future__ import annotations

from collections.abc import Sequence

from trigpoint.frameworks import Framework
from trigpoint.submissions.places import ORGANISATION
from trigpoint.submissions.units import Unit
from trigpoint_web.organisations.words import say_care_setting


def say_asked_in(framework: Framework, units: Sequence[Unit], asked_in: str) -> str:
    """Return for which part of the organisation a question is asked; empty where there is only the whole.

    A care setting is said by its title in the framework, or as it is written where the framework has none.
    """
    if len(units) == 1 and not any(unit.care_setting in titles_of(framework) for unit in units):
        return ""
    return "Whole organisation" if asked_in == ORGANISATION else titles_of(framework).get(asked_in, asked_in)


def say_care(framework: Framework, care_setting: str) -> str:
    """Return a care setting by its title in a framework, in plain words where the framework does not know it."""
    return titles_of(framework).get(care_setting) or say_care_setting(care_setting)


def titles_of(framework: Framework) -> dict[str, str]:
    """Return the titles of the care settings, by id."""
    return {one.id: one.title for one in framework.content.care_settings}
