# SPDX-License-Identifier: MIT
"""A round with one submission: every step by every role in any order, and what holds whatever the order is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.web.rounds.signed import declaration_for, submit_as_it_is
from tests.web.rounds.test_states import MAY, ROUND_MOVES, SUBMISSION_MOVES
from tests.web.world import NOW, World, make_round, make_world
from trigpoint.submissions.answers import Answer as CoreAnswer
from trigpoint.submissions.places import ORGANISATION, AnswerPlace
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Permission, Role, allows
from trigpoint_web.audit.models import Event
from trigpoint_web.organisations.permissions import list_national_roles
from trigpoint_web.rounds.access import list_round_roles, roles_at
from trigpoint_web.rounds.actions.answers import GivenAnswer, save_answer
from trigpoint_web.rounds.actions.extensions import ExtensionPlan, extend
from trigpoint_web.rounds.actions.round_steps import take_round_step
from trigpoint_web.rounds.actions.signing import Reopening, reopen, send_back, sign, take_back
from trigpoint_web.rounds.actions.steps import StepTaken
from trigpoint_web.rounds.errors import ActionRefused
from trigpoint_web.rounds.models import Answer, Round, Signature, Submission
from trigpoint_web.rounds.queries.answers import find_current_answer, list_answers_as_signed
from trigpoint_web.rounds.states import ROUND_TRANSITIONS, SUBMISSION_TRANSITIONS, RoundStep, SubmissionStep

ROLES = st.sampled_from(sorted(Role))
BOARD = AnswerPlace(ORGANISATION, "board_leads")
SUBMISSION_STEPS = {step.value: step for step in SubmissionStep}
ROUND_STEPS = {step.value: step for step in RoundStep}
REASON = "A reason."


class RoundInAnyOrder(RuleBasedStateMachine):
    """Whoever may tries; what happens is either one step of the table with one event, or nothing at all."""

    world: World
    round_pk: int

    @initialize(walked=st.integers(0, 6))
    def begin(self, walked: int) -> None:
        """Walk some way along the usual path first: by chance alone a machine seldom gets to a signature."""
        self.mark = transaction.savepoint()
        self.signed: dict[int, Mapping[AnswerPlace, CoreAnswer]] = {}
        self.answers = 0
        usual = (
            lambda: self.step_round(RoundStep.OPEN, Role.ADMINISTRATOR),
            lambda: self.answer(Role.CONTRIBUTOR, "agree"),
            lambda: self.step_submission(SubmissionStep.SUBMIT, Role.LEAD),
            lambda: self.step_submission(SubmissionStep.SIGN, Role.OFFICER),
            lambda: self.step_round(RoundStep.CLOSE, Role.ADMINISTRATOR),
            lambda: self.step_round(RoundStep.START_REVIEW, Role.ADMINISTRATOR),
        )
        for walk in usual[:walked]:
            walk()

    def teardown(self) -> None:
        if hasattr(self, "mark"):
            transaction.savepoint_rollback(self.mark)

    def submission(self) -> Submission:
        rows = Submission.objects.select_related("round", "organisation")
        return rows.get(round=self.round_pk, organisation="ZZ301")

    def person(self, role: Role) -> User:
        return self.world.people[role]

    def moves(self) -> list[str]:
        """The actions of the events that move the round or the submission, in order."""
        steps = [*SUBMISSION_STEPS, *ROUND_STEPS]
        events = Event.objects.filter(round="machine", action__in=steps, organisation__in=["", "ZZ301"])
        return list(events.order_by("id").values_list("action", flat=True))

    def attempt(self, step: RoundStep | SubmissionStep, action: Callable[[], object]) -> None:
        """Try a step: it is one of the table's and leaves one event, or it is refused and leaves none."""
        before, moves = self.submission(), self.moves()
        try:
            action()
        except ActionRefused:
            after = self.submission()
            assert (after.state, after.round.state, self.moves()) == (before.state, before.round.state, moves)
            return
        after = self.submission()
        assert self.moves() == [*moves, step.value]
        if isinstance(step, RoundStep):
            assert after.round.state == ROUND_MOVES[before.round.state, step]  # type: ignore[index]
        else:
            assert after.state == SUBMISSION_MOVES[before.state, step]  # type: ignore[index]

    @rule(step=st.sampled_from(list(RoundStep)), role=ROLES | st.just(Role.ADMINISTRATOR))
    def step_round(self, step: RoundStep, role: Role) -> None:
        user, round_ = self.person(role), Round.objects.get(pk=self.round_pk)
        is_allowed = allows(
            list_national_roles(user) | list_round_roles(user, round_), ROUND_TRANSITIONS[step].permission
        )
        assert is_allowed == (role in MAY[step])
        if is_allowed:
            closes_at = NOW + timedelta(days=10) if step is RoundStep.OPEN_AGAIN else None
            taken = StepTaken(user, NOW, REASON)
            self.attempt(step, lambda: take_round_step(round_, step, taken, closes_at=closes_at))

    @rule(
        step=st.sampled_from([one for one in SubmissionStep if one is not SubmissionStep.START]),
        role=ROLES | st.sampled_from([Role.LEAD, Role.OFFICER, Role.ADMINISTRATOR]),
    )
    def step_submission(self, step: SubmissionStep, role: Role) -> None:
        user, submission = self.person(role), self.submission()
        is_allowed = allows(roles_at(user, submission, on=NOW.date()), SUBMISSION_TRANSITIONS[step].permission)
        assert is_allowed == (role in MAY[step])
        if is_allowed:
            self.attempt(step, lambda: self.take(step, submission, user))

    def take(self, step: SubmissionStep, submission: Submission, user: User) -> None:
        if step is SubmissionStep.SUBMIT:
            submit_as_it_is(World(submission.round, self.world.people), by=user)
        elif step is SubmissionStep.TAKE_BACK:
            take_back(submission, by=user, at=NOW)
        elif step is SubmissionStep.SEND_BACK:
            send_back(submission, reason=REASON, by=user, at=NOW)
        elif step is SubmissionStep.SIGN:
            signature = sign(submission, seal=declaration_for(submission, user).seal, by=user, at=NOW)
            answers = list_answers_as_signed(submission, last_answer=signature.last_answer)
            self.signed[signature.pk] = answers
        else:
            reopen(submission, Reopening(REASON), by=user, at=NOW)

    @rule(role=ROLES, choice=st.sampled_from(["disagree", "neither", "agree"]))
    def answer(self, role: Role, choice: str) -> None:
        user, submission = self.person(role), self.submission()
        if not allows(roles_at(user, submission, on=NOW.date()), Permission.ANSWER):
            return
        current = find_current_answer(submission, BOARD)
        given = GivenAnswer(BOARD, choice, replaces=0 if current is None else current.version)
        moves = self.moves()
        try:
            saved = save_answer(given, submission=submission, by=user, at=NOW)
        except ActionRefused:
            assert self.moves() == moves
            return
        self.answers += saved.was_changed
        assert submission.state in ("not_started", "in_progress")
        started = [SubmissionStep.START.value] if submission.state == "not_started" else []
        assert self.moves() == [*moves, *started]

    @rule(days=st.integers(1, 39))
    def give_more_time(self, days: int) -> None:
        moves = self.moves()
        plan = ExtensionPlan(NOW + timedelta(days=days), REASON, ("ZZ301",))
        with suppress(ActionRefused):
            extend(self.submission().round, plan, by=self.person(Role.ADMINISTRATOR), at=NOW)
        assert self.moves() == moves, "more time is no step"

    @invariant()
    def the_states_follow_from_the_events_alone(self) -> None:
        if not hasattr(self, "mark"):
            return
        round_state, submission_state = "draft", "not_started"
        for action in self.moves():
            if action in ROUND_STEPS:
                round_state = ROUND_MOVES[round_state, ROUND_STEPS[action]]  # type: ignore[index]
            else:
                submission_state = SUBMISSION_MOVES[submission_state, SUBMISSION_STEPS[action]]  # type: ignore[index]
        now = self.submission()
        assert (now.round.state, now.state) == (round_state, submission_state)

    @invariant()
    def the_constraints_hold(self) -> None:
        if hasattr(self, "mark"):
            submission = self.submission()
            submission.validate_constraints()
            submission.round.validate_constraints()

    @invariant()
    def what_was_signed_never_changes(self) -> None:
        if not hasattr(self, "mark"):
            return
        submission = self.submission()
        signatures = {one.pk: one for one in Signature.objects.filter(submission=submission)}
        assert set(signatures) == set(self.signed)
        for key, answers in self.signed.items():
            assert list_answers_as_signed(submission, last_answer=signatures[key].last_answer) == answers
        assert Answer.objects.filter(submission=submission).count() == self.answers


@pytest.mark.django_db
def test_steps_by_all_roles_in_any_order_keep_their_promises():
    world = make_world()
    round_ = make_round(slug="machine", by=world.people[Role.ADMINISTRATOR], is_open=False)

    class Machine(RoundInAnyOrder):
        pass

    Machine.world, Machine.round_pk = world, round_.pk
    run_state_machine_as_test(Machine, settings=settings(max_examples=10, stateful_step_count=20, deadline=None))
