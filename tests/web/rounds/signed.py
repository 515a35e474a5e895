# SPDX-License-Identifier: MIT
"""Submissions that wait for a signature, that are signed, that were opened again: built by actions, for tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tests.web.world import NOW, World, make_person
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.places import ORGANISATION, AnswerPlace
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Role
from trigpoint_web.organisations.models import Membership
from trigpoint_web.rounds.actions.signing import Reopening, count_open, reopen, sign, submit
from trigpoint_web.rounds.declaration import Declaration, build_declaration
from trigpoint_web.rounds.models import Signature, Submission
from trigpoint_web.rounds.queries.checks import read_check
from trigpoint_web.rounds.queries.signed import read_table_to_sign

BOARD = AnswerPlace(ORGANISATION, "board_leads")
STRATEGY = AnswerPlace(ORGANISATION, "has_strategy")
COSTED = AnswerPlace(ORGANISATION, "strategy_costed")
RECORD = AnswerPlace("acute", "has_record")
BEDSIDE = AnswerPlace("acute", "bedside_share")

# All that ZZ301 is asked, with no contradiction: both its care settings, the question that routing opens included.
COMPLETE: Mapping[AnswerPlace, Answer] = {
    BOARD: "agree",
    STRATEGY: "agree",
    COSTED: "neither",
    RECORD: "agree",
    BEDSIDE: 90.0,
    AnswerPlace("acute", "sees_images"): "disagree",
    AnswerPlace("acute", "record_users"): 70.0,
    AnswerPlace("community", "has_record"): "neither",
    AnswerPlace("community", "bedside_share"): 60.0,
    AnswerPlace("community", "visits_offline"): "agree",
    AnswerPlace("community", "record_users"): 10.0,
}


def answer_all(world: World, answers: Mapping[AnswerPlace, Answer] = COMPLETE, *, code: str = "ZZ301") -> Submission:
    """Answer the questions at these places, and return the submission."""
    for place, answer in answers.items():
        world.answer(place, answer, code=code)
    return world.submission(code)


def submit_as_it_is(world: World, *, code: str = "ZZ301", by: User | None = None, at: datetime = NOW) -> Submission:
    """Send a submission for signature with everything that is open acknowledged."""
    submission = world.submission(code)
    return submit(submission, acknowledged=count_open(read_check(submission)), by=by or world.people[Role.LEAD], at=at)


def declaration_for(submission: Submission, signer: User) -> Declaration:
    """Return the declaration that a person would be shown now."""
    answers_hash = read_table_to_sign(submission).hash
    return build_declaration(read_check(submission), answers_hash=answers_hash, signer=signer)


def sign_as_it_is(world: World, *, code: str = "ZZ301", at: datetime = NOW) -> Signature:
    """Have an officer of the organisation sign what waits."""
    submission, officer = world.submission(code), officer_of(code)
    return sign(submission, seal=declaration_for(submission, officer).seal, by=officer, at=at)


def officer_of(code: str) -> User:
    """Return the officer of an organisation; one is made where there is none."""
    held = Membership.objects.filter(organisation=code, role=Role.OFFICER, ended_at=None).select_related("user").first()
    return make_person(Role.OFFICER, organisation=code) if held is None else held.user


def make_submitted(world: World, *, code: str = "ZZ301") -> Submission:
    """Answer everything and send it for signature."""
    answer_all(world, {place: answer for place, answer in COMPLETE.items() if _is_asked(place, code)}, code=code)
    return submit_as_it_is(world, code=code)


def make_signed(world: World, *, code: str = "ZZ301") -> Signature:
    """Answer everything, send it and have it signed."""
    make_submitted(world, code=code)
    return sign_as_it_is(world, code=code)


def _is_asked(place: AnswerPlace, code: str) -> bool:
    settings = {"ZZ301": ("acute", "community"), "ZZ302": ("acute",), "ZZ303": ("community",)}
    return place.asked_in in (ORGANISATION, *settings.get(code, ("acute",)))


def reopen_it(world: World, *, code: str = "ZZ301", until: datetime | None = None) -> Submission:
    """Have the national team open a signed submission again."""
    reopening = Reopening("The Board found a mistake.", until)
    return reopen(world.submission(code), reopening, by=world.people[Role.ADMINISTRATOR], at=NOW)
