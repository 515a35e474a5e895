# SPDX-License-Identifier: MIT
"""Short ways to make organisations, successions and memberships for tests. Codes and names are made up."""

from __future__ import annotations

from datetime import date

from trigpoint.organisations import EarlierName, Membership, Organisation, OrganisationCode, Role, Succession

NAMES = {
    "RA0": "Ashwick Hospitals NHS Trust",
    "RB0": "Birchmere Hospitals NHS Trust",
    "RC0": "Ashwick and Birchmere NHS Foundation Trust",
    "RD0": "Dunford Partnership NHS Trust",
    "RE0": "Elmstead University Hospital NHS Trust",
    "RF0": "Fenwick Ambulance Service NHS Trust",
}


def day(text: str) -> date:
    return date.fromisoformat(text)


def organisation(
    code: str,
    opened: str | None = "1990-04-01",
    closed: str | None = None,
    *,
    name: str | None = None,
    role: Role = Role.TRUST,
    earlier: tuple[tuple[str, str], ...] = (),
    aliases: tuple[str, ...] = (),
) -> Organisation:
    return Organisation(
        OrganisationCode(code),
        name or NAMES.get(code, f"{code} NHS Trust"),
        role,
        None if opened is None else day(opened),
        None if closed is None else day(closed),
        earlier_names=tuple(EarlierName(text, day(until)) for text, until in earlier),
        aliases=aliases,
    )


def succession(predecessor: str, successor: str, on: str) -> Succession:
    return Succession(OrganisationCode(predecessor), OrganisationCode(successor), day(on))


def membership(
    code: str,
    grouping: str,
    group: str,
    since: str | None = None,
    until: str | None = None,
    *,
    share: float | None = None,
) -> Membership:
    return Membership(
        OrganisationCode(code),
        grouping,
        group,
        None if since is None else day(since),
        None if until is None else day(until),
        share=share,
    )
