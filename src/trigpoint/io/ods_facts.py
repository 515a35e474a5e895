# SPDX-License-Identifier: MIT
"""What one row of a register file says, before the files are put together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeAlias

from trigpoint.organisations.organisation import Group, Membership, OrganisationCode, Role, Succession


class FileKind(Enum):
    """The kinds of file that can be told from their content."""

    TRUSTS = "trusts (etr)"
    CARE_TRUSTS = "care trusts (ect)"
    PRACTICES = "practices (epraccur)"
    COMMISSIONERS = "CCGs and sub-ICB locations (eccg)"
    SUCCESSIONS = "successor records"
    ICB_NAMES = "ICB names and codes"
    ICB_REGIONS = "ICBs with regions and mergers"
    ICB_PARTNERS = "ICB partners"
    ICB_FINANCE = "ICB financial apportionment"
    SUB_ICBS = "sub-ICB locations to ICBs to regions"
    TRUST_STPS = "trusts to STPs"
    TRUST_ICB_SHARES = "trusts to ICBs by share of patients"
    TRUST_TYPES = "trust types, regions and ICSs"
    CQC_TYPES = "trust types (CQC)"
    COHORTS = "cohorts"


@dataclass(frozen=True, slots=True)
class OrganisationRecord:
    """An organisation as one file lists it.

    states_dates: whether the file says when organisations open and close; if not, blanks there mean nothing.
    """

    code: OrganisationCode
    name: str
    role: Role
    opened_on: date | None = None
    closed_on: date | None = None
    postcode: str | None = None
    is_dormant: bool = False
    aliases: tuple[str, ...] = ()
    states_dates: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A file lists the organisation as open, and says no more of it."""

    code: OrganisationCode


@dataclass(frozen=True, slots=True)
class Placement:
    """The organisation is in the group, as at the date of the file. group: a code, or a name where `is_name`."""

    organisation: OrganisationCode
    grouping: str
    group: str
    is_name: bool = False
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Merger:
    """The file says that the predecessor ends on the day before, and is taken over."""

    succession: Succession


@dataclass(frozen=True, slots=True)
class CohortRow:
    """One trust in one programme, as written."""

    programme: str
    trust_name: str
    source: str
    note: str
    line: int


Fact: TypeAlias = OrganisationRecord | Listing | Placement | Merger | CohortRow | Succession | Membership | Group


@dataclass(frozen=True, slots=True)
class FileFacts:
    """All facts of one file. as_at: the date the file stands for; None = it bears none."""

    file: str
    kind: FileKind
    as_at: date | None
    rows: int
    facts: tuple[Fact, ...]
