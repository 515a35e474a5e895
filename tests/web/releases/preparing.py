# SPDX-License-Identifier: MIT
"""Releases as people bring them about, in a folder of the test's own."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.test import TestCase

from tests.web.world import NOW, World, make_person
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Role
from trigpoint_web.releases.actions.steps import DraftPlan, approve_release, draft_release
from trigpoint_web.releases.models import RoundRelease

MOMENT = NOW + timedelta(days=7)


def administrator(world: World) -> User:
    """Return the person who drafts."""
    return world.people[Role.ADMINISTRATOR]


def draft(
    world: World,
    *,
    why: str = "",
    publishes_at: datetime = MOMENT,
    title: str = "Results",
    reply_until: datetime | None = None,
) -> RoundRelease:
    """Draft a release and have it made and checked, as the background does."""
    plan = DraftPlan(title, publishes_at, why, reply_until)
    with TestCase.captureOnCommitCallbacks(execute=True):
        drafted = draft_release(world.round, plan, by=administrator(world), at=NOW)
    return again(drafted)


def again(release: RoundRelease) -> RoundRelease:
    """Return a release as it is now in the database."""
    return RoundRelease.objects.select_related("round", "run", "drafted_by").get(pk=release.pk)


def approve(release: RoundRelease, *people: User, at: datetime = NOW) -> RoundRelease:
    """Have people approve what they see."""
    for person in people:
        approve_release(release, manifest_hash=release.manifest_hash, by=person, at=at)
    return again(release)


def approved(world: World, **options: str) -> RoundRelease:
    """Draft a release and have two people approve it."""
    colleague = make_person(Role.ADMINISTRATOR, name="A colleague")
    return approve(draft(world, **options), administrator(world), colleague)  # type: ignore[arg-type]
