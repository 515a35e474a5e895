# SPDX-License-Identifier: MIT
"""Prepared queries give what the same query of Django gives, on whichever database this is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.web.world import NOW, World, make_world
from trigpoint.submissions.places import ORGANISATION, AnswerPlace
from trigpoint_web.accounts.roles import Role
from trigpoint_web.organisations.models import Organisation, Placement
from trigpoint_web.prepared import PreparedQuery, PreparedWrite
from trigpoint_web.rounds.models import Answer, CurrentAnswer, Submission

pytestmark = pytest.mark.django_db

SUBMISSION = PreparedQuery[Submission](
    lambda slug, code: Submission.objects.select_related("round", "organisation").filter(
        round__slug=slug, organisation=code
    ),
    str, str,
)  # fmt: skip
BOARD = AnswerPlace(ORGANISATION, "board_leads")


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.mark.usefixtures("world")
def test_a_row_comes_with_what_is_fetched_along_as_django_gives_it():
    usual = Submission.objects.select_related("round", "organisation").get(organisation="ZZ301")

    with CaptureQueriesContext(connection) as queries:
        prepared = SUBMISSION.first("2026", "ZZ301")
        assert prepared is not None
        named = (prepared.round.title, prepared.organisation.name)

    assert len(queries) == 1
    assert named == (usual.round.title, usual.organisation.name)
    for field in Submission._meta.concrete_fields:
        assert getattr(prepared, field.attname) == getattr(usual, field.attname), field.name
    for field in type(usual.round)._meta.concrete_fields:
        assert getattr(prepared.round, field.attname) == getattr(usual.round, field.attname), field.name


@pytest.mark.usefixtures("world")
def test_the_values_of_one_call_are_not_those_of_another():
    found = [one.organisation_id for code in ("ZZ302", "ZZ303") for one in SUBMISSION.instances("2026", code)]

    assert found == ["ZZ302", "ZZ303"]
    assert SUBMISSION.first("2026", "ZZ999") is None
    assert SUBMISSION.first("2025", "ZZ301") is None


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("hostile", ["' OR '1'='1", "stand-in 0", '"; DROP TABLE rounds_answer; --'])
def test_a_value_is_only_ever_a_value(hostile):
    assert SUBMISSION.first(hostile, "ZZ301") is None
    assert Submission.objects.count() == 3


@pytest.mark.usefixtures("world")
def test_days_and_numbers_are_values_too():
    held = PreparedQuery[Placement](
        lambda on, key: Placement.objects.filter(valid_from__lte=on, pk__gte=key).order_by("pk").values_list("pk"),
        date, int,
    )  # fmt: skip
    first = Placement.objects.order_by("pk").first()
    assert first is not None

    assert len(held.rows(date(2026, 1, 1), first.pk)) == 3
    assert len(held.rows(date(2026, 1, 1), first.pk + 1)) == 2
    assert held.rows(date(1990, 1, 1), first.pk) == []


def test_moments_and_truth_values_come_back_as_django_gives_them(world):
    world.answer(BOARD, "agree")
    answers = PreparedQuery[CurrentAnswer](
        lambda submission: CurrentAnswer.objects.filter(submission=submission).values_list("at", "version", "number"),
        int,
    )

    assert answers.rows(world.submission().pk) == [(NOW, 1, None)]


@pytest.mark.usefixtures("world")
def test_a_value_that_the_query_does_not_use_is_a_mistake_of_ours():
    unused = PreparedQuery[Organisation](lambda code, _: Organisation.objects.filter(code=code), str, str)

    with pytest.raises(AssertionError, match="not among its parameters"):
        unused.rows("ZZ301", "anything")


def test_a_row_is_inserted_as_django_would(world):
    answer = Answer(
        submission=world.submission(), asked_in=ORGANISATION, question="board_leads", version=1, choice="agree",
        by=world.people[Role.CONTRIBUTOR], at=NOW,
    )  # fmt: skip

    PreparedWrite(Answer).write(answer)

    kept = Answer.objects.get()
    assert (kept.choice, kept.number, kept.missing, kept.at, kept.by, kept.source) == (
        "agree", None, None, NOW, world.people[Role.CONTRIBUTOR], "screen",
    )  # fmt: skip


def test_the_constraints_of_the_database_hold_as_ever(world):
    answer = Answer(submission=world.submission(), asked_in=ORGANISATION, question="board_leads", version=1, at=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        PreparedWrite(Answer).write(answer)


def test_an_update_changes_its_columns_alone(world):
    submission = world.submission()
    submission.dealt_with_count, submission.asked_count = 7, 99
    submission.last_activity_at = NOW + timedelta(hours=1)

    PreparedWrite(Submission, "dealt_with_count", "last_activity_at").write(submission)

    kept = world.submission()
    assert (kept.dealt_with_count, kept.last_activity_at) == (7, NOW + timedelta(hours=1))
    assert kept.asked_count == 10
    assert world.submission("ZZ302").dealt_with_count == 0
