# SPDX-License-Identifier: MIT
"""Check a list of organisation codes against the register as on a date: every problem, each as a value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from trigpoint.organisations.names import NameIndex, NameMatch, build_name_index, name_words
from trigpoint.organisations.near_codes import list_near_codes, looks_like_ods_code
from trigpoint.organisations.organisation import Organisation, OrganisationCode, Role
from trigpoint.organisations.register import Register

_MOST_SUGGESTIONS = 5
_OWN_NAME = 0.6  # at least this like one of its own names, a written name is taken as the organisation's
_OTHER_NAME = 0.6  # at least this like another organisation's, it may be that other's
_CLEAR_LEAD = 0.25  # and by this much more like the other's than its own, it is
_NOBODYS_NAME = 0.3  # less like its own than this, it is not its name, whoever's it is
_KINDS = {Role.CARE_TRUST: Role.TRUST}  # care trusts turn into trusts, and both answer the same assessments


class CodeTrouble(Enum):
    """What can be wrong with the use of a code on a date."""

    NOT_A_CODE = "not an ODS code"
    UNKNOWN = "unknown"
    CLOSED = "closed"
    NOT_YET_OPEN = "not yet open"
    REUSED = "reused"
    NAME_MISMATCH = "name mismatch"


@dataclass(frozen=True, slots=True)
class CodeUse:
    """A code as somebody wrote it, with the name beside it, if any, and the row it stands in, counted from 1."""

    code: str
    name: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class CodeProblem:
    """One thing wrong with one use of a code.

    since: the day it closed, or will open; None for other troubles.
    suggestions: codes that may be meant: near ones, successors, or the owner of the name; likeliest first.
    """

    use: CodeUse
    trouble: CodeTrouble
    message: str
    since: date | None = None
    suggestions: tuple[OrganisationCode, ...] = ()

    def __str__(self) -> str:
        return self.message


def check_codes(uses: Iterable[CodeUse], register: Register, on: date) -> tuple[CodeProblem, ...]:
    """Return every problem with these codes on that date, in the order given; empty when all is well."""
    listed = tuple(uses)
    has_names = any(use.name for use in listed)
    index = build_name_index(register.organisations if has_names else ())
    return tuple(problem for use in listed for problem in _check_use(use, register, on, index))


def _check_use(use: CodeUse, register: Register, on: date, index: NameIndex) -> Iterator[CodeProblem]:
    lives = register.lives.get(OrganisationCode(use.code), ())
    if not lives:
        yield _unlisted(use, register, on, index)
        return
    if not any(life.is_open_on(on) for life in lives):
        yield _not_open(use, lives, register, on)
    if len(lives) > 1:
        yield _reused(use, lives)
    if use.name:
        yield from _check_name(use, use.name, register, index)


def _unlisted(use: CodeUse, register: Register, on: date, index: NameIndex) -> CodeProblem:
    near = list_near_codes(use.code, register.lives)[:_MOST_SUGGESTIONS]
    if not looks_like_ods_code(use.code):
        message = f"{use.code!r} has not the shape of an ODS code.{_perhaps(near, register)}"
        return CodeProblem(use, CodeTrouble.NOT_A_CODE, message, suggestions=near)
    history = register.history(use.code)
    if history.successors or history.predecessors:
        return _known_from_successions(use, register, on)
    named = index.find(use.name) if use.name else None
    if named is not None:
        message = f"{use.code} is not in the register; the name beside it is that of {named.code} ({named.name})."
        suggestions = tuple(dict.fromkeys((named.code, *near)))
        return CodeProblem(use, CodeTrouble.UNKNOWN, message, suggestions=suggestions)
    message = f"{use.code} is not in the register.{_perhaps(near, register)}"
    return CodeProblem(use, CodeTrouble.UNKNOWN, message, suggestions=near)


def _known_from_successions(use: CodeUse, register: Register, on: date) -> CodeProblem:
    history = register.history(use.code)
    handed_on = [step.on for step in history.successors if step.predecessor == use.code]
    since = max(handed_on, default=None)
    place = f"{use.code} is in no list of organisations, only in successor records"
    if since is None or since > on:
        later = "" if since is None else f", which end it on {since}"
        return CodeProblem(use, CodeTrouble.UNKNOWN, f"{place}{later}. Check it against ODS.")
    successor = register.likely_successor(use.code, on)
    message = f"{place}: it was followed on {since}. Likely successor: {successor}."
    return CodeProblem(use, CodeTrouble.CLOSED, message, since=since, suggestions=successor.organisations)


def _not_open(use: CodeUse, lives: tuple[Organisation, ...], register: Register, on: date) -> CodeProblem:
    past = [life for life in lives if life.closed_on is not None and life.closed_on < on]
    if not past:
        opens = min(life.opened_on for life in lives if life.opened_on is not None)
        message = f"{use.code} ({lives[0].name}) opens on {opens}, after {on}."
        return CodeProblem(use, CodeTrouble.NOT_YET_OPEN, message, since=opens)
    last = past[-1]
    successor = register.likely_successor(use.code, on)
    message = f"{use.code} ({last.name}) closed on {last.closed_on}. Likely successor: {successor}."
    return CodeProblem(use, CodeTrouble.CLOSED, message, since=last.closed_on, suggestions=successor.organisations)


def _reused(use: CodeUse, lives: tuple[Organisation, ...]) -> CodeProblem:
    spans = "; ".join(f"{life.name} {life.opened_on or '...'} to {life.closed_on or 'now'}" for life in lives)
    return CodeProblem(use, CodeTrouble.REUSED, f"{use.code} has meant different organisations: {spans}.")


def _check_name(use: CodeUse, name: str, register: Register, index: NameIndex) -> Iterator[CodeProblem]:
    lives = register.lives[OrganisationCode(use.code)]
    words = name_words(name)
    own = max(index.likeness(words, name_words(known)) for life in lives for known in life.known_names)
    if own == 1:
        return
    other = next((match for match in index.rank(name) if _is_alike(match, use.code, lives, register)), None)
    owner = f"{use.code} is {lives[-1].name}"
    if other is not None and _is_the_others(own, other):
        message = f"{owner}; the name beside it, {name!r}, belongs to {other.code} ({other.name})."
        yield CodeProblem(use, CodeTrouble.NAME_MISMATCH, message, suggestions=(other.code,))
    elif own < _NOBODYS_NAME:
        yield CodeProblem(use, CodeTrouble.NAME_MISMATCH, f"{owner}; the name beside it is {name!r}.")


def _is_alike(match: NameMatch, code: str, lives: tuple[Organisation, ...], register: Register) -> bool:
    """Another organisation of the same kind: boards and practices are named after the same places as trusts."""
    kinds = {_KINDS.get(life.role, life.role) for life in lives}
    return match.code != code and any(_KINDS.get(life.role, life.role) in kinds for life in register.lives[match.code])


def _is_the_others(own: float, other: NameMatch) -> bool:
    if other.likeness == 1:
        return True
    return own < _OWN_NAME and other.likeness >= _OTHER_NAME and other.likeness - own >= _CLEAR_LEAD


def _perhaps(near: tuple[OrganisationCode, ...], register: Register) -> str:
    named = ", ".join(f"{code} ({register.lives[code][-1].name})" for code in near)
    return f" Perhaps {named}." if near else ""
