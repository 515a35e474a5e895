# SPDX-License-Identifier: MIT
"""Chains of succession: who came before, who came after, and who is there now. Splits, mergers and cycles included.

A chain is followed in time: A to B in 2002 and B to C in 2000 do not make C a successor of A, as what went to C had
left B before A came in. Each code is visited once, at its earliest (or latest) date, so a cycle cannot hang.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from trigpoint.organisations.organisation import Organisation, OrganisationCode, Succession

Lives: TypeAlias = Mapping[OrganisationCode, tuple[Organisation, ...]]


@dataclass(frozen=True, slots=True)
class History:
    """All that came before a code and all that came after it, each in order of date, then code."""

    code: OrganisationCode
    predecessors: tuple[Succession, ...]
    successors: tuple[Succession, ...]

    @property
    def predecessor_codes(self) -> frozenset[OrganisationCode]:
        """Return every code this one descends from, itself left out."""
        return frozenset(step.predecessor for step in self.predecessors) - {self.code}

    @property
    def successor_codes(self) -> frozenset[OrganisationCode]:
        """Return every code that descends from this one, itself left out."""
        return frozenset(step.successor for step in self.successors) - {self.code}


@dataclass(frozen=True, slots=True)
class LikelySuccessor:
    """Where a code's work lies on a date.

    organisations: the open organisations at the ends of its chains, sorted; the code itself while it is open.
    lost: ends of chains that are not open then, or that the register does not list, sorted.
    """

    code: OrganisationCode
    on: date
    organisations: tuple[OrganisationCode, ...]
    lost: tuple[OrganisationCode, ...]

    @property
    def is_unique(self) -> bool:
        """Return whether there is exactly one answer: one open organisation and no lost end."""
        return len(self.organisations) == 1 and not self.lost

    def __str__(self) -> str:
        found = " and ".join(self.organisations) or "none on record"
        if len(self.organisations) > 1:
            return f"{found} (several, the answer is not unique)"
        if self.organisations and self.lost:
            return f"{found} (part also went to {', '.join(self.lost)}, not open or not listed)"
        return found


@dataclass(frozen=True, slots=True)
class SuccessionGraph:
    """Successions indexed by predecessor and by successor."""

    after: Mapping[OrganisationCode, tuple[Succession, ...]]
    before: Mapping[OrganisationCode, tuple[Succession, ...]]

    def history(self, code: OrganisationCode) -> History:
        """Return both directions of a code's chains; empty both ways where there is no record."""
        return History(code, predecessors=self._walk_back(code), successors=self._walk_forward(code))

    def likely_successor(self, code: OrganisationCode, on: date, *, lives: Lives) -> LikelySuccessor:
        """Return the open organisations at the ends of the chains from `code`, using successions up to `on`.

        A chain stops at the first organisation that is open on the date. From an organisation whose closing is
        known, only what was passed on from that day counts; earlier successions were transfers of a part.
        """
        ends: set[OrganisationCode] = set()
        lost: set[OrganisationCode] = set()
        seen: set[OrganisationCode] = set()
        waiting = [(date.min, code)]
        while waiting:
            arrived, here = heapq.heappop(waiting)
            if here in seen:
                continue
            seen.add(here)
            if any(life.is_open_on(on) for life in lives.get(here, ())):
                ends.add(here)
                continue
            steps = self._steps_at_closing(here, arrived, on, lives)
            if not steps and here != code:
                lost.add(here)
            for step in steps:
                heapq.heappush(waiting, (step.on, step.successor))
        return LikelySuccessor(code, on, tuple(sorted(ends)), tuple(sorted(lost)))

    def _steps_at_closing(
        self, here: OrganisationCode, arrived: date, on: date, lives: Lives
    ) -> tuple[Succession, ...]:
        closings = [
            life.closed_on for life in lives.get(here, ()) if life.closed_on is not None and life.closed_on < on
        ]
        steps = tuple(step for step in self.after.get(here, ()) if arrived <= step.on <= on and step.successor != here)
        at_closing = tuple(step for step in steps if step.on >= max(closings, default=date.min))
        return at_closing or steps

    def _walk_forward(self, code: OrganisationCode) -> tuple[Succession, ...]:
        return _walk(self.after, code, sign=1, ahead=lambda step: step.successor)

    def _walk_back(self, code: OrganisationCode) -> tuple[Succession, ...]:
        return _walk(self.before, code, sign=-1, ahead=lambda step: step.predecessor)


def build_succession_graph(successions: Iterable[Succession]) -> SuccessionGraph:
    """Return the successions indexed both ways, each list in order of date, then code."""
    after: dict[OrganisationCode, list[Succession]] = {}
    before: dict[OrganisationCode, list[Succession]] = {}
    for step in sorted(successions, key=_in_order):
        after.setdefault(step.predecessor, []).append(step)
        before.setdefault(step.successor, []).append(step)
    return SuccessionGraph(
        after={code: tuple(steps) for code, steps in after.items()},
        before={code: tuple(steps) for code, steps in before.items()},
    )


def _in_order(step: Succession) -> tuple[date, OrganisationCode, OrganisationCode]:
    return step.on, step.predecessor, step.successor


def _walk(
    steps_from: Mapping[OrganisationCode, tuple[Succession, ...]],
    start: OrganisationCode,
    *,
    sign: int,
    ahead: Callable[[Succession], OrganisationCode],
) -> tuple[Succession, ...]:
    """Every step on a chain from `start` whose dates never turn back (forwards for sign 1, backwards for -1).

    Nearest dates are taken first, so the first visit to a code leaves it the most steps to go on with.
    """
    walked: set[Succession] = set()
    waiting = [(-(10**7), start)]  # earlier, in either direction, than any date's ordinal
    seen: set[OrganisationCode] = set()
    while waiting:
        arrived, here = heapq.heappop(waiting)
        if here in seen:
            continue
        seen.add(here)
        for step in steps_from.get(here, ()):
            moment = sign * step.on.toordinal()
            if moment >= arrived and ahead(step) != here:
                walked.add(step)
                heapq.heappush(waiting, (moment, ahead(step)))
    return tuple(sorted(walked, key=_in_order))
