# SPDX-License-Identifier: MIT
"""The check before signing: what is open, what changed, what the score would be."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.web.rounds.evidence_given import give_file
from tests.web.rounds.signed import BEDSIDE, BOARD, COMPLETE, RECORD, STRATEGY, answer_all, make_signed, submit_as_it_is
from tests.web.world import LONG_AGO, NOW, World, make_earlier_round, make_person, make_round, make_world
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import ORGANISATION, AnswerPlace
from trigpoint_web.accounts.roles import Role
from trigpoint_web.rounds.actions.answers import GivenAnswer, save_answer
from trigpoint_web.rounds.actions.suggestions import suggest_from_last_round
from trigpoint_web.rounds.models import Delegation, Evidence, Poll, Round, Submission
from trigpoint_web.rounds.queries.checks import read_changes
from trigpoint_web.rounds.queries.submission_answers import read_submission_answers

pytestmark = pytest.mark.django_db

WHERE = {"round_slug": "2026", "code": "ZZ301"}


@pytest.fixture
def world() -> World:
    return make_world()


def visit(world: World, role: Role = Role.LEAD) -> Client:
    client = Client()
    client.force_login(world.people[role], backend="trigpoint_web.accounts.backends.AccountBackend")
    return client


def see(world: World, role: Role = Role.LEAD) -> str:
    page = visit(world, role).get(reverse("check", kwargs=WHERE))
    assert page.status_code == 200
    return page.content.decode()


def question_url(place: AnswerPlace) -> str:
    return reverse("question", kwargs={**WHERE, "asked_in": place.asked_in, "question": place.question})


def test_open_questions_stand_by_section_each_with_its_link(world):
    world.answer(BOARD, "agree")

    page = see(world)

    assert "Whole organisation: Leading (1)" in page
    assert "Acute: Sharing records (3)" in page
    assert "Community: Other questions (1)" in page
    assert question_url(STRATEGY) in page
    assert "1 of 10 questions" in page
    assert "I know that 9 questions have no answer and 1 answer has no evidence" in page
    assert "checked" not in page


def test_a_contradiction_links_both_questions_and_hides_the_button(world):
    answer_all(world, {**COMPLETE, RECORD: "disagree", BEDSIDE: 60.0})

    page = see(world)

    assert "To be settled" in page
    assert question_url(RECORD) in page
    assert question_url(BEDSIDE) in page
    assert "1 contradiction has to be settled first" in page
    assert "Send for signature</button>" not in page


def test_two_contradictions_are_counted(world):
    low: dict[AnswerPlace, Answer] = {
        AnswerPlace("community", "has_record"): "disagree",
        RECORD: "disagree",
        BEDSIDE: 60.0,
    }
    answer_all(world, {**COMPLETE, **low})

    assert "2 contradictions have to be settled first" in see(world)


def test_a_contradiction_with_a_note_is_shown_and_stops_nobody(world):
    answer_all(world, {**COMPLETE, RECORD: "disagree", BEDSIDE: 60.0})
    noted = GivenAnswer(RECORD, "disagree", replaces=1, note="The folder is at each bed.")
    save_answer(noted, submission=world.submission(), by=world.people[Role.LEAD], at=NOW)

    page = see(world)

    assert "Explained in a note" in page
    assert "Send for signature</button>" in page


def test_when_nothing_is_open_there_is_nothing_to_tick(world):
    answer_all(world)
    give_file(world)

    page = see(world)
    assert "Nothing is open" in page
    assert "I know that" not in page

    posted = {"not_answered": 0, "without_evidence": 0}
    sent = visit(world).post(reverse("check", kwargs=WHERE), posted, follow=True)
    assert "wait for the accountable officer’s signature" in sent.content.decode()
    assert world.submission().state == "submitted"


def test_the_tick_is_needed_and_its_numbers_must_still_be_true(world):
    answer_all(world)
    address, lead = reverse("check", kwargs=WHERE), visit(world)
    seen = {"not_answered": 0, "without_evidence": 1}

    assert "Tick the box to show that you know" in lead.post(address, seen).content.decode()
    world.answer(BOARD, Missing.NOT_ANSWERED)
    assert lead.post(address, {**seen, "acknowledged": "on"}).status_code == 409
    assert lead.post(address, {"not_answered": "many", "acknowledged": "on"}).status_code == 200

    now = {"not_answered": 1, "without_evidence": 0, "acknowledged": "on"}
    assert lead.post(address, now).status_code == 302


def test_who_may_not_submit_sees_the_check_without_the_form(world):
    answer_all(world)

    for role in (Role.OBSERVER, Role.CONTRIBUTOR, Role.OFFICER):
        assert "Send for signature</button>" not in see(world, role)
        assert visit(world, role).post(reverse("check", kwargs=WHERE)).status_code == 403
    assert world.submission().state == "in_progress"


def test_the_officer_finds_the_declaration_from_the_check(world):
    answer_all(world)
    submit_as_it_is(world)

    assert reverse("sign", kwargs=WHERE) in see(world, Role.OFFICER)
    assert reverse("sign", kwargs=WHERE) not in see(world, Role.LEAD)


def test_states_are_said_in_words(world):
    assert "Nobody has answered a question yet" in see(world)

    make_signed(world)

    page = see(world)
    assert "These answers are signed and locked." in page
    assert reverse("signatures", kwargs=WHERE) in page


def test_what_is_not_settled_with_colleagues_is_said(world):
    answer_all(world)
    submission, lead, colleague = world.submission(), world.people[Role.LEAD], world.people[Role.CONTRIBUTOR]
    due = (NOW + timedelta(days=5)).date()
    asked = {"submission": submission, "asked_in": ORGANISATION, "to": colleague, "due_on": due, "at": NOW, "by": lead}
    Delegation.objects.create(section="leading", **asked)
    Delegation.objects.create(question="board_leads", **asked)
    Delegation.objects.create(question="strategy_costed", **asked)
    Poll.objects.create(
        submission=submission, asked_in=ORGANISATION, question="board_leads", due_on=due, at=NOW, by=lead
    )
    use = give_file(world)
    Evidence.objects.filter(pk=use.evidence_id).update(expires_on=LONG_AGO.date())
    world.answer(STRATEGY, "disagree")  # strategy_costed is not shown any more, so nobody waits for it

    page = see(world)

    assert "Also not settled" in page
    assert "With a colleague (2)" in page
    assert f"Leading: {colleague.name}" in page
    assert "Colleagues are still giving their view (1)" in page
    assert "Evidence that has expired (1)" in page


def make_two_rounds() -> World:
    """A round of version 1 that ZZ301 answered, and one of version 2 that is compared with it."""
    world = make_world(slug="2027")
    by = world.people[Role.ADMINISTRATOR]
    earlier = make_earlier_round(by=by)
    then = World(earlier, world.people)
    answer_all(
        then,
        {
            BOARD: "disagree",
            STRATEGY: "agree",
            RECORD: "agree",
            BEDSIDE: 10.0,
            AnswerPlace("acute", "sees_images"): "agree",
            AnswerPlace("community", "has_record"): "agree",
            AnswerPlace("community", "bedside_share"): 60.0,
        },
    )
    return World(make_round(slug="2026", by=by, previous=earlier, shows_live_scores=True), world.people)


def test_what_changed_since_last_round_stands_in_groups():
    world = make_two_rounds()
    answer_all(
        world,
        {
            BOARD: "agree",  # up
            STRATEGY: Missing.NOT_APPLICABLE,  # newly not applicable
            RECORD: "neither",  # down
            BEDSIDE: Missing.DONT_KNOW,  # no longer answered
            AnswerPlace("acute", "sees_images"): "agree",  # on another scale than then
            AnswerPlace("community", "has_record"): "agree",  # the same
        },
    )

    changes = read_changes(read_submission_answers(world.submission()))
    page = see(world)

    assert changes is not None
    named = {way: [(side, one.question) for side, one in getattr(changes, way)] for way in ("up", "down")}
    assert named == {"up": [(ORGANISATION, "board_leads")], "down": [("acute", "has_record")]}
    assert [one.question for _, one in changes.newly_not_applicable] == ["has_strategy"]
    assert {(side, one.question) for side, one in changes.no_longer_answered} == {
        ("acute", "bedside_share"),
        ("community", "bedside_share"),
    }
    assert (changes.same, changes.not_comparable, changes.left_out) == (1, 1, ())
    assert "What changed since last round (2024)" in page
    assert "Further up the scale: 1" in page
    assert "The Board leads (Whole organisation)" in page
    assert "1 answered alike both times. 1 can’t be compared" in page


def test_open_suggestions_are_said_not_to_count():
    world = make_two_rounds()
    suggest_from_last_round(world.submission(), at=NOW)
    world.answer(RECORD, "agree")

    page = see(world)

    assert "Suggested and not confirmed: they count for nothing" in page


def test_a_unit_without_a_return_last_round_is_said_not_to_be_compared():
    world = make_world(slug="2027")
    by = world.people[Role.ADMINISTRATOR]
    earlier = make_round(slug="2024", by=by, unit_of=Round.UnitOf.ORGANISATION)
    World(earlier, world.people).answer(BOARD, "agree")
    now = World(make_round(slug="2026", by=by, previous=earlier), world.people)
    now.answer(BOARD, "agree")

    page = see(now)

    assert "Acute had no return of its own last round" in page
    assert "1 answered alike both times." in page


def test_the_score_is_shown_to_those_who_send_and_sign_where_the_round_shows_it():
    world = make_two_rounds()
    answer_all(world)

    for role in (Role.LEAD, Role.OFFICER):
        page = see(world, role)
        assert "What the score would be" in page
        assert "Acute: Overall" in page
    assert "What the score would be" not in see(world, Role.CONTRIBUTOR)


def test_an_organisation_that_is_one_unit_is_not_parted_in_words():
    world = make_world(unit_of=Round.UnitOf.ORGANISATION)
    world.answer(BOARD, "agree")

    page = see(world)

    assert "Leading (1)" in page
    assert "Whole organisation" not in page


def test_the_check_asks_as_many_questions_of_the_database_for_many_organisations(world):
    def count() -> int:
        client = visit(world)
        client.get(reverse("check", kwargs=WHERE))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse("check", kwargs=WHERE))
        return len(queries)

    world.answer(BOARD, "agree")
    few = count()
    answer_all(world)
    for code in ("ZZ302", "ZZ303"):
        make_person(Role.LEAD, organisation=code)
        world.answer(BOARD, "agree", code=code)

    assert count() == few
    assert Submission.objects.filter(state="in_progress").count() == 3
