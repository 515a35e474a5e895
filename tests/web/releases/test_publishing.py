# SPDX-License-Identifier: MIT
"""The moment of publication: nothing before it, everything after, corrections in the open, and never half a site."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.web.releases.preparing import MOMENT, again, approved, draft
from tests.web.results.nation import make_results
from tests.web.world import NOW, World
from trigpoint.io.release_checks import check_folder
from trigpoint.io.site import verify_site
from trigpoint_web.audit.models import Event
from trigpoint_web.releases.actions.publishing import publish_due
from trigpoint_web.releases.folders import hash_manifest, prepared_folder, site_folder
from trigpoint_web.releases.models import RoundRelease
from trigpoint_web.releases.pages.published import page_response
from trigpoint_web.releases.preparing import SITE_CAN_BE_MADE
from trigpoint_web.releases.site_making import make_site
from trigpoint_web.releases.states import ReleaseState
from trigpoint_web.rounds.errors import ChangeRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def nation() -> World:
    return make_results()


def read(reply) -> str:
    """Return what is sent piece by piece, and close the file as a server does."""
    text = b"".join(reply.streaming_content).decode()
    reply.close()
    return text


def test_nothing_is_public_before_its_moment(nation):
    approved(nation)

    assert publish_due(at=MOMENT - timedelta(seconds=1)).published == ()
    assert not site_folder().exists()
    assert Client().get("/published/").status_code == 404


def test_at_its_moment_the_site_is_there_and_works_out_again(nation):
    release = approved(nation)

    done = publish_due(at=MOMENT)

    assert (done.published, done.failed) == (("2026.1",), ())
    assert again(release).state == ReleaseState.PUBLISHED
    assert again(release).published_at == MOMENT
    found = verify_site(site_folder(), rng_of=np.random.default_rng)
    assert found.differences == ()
    assert [one.title for one in check_folder(site_folder()) if not one.passed] == []
    assert publish_due(at=MOMENT + timedelta(days=1)).published == ()
    assert Event.objects.filter(action="release.published").count() == 1


def test_a_release_changed_after_approval_is_not_published(nation):
    release = approved(nation)
    manifest = prepared_folder(release) / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("Results", "Outcome"), encoding="utf-8")

    done = publish_due(at=MOMENT)

    assert done.published == ()
    assert "not those that were approved" in done.failed[0][1]
    assert again(release).state == ReleaseState.APPROVED
    assert not site_folder().exists()
    assert "not those" in Event.objects.get(action="release.failed").details["what"]


def test_a_score_changed_under_an_unchanged_manifest_is_not_published(nation):
    release = approved(nation)
    scores = prepared_folder(release) / "scores.csv"
    scores.write_text(scores.read_text(encoding="utf-8").replace("2026", "2025", 1), encoding="utf-8")

    assert "differs from what it says" in publish_due(at=MOMENT).failed[0][1]


def test_a_correction_says_what_it_mends_and_the_old_one_stays(nation):
    approved(nation)
    publish_due(at=MOMENT)

    with pytest.raises(ChangeRefused, match="Say what it mends"):
        approved(nation, title="Results, mended")
    later = MOMENT + timedelta(days=1)
    second = approved_again(nation, later)
    publish_due(at=later)

    assert again(second).number == "2026.2"
    assert {one.name for one in (site_folder() / "releases").iterdir() if one.is_dir()} == {"2026.1", "2026.2"}
    page = (site_folder() / "corrections.html").read_text(encoding="utf-8")
    assert "A title was wrong." in page
    assert verify_site(site_folder(), rng_of=np.random.default_rng).differences == ()


def approved_again(nation: World, later) -> RoundRelease:
    """Draft and approve the correction, by the same two people."""
    from tests.web.releases.preparing import administrator, approve
    from trigpoint_web.accounts.models import User

    drafted = draft(nation, why="A title was wrong.", publishes_at=later, title="Results, mended")
    colleagues = User.objects.filter(name="A colleague").order_by("pk")
    return approve(drafted, administrator(nation), colleagues[0])


def test_the_command_publishes_what_is_due_and_says_so(nation, capsys):
    release = approved(nation)
    RoundRelease.objects.filter(pk=release.pk).update(publishes_at=NOW - timedelta(minutes=1))

    call_command("publish_releases")

    assert capsys.readouterr().out == "2026.1: published\n"


def test_the_command_ends_with_an_error_when_something_could_not_be_published(nation):
    release = approved(nation)
    RoundRelease.objects.filter(pk=release.pk).update(publishes_at=NOW - timedelta(minutes=1), manifest_hash="a")

    with pytest.raises(CommandError, match="not those that were approved"):
        call_command("publish_releases")


def test_the_public_site_is_served_to_anybody_with_what_caches_need(nation):
    approved(nation)
    publish_due(at=MOMENT)
    client = Client()

    page = client.get("/published/")

    assert page.status_code == 200
    assert "Release 2026.1, published on" in page.content.decode()
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert page.headers["Cache-Control"] == "public, max-age=300"
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'; style-src 'sha256-" in policy
    assert "unsafe" not in policy
    assert "Vary" not in page.headers or "Cookie" not in page.headers["Vary"]
    same = client.get("/published/", headers={"If-None-Match": page.headers["ETag"]})
    assert (same.status_code, same.headers["ETag"]) == (304, page.headers["ETag"])
    assert client.get("/published/", headers={"If-Match": '"other"'}).status_code == 412
    data = client.get("/published/releases/2026.1/scores.csv")
    assert data.headers["Content-Type"].startswith("text/csv")
    assert data.headers["Content-Security-Policy"] == "default-src 'none'"
    assert read(data) == (site_folder() / "releases/2026.1/scores.csv").read_text(encoding="utf-8")
    assert client.get("/published/organisations/").status_code == 200


@pytest.mark.parametrize("path", ["none.html", "../prepared/1/scores.csv", "%2e%2e/", "releases", "a%00b", "//etc/x"])
def test_what_is_not_of_the_site_is_not_there(path, nation):
    approved(nation)
    publish_due(at=MOMENT)

    assert Client().get(f"/published/{path}").status_code == 404


def test_a_folder_without_a_manifest_has_no_hash(tmp_path):
    assert hash_manifest(tmp_path) == ""
    assert page_response(b"<p>no style</p>").headers["Content-Security-Policy"].count("'none'") == 5


def test_a_correction_dated_before_what_it_corrects_fails_its_check(nation):
    approved(nation)
    publish_due(at=MOMENT)

    release = draft(nation, why="It mends the title.", publishes_at=NOW + timedelta(days=2))

    (failed,) = (one for one in release.checks if one["problems"])
    assert failed["title"] == SITE_CAN_BE_MADE
    assert "Name the earlier first" in failed["problems"][0]


def test_a_published_release_that_was_damaged_stops_the_next_at_its_check(nation):
    first = approved(nation)
    publish_due(at=MOMENT)
    (prepared_folder(first) / "scores.csv").write_text("nothing", encoding="utf-8")

    release = draft(nation, why="It mends the title.", publishes_at=MOMENT + timedelta(days=2))

    (failed,) = (one for one in release.checks if one["problems"])
    assert "differs from what it says" in failed["problems"][0]
    assert Client().get("/published/").status_code == 200  # what is out stays out


@pytest.mark.parametrize("is_first", [True, False])
def test_a_release_withdrawn_while_it_is_published_is_taken_back(nation, monkeypatch, *, is_first):
    release = approved(nation)
    if not is_first:
        publish_due(at=MOMENT)
        release = approved_again(nation, MOMENT + timedelta(days=1))

    def withdraw_meanwhile(releases, target):
        make_site(releases, target)
        RoundRelease.objects.filter(pk=release.pk, state="approved").update(state="withdrawn")

    monkeypatch.setattr("trigpoint_web.releases.actions.publishing.make_site", withdraw_meanwhile)
    done = publish_due(at=MOMENT + timedelta(days=1))

    assert done.published == ()
    assert "was taken back" in done.failed[0][1]
    assert again(release).state == ReleaseState.WITHDRAWN
    kept = [] if is_first else ["2026.1"]
    folder = site_folder() / "releases"
    assert sorted(one.name for one in folder.glob("2026.*")) == kept
    assert Client().get("/published/").status_code == (404 if is_first else 200)
