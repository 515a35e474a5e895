# SPDX-License-Identifier: MIT
"""Cohorts: the organisations that took part in a programme, with dates, status and source.

A cohort is a set of codes as on a date. A later merger does not change who took part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from trigpoint.organisations.organisation import Membership, OrganisationCode, holds_on, require_order

COHORT_GROUPING = "cohort"


class CohortStatus(Enum):
    """How far an organisation got. A proposed one never counts as a member."""

    CONFIRMED = "confirmed"
    PROPOSED = "proposed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class CohortMember:
    """One organisation's part in a cohort.

    from_on: first day, to the precision of the source; None = not stated.
    until_on: last day; None = to the end of the programme. A dropped member has one where the source dates it.
    """

    organisation: OrganisationCode
    status: CohortStatus
    from_on: date | None
    until_on: date | None
    source: str

    def __post_init__(self) -> None:
        require_order(self.from_on, self.until_on, what=f"cohort member {self.organisation}")

    def is_member_on(self, on: date) -> bool:
        """Return whether it took part on that date: never while only proposed."""
        return self.status is not CohortStatus.PROPOSED and holds_on(self.from_on, self.until_on, on)


@dataclass(frozen=True, slots=True)
class Cohort:
    """A named set of organisations. `code` is its id in the grouping "cohort"."""

    code: str
    name: str
    members: tuple[CohortMember, ...]

    def members_on(self, on: date) -> tuple[OrganisationCode, ...]:
        """Return the codes that took part on that date, sorted; closed codes are kept, as they took part."""
        return tuple(sorted({member.organisation for member in self.members if member.is_member_on(on)}))

    def memberships(self) -> Iterator[Membership]:
        """Yield the same as memberships of the grouping "cohort", leaving out those only proposed."""
        for member in self.members:
            if member.status is not CohortStatus.PROPOSED:
                yield Membership(
                    member.organisation,
                    COHORT_GROUPING,
                    self.code,
                    member.from_on,
                    member.until_on,
                    source=member.source,
                )
