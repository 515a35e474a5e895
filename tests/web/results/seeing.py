# SPDX-License-Identifier: MIT
"""Results as people see them, for the tests of their pages."""

from __future__ import annotations

import html

from django.test import Client
from django.urls import reverse

from tests.web.results.nation import WHERE
from tests.web.world import LONG_AGO, World
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Role
from trigpoint_web.results.models import ScoreRun
from trigpoint_web.results.queries.organisation import OrganisationScores, find_scored, read_organisation_scores
from trigpoint_web.rounds.actions.rounds import freeze_framework
from trigpoint_web.rounds.models import FrozenFramework


def sign_in(person: User) -> Client:
    """Return a browser in which a person is signed in."""
    client = Client()
    client.force_login(person, backend="trigpoint_web.accounts.backends.AccountBackend")
    return client


def visit(world: World, role: Role = Role.LEAD) -> Client:
    """Return a browser in which the person with a role is signed in."""
    return sign_in(world.people[role])


def see(world: World, role: Role = Role.LEAD, query: str = "") -> str:
    """Return the results of ZZ301 as text."""
    page = visit(world, role).get(reverse("organisation_results", kwargs=WHERE) + query)
    assert page.status_code == 200, page.status_code
    return html.unescape(page.content.decode())


def explain(world: World, measure: str, care_setting: str = "acute") -> str:
    """Return the explanation of a score of ZZ301 as text."""
    address = reverse("score_explanation", kwargs={**WHERE, "care_setting": care_setting, "measure": measure})
    page = visit(world).get(address)
    assert page.status_code == 200
    return html.unescape(page.content.decode())


def results_of(world: World) -> OrganisationScores:
    """Return what was computed of ZZ301."""
    run = ScoreRun.objects.filter(round=world.round).latest("pk")
    scored = find_scored(run, world.submission())
    assert scored is not None
    return read_organisation_scores(scored, world.submission())


def frozen(files: dict[str, str]) -> FrozenFramework:
    """Freeze a framework made for one test."""
    return freeze_framework(files, by=None, at=LONG_AGO)
