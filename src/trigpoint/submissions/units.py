# SPDX-License-Identifier: MIT
"""The unit of assessment: an organisation in a care setting in a round."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """One return.

    organisation: its ODS code as the return gave it, even where that code was closed or is not a code at all.
    care_setting: which part of the organisation the return is for; "General" for the organisation as a whole.
    care_settings: the settings whose questions this return was asked; empty when that is not known (asked everything).
    name: as the return gave it; for reading only, never for matching.
    """

    organisation: str
    care_setting: str = "General"
    name: str = ""
    care_settings: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What makes a unit one and the same within a round."""
        return self.organisation, self.care_setting
