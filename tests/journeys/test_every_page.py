# SPDX-License-Identifier: MIT
"""Every page of the service, as somebody who may come to it sees it: at a desk, on a phone, with text twice the size.

The pages are those of the ladders, so a new page is looked at as soon as it has one.
"""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.support.browser import (
    assert_looks_well,
    browser,
)
from tests.support.pages_in_browser import client_of, open_as
from tests.web.ladders import Ladder
from tests.web.test_every_route import LADDERS
from tests.web.world import World, make_world
from trigpoint_web.accounts.roles import Role

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def path_of(route: str, ladder: Ladder, world: World) -> str:
    kwargs = {**ladder.kwargs, **(ladder.prepare(world) if ladder.prepare else {})}
    return reverse(route, kwargs=kwargs)


@pytest.mark.looks
@pytest.mark.parametrize("route", sorted(route for route, ladder in LADDERS.items() if ladder.gets))
def test_a_page_can_be_used_by_everybody(browser, route):
    world, ladder = make_world(), LADDERS[route]
    path = path_of(route, ladder, world)
    client = client_of(None if ladder.is_public else world.people[ladder.works_for or Role.CONTRIBUTOR])
    answer = client.get(path, follow=True)
    path = answer.redirect_chain[-1][0] if answer.redirect_chain else path
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        is_for_script = answer.headers["Content-Type"] == "application/json"
        assert is_for_script or "attachment" in answer.headers["Content-Disposition"], "what is no page is a download"
        return

    with open_as(browser, client, path) as page:
        assert_looks_well(page, f"page {route}")
