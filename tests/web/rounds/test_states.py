# SPDX-License-Identifier: MIT
"""Every state and every step of rounds and submissions: the table's are taken, all others are refused."""

from __future__ import annotations

from itertools import product

import pytest

from tests.web.world import NOW, World, make_world
from trigpoint_web.accounts.roles import Role, allows
from trigpoint_web.audit.models import Event
from trigpoint_web.rounds.actions.round_steps import find_why_not, list_offered, take_round_step
from trigpoint_web.rounds.actions.steps import StepTaken, step_round, step_submission
from trigpoint_web.rounds.errors import StepRefused
from trigpoint_web.rounds.models import Submission
from trigpoint_web.rounds.presenters.history import EVENTS
from trigpoint_web.rounds.presenters.round_steps import STEP_BY_SLUG, STEP_WORDS
from trigpoint_web.rounds.states import (
    ROUND_TRANSITIONS,
    SUBMISSION_TRANSITIONS,
    WHILE_ROUND_IS_ON,
    RoundState,
    RoundStep,
    SubmissionState,
    SubmissionStep,
)

pytestmark = pytest.mark.django_db

R, S = RoundState, SubmissionState
# Written out a second time, from what the pages promise, so that a slip in the table is seen.
ROUND_MOVES = {
    (R.DRAFT, RoundStep.OPEN): R.OPEN,
    (R.OPEN, RoundStep.CLOSE): R.CLOSED,
    (R.CLOSED, RoundStep.OPEN_AGAIN): R.OPEN,
    (R.CLOSED, RoundStep.START_REVIEW): R.IN_REVIEW,
    (R.IN_REVIEW, RoundStep.START_REPLY): R.REPLY,
    (R.CLOSED, RoundStep.PUBLISH): R.PUBLISHED,
    (R.IN_REVIEW, RoundStep.PUBLISH): R.PUBLISHED,
    (R.REPLY, RoundStep.PUBLISH): R.PUBLISHED,
}
SUBMISSION_MOVES = {
    (S.NOT_STARTED, SubmissionStep.START): S.IN_PROGRESS,
    (S.IN_PROGRESS, SubmissionStep.SUBMIT): S.SUBMITTED,
    (S.SUBMITTED, SubmissionStep.SEND_BACK): S.IN_PROGRESS,
    (S.SUBMITTED, SubmissionStep.TAKE_BACK): S.IN_PROGRESS,
    (S.SUBMITTED, SubmissionStep.SIGN): S.SIGNED,
    (S.SIGNED, SubmissionStep.REOPEN): S.IN_PROGRESS,
}
NEEDS_REASON = {RoundStep.OPEN_AGAIN, SubmissionStep.SEND_BACK, SubmissionStep.REOPEN}
MAY: dict[RoundStep | SubmissionStep, set[Role]] = {
    **{step: {Role.ADMINISTRATOR} for step in RoundStep},
    SubmissionStep.START: {Role.CONTRIBUTOR, Role.LEAD},
    SubmissionStep.SUBMIT: {Role.LEAD},
    SubmissionStep.TAKE_BACK: {Role.LEAD},
    SubmissionStep.SEND_BACK: {Role.OFFICER},
    SubmissionStep.SIGN: {Role.OFFICER},
    SubmissionStep.REOPEN: {Role.ADMINISTRATOR},
}


@pytest.fixture
def world() -> World:
    return make_world()


def put_into(world: World, state: SubmissionState) -> Submission:
    """Put the submission into a state, with what the database asks of it."""
    signed = state is S.SIGNED
    Submission.objects.filter(pk=world.submission().pk).update(
        state=state,
        submitted_at=NOW,
        submitted_by=world.people[Role.LEAD],
        signed_at=NOW if signed else None,
    )
    return world.submission()


def taken(world: World, step: RoundStep | SubmissionStep) -> StepTaken:
    return StepTaken(world.people[Role.ADMINISTRATOR], NOW, "A reason." if step in NEEDS_REASON else "")


@pytest.mark.parametrize(("state", "step"), list(product(RoundState, RoundStep)))
def test_a_round_takes_the_steps_of_the_table_and_no_others(world, state, step):
    world.round.state = state
    before = Event.objects.count()
    target = ROUND_MOVES.get((state, step))

    if target is None:
        with pytest.raises(StepRefused, match="This can't be done now"):
            step_round(world.round, step, taken(world, step))
        assert (world.round.state, Event.objects.count()) == (state, before)
    else:
        step_round(world.round, step, taken(world, step))
        assert (world.round.state, Event.objects.count()) == (target, before + 1)
        event = Event.objects.latest("id")
        assert (event.action, event.round, event.organisation) == (step.value, "2026", "")
        assert (event.by, event.at) == (world.people[Role.ADMINISTRATOR].pk, NOW)


@pytest.mark.parametrize(("state", "step"), list(product(SubmissionState, SubmissionStep)))
def test_a_submission_takes_the_steps_of_the_table_and_no_others(world, state, step):
    submission = put_into(world, state)
    before = Event.objects.count()
    target = SUBMISSION_MOVES.get((state, step))

    if target is None:
        with pytest.raises(StepRefused, match="This can't be done now"):
            step_submission(submission, step, taken(world, step))
        assert (submission.state, Event.objects.count()) == (state, before)
    else:
        step_submission(submission, step, taken(world, step))
        assert (submission.state, Event.objects.count()) == (target, before + 1)
        event = Event.objects.latest("id")
        assert (event.action, event.round, event.organisation) == (step.value, "2026", "ZZ301")


@pytest.mark.parametrize(("state", "step"), list(product(RoundState, SubmissionStep)))
def test_a_submission_moves_only_while_its_round_is_on(world, state, step):
    source = next(source for source, one in SUBMISSION_MOVES if one is step)
    submission = put_into(world, source)
    submission.round.state = state
    before = Event.objects.count()

    if state in WHILE_ROUND_IS_ON:
        step_submission(submission, step, taken(world, step))
        assert Event.objects.count() == before + 1
    else:
        with pytest.raises(StepRefused, match=r"The round is (draft|published), so this can't be done now"):
            step_submission(submission, step, taken(world, step))
        assert (submission.state, Event.objects.count()) == (source, before)


@pytest.mark.parametrize("step", sorted(NEEDS_REASON, key=str))
@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_step_that_needs_a_reason_is_refused_without_one(world, step, reason):
    before = Event.objects.count()
    if isinstance(step, RoundStep):
        world.round.state = R.CLOSED
        with pytest.raises(StepRefused, match="Give a reason"):
            step_round(world.round, step, StepTaken(None, NOW, reason))
    else:
        source = next(source for source, one in SUBMISSION_MOVES if one is step)
        with pytest.raises(StepRefused, match="Give a reason"):
            step_submission(put_into(world, source), step, StepTaken(None, NOW, reason))
    assert Event.objects.count() == before


@pytest.mark.parametrize("step", [*RoundStep, *SubmissionStep])
def test_each_step_is_for_those_roles_alone(step):
    transition = ROUND_TRANSITIONS[step] if isinstance(step, RoundStep) else SUBMISSION_TRANSITIONS[step]

    assert {role for role in Role if allows(frozenset({role}), transition.permission)} == MAY[step]
    assert transition.needs_reason == (step in NEEDS_REASON)


def test_both_tables_have_every_step_and_every_step_has_words():
    assert set(ROUND_TRANSITIONS) == set(RoundStep) == set(STEP_WORDS) == set(STEP_BY_SLUG.values())
    assert set(SUBMISSION_TRANSITIONS) == set(SubmissionStep)
    assert {step.value for step in SubmissionStep} <= set(EVENTS)


@pytest.mark.parametrize("state", list(RoundState))
def test_only_steps_of_the_table_are_offered(world, state):
    world.round.state = state

    assert set(list_offered(world.round)) == {step for source, step in ROUND_MOVES if source == state}


@pytest.mark.parametrize("has_reply", [True, False])
@pytest.mark.parametrize("has_review", [True, False])
@pytest.mark.parametrize("state", [R.CLOSED, R.IN_REVIEW, R.REPLY])
def test_a_round_is_published_only_where_the_later_stages_are_not_planned(world, state, has_review, has_reply):
    round_ = world.round
    round_.state = state
    round_.review_ends_at = round_.review_ends_at if has_review else None
    round_.reply_ends_at = round_.reply_ends_at if has_reply else None
    round_.save()
    is_left_out = (state == R.CLOSED and has_review) or (state != R.REPLY and has_reply)

    if is_left_out:
        with pytest.raises(StepRefused, match="is planned and has not begun"):
            take_round_step(round_, RoundStep.PUBLISH, StepTaken(None, NOW))
    else:
        assert take_round_step(round_, RoundStep.PUBLISH, StepTaken(None, NOW)).state == R.PUBLISHED


@pytest.mark.parametrize(
    ("step", "state", "lacks"),
    [(RoundStep.START_REVIEW, R.CLOSED, "review"), (RoundStep.START_REPLY, R.IN_REVIEW, "reply")],
)
def test_a_stage_that_is_not_planned_does_not_begin(world, step, state, lacks):
    world.round.state = state
    assert find_why_not(world.round, step, NOW) is None

    setattr(world.round, f"{lacks}_ends_at", None)

    assert "is planned. Set a date for its end first." in str(find_why_not(world.round, step, NOW))
