# SPDX-License-Identifier: MIT
"""The register of organisations, and what it looked like on a date.

The register holds facts with dates and never changes. A merger adds a succession; it moves nothing: as on a date
before it, the predecessors are open and in their own groups.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import TypeVar

from trigpoint.errors import Problem, RegisterProblems, UnknownGroup, UnknownOrganisation
from trigpoint.organisations.cohort import COHORT_GROUPING, Cohort
from trigpoint.organisations.names import build_name_index
from trigpoint.organisations.near_codes import list_near_codes
from trigpoint.organisations.organisation import Group, Membership, Organisation, OrganisationCode, Succession
from trigpoint.organisations.succession import History, LikelySuccessor, SuccessionGraph, build_succession_graph

_MOST_SUGGESTIONS = 5  # more than this is a list to read, not a suggestion

Value = TypeVar("Value")
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Register:
    """Every organisation, succession, membership, group and cohort, with indexes. Made by `build_register`."""

    organisations: tuple[Organisation, ...]
    successions: tuple[Succession, ...]
    memberships: tuple[Membership, ...]
    groups: tuple[Group, ...]
    cohorts: tuple[Cohort, ...]
    lives: Mapping[OrganisationCode, tuple[Organisation, ...]] = field(repr=False, compare=False)
    graph: SuccessionGraph = field(repr=False, compare=False)
    _by_organisation: Mapping[OrganisationCode, tuple[Membership, ...]] = field(repr=False, compare=False)
    _by_group: Mapping[tuple[str, str], tuple[Membership, ...]] = field(repr=False, compare=False)
    _group_names: Mapping[tuple[str, str], Group] = field(repr=False, compare=False)

    def as_on(self, on: date) -> RegisterView:
        """Return the register as it stood on that date."""
        is_open = {life.code: life for life in self.organisations if life.is_open_on(on)}
        return RegisterView(self, on, is_open)

    def history(self, code: str) -> History:
        """Return all predecessors and successors of a code. A code without records has an empty history."""
        return self.graph.history(OrganisationCode(code))

    def likely_successor(self, code: str, on: date) -> LikelySuccessor:
        """Return the organisations at the ends of the code's chains that are open on the date: one, several or none."""
        return self.graph.likely_successor(OrganisationCode(code), on, lives=self.lives)

    def find_organisation(self, code: str) -> Organisation | None:
        """Return the latest life of the code, open or closed; None when the register has none."""
        lives = self.lives.get(OrganisationCode(code))
        return lives[-1] if lives else None

    def require_organisation(self, code: str) -> Organisation:
        """Return the latest life of the code. Raises UnknownOrganisation with the codes or names nearest to it."""
        found = self.find_organisation(code)
        if found is None:
            raise UnknownOrganisation(f"the register has no organisation {code!r}. {self._suggest(code)}")
        return found

    def groupings(self) -> tuple[str, ...]:
        """Return the names of all groupings, sorted."""
        return tuple(sorted({grouping for grouping, _ in self._by_group}))

    def list_groups(self, grouping: str) -> tuple[Group, ...]:
        """Return the groups of a grouping that ever had a member, by code. Raises UnknownGroup."""
        codes = sorted(code for name, code in self._by_group if name == grouping)
        if not codes:
            raise UnknownGroup(f"the register has no grouping {grouping!r}. It has {', '.join(self.groupings())}.")
        return tuple(self.group(grouping, code) for code in codes)

    def group(self, grouping: str, code: str) -> Group:
        """Return what is known of a group; its name is its code where no source names it."""
        return self._group_names.get((grouping, code), Group(grouping, code, code))

    def require_group(self, grouping: str, code_or_name: str) -> Group:
        """Return the group with that code, other code or exact name. Raises UnknownGroup."""
        groups = self.list_groups(grouping)
        wanted = code_or_name.casefold()
        for group in groups:
            if wanted in (group.code.casefold(), group.name.casefold(), *(c.casefold() for c in group.other_codes)):
                return group
        known = ", ".join(group.code for group in groups)
        raise UnknownGroup(f"the grouping {grouping} has no group {code_or_name!r}. It has {known}.")

    def memberships_of(self, code: str) -> tuple[Membership, ...]:
        """Return all memberships the code ever had, cohorts included."""
        return self._by_organisation.get(OrganisationCode(code), ())

    def memberships_in(self, grouping: str, group: str) -> tuple[Membership, ...]:
        """Return all memberships the group ever had; empty for a group nobody was in."""
        return self._by_group.get((grouping, group), ())

    def _suggest(self, code: str) -> str:
        near = list_near_codes(code, self.lives)[:_MOST_SUGGESTIONS]
        if near:
            named = ", ".join(f"{found} ({self.lives[found][-1].name})" for found in near)
            return f"Nearest codes: {named}."
        ranked = build_name_index(self.organisations).rank(code)[:_MOST_SUGGESTIONS]
        if ranked:
            return f"Nearest names: {', '.join(f'{match.code} ({match.name})' for match in ranked)}."
        return "No code or name is near it."


@dataclass(frozen=True, slots=True)
class RegisterView:
    """The register as on one date. organisations: those open on it, by code."""

    register: Register = field(repr=False)
    on: date
    organisations: Mapping[OrganisationCode, Organisation] = field(repr=False)

    def find_organisation(self, code: str) -> Organisation | None:
        """Return the organisation of that code that is open on the date, or None."""
        return self.organisations.get(OrganisationCode(code))

    def require_organisation(self, code: str) -> Organisation:
        """Return the open organisation. Raises UnknownOrganisation, saying who likely followed a closed one."""
        found = self.find_organisation(code)
        if found is not None:
            return found
        known = self.register.require_organisation(code)
        successor = self.register.likely_successor(code, self.on)
        raise UnknownOrganisation(f"{code} ({known.name}) is not open on {self.on}. Likely successor: {successor}.")

    def groups_of(self, code: str) -> tuple[Membership, ...]:
        """Return the memberships of the code that hold on the date, over all groupings, by grouping and group.

        Empty when the organisation is not open then, cohorts left aside: who took part, took part.
        """
        is_open = OrganisationCode(code) in self.organisations
        held = (each for each in self.register.memberships_of(code) if each.holds_on(self.on))
        kept = (each for each in held if is_open or each.grouping == COHORT_GROUPING)
        return tuple(sorted(kept, key=lambda each: (each.grouping, each.group)))

    def members(self, grouping: str, group: str) -> tuple[Organisation, ...]:
        """Return the open organisations in the group on the date, by code; empty for a group nobody is in.

        Raises UnknownGroup when the register has no such grouping at all.
        """
        self.register.list_groups(grouping)
        held = (each for each in self.register.memberships_in(grouping, group) if each.holds_on(self.on))
        codes = sorted({each.organisation for each in held} & self.organisations.keys())
        return tuple(self.organisations[code] for code in codes)


def build_register(
    organisations: Iterable[Organisation] = (),
    successions: Iterable[Succession] = (),
    memberships: Iterable[Membership] = (),
    *,
    groups: Iterable[Group] = (),
    cohorts: Iterable[Cohort] = (),
) -> Register:
    """Return a register of these facts, in a fixed order whatever order they came in.

    Raises RegisterProblems when two lives of one code overlap, naming each.
    """
    lives = _index(sorted(organisations, key=_life_order), key=lambda each: each.code)
    problems = [problem for lived in lives.values() for problem in _overlaps(lived)]
    if problems:
        raise RegisterProblems(problems)
    named = tuple(groups)
    listed = tuple(cohorts)
    held = tuple(sorted(memberships, key=_membership_order))
    everything = (*held, *(each for cohort in listed for each in cohort.memberships()))
    cohort_groups = (Group(COHORT_GROUPING, cohort.code, cohort.name) for cohort in listed)
    graph = build_succession_graph(successions)
    return Register(
        organisations=tuple(life for lived in lives.values() for life in lived),
        successions=tuple(step for steps in graph.after.values() for step in steps),
        memberships=held,
        groups=named,
        cohorts=listed,
        lives=lives,
        graph=graph,
        _by_organisation=_index(everything, key=lambda each: each.organisation),
        _by_group=_index(everything, key=lambda each: (each.grouping, each.group)),
        _group_names={(group.grouping, group.code): group for group in (*named, *cohort_groups)},
    )


def _index(values: Iterable[Value], *, key: Callable[[Value], Key]) -> dict[Key, tuple[Value, ...]]:
    lists: dict[Key, list[Value]] = {}
    for value in values:
        lists.setdefault(key(value), []).append(value)
    return {name: tuple(found) for name, found in lists.items()}


def _life_order(life: Organisation) -> tuple[OrganisationCode, date]:
    return life.code, life.opened_on or date.min


def _membership_order(each: Membership) -> tuple[str, str, OrganisationCode, date]:
    return each.grouping, each.group, each.organisation, each.valid_from or date.min


def _overlaps(lives: tuple[Organisation, ...]) -> Iterable[Problem]:
    for earlier, later in pairwise(lives):
        if earlier.closed_on is None or later.opened_on is None or later.opened_on <= earlier.closed_on:
            both = f"{earlier.name!r} and {later.name!r}"
            message = f"{earlier.code} is two organisations at once: {both}. Give one code one life at a time."
            yield Problem(later.source or "register", None, None, message)
