# SPDX-License-Identifier: MIT
"""Taking in a round that was collected elsewhere: answers, signatures and steps, as if they had been given here."""

from __future__ import annotations

import numpy as np
import pytest

from tests.web.small_framework import earlier_framework, small_framework
from tests.web.world import NOW, World, make_round, make_world
from trigpoint.frameworks.parse import parse_framework
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import ORGANISATION, AnswerPlace
from trigpoint.submissions.questionnaire import build_answers
from trigpoint.submissions.units import Unit
from trigpoint_web.accounts.roles import Role
from trigpoint_web.audit.models import Event
from trigpoint_web.rounds.actions.intake import IntakeCount, take_in_answers, take_in_signatures, take_in_steps
from trigpoint_web.rounds.errors import ChangeRefused, StepRefused
from trigpoint_web.rounds.models import Answer, Round, Signature
from trigpoint_web.rounds.queries.answers import read_answers
from trigpoint_web.rounds.queries.signed import read_signed_states
from trigpoint_web.rounds.states import RoundStep, SubmissionState

pytestmark = pytest.mark.django_db

FRAMEWORK = parse_framework(small_framework())
ACUTE = Unit("ZZ301", "acute", "Northmoor", ("acute",))
COMMUNITY = Unit("ZZ301", "community", "Northmoor", ("community",))


@pytest.fixture
def world() -> World:
    return make_world()


def table_of(*returns):
    return build_answers(FRAMEWORK, returns, round_id="2026")


def take_in(world: World, *returns) -> IntakeCount:
    by = {"ZZ301": world.people[Role.LEAD]}
    return take_in_answers(world.round, table_of(*returns), by=by, at=NOW, source="a test")


def test_answers_stand_at_their_places_with_who_gave_them(world):
    count = take_in(
        world,
        (ACUTE, {"board_leads": "agree", "has_record": "neither", "bedside_share": 40.0, "record_users": 0.0}),
        (
            COMMUNITY,
            {"board_leads": "agree", "has_record": Missing.DONT_KNOW, "visits_offline": Missing.NOT_APPLICABLE},
        ),
    )

    assert count == IntakeCount(submissions=1, answers=6)
    assert read_answers(world.submission()) == {
        AnswerPlace(ORGANISATION, "board_leads"): "agree",
        AnswerPlace("acute", "has_record"): "neither",
        AnswerPlace("acute", "bedside_share"): 40.0,
        AnswerPlace("acute", "record_users"): 0.0,
        AnswerPlace("community", "has_record"): Missing.DONT_KNOW,
        AnswerPlace("community", "visits_offline"): Missing.NOT_APPLICABLE,
    }
    assert {(row.version, row.source, row.by, row.at) for row in Answer.objects.select_related("by")} == {
        (1, "intake", world.people[Role.LEAD], NOW)
    }


def test_the_submission_is_begun_and_counted(world):
    take_in(world, (ACUTE, {"board_leads": "agree", "has_strategy": "agree"}), (COMMUNITY, {"has_record": "agree"}))

    submission = world.submission()
    assert submission.state == SubmissionState.IN_PROGRESS
    # has_strategy opens strategy_costed, so 3 of the organisation and 4 in each unit.
    assert (submission.asked_count, submission.dealt_with_count) == (3 + 4 + 4, 3)
    assert submission.last_activity_by == world.people[Role.LEAD]
    assert Event.objects.filter(action="submission.started", organisation="ZZ301").count() == 1
    assert Event.objects.get(action="answers.taken_in").details["answers"] == 3


def test_an_organisation_whose_people_are_not_known_is_taken_in_too(world):
    unit = Unit("ZZ302", "acute", "Eastvale", ("acute",))

    take_in(world, (unit, {"has_record": "agree"}))

    assert Answer.objects.get().by is None


@pytest.mark.parametrize(
    ("unit", "why"),
    [
        (Unit("ZZ999", "acute", "", ("acute",)), "ZZ999 is not in the round 2026"),
        (Unit("ZZ301", "ambulance", "", ()), "ZZ301 ambulance is no unit of the round"),
    ],
)
def test_who_is_not_in_the_round_is_refused(world, unit, why):
    with pytest.raises(ChangeRefused, match=why):
        take_in(world, (unit, {"has_record": "agree"}))

    assert not Answer.objects.exists()


def test_every_problem_is_told_at_once(world):
    world.answer(AnswerPlace("acute", "has_record"), "agree")

    with pytest.raises(ChangeRefused) as refused:
        take_in(world, (ACUTE, {}), (Unit("ZZ998", "acute"), {}), (Unit("ZZ999", "acute"), {}))

    assert len(refused.value.problems) == 2 + 1 + 2, "two unknown, one begun, and two units that nobody has"


def test_answers_to_another_framework_are_refused(world):
    other = parse_framework(earlier_framework())
    table = build_answers(other, [(ACUTE, {})], round_id="2024")

    with pytest.raises(ChangeRefused, match="asks another framework"):
        take_in_answers(world.round, table, by={}, at=NOW, source="a test")


def test_a_signature_taken_in_recomputes_and_locks(world):
    take_in(world, (ACUTE, {"has_record": "agree"}), (COMMUNITY, {"board_leads": "neither"}))
    officer = world.people[Role.OFFICER]

    signed = take_in_signatures(world.round, officers={"ZZ301": officer}, at=NOW, declaration="As signed on paper.")

    assert signed == 1
    submission = world.submission()
    assert (submission.state, submission.signed_at, submission.submitted_by) == ("signed", NOW, officer)
    assert [state.recomputes for state in read_signed_states(submission)] == [True]
    signature = Signature.objects.get()
    assert (signature.declaration, signature.name, signature.by) == ("As signed on paper.", officer.name, officer)
    events = Event.objects.filter(organisation="ZZ301").order_by("pk").values_list("action", flat=True)
    assert list(events)[-3:] == ["submission.started", "submission.submitted", "submission.signed"]


def test_who_has_no_officer_stays_unsigned(world):
    take_in(world, (ACUTE, {"has_record": "agree"}), (COMMUNITY, {}))

    assert take_in_signatures(world.round, officers={}, at=NOW, declaration="") == 0
    assert world.submission().state == SubmissionState.IN_PROGRESS


def test_a_round_passes_through_the_steps_it_took(world):
    steps = (RoundStep.CLOSE, RoundStep.START_REVIEW, RoundStep.START_REPLY, RoundStep.PUBLISH)
    administrator = world.people[Role.ADMINISTRATOR]

    taken = take_in_steps(world.round, steps, by=administrator, at=NOW)

    assert (taken.state, Round.objects.get().state) == ("published", "published")
    events = Event.objects.filter(round="2026", action__startswith="round.").order_by("pk")
    assert [event.action for event in events][-4:] == [step.value for step in steps]


def test_a_step_that_is_none_takes_none_of_them(world):
    with pytest.raises(StepRefused):
        take_in_steps(world.round, (RoundStep.CLOSE, RoundStep.OPEN), by=world.people[Role.ADMINISTRATOR], at=NOW)

    assert Round.objects.get().state == "open"


def test_a_round_of_whole_organisations_has_one_unit_each(world):
    round_ = make_round(slug="whole", by=world.people[Role.ADMINISTRATOR], unit_of=Round.UnitOf.ORGANISATION)
    unit = Unit("ZZ301", "General", "Northmoor", ("acute", "community"))
    table = build_answers(FRAMEWORK, [(unit, {"sees_images": "agree", "visits_offline": "agree"})], round_id="whole")

    count = take_in_answers(round_, table, by={}, at=NOW, source="a test")

    assert count == IntakeCount(1, 2)
    assert np.sum(table.codes < 250) == 2
