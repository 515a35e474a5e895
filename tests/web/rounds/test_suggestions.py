# SPDX-License-Identifier: MIT
"""Suggested answers: from the last round and from returns; never counted until somebody takes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from django.test import Client

from tests.web.rounds.answering import (
    BEDSIDE,
    BOARD,
    COSTED,
    IMAGES,
    RECORD,
    STRATEGY,
    VISITS,
    address,
    current,
    fields_of_page,
    here,
    sign_in,
    text_of,
    typed,
)
from tests.web.world import NOW, World, make_earlier_round, make_round, make_world
from trigpoint.errors import AnswersProblems
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import AnswerPlace
from trigpoint.submissions.suggestions import IndicatorRow
from trigpoint_web.accounts.roles import Role
from trigpoint_web.audit.models import Event
from trigpoint_web.organisations.models import Succession
from trigpoint_web.rounds.actions.answers import GivenAnswer, save_answer
from trigpoint_web.rounds.actions.rounds import freeze_framework
from trigpoint_web.rounds.actions.suggestions import (
    SettledSuggestion,
    SuggestionOrigin,
    settle_suggestion,
    suggest_from_indicators,
    suggest_from_last_round,
)
from trigpoint_web.rounds.errors import AnswerConflict, AnswerRefused, NotOpen
from trigpoint_web.rounds.models import Round, Submission, Suggestion
from trigpoint_web.rounds.queries.last_round import find_last_round

pytestmark = pytest.mark.django_db

RETURN = SuggestionOrigin("workforce return 2026", "Workforce return (2026)")


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def client(world: World) -> Client:
    return sign_in(world.people[Role.CONTRIBUTOR])


def answered_then(world: World, answers: Mapping[AnswerPlace, Answer], *, code: str = "ZZ301") -> Round:
    """Answer in the round before, as the lead of the organisation would."""
    earlier = Round.objects.filter(slug="2024").first() or make_earlier_round(by=world.people[Role.ADMINISTRATOR])
    submission = Submission.objects.select_related("round", "organisation").get(round=earlier, organisation=code)
    for place, answer in answers.items():
        save_answer(GivenAnswer(place, answer, replaces=0), submission=submission, by=world.people[Role.LEAD], at=NOW)
    world.round.previous = earlier
    world.round.save()
    return earlier


def suggested(world: World) -> dict[AnswerPlace, str]:
    rows = Suggestion.objects.filter(submission=world.submission())
    return {AnswerPlace(one.asked_in, one.question): one.source_label for one in rows}


def test_the_last_round_suggests_what_can_be_compared_and_is_still_an_answer(world):
    then: dict[AnswerPlace, Answer] = {
        BOARD: "agree",
        STRATEGY: "neither",
        RECORD: Missing.NOT_APPLICABLE,
        BEDSIDE: Missing.DONT_KNOW,
        IMAGES: "agree",
    }
    answered_then(world, then)

    added = suggest_from_last_round(world.submission(), at=NOW)

    assert added == 3
    assert suggested(world) == {
        BOARD: "Last round (2024): Agree",
        STRATEGY: "Last round (2024): Neither agree nor disagree",
        RECORD: "Last round (2024): Does not apply to us",
    }
    assert world.submission().dealt_with_count == 0


def test_suggesting_again_adds_nothing_and_brings_back_nothing(world):
    answered_then(world, {BOARD: "agree", RECORD: "agree"})
    suggest_from_last_round(world.submission(), at=NOW)
    dismissed = SettledSuggestion(Suggestion.objects.get(question="board_leads").pk, is_taken=False)
    settle_suggestion(dismissed, submission=world.submission(), by=world.people[Role.LEAD], at=NOW)

    assert suggest_from_last_round(world.submission(), at=NOW) == 0


def test_a_place_that_has_an_answer_gets_no_suggestion(world):
    answered_then(world, {BOARD: "agree"})
    world.answer(BOARD, "neither")

    assert suggest_from_last_round(world.submission(), at=NOW) == 0


def test_without_a_round_before_nothing_is_suggested(world):
    assert suggest_from_last_round(world.submission(), at=NOW) == 0


def test_a_round_before_that_no_crosswalk_leads_to_suggests_nothing(world):
    by = world.people[Role.ADMINISTRATOR]
    files = {"framework.yaml": "", "scoring.yaml": ""} | dict(answered_then(world, {}).framework.files)
    files["framework.yaml"] = files["framework.yaml"].replace('version: "1"', 'version: "0"')
    world.round.previous = make_round(slug="0", by=by, framework=freeze_framework(files, by=by, at=NOW))
    world.round.save()

    assert find_last_round(world.submission()) is None


def test_an_organisation_that_took_over_one_other_gets_what_that_one_said(world):
    earlier = answered_then(world, {BOARD: "agree"}, code="ZZ302")
    own = Submission.objects.get(round=earlier, organisation="ZZ301")
    own.units.all().delete()
    own.delete()
    Succession.objects.create(predecessor="ZZ302", successor="ZZ301", on=date(2025, 4, 1))

    suggest_from_last_round(world.submission(), at=NOW)

    assert suggested(world) == {BOARD: "Last round (2024): Agree"}

    Succession.objects.create(predecessor="ZZ303", successor="ZZ301", on=date(2025, 4, 1))
    assert find_last_round(world.submission()) is None, "two became one: neither speaks for the whole"


def test_what_units_then_said_differently_is_suggested_for_no_organisation_as_one(world):
    by = world.people[Role.ADMINISTRATOR]
    earlier = answered_then(world, {})
    files = dict(earlier.framework.files)
    of_each_unit = "{id: board_leads, measure: leading, scale: agreement, asked_of: care_setting,"
    files["framework.yaml"] = files["framework.yaml"].replace(
        "{id: board_leads, measure: leading, scale: agreement, asked_of: organisation,", of_each_unit
    )
    before = make_round(slug="of-each", by=by, framework=freeze_framework(files, by=by, at=NOW))
    world.round.previous = before
    world.round.save()
    then = Submission.objects.select_related("round", "organisation").get(round=before, organisation="ZZ301")
    lead = world.people[Role.LEAD]
    for asked_in, answer in (("acute", "agree"), ("community", "disagree")):
        save_answer(GivenAnswer(AnswerPlace(asked_in, "board_leads"), answer, 0), submission=then, by=lead, at=NOW)

    assert suggest_from_last_round(world.submission(), at=NOW) == 0
    last = find_last_round(world.submission())
    assert last is not None
    assert last.place_then(BOARD) is None

    given = GivenAnswer(AnswerPlace("community", "board_leads"), "agree", 1)
    save_answer(given, submission=then, by=lead, at=NOW)
    assert suggest_from_last_round(world.submission(), at=NOW) == 1


def test_a_return_is_suggested_in_each_unit_that_is_asked(world):
    rows = [
        IndicatorRow("ZZ301", "record_users", "60"),
        IndicatorRow("ZZ301", "sees_images", "agree"),
        IndicatorRow("ZZ302", "board_leads", "agree"),
    ]

    added = suggest_from_indicators(world.round, rows, RETURN, by=world.people[Role.ADMINISTRATOR], at=NOW)

    assert added == 4
    assert suggested(world) == {
        AnswerPlace("acute", "record_users"): "Workforce return (2026): 60%",
        AnswerPlace("community", "record_users"): "Workforce return (2026): 60%",
        IMAGES: "Workforce return (2026): Agree",
    }
    event = Event.objects.get(action="suggestions.taken_in")
    assert event.details == {"suggestions": 4, "from": "Workforce return (2026)"}


def test_a_return_with_an_organisation_that_is_not_in_the_round_is_refused_as_a_whole(world):
    rows = [IndicatorRow("ZZ301", "record_users", "60"), IndicatorRow("ZZ999", "record_users", "60")]

    with pytest.raises(AnswersProblems, match="ZZ999 is not in this round"):
        suggest_from_indicators(world.round, rows, RETURN, by=world.people[Role.ADMINISTRATOR], at=NOW)

    assert not Suggestion.objects.exists()


def suggest(world: World) -> list[Suggestion]:
    answered_then(world, {BOARD: "agree", STRATEGY: "neither", RECORD: "agree"})
    suggest_from_last_round(world.submission(), at=NOW)
    return list(Suggestion.objects.order_by("pk"))


def test_a_suggestion_taken_is_an_answer_that_says_where_it_came_from(world, client):
    one = suggest(world)[0]

    client.post(here("suggestions"), {"take": one.pk})

    row = current(world, BOARD)
    assert (row.choice, row.source, row.reason) == ("agree", "suggestion", "Last round (2024): Agree")
    one.refresh_from_db()
    assert (one.was_taken, one.settled_by) == (True, world.people[Role.CONTRIBUTOR])


def test_a_suggestion_dismissed_is_no_answer_and_leaves_an_event(world, client):
    one = suggest(world)[0]

    shown = text_of(client.post(here("suggestions"), {"dismiss": one.pk}, follow=True))

    assert "1 suggested answer dismissed." in shown
    assert current(world, BOARD) is None
    assert Event.objects.get(action="suggestion.dismissed").details["question"] == "board_leads"


def test_the_list_shows_open_suggestions_by_section_and_takes_all_that_were_seen(world, client):
    suggest(world)
    page = client.get(here("suggestions"))
    shown = text_of(page)
    assert "Leading (Whole organisation) The Board leads digital change. Last round (2024): Agree Take" in shown
    assert "Take all 2 of this section" in shown
    assert "Look at 3 suggested answers" in text_of(client.get(here("task_list")))
    seen = [one.pk for one in Suggestion.objects.filter(asked_in="organisation")]

    after = text_of(
        client.post(here("suggestions"), {"take_all": "suggested-1", "seen-suggested-1": seen}, follow=True)
    )

    assert "2 suggested answers taken as answers." in after
    assert (current(world, BOARD).choice, current(world, STRATEGY).choice, current(world, RECORD)) == (
        "agree",
        "neither",
        None,
    )
    assert "Look at 1 suggested answer" in text_of(client.get(here("task_list")))


def test_what_a_colleague_answered_meanwhile_is_not_overwritten(world, client):
    one = suggest(world)[0]
    world.answer(BOARD, "disagree", by=world.people[Role.LEAD])

    shown = text_of(client.post(here("suggestions"), {"take": one.pk}, follow=True))

    assert "1 not: somebody answered there meanwhile" in shown
    assert current(world, BOARD).choice == "disagree"


def test_without_any_the_list_says_so_and_who_only_reads_gets_no_buttons(world, client):
    assert "There are no open suggestions." in text_of(client.get(here("suggestions")))
    suggest(world)

    page = sign_in(world.people[Role.OBSERVER]).get(here("suggestions"))

    assert "Last round (2024): Agree" in text_of(page)
    assert 'name="take' not in page.content.decode()
    assert "suggested answer" not in text_of(sign_in(world.people[Role.OBSERVER]).get(here("task_list")))


def test_use_this_on_the_question_takes_it_with_the_note_that_was_typed(world, client):
    one = suggest(world)[0]
    page = client.get(address(BOARD))
    assert "Suggested, not counted until you confirm it. Last round (2024): Agree Use this" in text_of(page)

    reply = client.post(address(BOARD), {**fields_of_page(page), "note-board_leads": "Still so.", "use": one.pk})

    assert reply.headers["Location"] == address(BOARD)
    row = current(world, BOARD)
    assert (row.choice, row.note, row.source) == ("agree", "Still so.", "suggestion")
    assert "Use this" not in text_of(client.get(address(BOARD)))


def test_use_this_over_a_colleagues_new_answer_shows_both(world, client):
    one = suggest(world)[0]
    stale = fields_of_page(client.get(address(BOARD)))
    world.answer(BOARD, "disagree", by=world.people[Role.LEAD])

    reply = client.post(address(BOARD), {**stale, "use": one.pk})

    assert reply.status_code == 409
    assert "What you typed Agree" in text_of(reply)
    assert client.post(address(BOARD), {**fields_of_page(reply), "keep-board_leads": "mine:1"}).status_code == 302
    assert current(world, BOARD).choice == "agree"


def test_use_this_sent_alone_takes_it(world, client):
    one = suggest(world)[0]

    client.post(address(BOARD), {"use": one.pk})

    assert current(world, BOARD).choice == "agree"


@pytest.mark.parametrize("use", ["", "999999", "x"])
def test_use_this_of_a_settled_suggestion_says_so(client, use):
    reply = client.post(address(BOARD), {**typed(BOARD), "use": use})

    assert reply.status_code == 409
    assert "settled already" in text_of(reply)


def test_settling_is_refused_twice_over_a_newer_answer_and_when_closed(world):
    one, two, _ = suggest(world)
    submission, by = world.submission(), world.people[Role.LEAD]
    settle_suggestion(SettledSuggestion(one.pk, is_taken=True), submission=submission, by=by, at=NOW)
    world.answer(STRATEGY, "disagree")

    with pytest.raises(AnswerRefused, match="settled already"):
        settle_suggestion(SettledSuggestion(one.pk, is_taken=False), submission=submission, by=by, at=NOW)
    with pytest.raises(AnswerConflict):
        settle_suggestion(SettledSuggestion(two.pk, is_taken=True), submission=submission, by=by, at=NOW)
    late = world.round.closes_at + timedelta(days=1)
    with pytest.raises(NotOpen):
        settle_suggestion(SettledSuggestion(two.pk, is_taken=False), submission=submission, by=by, at=late)

    two.refresh_from_db()
    assert two.was_taken is None


def test_a_suggestion_for_a_question_that_is_not_asked_waits_until_it_is(world, client):
    Suggestion.objects.create(
        submission=world.submission(),
        asked_in=COSTED.asked_in,
        question=COSTED.question,
        choice="agree",
        source="return",
        source_label="Return: Agree",
        at=NOW,
    )

    assert "Return: Agree" not in text_of(client.get(here("suggestions")))
    world.answer(STRATEGY, "agree")
    assert "Return: Agree" in text_of(client.get(here("suggestions")))


def test_a_suggestion_of_another_organisation_cannot_be_settled_here(world, client):
    other = Suggestion.objects.create(
        submission=world.submission("ZZ302"),
        asked_in=VISITS.asked_in,
        question=VISITS.question,
        choice="agree",
        source="return",
        source_label="Return: Agree",
        at=NOW,
    )

    client.post(here("suggestions"), {"take": other.pk})

    other.refresh_from_db()
    assert other.was_taken is None


def test_what_is_not_asked_in_a_units_care_setting_is_not_suggested_there(world):
    then = {AnswerPlace(asked_in, "has_record"): "agree" for asked_in in ("acute", "community")}
    answered_then(world, then)
    files = dict(world.round.framework.files)
    files["framework.yaml"] = files["framework.yaml"].replace(
        "{id: has_record, measure: sharing,", "{id: has_record, care_settings: [acute], measure: sharing,"
    )
    by = world.people[Role.ADMINISTRATOR]
    framework = freeze_framework(files, by=by, at=NOW)
    later = make_round(slug="acute-only", by=by, framework=framework, previous=world.round.previous)
    submission = Submission.objects.select_related("round", "organisation").get(round=later, organisation="ZZ301")

    suggest_from_last_round(submission, at=NOW)

    assert [one.asked_in for one in Suggestion.objects.filter(submission=submission)] == ["acute"]
