# SPDX-License-Identifier: MIT
"""The pages on which releases are drafted, approved and withdrawn, and the public schedule."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from tests.web.people import sign_in
from tests.web.releases.preparing import MOMENT, administrator, again, approved, draft
from tests.web.results.nation import make_results
from tests.web.world import World, make_person, make_round
from trigpoint_web.accounts.roles import Role
from trigpoint_web.releases.actions.publishing import publish_due
from trigpoint_web.releases.models import RoundRelease
from trigpoint_web.releases.states import ReleaseState

pytestmark = pytest.mark.django_db
LIST = "/rounds/2026/releases/"


@pytest.fixture
def nation() -> World:
    return make_results()


def typed(**changes: str) -> dict[str, str]:
    """Return the form as a person fills it in, a week ahead."""
    day = timezone.localdate() + timedelta(days=7)
    moment = {
        "publishes_on-day": str(day.day),
        "publishes_on-month": str(day.month),
        "publishes_on-year": str(day.year),
    }
    return {"title": "Results of 2026", "publishes_time": "9:30am", **moment, **changes}


def send(client: Client, address: str, fields: dict[str, str]):
    """Send a form, with what the background does after it."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client.post(address, fields)


def test_a_release_is_drafted_approved_by_two_and_announced(nation):
    first, second = sign_in(administrator(nation)), sign_in(make_person(Role.ADMINISTRATOR, name="A colleague"))

    reply = send(first, LIST, typed())
    release = RoundRelease.objects.get()
    address = reverse("release", args=["2026", release.pk])
    assert reply.headers["Location"] == address
    page = first.get(address).content.decode()
    assert page.count("Passed") == 10
    assert "0 of 2 have" in page
    agree = {"action": "approve", "manifest_hash": release.manifest_hash}
    first.post(address, agree)
    assert "A second person has to" in first.get(address).content.decode()
    assert "1 of 2 have" in second.get(address).content.decode()
    second.post(address, agree)

    assert again(release).state == ReleaseState.APPROVED
    assert "It goes out by itself" in first.get(address).content.decode()
    schedule = Client().get("/publication/").content.decode()
    assert "Results of 2026" in schedule
    assert "Nothing has been published yet." in schedule


def test_what_is_wrong_with_the_form_is_said_beside_it(nation):
    client = sign_in(administrator(nation))

    empty = client.post(LIST, {}).content.decode()
    past = client.post(LIST, typed(**{"publishes_on-year": "2020"})).content.decode()

    assert "There is a problem" in empty
    assert "must be later than now" in past
    assert not RoundRelease.objects.exists()


def test_while_one_is_prepared_there_is_no_form_for_another(nation):
    client = sign_in(administrator(nation))
    assert "Draft the release" in client.get(LIST).content.decode()
    draft(nation)

    assert "Draft the release" not in client.get(LIST).content.decode()
    assert "is being prepared" in client.post(LIST, typed()).content.decode()


def test_a_correction_is_asked_what_it_mends(nation):
    approved(nation)
    publish_due(at=MOMENT)
    client = sign_in(administrator(nation))

    page = client.get(LIST).content.decode()
    send(client, LIST, typed(why="One answer had been read wrongly.", **{"publishes_on-year": str(MOMENT.year + 1)}))

    assert "What it mends" in page
    release = RoundRelease.objects.order_by("-pk")[0]
    shown = client.get(reverse("release", args=["2026", release.pk])).content.decode()
    assert "One answer had been read wrongly." in shown


def test_what_failed_is_shown_and_can_be_checked_again(nation):
    nation.round.is_synthetic = False
    nation.round.save()
    client, release = sign_in(administrator(nation)), draft(nation)
    address = reverse("release", args=["2026", release.pk])
    page = client.get(address).content.decode()
    assert "the names of its organisations say otherwise" in page
    assert "Approve the release" not in page
    nation.round.is_synthetic = True
    nation.round.save()

    send(client, address, {"action": "check"})

    assert again(release).state == ReleaseState.CHECKED


def test_a_release_is_withdrawn_on_its_page(nation):
    client, release = sign_in(administrator(nation)), draft(nation)
    address = reverse("release", args=["2026", release.pk])

    refused = client.post(address, {"action": "withdraw", "reason": ""})
    client.post(address, {"action": "withdraw", "reason": "The date moved."})
    nothing = client.post(address, {"action": "dance"})

    assert refused.status_code == 409
    assert nothing.status_code == 302
    assert "withdrawn before it was published" in client.get(address).content.decode()


def test_a_published_release_says_that_it_stands(nation):
    release = approved(nation)
    publish_due(at=MOMENT)

    page = sign_in(administrator(nation)).get(reverse("release", args=["2026", release.pk])).content.decode()
    schedule = Client().get("/publication/").content.decode()

    assert "It is published, so it stands." in page
    assert "Withdraw the release" not in page
    assert "2026.1: Results" in schedule
    assert "No publication is announced." in schedule


def test_the_page_to_be_published_is_shown_to_those_who_approve_alone(nation):
    release = draft(nation)
    address = reverse("release_preview", args=["2026", release.pk, "index.html"])

    shown = sign_in(administrator(nation)).get(address)

    assert "Release 2026.1" in shown.content.decode()
    assert shown.headers["Cache-Control"] == "no-store"
    assert sign_in(nation.people[Role.ANALYST]).get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_a_draft_that_was_never_made_has_no_page_to_show(nation):
    release = draft(nation)
    RoundRelease.objects.filter(pk=release.pk).update(state=ReleaseState.DRAFT, manifest_hash="", checks=[])
    from shutil import rmtree

    from trigpoint_web.releases.folders import preview_folder

    rmtree(preview_folder(release))
    client = sign_in(administrator(nation))

    assert client.get(reverse("release_preview", args=["2026", release.pk, "index.html"])).status_code == 404
    assert "is being made and checked" in client.get(reverse("release", args=["2026", release.pk])).content.decode()


def test_a_release_is_found_under_its_own_round_alone(nation):
    release = draft(nation)
    other = make_round(slug="2027", by=administrator(nation))
    client = sign_in(administrator(nation))

    for route, more in (("release", []), ("release_preview", ["table.html"])):
        assert client.get(reverse(route, args=["2026", release.pk, *more])).status_code == 200
        assert client.get(reverse(route, args=[other.slug, release.pk, *more])).status_code == 404
        assert client.post(reverse("release", args=[other.slug, release.pk]), {"action": "check"}).status_code == 404
    assert again(release).state == ReleaseState.CHECKED


@pytest.mark.parametrize("pk", ["0", "99999999999999999999999999", "9223372036854775807"])
def test_a_number_that_is_no_release_is_not_there(nation, pk):
    client = sign_in(administrator(nation))

    assert client.get(f"{LIST}{pk}/").status_code == 404
    assert client.post(f"{LIST}{pk}/", {"action": "approve"}).status_code == 404
    assert client.get(f"{LIST}{pk}/site/index.html").status_code == 404


@pytest.mark.parametrize("path", ["../1/manifest.json", "none.html", "releases"])
def test_the_preview_shows_its_own_site_alone(nation, path):
    release = draft(nation)

    assert sign_in(administrator(nation)).get(f"{LIST}{release.pk}/site/{path}").status_code == 404


def test_the_form_asks_for_a_right_of_reply_and_keeps_it(nation):
    client, day = sign_in(administrator(nation)), timezone.localdate() + timedelta(days=3)
    reply = {"reply_on-day": str(day.day), "reply_on-month": str(day.month), "reply_on-year": str(day.year)}

    late = client.post(LIST, typed(**reply | {"reply_on-year": "2090"}, reply_time="5pm")).content.decode()
    send(client, LIST, typed(**reply, reply_time="5pm"))

    assert "must end later than now, and before publication" in late
    release = RoundRelease.objects.get()
    assert release.reply_until is not None
    assert timezone.localtime(release.reply_until).date() == day
    page = client.get(reverse("release", args=["2026", release.pk])).content.decode()
    assert "Right of reply until" in page
    assert "No organisation has commented." in page
