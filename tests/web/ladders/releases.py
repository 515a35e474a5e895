# SPDX-License-Identifier: MIT
"""Ladders of releases: of those who prepare them, and of everybody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from tests.web.ladders import Ladder
from tests.web.ladders.results import OTHER_ROUND, ROUND, SUBMISSION, computed
from tests.web.releases.preparing import approve
from tests.web.world import NOW, World, make_person
from trigpoint_web.accounts.roles import Role
from trigpoint_web.releases.actions.publishing import publish_due
from trigpoint_web.releases.actions.steps import DraftPlan, check_release_of, draft_release
from trigpoint_web.releases.models import RoundRelease


def drafted(world: World) -> Mapping[str, object]:
    """Have a release drafted, made and checked."""
    computed(world)
    plan = DraftPlan("Results", NOW + timedelta(days=7))
    release = draft_release(world.round, plan, by=world.people[Role.ADMINISTRATOR], at=NOW)
    check_release_of(release.pk)
    return {"pk": release.pk}


def shown_to_organisations(world: World) -> Mapping[str, object]:
    """Have a release drafted and checked, with a right of reply."""
    computed(world)
    plan = DraftPlan("Results", NOW + timedelta(days=7), reply_until=NOW + timedelta(days=3))
    release = draft_release(world.round, plan, by=world.people[Role.ADMINISTRATOR], at=NOW)
    check_release_of(release.pk)
    return {}


def published(world: World) -> Mapping[str, object]:
    """Have a release approved by two people and published."""
    drafted(world)
    approve(RoundRelease.objects.get(), world.people[Role.ADMINISTRATOR], make_person(Role.ADMINISTRATOR))
    publish_due(at=NOW + timedelta(days=7))
    return {}


LADDERS = {
    "releases": Ladder(
        works_for=Role.ADMINISTRATOR, kwargs=ROUND, prepare=computed, wrong_role=Role.ANALYST, unknown=OTHER_ROUND,
        is_of_organisation=False, posts=True,
    ),
    "release": Ladder(
        works_for=Role.ADMINISTRATOR, kwargs=ROUND, prepare=drafted, wrong_role=Role.ANALYST, unknown={"pk": 999999},
        is_of_organisation=False, posts=True,
    ),
    "own_release": Ladder(
        works_for=Role.LEAD, kwargs=SUBMISSION, prepare=shown_to_organisations, wrong_role=Role.ANALYST, posts=True,
        unknown={"code": "ZZ302"},
    ),
    "own_release_page": Ladder(
        works_for=Role.OBSERVER, kwargs=SUBMISSION, prepare=shown_to_organisations, wrong_role=Role.SYSTEM_VIEWER,
        unknown=OTHER_ROUND,
    ),
    "release_preview": Ladder(
        works_for=Role.ADMINISTRATOR, kwargs={**ROUND, "path": "index.html"}, prepare=drafted, wrong_role=Role.LEAD,
        unknown={"pk": 999999}, is_of_organisation=False,
    ),
    "release_schedule": Ladder(works_for=None, is_public=True, is_of_organisation=False),
    "published": Ladder(works_for=None, is_public=True, is_of_organisation=False, prepare=published),
    "published_file": Ladder(
        works_for=None, is_public=True, is_of_organisation=False, prepare=published, kwargs={"path": "index.html"},
        unknown={"path": "../manage.py"},
    ),
}  # fmt: skip
