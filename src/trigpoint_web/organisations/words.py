# SPDX-License-Identifier: MIT
"""Kinds of organisations and of care as they are said. The register holds them as its source does."""

from __future__ import annotations


def say_kind(kind: str) -> str:
    """Return the kind of an organisation as it stands in a list.

    >>> say_kind("care trust"), say_kind("NHS trust"), say_kind("")
    ('Care trust', 'NHS trust', 'Kind not known')
    """
    return f"{kind[:1].upper()}{kind[1:]}" if kind else "Kind not known"


def say_care_setting(care_setting: str) -> str:
    """Return a care setting in words where no framework is at hand that gives it a title.

    >>> say_care_setting("mental_health"), say_care_setting("acute")
    ('Mental health', 'Acute')
    """
    words = care_setting.replace("_", " ").replace("-", " ").strip()
    return f"{words[:1].upper()}{words[1:]}"
