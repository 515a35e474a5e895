# SPDX-License-Identifier: MIT
"""What each row of ODS's own header-less files says: trusts, care trusts, practices, commissioners."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trigpoint.io.ods_cells import Cells
from trigpoint.io.ods_facts import Fact, FileKind, OrganisationRecord, Placement
from trigpoint.organisations.organisation import Membership, OrganisationCode, Role

_ROLES = {FileKind.TRUSTS: Role.TRUST, FileKind.CARE_TRUSTS: Role.CARE_TRUST}
_GP_PRACTICE_SETTING = "4"  # epraccur, column 26; every other number is another kind of prescribing cost centre
_STATUSES = frozenset("ACDP")  # active, closed, dormant, proposed: epraccur, column 13
# The fourth column changed its meaning: Q and two digits were NHS England's area teams (until 2020 or so), Q with a
# letter are STPs, which became ICBs of the same code in July 2022.
_AREA_TEAM = re.compile(r"Q\d\d")


def trust_facts(cells: Cells, kind: FileKind) -> Iterator[Fact]:
    """Yield the trust or care trust, its region and its area team or ICB."""
    yield from _organisation_facts(cells, _ROLES[kind])


def commissioner_facts(cells: Cells) -> Iterator[Fact]:
    """Yield the CCG, sub-ICB location or commissioning hub, its region and its ICB."""
    yield from _organisation_facts(cells, _commissioner_role(cells.text("sub_type"), cells.require_text("name")))


def practice_facts(cells: Cells) -> Iterator[Fact]:
    """Yield the practice or other prescribing cost centre, its region, ICB and commissioner (with dates)."""
    status = cells.require_text("status")
    if status and status not in _STATUSES:
        cells.complain("status", f"status {status!r} is not one of {', '.join(sorted(_STATUSES))}")
    if status == "C" and cells.text("closed") is None:
        cells.complain("closed", "status is C (closed), but there is no close date")
    is_practice = cells.text("setting") == _GP_PRACTICE_SETTING
    role = Role.GP_PRACTICE if is_practice else Role.PRESCRIBING_COST_CENTRE
    yield from _organisation_facts(cells, role, is_dormant=status == "D")
    if cells.text("commissioner") is not None:
        yield from _commissioner_of(cells)


def _organisation_facts(cells: Cells, role: Role, *, is_dormant: bool = False) -> Iterator[Fact]:
    code = cells.code("code")
    name = cells.require_text("name")
    opened_on, closed_on = cells.require_date("opened"), cells.date("closed")
    if closed_on is not None and closed_on < opened_on:
        cells.complain("closed", f"{code} closes on {closed_on}, before it opens on {opened_on}")
    postcode = cells.text("postcode")
    yield OrganisationRecord(
        code, name, role, opened_on, closed_on, postcode=postcode, is_dormant=is_dormant, states_dates=True
    )
    region, geography = cells.text("region"), cells.text("geography")
    if region is not None:
        yield Placement(code, "region", region)
    if geography is not None:
        yield Placement(code, "area_team" if _AREA_TEAM.fullmatch(geography) else "icb", geography)


def _commissioner_of(cells: Cells) -> Iterator[Fact]:
    joined, left = cells.date("joined"), cells.date("left")
    if joined is not None and left is not None and left < joined:
        cells.complain("left", f"it leaves its commissioner on {left}, before it joins on {joined}")
        return
    code = OrganisationCode(cells.require_text("code"))
    yield Membership(code, "commissioner", cells.code("commissioner"), joined, left, source=cells.file)


def _commissioner_role(sub_type: str | None, name: str) -> Role:
    if name.endswith("CCG"):
        return Role.CCG
    return Role.COMMISSIONING_HUB if sub_type == "RO218" else Role.SUB_ICB
