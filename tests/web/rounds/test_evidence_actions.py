# SPDX-License-Identifier: MIT
"""Giving evidence, using it again, changing it, taking it away: what is kept, what is refused, what is written down."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import DatabaseError, transaction

from tests.support.office_files import PDF, png
from tests.web.rounds.evidence_given import BOARD, RECORD, give, give_file, give_link, stored_file_of, uploaded
from tests.web.world import NOW, World, make_world
from trigpoint.submissions.places import ORGANISATION, AnswerPlace
from trigpoint_web.accounts.roles import Role
from trigpoint_web.audit.models import Event
from trigpoint_web.rounds.actions.evidence import (
    LONGEST_TITLE,
    GivenEvidence,
    change_evidence,
    remove_use,
    reuse_evidence,
    withdraw_evidence,
)
from trigpoint_web.rounds.errors import ChangeRefused, NotOpen
from trigpoint_web.rounds.evidence_links import LinkRefused
from trigpoint_web.rounds.file_types import FileRefused
from trigpoint_web.rounds.models import Evidence, EvidenceUse, EvidenceVersion, StoredFile
from trigpoint_web.rounds.queries.evidence import (
    list_expired_uses,
    list_library,
    list_places_with_evidence,
    list_reusable,
    list_uses,
)
from trigpoint_web.rounds.stored_files import path_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def world() -> World:
    return make_world()


def close(world: World) -> None:
    world.round.opens_at, world.round.closes_at = NOW - timedelta(days=20), NOW - timedelta(days=1)
    world.round.save()


def test_a_file_is_stored_under_its_hash_and_given_for_the_answer(world):
    use = give_file(world, "Minutes May.pdf")

    version, stored = use.evidence.versions.get(), stored_file_of(use)
    assert (version.version, version.file_name, version.link) == (1, "Minutes May.pdf", "")
    assert (stored.size, stored.content_type) == (len(PDF), "application/pdf")
    assert storages["evidence"].open(path_of(stored.hash)).read() == PDF
    assert use.evidence.organisation_id == "ZZ301"
    assert list_places_with_evidence(world.submission()) == {BOARD}


def test_evidence_is_called_as_it_is_told_or_by_its_file_or_link(world):
    titled = give(world, GivenEvidence(file=uploaded(), title=" Board minutes "))
    long = give(world, GivenEvidence(file=uploaded(), title="t" * (LONGEST_TITLE + 1)))

    assert titled.evidence.title == "Board minutes"
    assert long.evidence.title == "t" * LONGEST_TITLE
    assert give_file(world, "a.pdf").evidence.title == "a.pdf"
    assert give_link(world, "https://example.org/policy/?x=1").evidence.title == "example.org/policy"


def test_giving_evidence_starts_the_submission_and_is_written_down_without_its_words(world):
    use = give(world, GivenEvidence(file=uploaded(), title="Minutes by Ann Example"))

    submission = world.submission()
    assert (submission.state, submission.started_at, submission.last_activity_at) == ("in_progress", NOW, NOW)
    events = Event.objects.filter(action__startswith="evidence.").order_by("id")
    assert [event.action for event in events] == ["evidence.added", "evidence.given"]
    assert events[1].details == {"evidence": use.evidence_id, "asked_in": ORGANISATION, "question": "board_leads"}
    assert "Ann Example" not in str([event.details for event in Event.objects.all()])


def test_the_same_content_is_stored_once(world):
    first, second = give_file(world, "a.pdf"), give_file(world, "b.pdf")

    assert StoredFile.objects.count() == 1
    assert first.evidence_id != second.evidence_id
    assert len(storages["evidence"].listdir(path_of(StoredFile.objects.get().hash)[:5])[1]) == 1


def test_what_is_refused_leaves_nothing_behind(world):
    with pytest.raises(FileRefused):
        give_file(world, "a.pdf", content=png())
    with pytest.raises(LinkRefused):
        give_link(world, "javascript:alert(1)")
    with pytest.raises(ChangeRefused, match="one of the two"):
        give(world, GivenEvidence())
    with pytest.raises(ChangeRefused, match="one of the two"):
        give(world, GivenEvidence(file=uploaded(), link="https://example.org/"))
    with pytest.raises(FileRefused):
        give(world, GivenEvidence(file=ContentFile(PDF)))

    assert not Evidence.objects.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (AnswerPlace("acute", "board_leads"), "not asked in acute"),
        (AnswerPlace(ORGANISATION, "has_record"), "not asked of the organisation as a whole"),
        (AnswerPlace("community", "sees_images"), "not asked in community"),
        (AnswerPlace(ORGANISATION, "none"), "The question none"),
    ],
)
def test_evidence_is_given_only_where_a_question_is_asked(world, place, said):
    with pytest.raises(ChangeRefused, match=said):
        give(world, GivenEvidence(link="https://example.org/"), place)


def test_evidence_can_be_given_for_a_question_that_another_answer_hides(world):
    give(world, GivenEvidence(link="https://example.org/"), AnswerPlace(ORGANISATION, "strategy_costed"))

    assert EvidenceUse.objects.count() == 1


def test_a_closed_round_takes_no_evidence_and_lets_none_go(world):
    use = give_file(world)
    close(world)

    with pytest.raises(NotOpen):
        give_file(world)
    with pytest.raises(NotOpen):
        remove_use(use, by=world.people[Role.LEAD], at=NOW)
    with pytest.raises(NotOpen):
        reuse_evidence([use.evidence], submission=world.submission(), place=RECORD, by=world.people[Role.LEAD], at=NOW)

    assert EvidenceUse.objects.filter(removed_at=None).count() == 1


def test_evidence_is_used_again_for_another_answer_and_once_for_each(world):
    use, lead = give_file(world), world.people[Role.LEAD]

    first = reuse_evidence([use.evidence], submission=world.submission(), place=RECORD, by=lead, at=LATER)
    second = reuse_evidence([use.evidence], submission=world.submission(), place=RECORD, by=lead, at=LATER)

    assert (first, second) == (1, 0)
    assert set(list_uses(world.submission())) == {BOARD, RECORD}
    assert list(list_reusable(world.submission(), BOARD)) == []
    assert list_library("ZZ301").get().use_count == 2  # type: ignore[attr-defined]  # counted by the query


def test_removed_evidence_can_be_given_again_and_its_past_stays(world):
    use, lead = give_file(world), world.people[Role.LEAD]

    remove_use(use, by=lead, at=LATER)
    remove_use(use, by=world.people[Role.CONTRIBUTOR], at=LATER + timedelta(hours=1))

    use.refresh_from_db()
    assert (use.removed_at, use.removed_by) == (LATER, lead)
    assert list_uses(world.submission()) == {}
    assert list(list_reusable(world.submission(), BOARD)) == [use.evidence]
    assert Event.objects.filter(action="evidence.removed").count() == 1
    assert reuse_evidence([use.evidence], submission=world.submission(), place=BOARD, by=lead, at=LATER) == 1


def test_withdrawn_evidence_stays_where_it_is_used_and_is_offered_no_more(world):
    use, lead = give_file(world), world.people[Role.LEAD]

    withdraw_evidence(use.evidence, by=lead, at=LATER)
    withdraw_evidence(use.evidence, by=world.people[Role.CONTRIBUTOR], at=LATER + timedelta(hours=1))

    use.evidence.refresh_from_db()
    assert (use.evidence.withdrawn_at, use.evidence.withdrawn_by) == (LATER, lead)
    assert set(list_uses(world.submission())) == {BOARD}
    assert list(list_reusable(world.submission(), RECORD)) == []
    assert Event.objects.filter(action="evidence.withdrawn").count() == 1
    with pytest.raises(ChangeRefused, match="was withdrawn"):
        reuse_evidence([use.evidence], submission=world.submission(), place=RECORD, by=lead, at=LATER)
    with pytest.raises(ChangeRefused, match="was withdrawn"):
        change_evidence(use.evidence, GivenEvidence(title="x"), by=lead, at=LATER)


def test_a_new_version_stands_beside_the_one_before(world):
    use, lead = give_file(world, "a.pdf"), world.people[Role.LEAD]

    change_evidence(use.evidence, GivenEvidence(file=uploaded("b.png", png())), by=lead, at=LATER)
    change_evidence(use.evidence, GivenEvidence(link="https://example.org/"), by=lead, at=LATER)

    versions = use.evidence.versions.order_by("version")
    assert [(one.version, one.file_name, one.link) for one in versions] == [
        (1, "a.pdf", ""),
        (2, "b.png", ""),
        (3, "", "https://example.org/"),
    ]
    use.evidence.refresh_from_db()
    assert use.evidence.title == "a.pdf"
    assert [event.details for event in Event.objects.filter(action="evidence.changed").order_by("id")] == [
        {"version": 2},
        {"version": 3},
    ]


def test_the_same_file_or_link_again_is_no_new_version(world):
    of_file, of_link = give_file(world, "a.pdf").evidence, give_link(world).evidence

    change_evidence(of_file, GivenEvidence(file=uploaded("a.pdf")), by=world.people[Role.LEAD], at=LATER)
    change_evidence(of_link, GivenEvidence(link="https://example.org/policy"), by=world.people[Role.LEAD], at=LATER)

    assert EvidenceVersion.objects.count() == 2


def test_title_and_last_day_are_changed_without_a_version(world):
    evidence = give_file(world, expires_on=date(2026, 1, 1)).evidence

    changed = change_evidence(evidence, GivenEvidence(title="Audit"), by=world.people[Role.LEAD], at=LATER)

    assert (changed.title, changed.expires_on, changed.versions.count()) == ("Audit", None, 1)


def test_evidence_has_expired_on_the_day_after_its_last(world):
    use = give_file(world, expires_on=date(2026, 6, 30))
    give_file(world)

    assert list(list_expired_uses(world.submission(), date(2026, 6, 30))) == []
    assert list(list_expired_uses(world.submission(), date(2026, 7, 1))) == [use]


def test_evidence_of_one_place_is_not_that_of_another_with_the_same_question(world):
    give(world, GivenEvidence(link="https://example.org/"), RECORD)

    assert list_uses(world.submission(), [AnswerPlace("community", "has_record")]) == {}
    assert list(list_uses(world.submission(), [RECORD, BOARD])) == [RECORD]


@pytest.mark.parametrize("model", [StoredFile, EvidenceVersion])
@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_or_delete_a_version_or_a_file(world, model, change):
    give_file(world)
    rows = model.objects.all()
    column = {"size": 1} if model is StoredFile else {"link": "x"}

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(**column) if change == "update" else rows._raw_delete(rows.db)

    assert model.objects.count() == 1


def test_rows_of_evidence_say_what_they_are(world):
    use = give_file(world, "a.pdf")

    version = use.evidence.versions.get()
    assert str(use.evidence) == "a.pdf"
    assert str(use) == f"{use.evidence_id} for board_leads"
    assert str(version) == f"{use.evidence_id} v1"
    assert str(version.file) == stored_file_of(use).hash
