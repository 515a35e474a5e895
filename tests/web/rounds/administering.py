# SPDX-License-Identifier: MIT
"""Running a round as a browser of the national team does it, for the tests of its pages."""

from __future__ import annotations

import html
import re
from datetime import datetime
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.web.world import LONG_AGO, NOW, World
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Role
from trigpoint_web.audit.models import Event
from trigpoint_web.organisations.models import CareProvided, Group, Organisation, Placement
from trigpoint_web.rounds.actions.rounds import enrol
from trigpoint_web.rounds.models import Round, Submission


def sign_in(person: User) -> Client:
    """Return a browser in which a person is signed in."""
    client = Client()
    client.force_login(person, backend="trigpoint_web.accounts.backends.AccountBackend")
    return client


def sign_in_administrator(world: World) -> Client:
    """Return the browser of the national administrator."""
    return sign_in(world.people[Role.ADMINISTRATOR])


def address(route: str, *, slug: str = "2026", **parts: str) -> str:
    """Return the address of a page of a round."""
    return reverse(route, kwargs={"round_slug": slug, **parts})


def text_of(response: Any) -> str:
    """Return the words of a page: without its tags, white space as single blanks."""
    bare = re.sub(r"<(script|style)[^>]*>.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", bare)).split())


def problems_of(response: Any) -> list[str]:
    """Return what the error summary of a page lists."""
    found = re.search(r'class="nhsuk-list nhsuk-error-summary__list">(.*?)</ul>', response.content.decode(), re.DOTALL)
    return [] if found is None else [html.unescape(one) for one in re.findall(r">([^<>\n]+)</(?:a|li)>", found[1])]


def typed_moment(name: str, moment: datetime | None, *, time: str | None = None) -> dict[str, str]:
    """Return the fields of a moment as they are typed; blank for None."""
    if moment is None:
        return {f"{name}_on-{part}": "" for part in ("day", "month", "year")} | {f"{name}_time": time or "5pm"}
    local = timezone.localtime(moment)
    parts = {"day": local.day, "month": local.month, "year": local.year}
    return {f"{name}_on-{part}": str(value) for part, value in parts.items()} | {
        f"{name}_time": time or f"{local:%H:%M}"
    }


def count_queries(client: Client, url: str) -> int:
    """Return how many queries a page takes, in a session that is warm."""
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def add_organisations(world: World, number: int) -> list[Submission]:
    """Add synthetic organisations to the register and to the round of the world."""
    system = Group.objects.get(grouping="icb", code="ZZS01")
    added = [Organisation(code=f"ZY{n:04}", name=f"Synthetic Trust {n:04}", kind="NHS trust") for n in range(number)]
    Organisation.objects.bulk_create(added)
    Placement.objects.bulk_create(Placement(organisation=one, group=system) for one in added)
    CareProvided.objects.bulk_create(CareProvided(organisation=one, care_setting="acute") for one in added)
    return enrol(world.round, added)


def set_submission(world: World, code: str = "ZZ301", **changes: object) -> Submission:
    """Put a submission into a state by hand, where the way to it is not what the test is about."""
    Submission.objects.filter(round=world.round, organisation=code).update(**changes)
    return world.submission(code)


def signed_fields(world: World) -> dict[str, object]:
    """Return what a signed submission has."""
    return {
        "state": "signed",
        "submitted_at": NOW,
        "submitted_by": world.people[Role.LEAD],
        "signed_at": NOW,
        "started_at": LONG_AGO,
    }


def list_actions(slug: str = "2026") -> list[str]:
    """Return the actions of a round's events, oldest first."""
    return list(Event.objects.filter(round=slug).order_by("id").values_list("action", flat=True))


def round_now(slug: str = "2026") -> Round:
    """Return a round as it is now in the database."""
    return Round.objects.get(slug=slug)
