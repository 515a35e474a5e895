# SPDX-License-Identifier: MIT
"""What whoever releases decides: the title, the licence, the date, and whether the answers are made up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence by its SPDX name, with the words and the address that readers need."""

    name: str
    title: str
    path: str


LICENCES: Mapping[str, Licence] = MappingProxyType(
    {
        one.name: one
        for one in (
            Licence(
                "OGL-UK-3.0",
                "Open Government Licence v3.0",
                "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
            ),
            Licence("CC-BY-4.0", "Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
            Licence("CC0-1.0", "Creative Commons Zero 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        )
    }
)


@dataclass(frozen=True, slots=True)
class ReleaseSettings:
    """date: of publication as YYYY-MM-DD, None when none is given: a release reads no clock."""

    title: str
    licence: Licence
    date: str | None
    is_synthetic: bool
