# SPDX-License-Identifier: MIT
"""The ladder of each page: who may come, who may not, and what each of them is told.

A module here for each group of pages has LADDERS: the ladder of each route by its name. tests/web/test_every_route.py
climbs them all, and fails for a route that has none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.test import Client
from django.urls import reverse

from tests.web.world import NOW, World, make_person
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Role

# Somebody comes through, is sent on after a change, or was told of the conflict that his empty form has.
WORKS = {200, 302}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """How a route is climbed.

    kwargs: of its address. prepare: builds what the page needs and returns more kwargs. works_for: a role that may;
    a second person with the same role may too. wrong_role: somebody of the place whose role does not allow it: 403.
    is_of_organisation: a lead of another organisation is told that there is no such page: 404. is_public: no sign-in.
    posts, gets: which methods it takes. fields: what is posted. works: the statuses of success. unknown: kwargs that
    name nothing: 404. refused_when_closed: posted after the round has closed, it is refused with 409.
    """

    works_for: Role | None
    kwargs: Mapping[str, object] = field(default_factory=dict)
    prepare: Callable[[World], Mapping[str, object]] | None = None
    wrong_role: Role | None = None
    is_of_organisation: bool = True
    is_public: bool = False
    gets: bool = True
    posts: bool = False
    fields: Mapping[str, object] = field(default_factory=dict)
    works: frozenset[int] = frozenset(WORKS)
    unknown: Mapping[str, object] | None = None
    refused_when_closed: bool = False


def climb_ladder(route: str, ladder: Ladder, world: World) -> None:
    """Climb every rung of a route; an assertion fails at the first that does not hold."""
    kwargs = {**ladder.kwargs, **(ladder.prepare(world) if ladder.prepare else {})}
    address = reverse(route, kwargs=kwargs)
    _climb_methods(address, ladder, world)
    if not ladder.is_public:
        _climb_strangers(address, ladder, world)
    if ladder.unknown is not None:
        other = reverse(route, kwargs={**kwargs, **ladder.unknown})
        assert _ask(other, ladder, _person(ladder, world)) == 404, "an unknown id is 404"
    for person in _people(ladder, world):
        assert _ask(address, ladder, person) in ladder.works, f"it works for {person}"
    if ladder.refused_when_closed:
        _close(world)
        assert _ask(address, ladder, _person(ladder, world)) == 409, "a closed round refuses, and says so"


def _climb_methods(address: str, ladder: Ladder, world: World) -> None:
    client = _client(_person(ladder, world))
    assert client.put(address).status_code == 405, "a method it does not know is 405"
    if not ladder.gets:
        assert client.get(address).status_code == 405, "GET is 405"
    if not ladder.posts:
        assert client.post(address).status_code == 405, "POST is 405"


def _climb_strangers(address: str, ladder: Ladder, world: World) -> None:
    signed_out = Client().post(address, ladder.fields) if ladder.posts else Client().get(address)
    assert signed_out.status_code == 302, "signed out is sent to sign in"
    assert signed_out.headers["Location"].startswith(reverse("account_login")), "signed out is sent to sign in"
    if ladder.is_of_organisation:
        stranger = make_person(Role.LEAD, organisation="ZZ303")
        assert _ask(address, ladder, stranger) == 404, "another organisation is 404"
    if ladder.wrong_role is not None:
        assert _ask(address, ladder, world.people[ladder.wrong_role]) == 403, "the wrong role is 403"


def _people(ladder: Ladder, world: World) -> list[User | None]:
    if ladder.works_for is None:
        return [None if ladder.is_public else world.people[Role.CONTRIBUTOR]]
    first = world.people[ladder.works_for]
    if ladder.works_for is Role.REVIEWER:
        return [first]
    return [first, make_person(ladder.works_for, name="A colleague")] if ladder.gets else [first]


def _person(ladder: Ladder, world: World) -> User | None:
    return _people(ladder, world)[0]


def _client(person: User | None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person, backend="trigpoint_web.accounts.backends.AccountBackend")
    return client


def _ask(address: str, ladder: Ladder, person: User | None) -> int:
    client = _client(person)
    if ladder.gets and not ladder.posts:
        return client.get(address).status_code
    if ladder.gets:
        shown = client.get(address).status_code
        if shown not in ladder.works:
            return shown
    return client.post(address, ladder.fields).status_code


def _close(world: World) -> None:
    world.round.opens_at, world.round.closes_at = NOW - timedelta(days=20), NOW - timedelta(days=1)
    world.round.save()
