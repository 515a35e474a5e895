# SPDX-License-Identifier: MIT
"""A world in which everything that a store holds is there: answers with history, evidence, a signature."""

from __future__ import annotations

from django.core.files.base import ContentFile

from tests.web.world import NOW, World, make_world
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import ORGANISATION, AnswerPlace
from trigpoint_web.accounts.roles import Role
from trigpoint_web.rounds.actions.evidence import GivenEvidence, add_evidence
from trigpoint_web.rounds.actions.signing import count_open, sign, submit
from trigpoint_web.rounds.declaration import build_declaration
from trigpoint_web.rounds.models import Signature
from trigpoint_web.rounds.queries.checks import read_check
from trigpoint_web.rounds.queries.signed import read_table_to_sign

BOARD = AnswerPlace(ORGANISATION, "board_leads")
STRATEGY = AnswerPlace(ORGANISATION, "has_strategy")
BEDSIDE = AnswerPlace("acute", "bedside_share")
MINUTES = b"%PDF-1.7\nMinutes of a meeting that never was.\n%%EOF\n"


def make_stored_world() -> World:
    """Make the small world with two answers of ZZ302 signed, one changed before that, and evidence for one."""
    world = make_world()
    world.answer(BOARD, "neither", code="ZZ302")
    world.answer(BOARD, "agree", code="ZZ302")
    world.answer(BEDSIDE, 40, code="ZZ302")
    world.answer(STRATEGY, Missing.DONT_KNOW)
    give_minutes(world)
    sign_as_officer(world)
    return world


def give_minutes(world: World, content: bytes = MINUTES, *, name: str = "minutes.pdf") -> None:
    """Give a file as evidence for what ZZ302 says of its Board."""
    given = GivenEvidence(file=ContentFile(content, name=name))
    person = world.people[Role.CONTRIBUTOR]
    add_evidence(given, submission=world.submission("ZZ302"), place=BOARD, by=person, at=NOW)


def sign_as_officer(world: World) -> Signature:
    """Send ZZ302 for signature and sign it."""
    submission, officer = world.submission("ZZ302"), world.people[Role.OFFICER]
    open_now = count_open(read_check(submission))
    submit(submission, acknowledged=open_now, by=world.people[Role.LEAD], at=NOW)
    waiting = world.submission("ZZ302")
    table = read_table_to_sign(waiting)
    declaration = build_declaration(read_check(waiting), answers_hash=table.hash, signer=officer)
    return sign(waiting, seal=declaration.seal, by=officer, at=NOW)
