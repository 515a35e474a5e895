# SPDX-License-Identifier: MIT
"""What `trigpoint register` prints: plain values for --json, and tables made of the same values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from enum import Enum
from typing import TypeAlias

from trigpoint.io.ods import RegisterReport
from trigpoint.organisations import CodeProblem, LikelySuccessor, Organisation, Register, Succession

Value: TypeAlias = "str | int | float | bool | Sequence[Value] | Mapping[str, Value] | None"
Record: TypeAlias = Mapping[str, Value]


def present_organisation(register: Register, code: str, on: date) -> Record:
    """Return all that is known of an organisation as on a date. Raises UnknownOrganisation."""
    latest = register.require_organisation(code)
    view = register.as_on(on)
    organisation = view.find_organisation(code) or latest
    return {
        "code": organisation.code,
        "name": organisation.name_on(on),
        "role": organisation.role.value,
        "on": on.isoformat(),
        "is_open": organisation.is_open_on(on),
        "opened_on": _day(organisation.opened_on),
        "closed_on": _day(organisation.closed_on),
        "is_dormant": organisation.is_dormant,
        "postcode": organisation.postcode,
        "other_names": [name for name in organisation.known_names if name != organisation.name_on(on)],
        "likely_successor": _present_successor(register.likely_successor(code, on)),
        "source": organisation.source,
        "groups": [
            {
                "grouping": each.grouping,
                "group": each.group,
                "name": register.group(each.grouping, each.group).name,
                "share": each.share,
                "valid_from": _day(each.valid_from),
                "valid_to": _day(each.valid_to),
                "source": each.source,
            }
            for each in view.groups_of(code)
        ],
    }


def present_history(register: Register, code: str) -> Record:
    """Return a code's predecessors and successors, each in order of date. Raises UnknownOrganisation.

    A code that only successor records know has a history too.
    """
    history = register.history(code)
    if not (history.predecessors or history.successors):
        register.require_organisation(code)
    return {
        "code": code,
        "name": _name(register, code),
        "predecessors": [_present_step(register, step) for step in history.predecessors],
        "successors": [_present_step(register, step) for step in history.successors],
    }


def present_members(organisations: Iterable[Organisation], on: date) -> Sequence[Record]:
    """Return the members of a group as on a date, by code."""
    return [
        {"code": each.code, "name": each.name_on(on), "role": each.role.value, "opened_on": _day(each.opened_on)}
        for each in organisations
    ]


def present_problems(problems: Iterable[CodeProblem]) -> Sequence[Record]:
    """Return the problems with codes, in the order of the file."""
    return [
        {
            "row": each.use.row,
            "code": each.use.code,
            "name": each.use.name,
            "problem": each.trouble.value,
            "since": _day(each.since),
            "suggestions": list(each.suggestions),
            "message": each.message,
        }
        for each in problems
    ]


def present_report(report: RegisterReport) -> Record:
    """Return what was in each file, and the conflicts and notes."""
    files = [{key: _plain(value) for key, value in asdict(each).items()} for each in report.files]
    return {"files": files, "conflicts": list(report.conflicts), "notes": list(report.notes)}


def _present_successor(likely: LikelySuccessor) -> Record:
    return {"organisations": list(likely.organisations), "is_unique": likely.is_unique, "lost": list(likely.lost)}


def _present_step(register: Register, step: Succession) -> Record:
    return {
        "on": step.on.isoformat(),
        "predecessor": step.predecessor,
        "predecessor_name": _name(register, step.predecessor),
        "successor": step.successor,
        "successor_name": _name(register, step.successor),
        "share": step.share,
        "source": step.source,
    }


def _name(register: Register, code: str) -> str | None:
    found = register.find_organisation(code)
    return None if found is None else found.name


def _day(on: date | None) -> str | None:
    return None if on is None else on.isoformat()


def _plain(value: object) -> Value:
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value  # type: ignore[return-value]
