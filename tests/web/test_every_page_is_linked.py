# SPDX-License-Identifier: MIT
"""Nobody has to know an address: from home, by links and forms, each page is reached by somebody who may open it.

The world has a round in every state. Whatever is linked has to open for the person to whom it was shown.
"""

from __future__ import annotations

import html
import re
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve

from tests.web.ladders.results import published
from tests.web.rounds.administering import sign_in
from tests.web.test_every_route import LADDERS
from tests.web.world import LONG_AGO, NOW, World, make_round, make_world
from trigpoint_web.accounts.roles import Role
from trigpoint_web.rounds.models import Round, RoundMembership, Submission
from trigpoint_web.rounds.states import RoundState, SubmissionState

pytestmark = pytest.mark.django_db

_ADDED = "is linked where somebody added one, and nobody did in this world: its own tests follow the link"
# Pages that no link leads to here, each with the reason.
NOT_LINKED: Mapping[str, str] = {
    "gallery": "is for those who build pages, and only there where it is switched on",
    "away_apply": "comes after a spreadsheet is sent",
    **dict.fromkeys(("evidence_change", "evidence_file", "evidence_library_file", "evidence_record"), _ADDED),
    **dict.fromkeys(("evidence_remove", "evidence_withdraw"), _ADDED),
    **dict.fromkeys(("poll", "poll_reply", "survey", "suggestions", "invitation_change"), _ADDED),
    "question_history": "is linked from a question with an answer, in more questions than are visited here",
    "reopen": "is linked from a signed submission while its round is on, in more rounds than are visited here",
    "invitation": "is opened by the key in a mail",
    "survey_reply": "is opened by a key that the lead hands out",
    "survey_thanks": "comes after a reply to a survey",
    **dict.fromkeys(("release", "release_preview", "published", "published_file"), _ADDED),
    **dict.fromkeys(("own_release", "own_release_page"), "is linked from the mail that tells of the right of reply"),
    "results_progress": "is asked by the script of the page that computes",
}
# Enough to meet each kind of page in rounds of several states.
MOST_OF_A_ROUTE = 4


@dataclass
class Crawl:
    """Where one person gets. reached: names of routes; refused: addresses that were linked and did not open."""

    client: Client
    reached: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)
    visited: Counter[str] = field(default_factory=Counter)


def make_rounds() -> World:
    """Make the small nation with its round published, and one more round in each other state."""
    world = make_world()
    published(world)
    administrator, reviewer = world.people[Role.ADMINISTRATOR], world.people[Role.REVIEWER]
    for state in RoundState:
        if state is not RoundState.PUBLISHED:
            slug = state.value.replace("_", "-")
            make_round(slug=slug, by=administrator, is_open=False)
            round_ = Round.objects.get(slug=slug)
            Round.objects.filter(pk=round_.pk).update(state=state)
            RoundMembership.objects.create(user=reviewer, role=Role.REVIEWER, round=round_, started_at=LONG_AGO)
    sent = {"submitted_at": NOW, "submitted_by": world.people[Role.LEAD]}
    reviewed = Submission.objects.filter(round__state__in=[RoundState.IN_REVIEW], organisation="ZZ301")
    reviewed.update(state=SubmissionState.SIGNED, signed_at=NOW, **sent)
    waiting = Submission.objects.filter(round__slug="closed", organisation="ZZ301")
    waiting.update(state=SubmissionState.SUBMITTED, **sent)
    return world


def list_addresses(page: str) -> list[tuple[str, bool]]:
    """Return every address of ours on a page, with whether it is a link; else a form is sent there."""
    main = page.partition("<body")[2]
    found = re.findall(r'<a\b[^>]*?\bhref="(/[^"#]*)|\b(?:form)?action="(/[^"#]*)', main)
    return [(html.unescape(link or form), bool(link)) for link, form in found]


def crawl(person: Any) -> Crawl:
    """Follow links from home as one person."""
    crawled, waiting, seen = Crawl(sign_in(person)), deque(["/"]), {"/"}
    while waiting:
        reply = crawled.client.get(address := waiting.popleft())
        if reply.status_code not in {200, 302}:
            crawled.refused.append(f"{address}: {reply.status_code}")
        if not reply.headers.get("Content-Type", "").startswith("text/html"):
            continue
        for found, is_link in list_addresses(reply.content.decode()):
            route = resolve(found.partition("?")[0]).url_name or found
            crawled.reached.add(route)
            if is_link and found not in seen and crawled.visited[route] < MOST_OF_A_ROUTE and is_ours(found):
                seen.add(found)
                crawled.visited[route] += 1
                waiting.append(found)
    return crawled


def is_ours(address: str) -> bool:
    """Whether a page is one of ours: those of the library for signing in end the session or change the account."""
    return not address.startswith(("/account/", "/static/"))


def test_each_page_is_reached_from_home_and_each_link_opens():
    world = make_rounds()

    crawls = {role: crawl(person) for role, person in world.people.items()}

    refused = {role.label: one.refused for role, one in crawls.items() if one.refused}
    assert refused == {}, "a link leads where the person may not go"
    reached = set().union(*(one.reached for one in crawls.values()))
    named = {route for route, ladder in LADDERS.items() if ladder.gets}
    assert sorted(named - reached - set(NOT_LINKED)) == [], "nobody finds the way to these pages"
    assert sorted(set(NOT_LINKED) & reached) == [], "these are linked after all"
    assert set(NOT_LINKED) <= named, "these are no pages any more"
