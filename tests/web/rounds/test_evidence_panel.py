# SPDX-License-Identifier: MIT
"""The panel of evidence beside a question: what it says, what it offers to whom, and of which version."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.web.rounds.evidence_given import BOARD, RECORD, give, give_file, give_link, uploaded
from tests.web.world import NOW, World, make_world
from trigpoint_web.accounts.roles import Role
from trigpoint_web.design_system.dates import say
from trigpoint_web.design_system.parts import Colour, Link, Status
from trigpoint_web.rounds.access import SubmissionAccess
from trigpoint_web.rounds.actions.evidence import GivenEvidence, change_evidence
from trigpoint_web.rounds.presenters.evidence_panel import EvidencePanel, present_evidence_panel
from trigpoint_web.rounds.queries.evidence import list_uses
from trigpoint_web.rounds.states import SubmissionState

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def panel_for(world: World, role: Role = Role.CONTRIBUTOR) -> EvidencePanel:
    access = SubmissionAccess(world.people[role], world.submission(), frozenset({role}))
    return present_evidence_panel(access, BOARD, list_uses(access.submission).get(BOARD, []), at=NOW)


def test_without_evidence_the_panel_says_so_and_offers_to_add(world):
    panel = panel_for(world)

    address = "/rounds/2026/ZZ301/questions/organisation/board_leads/evidence"
    assert (panel.lines, panel.empty_text) == ((), "No evidence yet.")
    assert panel.add == Link("Add a file or link", f"{address}/add/")
    assert panel.reuse == Link("Use evidence you have", f"{address}/reuse/")


def test_a_line_says_what_it_is_and_until_when_it_is_good(world):
    today = timezone.localdate(NOW)
    give_file(world, "table.csv", content=b"a,b\n", expires_on=today)
    give_file(world, "old.csv", content=b"a,b\n", expires_on=today - timedelta(days=1))
    give_link(world, "https://example.org:8443/policy")

    lines = panel_for(world).lines

    assert [(line.open.text, line.about, line.is_outside) for line in lines] == [
        ("table.csv", "CSV table, 4 bytes", False),
        ("old.csv", "CSV table, 4 bytes", False),
        ("example.org:8443/policy", "Link to example.org", True),
    ]
    assert [line.expiry for line in lines] == [
        Status(f"Expires on {say(today)}", None),
        Status(f"Expired on {say(today - timedelta(days=1))}", Colour.RED),
        None,
    ]


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.OFFICER, Role.REVIEWER])
def test_who_does_not_answer_is_offered_no_change(world, role):
    give_file(world)

    panel = panel_for(world, role)

    assert (panel.add, panel.reuse, panel.lines[0].remove) == (None, None, None)
    assert panel.lines[0].open.text == "minutes.pdf"


def test_who_may_not_open_evidence_is_not_shown_it(world):
    give_file(world)

    panel = panel_for(world, Role.SYSTEM_VIEWER)

    assert panel == EvidencePanel((), empty_text="Your role does not include opening evidence.")


def test_while_answers_are_locked_nothing_can_be_added_or_removed(world):
    give_file(world)
    submission = world.submission()
    submission.state, submission.submitted_at = SubmissionState.SUBMITTED, NOW
    submission.submitted_by = world.people[Role.LEAD]
    submission.save()

    panel = panel_for(world)

    assert (panel.add, panel.lines[0].remove) == (None, None)


def test_the_newest_version_is_shown_and_after_signing_the_one_that_was_signed(world):
    use, lead = give_file(world), world.people[Role.LEAD]
    change_evidence(use.evidence, GivenEvidence(link="https://example.org/"), by=lead, at=NOW + timedelta(hours=2))
    before_signing = panel_for(world).lines[0].about
    submission = world.submission()
    submission.state, submission.submitted_at, submission.submitted_by = SubmissionState.SIGNED, NOW, lead
    submission.signed_at = NOW + timedelta(hours=1)
    submission.save()

    assert before_signing == "Link to example.org, version 2"
    assert panel_for(world).lines[0].about.startswith("PDF, ")
    submission.signed_at = NOW - timedelta(hours=1)
    submission.save()
    assert panel_for(world).lines[0].about.startswith("PDF, ")


def test_all_evidence_of_a_page_is_read_with_two_queries_however_much_it_is(world):
    give_file(world)
    with CaptureQueriesContext(connection) as one:
        list_uses(world.submission(), [BOARD, RECORD])
    for number in range(5):
        give(world, GivenEvidence(file=uploaded(f"{number}.pdf"), expires_on=date(2030, 1, 1)), RECORD)
    with CaptureQueriesContext(connection) as many:
        list_uses(world.submission(), [BOARD, RECORD])

    assert len(one) == len(many) == 2 + 1  # and one for the submission
