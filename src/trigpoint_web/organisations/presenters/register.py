# SPDX-License-Identifier: MIT
"""The page of the register: when it was last taken in, what is in it, what followed what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trigpoint_web.audit.models import Event
from trigpoint_web.design_system.dates import say
from trigpoint_web.design_system.parts import Column, SummaryRow, Table
from trigpoint_web.organisations.models import Succession
from trigpoint_web.organisations.presenters.people import say_moment
from trigpoint_web.organisations.words import say_care_setting, say_kind


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """What the service holds of the register."""

    title: str
    summary: tuple[SummaryRow, ...]
    kinds: Table
    care: Table
    successions: Table
    note: str | None


@dataclass(frozen=True, slots=True)
class RegisterCounts:
    """How many organisations: of each kind (open now, in all) and giving each kind of care."""

    kinds: Mapping[str, tuple[int, int]]
    care: Mapping[str, int]


def present_register(
    intake: Event | None, counts: RegisterCounts, successions: Iterable[Succession], *, of: int
) -> RegisterPage:
    """Return the page. successions: the newest; of: how many there are in all."""
    shown = tuple(
        (say(one.on), _name(one.predecessor, one, "predecessor"), _name(one.successor, one, "successor"), _share(one))
        for one in successions
    )
    is_now, in_all = (sum(each[side] for each in counts.kinds.values()) for side in (0, 1))
    return RegisterPage(
        title="Register of organisations",
        summary=(
            SummaryRow("Last taken in", "Never" if intake is None else say_moment(intake.at)),
            SummaryRow("Organisations", f"{is_now:,} open now, of {in_all:,} in all"),
            SummaryRow("Successions", f"{of:,}"),
        ),
        kinds=Table(
            "Organisations by type",
            (Column("Type"), Column("Open now", is_numeric=True), Column("In all", is_numeric=True)),
            tuple((say_kind(kind), f"{now:,}", f"{all_:,}") for kind, (now, all_) in counts.kinds.items()),
            empty_text="The register is empty.",
        ),
        care=Table(
            "Organisations by kind of care, as of today",
            (Column("Care setting"), Column("Organisations", is_numeric=True)),
            tuple((say_care_setting(name), f"{number:,}") for name, number in counts.care.items()),
            empty_text="No organisation is said to give a kind of care.",
        ),
        successions=Table(
            "What followed what, newest first",
            (Column("On"), Column("Before"), Column("After"), Column("Share", is_numeric=True)),
            shown,
            empty_text="The register holds no successions.",
        ),
        note=f"The newest {len(shown):,} of {of:,} are shown." if len(shown) < of else None,
    )


def _name(code: str, succession: Succession, side: str) -> str:
    name = getattr(succession, f"{side}_name")
    return f"{code} (not in the register)" if name is None else f"{name} ({code})"


def _share(succession: Succession) -> str:
    return "not stated" if succession.share is None else f"{succession.share:.0%}"
