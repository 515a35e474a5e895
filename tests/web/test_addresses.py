# SPDX-License-Identifier: MIT
"""Addresses that nobody was given: numbers that no row has, characters that no database keeps. Each is not found."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, resolve, reverse
from django.urls.exceptions import Resolver404

from tests.web.people import sign_in
from tests.web.test_every_route import OF_A_LIBRARY
from tests.web.world import make_world
from trigpoint_web.accounts.roles import Role
from trigpoint_web.organisations.converters import LARGEST_KEY, RowKeyConverter

PART = re.compile(r"<(\w+):(\w+)>")
FITTING = {"slug": "2026", "ods": "ZZ301", "str": "organisation", "key": "1", "path": "a.html"}
NO_KEYS = ("9223372036854775808", "1" * 30, "9" * 19, "0", "-1", "01", "1.0", "\u0661", "1%00")


def list_addresses(patterns: list[URLPattern | URLResolver], begins: str = "") -> Iterator[str]:
    """Yield the address of each of our routes, with its parts as they are written in the code."""
    for one in patterns:
        address = begins + str(one.pattern)
        if isinstance(one, URLResolver):
            if address != OF_A_LIBRARY:
                yield from list_addresses(one.url_patterns, address)
        else:
            yield address


ADDRESSES = sorted(set(list_addresses(get_resolver().url_patterns)))


def fill(address: str, *, at: int, text: str) -> str:
    """Return an address with a text in the part at a position, and something fitting in the others."""
    parts = list(PART.finditer(address))
    texts = [text if position == at else FITTING[part[1]] for position, part in enumerate(parts)]
    filled = iter(texts)
    return "/" + PART.sub(lambda _: next(filled), address)


def list_places(kind: str) -> list[tuple[str, int]]:
    """Return the routes with parts of a kind, each with the position of one."""
    found = [(address, at, part[1]) for address in ADDRESSES for at, part in enumerate(PART.finditer(address))]
    return [(address, at) for address, at, of in found if of == kind]


@pytest.fixture
def officer() -> Client:
    """A browser of somebody who is let in; what fails there fails the test."""
    return sign_in(make_world().people[Role.OFFICER])


def test_every_number_in_an_address_is_one_that_a_database_can_hold():
    kinds = {part[1] for address in ADDRESSES for part in PART.finditer(address)}

    assert kinds <= set(FITTING)
    assert len(list_places("key")) >= 15


@pytest.mark.parametrize(("address", "at"), list_places("key"))
@pytest.mark.parametrize("number", NO_KEYS)
def test_a_number_that_is_no_key_leads_to_no_page(address, at, number):
    with pytest.raises(Resolver404):
        resolve(fill(address, at=at, text=number))


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["9223372036854775808", "1" * 30])
def test_a_number_that_no_database_can_hold_is_not_found_on_any_page(officer, number):
    told = {}
    for address, at in list_places("key"):
        filled = fill(address, at=at, text=number)
        told[filled] = {officer.get(filled).status_code, officer.post(filled).status_code}

    assert {filled: statuses for filled, statuses in told.items() if statuses != {404}} == {}


@pytest.mark.django_db
def test_the_largest_key_that_there_can_be_is_asked_for_and_not_found(officer):
    told = {}
    for address, at in list_places("key"):
        filled = fill(address, at=at, text=str(LARGEST_KEY))
        assert LARGEST_KEY in resolve(filled).kwargs.values()
        told[filled] = {officer.get(filled).status_code, officer.post(filled).status_code}

    assert {filled: statuses for filled, statuses in told.items() if not statuses <= {403, 404, 405}} == {}


@pytest.mark.parametrize("key", [1, 42, LARGEST_KEY])
def test_a_key_is_read_as_it_is_written(key):
    converter = RowKeyConverter()

    assert re.fullmatch(converter.regex, converter.to_url(key))
    assert converter.to_python(converter.to_url(key)) == key
    assert resolve(reverse("poll_reply", kwargs={"poll": key})).kwargs == {"poll": key}


@pytest.mark.parametrize("key", [0, -1, 10**30])
def test_no_address_is_made_of_what_is_no_key(key):
    with pytest.raises(NoReverseMatch):
        reverse("poll_reply", kwargs={"poll": key})


def test_a_key_that_is_too_large_says_so():
    with pytest.raises(ValueError, match="9223372036854775808 is larger than any key"):
        RowKeyConverter().to_python(str(LARGEST_KEY + 1))


@pytest.mark.django_db
def test_the_character_nul_is_not_found_in_any_part_of_any_address(officer):
    told = {}
    for kind in ("str", "slug", "ods", "key", "path"):
        for address, at in list_places(kind):
            filled = fill(address, at=at, text=f"{FITTING[kind]}%00")
            told[filled] = officer.get(filled).status_code

    assert len(told) > 50
    assert {filled: status for filled, status in told.items() if status != 404} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["%00", "%00organisation", "organ%00isation"])
def test_nor_is_it_in_any_place_of_a_part_or_in_what_is_posted_there(officer, text):
    address = f"/rounds/2026/ZZ301/questions/{text}/board_leads/"

    assert [officer.get(address).status_code, officer.post(f"{address}save/").status_code] == [404, 404]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/survey/%00/", "/survey/a%00b/thanks/", "/?page=%00", "/about/?%00=1"])
def test_the_character_nul_is_not_found_by_somebody_who_is_signed_out(address):
    answer = Client().get(address)

    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["a=%2500", "a=100%25", "a=0", "a=%0a"])
def test_what_only_looks_like_nul_in_a_query_is_let_through(query):
    assert Client().get(f"/about/?{query}").status_code == 200
