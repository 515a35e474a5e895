# SPDX-License-Identifier: MIT
"""Every route of the service has a ladder, and every rung of it holds."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

import tests.web.ladders
from tests.web.ladders import Ladder, climb_ladder
from tests.web.world import make_world

# Pages of the library for signing in: what of them we rely on is tested in tests/web/accounts.
OF_A_LIBRARY = "account/"


def list_ladders() -> dict[str, Ladder]:
    """Return the ladder of each route, by its name."""
    found: dict[str, Ladder] = {}
    for module in pkgutil.iter_modules(tests.web.ladders.__path__):
        found |= importlib.import_module(f"tests.web.ladders.{module.name}").LADDERS
    return found


def list_routes(patterns: list[URLPattern | URLResolver], begins: str = "") -> Iterator[str]:
    """Yield the name of each of our routes."""
    for one in patterns:
        address = begins + str(one.pattern)
        if isinstance(one, URLResolver):
            if address != OF_A_LIBRARY:
                yield from list_routes(one.url_patterns, address)
        else:
            yield one.name or address


LADDERS = list_ladders()


def test_every_route_has_a_ladder_and_every_ladder_a_route():
    assert sorted(set(list_routes(get_resolver().url_patterns))) == sorted(LADDERS)


@pytest.mark.django_db
@pytest.mark.parametrize("route", sorted(LADDERS))
def test_every_rung_holds(route):
    climb_ladder(route, LADDERS[route], make_world())
