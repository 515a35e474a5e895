# SPDX-License-Identifier: MIT
"""Taking in a register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from trigpoint.organisations import Register
from trigpoint_web.accounts.models import User
from trigpoint_web.audit.actions import record_event
from trigpoint_web.organisations.models import CareProvided, Group, Organisation, Placement, Succession

# The name of the event, by which the page of the register finds when it was last taken in.
REGISTER_TAKEN_IN = "register.mirrored"


@dataclass(frozen=True, slots=True)
class CareGiven:
    """A kind of care that an organisation gives from a day to a day; None is no limit on that side."""

    care_setting: str
    valid_from: date | None = None
    valid_to: date | None = None


CareSettings = Mapping[str, Sequence[str | CareGiven]]


@transaction.atomic
def mirror_register(register: Register, care_settings: CareSettings, *, by: User | None, at: datetime) -> int:
    """Make the service's copy of the register the same as this one; return how many organisations it has.

    care_settings: the kinds of care that each organisation gives, by code; a name alone is without limit of days, and
    a code that the register does not have is passed over. Organisations are updated, never deleted: submissions stand
    on them. Placements, successions and care are replaced, as the register says when each held.
    """
    latest = {life.code: life for life in register.organisations}
    Organisation.objects.bulk_create(
        (
            Organisation(
                code=life.code,
                name=life.name,
                kind=life.role.value,
                opened_on=life.opened_on,
                closed_on=life.closed_on,
                postcode=life.postcode or "",
            )
            for life in latest.values()
        ),
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "kind", "opened_on", "closed_on", "postcode"],
        batch_size=500,
    )
    _replace_groups(register)
    _replace_care(care_settings, known=set(latest))
    record_event(
        REGISTER_TAKEN_IN,
        by=None if by is None else by.pk,
        at=at,
        details={"organisations": len(latest), "successions": len(register.successions)},
    )
    return len(latest)


def _replace_groups(register: Register) -> None:
    names = {(one.grouping, one.group): register.group(one.grouping, one.group) for one in register.memberships}
    Group.objects.bulk_create(
        (Group(grouping=one.grouping, code=one.code, name=one.name) for one in names.values()),
        update_conflicts=True,
        unique_fields=["grouping", "code"],
        update_fields=["name"],
    )
    groups = {(one.grouping, one.code): one for one in Group.objects.all()}
    Placement.objects.all().delete()
    Placement.objects.bulk_create(
        (
            Placement(
                organisation_id=one.organisation,
                group=groups[one.grouping, one.group],
                valid_from=one.valid_from,
                valid_to=one.valid_to,
            )
            for one in register.memberships
            if register.find_organisation(one.organisation) is not None
        ),
        batch_size=500,
    )
    Succession.objects.all().delete()
    Succession.objects.bulk_create(
        (
            Succession(predecessor=one.predecessor, successor=one.successor, on=one.on, share=one.share)
            for one in register.successions
        ),
        batch_size=500,
    )


def _replace_care(care_settings: CareSettings, *, known: set[str]) -> None:
    CareProvided.objects.all().delete()
    CareProvided.objects.bulk_create(_build_care(care_settings, known), batch_size=500)


def _build_care(care_settings: CareSettings, known: set[str]) -> Iterator[CareProvided]:
    for code in care_settings.keys() & known:
        for one in care_settings[code]:
            given = CareGiven(one) if isinstance(one, str) else one
            yield CareProvided(
                organisation_id=code,
                care_setting=given.care_setting,
                valid_from=given.valid_from,
                valid_to=given.valid_to,
            )
