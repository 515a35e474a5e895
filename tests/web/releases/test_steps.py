# SPDX-License-Identifier: MIT
"""A release from draft to embargo: what each step needs, what it refuses, and what it writes down."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import TestCase

from tests.web.releases.preparing import MOMENT, administrator, again, approve, approved, draft
from tests.web.results.nation import close, make_nation, make_results
from tests.web.world import NOW, make_person
from trigpoint.io.release_verify import verify_release
from trigpoint_web.accounts.roles import Role
from trigpoint_web.audit.models import Event
from trigpoint_web.organisations.models import Organisation
from trigpoint_web.releases.actions.steps import (
    DraftPlan,
    approve_release,
    check_release_of,
    draft_release,
    request_check,
    withdraw_release,
)
from trigpoint_web.releases.folders import hash_manifest, prepared_folder
from trigpoint_web.releases.models import Approval, RoundRelease
from trigpoint_web.releases.preparing import SAME_SCORES, SAYS_SYNTHETIC, prepare_release
from trigpoint_web.releases.states import SOURCES, UNPUBLISHED, ReleaseState, ReleaseStep
from trigpoint_web.results.models import ScoreRun
from trigpoint_web.rounds.errors import ChangeRefused, StepRefused

pytestmark = pytest.mark.django_db


def failed(release: RoundRelease) -> dict[str, list[str]]:
    """Return title → problems of the checks that failed."""
    return {one["title"]: one["problems"] for one in release.checks if one["problems"]}


def test_a_draft_is_made_checked_and_verifies():
    nation = make_results()

    release = draft(nation)

    assert failed(release) == {}
    assert release.state == ReleaseState.CHECKED
    assert (release.number, len(release.checks)) == ("2026.1", 10)
    found = verify_release(prepared_folder(release))
    assert found.differences == ()
    assert found.release == release.name
    assert release.manifest_hash == hash_manifest(prepared_folder(release))


def test_what_is_released_has_the_names_of_the_register():
    nation = make_results()

    text = (prepared_folder(draft(nation)) / "units.csv").read_text(encoding="utf-8")

    assert "Northmoor Synthetic Hospitals" in text
    assert text.count("Synthetic Trust ZZ31") == 8


def test_results_come_before_a_release():
    nation = make_nation()
    close(nation)

    with pytest.raises(ChangeRefused, match="have not been computed"):
        draft(nation)


def test_all_that_is_in_the_way_is_said_at_once():
    nation = make_results()
    draft(nation)

    with pytest.raises(ChangeRefused) as refused:
        draft_release(nation.round, DraftPlan("Another", NOW), by=administrator(nation), at=NOW)

    assert refused.value.problems == (
        "2026.1 is being prepared. Publish or withdraw it first.",
        "The moment of publication must be later than now.",
    )


def test_a_release_that_says_other_scores_than_were_computed_fails():
    nation = make_results()
    ScoreRun.objects.update(scores_hash="0" * 64)

    release = draft(nation)

    assert release.state == ReleaseState.DRAFT
    assert list(failed(release)) == [SAME_SCORES]


def test_a_real_round_of_made_up_names_fails():
    nation = make_results()
    nation.round.is_synthetic = False
    nation.round.save()

    assert list(failed(draft(nation))) == [SAYS_SYNTHETIC]


def test_a_name_that_would_run_in_a_spreadsheet_fails_and_a_check_after_mending_passes():
    nation = make_results()
    Organisation.objects.filter(pk="ZZ301").update(name="=Northmoor Synthetic Hospitals")

    release = draft(nation)

    assert "would run as a formula" in failed(release)["The release can be made"][0]
    assert release.manifest_hash == ""
    Organisation.objects.filter(pk="ZZ301").update(name="Northmoor Synthetic Hospitals")
    with TestCase.captureOnCommitCallbacks(execute=True):
        request_check(release, by=administrator(nation), at=NOW)
    assert again(release).state == ReleaseState.CHECKED


def test_a_folder_that_holds_something_else_is_told():
    nation = make_results()
    release = draft_release(nation.round, DraftPlan("Results", MOMENT), by=administrator(nation), at=NOW)
    prepared_folder(release).mkdir(parents=True)
    (prepared_folder(release) / "mine.txt").write_text("mine", encoding="utf-8")

    checked = check_release_of(release.pk)

    assert "holds files that are no release" in failed(checked)["The release can be made"][0]


def test_two_different_people_approve_and_then_it_is_under_embargo():
    nation = make_results()
    release, colleague = draft(nation), make_person(Role.ADMINISTRATOR, name="A colleague")

    first = approve(release, administrator(nation))
    assert first.state == ReleaseState.CHECKED
    with pytest.raises(StepRefused, match="A second person"):
        approve(first, administrator(nation))
    second = approve(first, colleague)

    assert second.state == ReleaseState.APPROVED
    assert set(Approval.objects.values_list("user", "manifest_hash")) == {
        (administrator(nation).pk, release.manifest_hash),
        (colleague.pk, release.manifest_hash),
    }


def test_nobody_approves_what_they_have_not_seen():
    nation = make_results()

    with pytest.raises(StepRefused, match="made anew"):
        approve_release(draft(nation), manifest_hash="0" * 64, by=administrator(nation), at=NOW)


def test_a_release_whose_moment_has_passed_is_not_approved():
    nation = make_results()

    with pytest.raises(StepRefused, match="has passed"):
        approve(draft(nation), administrator(nation), at=MOMENT + timedelta(minutes=1))


def test_a_release_that_moved_on_meanwhile_is_not_made_anew(monkeypatch):
    nation = make_results()
    release = approved(nation)
    before = again(release).checked_at

    assert check_release_of(release.pk).checked_at == before

    RoundRelease.objects.filter(pk=release.pk).update(state=ReleaseState.DRAFT)

    def withdrawn_meanwhile(one):
        RoundRelease.objects.filter(pk=one.pk).update(state=ReleaseState.WITHDRAWN)
        return prepare_release(one)

    monkeypatch.setattr("trigpoint_web.releases.actions.steps.prepare_release", withdrawn_meanwhile)
    assert check_release_of(release.pk).state == ReleaseState.WITHDRAWN
    assert again(release).checked_at == before


def test_a_release_is_withdrawn_with_a_reason_and_its_number_is_free_again():
    nation = make_results()
    release = draft(nation)

    with pytest.raises(StepRefused, match="Say why"):
        withdraw_release(release, reason=" ", by=administrator(nation), at=NOW)
    withdraw_release(release, reason="Another title.", by=administrator(nation), at=NOW)

    assert draft(nation, title="Better").number == "2026.1"
    event = Event.objects.get(action="release.withdrawn")
    assert (event.details, event.target) == ({"reason": "Another title."}, "release 2026.1")


@pytest.mark.parametrize("state", ReleaseState)
@pytest.mark.parametrize("step", [ReleaseStep.CHECK, ReleaseStep.APPROVE, ReleaseStep.WITHDRAW])
def test_a_step_that_is_not_in_the_table_is_refused(step, state):
    nation = make_results()
    release = draft_release(nation.round, DraftPlan("Results", MOMENT), by=administrator(nation), at=NOW)
    RoundRelease.objects.filter(pk=release.pk).update(state=state, manifest_hash="a" * 64, published_at=NOW)
    by = administrator(nation)
    take = {
        ReleaseStep.CHECK: lambda: request_check(release, by=by, at=NOW),
        ReleaseStep.APPROVE: lambda: approve_release(release, manifest_hash="a" * 64, by=by, at=NOW),
        ReleaseStep.WITHDRAW: lambda: withdraw_release(release, reason="x", by=by, at=NOW),
    }[step]

    if state in SOURCES[step]:
        take()
        assert Event.objects.exclude(action="release.drafted").order_by("-pk")[0].target == "release 2026.1"
    else:
        with pytest.raises(StepRefused, match=r"so this can’t be done"):
            take()


def test_the_database_itself_holds_the_rules():
    nation = make_results()
    release = draft(nation)
    rows = RoundRelease.objects.filter(pk=release.pk)

    for change in ({"manifest_hash": ""}, {"state": ReleaseState.PUBLISHED}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    release.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        release.save(force_insert=True)


def test_an_approval_is_never_taken_back():
    approve_once = approved(make_results())

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Approval.objects.filter(release=approve_once).delete()


def test_rows_say_which_they_are():
    release = approved(make_results())
    first = Approval.objects.order_by("pk")[0]

    assert str(release) == "2026.1 approved"
    assert str(first) == f"{release.pk} by {first.user_id}, {release.manifest_hash[:12]}"
    assert release.state in UNPUBLISHED
