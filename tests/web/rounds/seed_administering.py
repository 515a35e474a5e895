# SPDX-License-Identifier: MIT
"""A world to look at for the national team: a round with organisations in every state, mails, times and history."""

from __future__ import annotations

from datetime import timedelta

from tests.web.rounds.administering import add_organisations
from tests.web.world import NOW, World, make_earlier_round, make_person, make_world
from trigpoint.submissions.places import ORGANISATION, AnswerPlace
from trigpoint_web.accounts.roles import Role
from trigpoint_web.notifications.models import OutboxMail
from trigpoint_web.rounds.actions.extensions import ExtensionPlan, extend
from trigpoint_web.rounds.models import Submission, TimeSpent
from trigpoint_web.rounds.states import SubmissionState


def fill(organisations: int = 30) -> None:
    """Fill an empty database."""
    world = make_world()
    make_earlier_round(by=world.people[Role.ADMINISTRATOR])
    make_person(Role.LEAD, organisation="ZZ302", name="Lena Lead")
    world.answer(AnswerPlace(ORGANISATION, "board_leads"), "agree")
    added = add_organisations(world, organisations)
    _put_into_states(world, added)
    plan = ExtensionPlan(NOW + timedelta(days=30), "Two trusts became one this month.", ("ZZ302", "ZZ303"))
    extend(world.round, plan, by=world.people[Role.ADMINISTRATOR], at=NOW)
    _spend_time(world)
    failed = {"attempts": 5, "last_error": "SMTPServerDisconnected"}
    for number, state in enumerate(({"sent_at": NOW, "attempts": 1}, {}, failed)):
        OutboxMail.objects.create(
            to=f"lead{number}@example.org",
            subject="Small assessment 2026: 4 questions left",
            body="…",
            kind="reminder",
            round="2026",
            organisation="ZZ301",
            queued_at=NOW,
            **state,
        )


def _put_into_states(world: World, added: list[Submission]) -> None:
    """A third of them each begun, waiting and signed; the state is put there, as the board looks at nothing else."""
    lead = world.people[Role.LEAD]
    for number, submission in enumerate(added):
        submission.last_activity_at, submission.last_activity_by = NOW - timedelta(hours=number), lead
        submission.dealt_with_count = number % (submission.asked_count + 1)
        submission.state = SubmissionState.IN_PROGRESS
        if number % 3:
            submission.state, submission.dealt_with_count = SubmissionState.SUBMITTED, submission.asked_count
            submission.submitted_at, submission.submitted_by = NOW, lead
        if number % 3 == 2:
            submission.state, submission.signed_at = SubmissionState.SIGNED, NOW
        submission.save()


def _spend_time(world: World) -> None:
    for seconds, question, code in (
        (840, "board_leads", "ZZ301"),
        (95, "has_record", "ZZ301"),
        (40, "has_record", "ZZ302"),
    ):
        TimeSpent.objects.create(
            submission=world.submission(code),
            user=world.people[Role.CONTRIBUTOR],
            asked_in=ORGANISATION,
            question=question,
            seconds=seconds,
            at=NOW,
        )
