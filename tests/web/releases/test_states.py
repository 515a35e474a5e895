# SPDX-License-Identifier: MIT
"""The table of steps itself, and what odd titles and moments do to a release."""

from __future__ import annotations

import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from tests.web.releases.preparing import MOMENT, administrator, approve, approved, draft
from tests.web.results.nation import make_results
from tests.web.world import make_person
from trigpoint.io.release_verify import verify_release
from trigpoint_web.accounts.roles import Role
from trigpoint_web.releases.actions.publishing import publish_due
from trigpoint_web.releases.folders import prepared_folder, site_folder
from trigpoint_web.releases.models import RoundRelease
from trigpoint_web.releases.queries import list_announced, list_due
from trigpoint_web.releases.states import APPROVALS_NEEDED, SOURCES, UNPUBLISHED, ReleaseState, ReleaseStep


def test_what_is_published_or_withdrawn_is_so_for_good():
    for sources in SOURCES.values():
        assert not sources & {ReleaseState.PUBLISHED, ReleaseState.WITHDRAWN}


def test_every_step_has_its_sources_and_every_unpublished_state_can_be_left():
    assert set(SOURCES) == set(ReleaseStep)
    assert SOURCES[ReleaseStep.WITHDRAW] == UNPUBLISHED
    assert set().union(*SOURCES.values()) == UNPUBLISHED


def test_only_what_two_people_approved_can_be_published():
    assert SOURCES[ReleaseStep.PUBLISH] == {ReleaseState.APPROVED}
    assert APPROVALS_NEEDED == 2


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["=1+1", "<script>alert(1)</script>", 'A "quoted" & long – title ' * 7])
def test_an_odd_title_stays_text_everywhere(title):
    release = draft(make_results(), title=title[:200])

    assert release.state == ReleaseState.CHECKED
    folder = prepared_folder(release)
    assert verify_release(folder).differences == ()
    assert "<script>" not in (folder / "index.html").read_text(encoding="utf-8")
    with zipfile.ZipFile(folder / "scores.xlsx") as packed:
        sheets = [packed.read(name) for name in packed.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 4
    assert not any(b"<f>" in sheet for sheet in sheets)


@pytest.mark.django_db
def test_a_title_with_what_is_no_letter_is_refused_by_a_check():
    release = draft(make_results(), title="Results\x07")

    assert release.state == ReleaseState.DRAFT
    assert "which is no letter" in release.checks[0]["problems"][0]


@pytest.mark.django_db
def test_the_schedule_has_the_nearest_first_and_only_what_is_approved():
    nation = make_results()
    release = draft(nation)
    assert list_announced() == []

    approve(release, administrator(nation), make_person(Role.ADMINISTRATOR, name="A colleague"))

    assert [one.pk for one in list_announced()] == [release.pk]
    assert list_due(MOMENT - timedelta(seconds=1)) == []
    assert [one.pk for one in list_due(MOMENT)] == [release.pk]


@pytest.mark.django_db
def test_publishing_again_from_the_same_releases_gives_the_same_bytes():
    release = approved(make_results())
    publish_due(at=MOMENT)
    first = {path.name: path.read_bytes() for path in site_folder().rglob("*") if path.is_file()}

    RoundRelease.objects.filter(pk=release.pk).update(state=ReleaseState.APPROVED)
    publish_due(at=MOMENT)

    assert {path.name: path.read_bytes() for path in site_folder().rglob("*") if path.is_file()} == first


def test_the_timer_of_the_operations_guide_publishes():
    files = Path(__file__).parents[3] / "docs" / "operations" / "files"

    lines = (files / "trigpoint-due.service").read_text(encoding="utf-8").splitlines()

    started = [line.rsplit(" ", 1)[-1] for line in lines if line.startswith("ExecStart=")]
    assert "publish_releases" in started
    assert started.index("take_due_steps") < started.index("publish_releases")
