# SPDX-License-Identifier: MIT
"""The page of a question: what it shows, what it saves, where it leads."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.rounds.answering import (
    BEDSIDE,
    BOARD,
    COSTED,
    STRATEGY,
    address,
    current,
    here,
    sign_in,
    text_of,
    typed,
)
from tests.web.world import NOW, World, make_round, make_world
from trigpoint.submissions.places import ORGANISATION, AnswerPlace
from trigpoint_web.accounts.roles import Role
from trigpoint_web.rounds.actions.answers import LONGEST_TEXT, GivenAnswer, save_answer
from trigpoint_web.rounds.models import Answer, Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def client(world: World) -> Client:
    return sign_in(world.people[Role.CONTRIBUTOR])


def test_the_page_shows_the_question_with_what_helps_to_answer_it(client):
    shown = text_of(client.get(address(BOARD)))

    assert "Whole organisation · Leading · question 1 of 2" in shown
    assert "The Board leads digital change." in shown
    assert "What good looks like The Board sees progress" in shown
    assert "Why we ask Change without the Board" in shown
    assert "Evidence asked for: Minutes of a Board meeting" in shown
    assert "Disagree Neither agree nor disagree Agree or Don’t know Counts as zero in your score." in shown
    assert "Does not apply to us Left out of your score. Say why in the note." in shown
    assert "Not answered yet" in shown


def test_a_number_is_asked_with_its_unit_and_range_and_only_the_missing_answers_it_offers(client):
    shown = text_of(client.get(address(BEDSIDE)))

    assert "A whole number from 0 to 100, in %" in shown
    assert "Don’t know" in shown
    assert "Does not apply to us" not in shown


def test_saving_keeps_the_answer_and_the_note_and_leads_to_the_next_question(world, client):
    reply = client.post(address(BOARD), typed(BOARD, "agree", note="As in the minutes."))

    assert (reply.status_code, reply.headers["Location"]) == (302, address(STRATEGY))
    assert (current(world, BOARD).choice, current(world, BOARD).note) == ("agree", "As in the minutes.")


def test_what_was_saved_is_shown_with_who_and_when_and_its_history(world, client):
    world.answer(BOARD, "agree", by=world.people[Role.LEAD])

    shown = text_of(client.get(address(BOARD)))

    assert f"by {world.people[Role.LEAD].name} . History (1)" in shown
    assert 'value="agree" checked' in client.get(address(BOARD)).content.decode()


def test_the_last_question_leads_back_to_the_task_list(client):
    reply = client.post(
        address(AnswerPlace("community", "record_users")), typed(AnswerPlace("", "record_users"), number="5")
    )

    assert reply.headers["Location"] == here("task_list")


@pytest.mark.parametrize(("go", "leads_to"), [("later", here), ("next", None)])
def test_save_and_continue_later_leads_to_the_task_list(world, client, go, leads_to):
    reply = client.post(address(BOARD), {**typed(BOARD, "agree"), "go": go})

    assert reply.headers["Location"] == (leads_to("task_list") if leads_to else address(STRATEGY))
    assert current(world, BOARD).choice == "agree"


def test_an_answer_that_opens_a_follow_up_leads_to_it_on_the_same_page(client):
    before = client.get(address(STRATEGY)).content.decode()
    reply = client.post(address(STRATEGY), {**typed(STRATEGY, "agree"), **typed(COSTED)})
    after = client.get(address(STRATEGY)).content.decode()

    assert 'id="question-strategy_costed"' in before
    assert before.count(" hidden>") == 1 + after.count(" hidden>")
    assert reply.headers["Location"] == f"{address(COSTED)}#question-strategy_costed"
    assert "questions 2 to 3 of 3" in after


def test_a_follow_up_can_be_answered_in_the_same_step_where_the_script_has_shown_it(world, client):
    reply = client.post(address(STRATEGY), {**typed(STRATEGY, "agree"), **typed(COSTED, "neither")})

    assert reply.headers["Location"] == address(AnswerPlace("acute", "has_record"))
    assert current(world, COSTED).choice == "neither"


def test_an_answer_that_closes_a_follow_up_says_that_what_was_typed_there_is_not_saved(world, client):
    world.answer(STRATEGY, "agree")
    sent = {**typed(STRATEGY, "disagree", version=1), **typed(COSTED, "agree")}

    shown = text_of(client.post(address(STRATEGY), sent, follow=True))

    assert "“The strategy is costed.” is not asked any more" in shown
    assert current(world, COSTED) is None


def test_a_follow_up_that_closes_unchanged_is_kept_in_silence(world, client):
    world.answer(STRATEGY, "agree")
    world.answer(COSTED, "agree")
    sent = {**typed(STRATEGY, "disagree", version=1), **typed(COSTED, "agree", version=1)}

    shown = text_of(client.post(address(STRATEGY), sent, follow=True))

    assert "not asked any more" not in shown
    assert current(world, COSTED).choice == "agree"


@pytest.mark.parametrize(
    ("number", "answer", "problem"),
    [
        ("101", "", "The answer must be a whole number from 0 to 100."),
        ("1.5", "", "The answer must be a whole number from 0 to 100."),
        ("many", "", "The answer must be a whole number from 0 to 100."),
        ("9" * 400, "", "The answer must be a whole number from 0 to 100."),
        ("40", "missing:dont_know", "Not both."),
        ("", "agree", "not one of the answers"),
        ("", "missing:not_applicable", "not one of the answers"),
    ],
)
def test_what_cannot_be_an_answer_is_told_and_kept_in_the_form(client, number, answer, problem):
    reply = client.post(address(BEDSIDE), typed(BEDSIDE, answer, number=number, note="Mine <b>"))
    shown = text_of(reply)

    assert reply.status_code == 200
    assert "There is a problem" in shown
    assert problem in shown
    assert "Mine &lt;b&gt;" in reply.content.decode()
    assert f'value="{number}"' in reply.content.decode() or not number
    assert not Answer.objects.exists()


@pytest.mark.parametrize(("number", "kept"), [("40", 40.0), (" 40% ", 40.0), ("0", 0.0), ("1,00", 100.0)])
def test_numbers_are_read_as_people_write_them(world, client, number, kept):
    client.post(address(BEDSIDE), typed(BEDSIDE, number=number))

    assert current(world, BEDSIDE).number == kept


def test_a_problem_in_a_group_names_the_question_and_leads_to_its_note(world, client):
    world.answer(STRATEGY, "agree")
    sent = {**typed(STRATEGY, "agree", version=1), **typed(COSTED, "agree", note="x" * (LONGEST_TEXT + 1))}

    page = client.post(address(STRATEGY), sent).content.decode()

    assert "The strategy is costed.: The note has 4,001 characters." in page
    assert 'href="#id_note-strategy_costed"' in page


def test_two_answers_to_one_question_are_a_problem(client):
    sent = {**typed(BEDSIDE), "answer-bedside_share": ["missing:dont_know", "missing:not_applicable"]}

    assert "Choose one answer." in text_of(client.post(address(BEDSIDE), sent))


def test_a_note_without_an_answer_is_kept_and_the_question_stays_open(world, client):
    client.post(address(BOARD), typed(BOARD, note="Ask Ann."))

    assert (current(world, BOARD).missing, current(world, BOARD).note) == ("not_answered", "Ask Ann.")
    assert world.submission().dealt_with_count == 0


def test_nothing_typed_over_nothing_saves_nothing_and_leads_on(client):
    reply = client.post(address(BOARD), typed(BOARD))

    assert reply.headers["Location"] == address(STRATEGY)
    assert not Answer.objects.exists()


def test_an_answer_can_be_cleared_and_keeps_its_note(world, client):
    client.post(address(BOARD), typed(BOARD, "agree", note="Kept."))

    reply = client.post(address(BOARD), {**typed(BOARD, "agree", note="Kept.", version=1), "clear": "board_leads"})

    assert reply.headers["Location"] == address(BOARD)
    assert (current(world, BOARD).missing, current(world, BOARD).note) == ("not_answered", "Kept.")
    assert "Clear this answer" not in text_of(client.get(address(BOARD)))


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.OFFICER, Role.ADMINISTRATOR])
def test_who_may_not_answer_reads_the_answer_with_its_note(world, role):
    save_answer(
        GivenAnswer(BOARD, "agree", replaces=0, note="As in the minutes."),
        submission=world.submission(),
        by=world.people[Role.LEAD],
        at=NOW,
    )

    page = sign_in(world.people[role]).get(address(BOARD))

    assert "Contributors and leads of the organisation give them." in text_of(page)
    assert "Answer Agree Note As in the minutes." in text_of(page)
    assert "data-question-form" not in page.content.decode()


def test_a_question_that_is_not_asked_now_says_so(world, client):
    framework = world.round.framework
    files = dict(framework.files)
    # The follow-up on a page of its own.
    files["framework.yaml"] = files["framework.yaml"].replace("    asked_with: has_strategy\n", "")
    other = make_other_world(world, files)

    reply = client.get(address(COSTED, slug=other.slug))

    assert reply.status_code == 409
    assert "it depends on another answer" in text_of(reply)


def make_other_world(world: World, files: dict[str, str], slug: str = "other") -> Round:
    """Make a second round in the same nation, of a framework a little different."""
    from trigpoint_web.rounds.actions.rounds import freeze_framework

    by = world.people[Role.ADMINISTRATOR]
    return make_round(slug=slug, by=by, framework=freeze_framework(files, by=by, at=NOW))


def test_a_follow_up_on_its_own_page_comes_next_once_it_is_opened(world, client):
    files = dict(world.round.framework.files)
    files["framework.yaml"] = files["framework.yaml"].replace("    asked_with: has_strategy\n", "")
    slug = make_other_world(world, files).slug

    reply = client.post(address(STRATEGY, slug=slug), typed(STRATEGY, "agree"))

    assert reply.headers["Location"] == address(COSTED, slug=slug)


@pytest.mark.parametrize(
    "place",
    [
        AnswerPlace("ambulance", "has_record"),
        AnswerPlace("community", "sees_images"),
        AnswerPlace("acute", "board_leads"),
        AnswerPlace(ORGANISATION, "has_record"),
    ],
)
def test_a_place_where_nothing_is_asked_is_not_found(client, place):
    assert client.get(address(place)).status_code == 404


def other_framework(world: World, *changes: tuple[str, str]) -> Round:
    """Make a round of the small framework with some of its lines changed."""
    files = dict(world.round.framework.files)
    for old, new in changes:
        assert old in files["framework.yaml"]
        files["framework.yaml"] = files["framework.yaml"].replace(old, new)
    return make_other_world(world, files)


@pytest.mark.parametrize(
    ("limits", "asked", "number", "said"),
    [
        ("{minimum: 0, maximum: 100, whole: true}", "A whole number from 0 to 100", "40", "40"),
        ('{minimum: 0, whole: false, unit: "hours"}', "A number, 0 or more, in hours", "2,500.5 hours", "2500.5 hours"),
    ],
)
def test_numbers_without_a_unit_or_an_upper_end_are_asked_in_words(world, client, limits, asked, number, said):
    before = '{minimum: 0, maximum: 100, whole: true, unit: "%"}'
    place = AnswerPlace("acute", "record_users")
    slug = other_framework(world, (before, limits)).slug

    client.post(address(place, slug=slug), typed(place, number=number))

    assert asked in text_of(client.get(address(place, slug=slug)))
    assert said in text_of(client.get(address(place, "question_history", slug=slug)))


def test_a_follow_up_that_hangs_on_another_page_too_is_left_to_the_service(world, client):
    routes = "    shown_when: {question: has_strategy, answers: [neither, agree]}\n"
    either = (
        "    shown_when_any:\n"
        "      - {question: has_strategy, answers: [neither, agree]}\n"
        "      - {question: board_leads, answers: [agree]}\n"
    )
    slug = other_framework(world, (routes, either)).slug
    assert "data-shown-when" in client.get(address(STRATEGY, slug=slug)).content.decode()

    client.post(address(BOARD, slug=slug), typed(BOARD, "agree"))

    page = client.get(address(STRATEGY, slug=slug)).content.decode()
    assert "data-shown-when" not in page
    assert "questions 2 to 3 of 3" in page


def test_the_last_question_leads_on_to_all_sections(client):
    page = client.get(address(AnswerPlace("community", "record_users")))

    assert "Go to all sections" in text_of(page)


@pytest.mark.parametrize("route", ["question", "question_history", "question_save"])
def test_a_question_that_is_not_there_is_not_found(client, route):
    where = address(AnswerPlace("acute", "no_such_question"), route)

    assert (client.post(where) if route == "question_save" else client.get(where)).status_code == 404


def test_a_form_sent_to_where_the_script_saves_is_saved_or_sent_to_sign_in(world, client):
    saved = client.post(address(BOARD, "question_save"), {"answer": "agree", "version": "0"})
    sent_away = Client().post(address(BOARD, "question_save"), {"answer": "agree"})

    assert saved.json()["version"] == current(world, BOARD).version == 1
    assert sent_away.headers["Location"] == f"{reverse('account_login')}?next={address(BOARD)}"
