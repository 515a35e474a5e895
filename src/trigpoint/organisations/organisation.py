# SPDX-License-Identifier: MIT
"""What the register is made of: organisations, what followed what, and who belongs where. All of it dated.

A date that is None is not known, and never means "never": each field says how it is then taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NewType

OrganisationCode = NewType("OrganisationCode", str)


class Role(Enum):
    """What kind of organisation it is, in the words of the Organisation Data Service (ODS)."""

    TRUST = "NHS trust"
    CARE_TRUST = "care trust"
    GP_PRACTICE = "GP practice"
    PRESCRIBING_COST_CENTRE = "prescribing cost centre"
    ICB = "integrated care board"
    SUB_ICB = "sub-ICB location"
    CCG = "clinical commissioning group"
    COMMISSIONING_HUB = "commissioning hub"


@dataclass(frozen=True, slots=True)
class EarlierName:
    """A name the organisation had before `until_on`, the first date on which a later name is known."""

    text: str
    until_on: date


@dataclass(frozen=True, slots=True)
class Organisation:
    """One life of one code: from its opening to its closing.

    opened_on: first day; None = not known, taken as open since before any date asked about.
    closed_on: last day (ODS's close date), so it is still open on it; None = open.
    earlier_names: oldest first. aliases: short and other names, undated.
    """

    code: OrganisationCode
    name: str
    role: Role
    opened_on: date | None
    closed_on: date | None
    postcode: str | None = None
    is_dormant: bool = False
    earlier_names: tuple[EarlierName, ...] = ()
    aliases: tuple[str, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        require_order(self.opened_on, self.closed_on, what=f"organisation {self.code}")

    def is_open_on(self, on: date) -> bool:
        """Return whether `on` lies in this life, its first and last day included."""
        return holds_on(self.opened_on, self.closed_on, on)

    def name_on(self, on: date) -> str:
        """Return the name it went by on that date, as far as the sources show."""
        return next((name.text for name in self.earlier_names if on < name.until_on), self.name)

    @property
    def known_names(self) -> tuple[str, ...]:
        """Return the present name, the earlier ones and the aliases."""
        return (self.name, *(name.text for name in self.earlier_names), *self.aliases)


@dataclass(frozen=True, slots=True)
class Succession:
    """On that date the successor took over (a share of) the predecessor.

    Several successions into one successor are a merger; several out of one predecessor are a split.
    share: 0 to 1, of the predecessor; None = not stated.
    """

    predecessor: OrganisationCode
    successor: OrganisationCode
    on: date
    share: float | None = None
    source: str = ""

    def __post_init__(self) -> None:
        require_share(self.share, what=f"succession {self.predecessor} to {self.successor}")


@dataclass(frozen=True, slots=True)
class Membership:
    """The organisation belonged to the group, within one grouping ("icb", "region", "cohort"), between two dates.

    valid_from, valid_to: first and last day; None = not known, taken to hold without limit on that side.
    share: 0 to 1, of the organisation (of its patients, say); None = not stated.
    """

    organisation: OrganisationCode
    grouping: str
    group: str
    valid_from: date | None
    valid_to: date | None
    share: float | None = None
    source: str = ""

    def __post_init__(self) -> None:
        what = f"{self.organisation} in {self.grouping} {self.group}"
        require_order(self.valid_from, self.valid_to, what=what)
        require_share(self.share, what=what)

    def holds_on(self, on: date) -> bool:
        """Return whether it held on that date."""
        return holds_on(self.valid_from, self.valid_to, on)


@dataclass(frozen=True, slots=True)
class Group:
    """One group of one grouping and what it is called. other_codes: the same group in other code lists (ONS, say)."""

    grouping: str
    code: str
    name: str
    other_codes: tuple[str, ...] = ()


def holds_on(first: date | None, last: date | None, on: date) -> bool:
    """Return whether `on` is between two dates, both included; None is no limit on that side."""
    return (first is None or first <= on) and (last is None or on <= last)


def require_order(first: date | None, last: date | None, *, what: str) -> None:
    """Raise ValueError when something ends before it begins."""
    if first is not None and last is not None and last < first:
        raise ValueError(f"{what} ends on {last}, before it begins on {first}")


def require_share(share: float | None, *, what: str) -> None:
    """Raise ValueError when a share is outside 0 to 1. nan is outside."""
    if share is not None and not 0 <= share <= 1:
        raise ValueError(f"{what} has a share of {share}; a share is 0 to 1")
