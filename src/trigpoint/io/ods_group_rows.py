# SPDX-License-Identifier: MIT
"""What each row of the files with headings says: successions, ICBs and their mergers, STPs, types, cohorts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trigpoint.io.ods_cells import Cells
from trigpoint.io.ods_facts import (
    CohortRow,
    Fact,
    Listing,
    Merger,
    OrganisationRecord,
    Placement,
)
from trigpoint.organisations.near_codes import looks_like_ods_code
from trigpoint.organisations.organisation import Group, OrganisationCode, Role, Succession


def succession_facts(cells: Cells) -> Iterator[Fact]:
    """Yield one successor record."""
    old, new, on = cells.code("old_code"), cells.code("new_code"), cells.require_date("date")
    yield Succession(old, new, on, source=cells.file)


def icb_name_facts(cells: Cells) -> Iterator[Fact]:
    """Yield an ICB, by its ODS code, with its ONS code beside it."""
    yield from _icb(cells, code="icb##cdh", name="icb##nm", ons="icb##cd")


def sub_icb_facts(cells: Cells) -> Iterator[Fact]:
    """Yield a sub-ICB location, its ICB, and the region of both."""
    code, name = cells.code("sicbl##cdh"), cells.require_text("sicbl##nm")
    yield OrganisationRecord(code, name, Role.SUB_ICB)
    yield from _icb(cells, code="icb##cdh", name="icb##nm", ons="icb##cd")
    icb, region = cells.code("icb##cdh"), cells.code("nhser##cdh")
    yield Group("region", region, cells.require_text("nhser##nm"))
    yield Placement(code, "icb", icb)
    yield Placement(code, "region", region)
    yield Placement(icb, "region", region)


def icb_partner_facts(cells: Cells) -> Iterator[Fact]:
    """Yield an ICB, its region, and the trust (if the row has one) that is its partner."""
    yield from _regional_icb(cells)
    if cells.text("ods trust code") is not None:
        yield Placement(cells.code("ods trust code"), "icb_partner", cells.code("ods icb code"))


def icb_finance_facts(cells: Cells) -> Iterator[Fact]:
    """Yield an ICB, its region, and the trust whose money counts in it."""
    yield from _regional_icb(cells)
    yield Placement(cells.code("ods trust code"), "icb_finance", cells.code("ods icb code"))


def icb_region_facts(cells: Cells) -> Iterator[Fact]:
    """Yield an ICB, its region (by name) and the mergers that it came from."""
    code, name = cells.code("ods_code"), cells.require_text("name")
    yield OrganisationRecord(code, name, Role.ICB, aliases=_listed(cells.text("alt_names")))
    yield Group("icb", code, name)
    yield Placement(code, "region", cells.require_text("region"), is_name=True)
    yield from _mergers(cells, code)


def trust_type_facts(cells: Cells) -> Iterator[Fact]:
    """Yield a trust, its type, region and ICSs (by name; there may be several) and the mergers it came from."""
    code, name = cells.code("ods_code"), cells.require_text("name")
    yield OrganisationRecord(code, name, Role.TRUST, aliases=_listed(cells.text("alt_names")))
    kind = cells.require_text("type")
    yield Group("type", slug(kind), kind)
    yield Placement(code, "type", slug(kind))
    yield Placement(code, "region", cells.require_text("region"), is_name=True)
    for ics in _listed(cells.text("ics")):
        if ics != "-":  # so the file marks ambulance trusts, which serve several
            yield Placement(code, "icb", ics, is_name=True)
    yield from _mergers(cells, code)


def cqc_type_facts(cells: Cells) -> Iterator[Fact]:
    """Yield that the trust is open, and its type as the Care Quality Commission has it, unless blank."""
    code, kind = cells.code("trust_code"), cells.text("primary_category")
    yield Listing(code)
    if kind is not None:
        yield Group("type_cqc", slug(kind), kind)
        yield Placement(code, "type_cqc", slug(kind))


def trust_stp_facts(cells: Cells) -> Iterator[Fact]:
    """Yield the STP and the trust in it."""
    code, stp = cells.code("nhs_trust##_code"), cells.require_text("stp##_code")
    yield Listing(code)
    yield Group("stp", stp, cells.require_text("stp##_name"))
    yield Placement(code, "stp", stp)


def trust_icb_share_facts(cells: Cells) -> Iterator[Fact]:
    """Yield the ICB (by ONS code) and the share of the trust's patients that came from it."""
    code, icb = cells.code("nhs_trust##_code"), cells.require_text("icb##_code")
    yield Placement(code, "icb_patients", icb, share=cells.share("proportion_trust_came_from_icb"))


def cohort_facts(cells: Cells) -> Iterator[Fact]:
    """Yield one trust in one programme, as written."""
    programme, trust_name = cells.require_text("programme"), cells.require_text("trust_name")
    yield CohortRow(programme, trust_name, cells.require_text("source"), cells.text("note") or "", cells.line)


def slug(label: str) -> str:
    """Return an id made of a label: small letters, digits and hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", label.casefold()))


def _icb(cells: Cells, *, code: str, name: str, ons: str) -> Iterator[Fact]:
    found, called = cells.code(code), cells.require_text(name)
    yield OrganisationRecord(found, called, Role.ICB)
    other = cells.text(ons)
    yield Group("icb", found, called, other_codes=() if other is None else (other,))


def _regional_icb(cells: Cells) -> Iterator[Fact]:
    yield from _icb(cells, code="ods icb code", name="icb name", ons="ons icb boundary code")
    written = cells.require_text("nhs england region")
    region = re.fullmatch(r"(.+?) *\((Y\d\d)\)", written)
    if region is None:
        cells.complain("nhs england region", f"region {written!r} is not a name and a code such as 'London (Y56)'")
        return
    yield Group("region", region[2], region[1])
    yield Placement(cells.code("ods icb code"), "region", region[2])


def _mergers(cells: Cells, code: OrganisationCode) -> Iterator[Fact]:
    predecessors = _listed(cells.text("predecessor_codes"))
    if not predecessors:
        return
    on = cells.require_date("merger_date")
    for predecessor in predecessors:
        if not looks_like_ods_code(predecessor):
            cells.complain("predecessor_codes", f"predecessor {predecessor!r} is not an ODS code")
        yield Merger(Succession(OrganisationCode(predecessor), code, on, source=cells.file))


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(";") if part.strip())
