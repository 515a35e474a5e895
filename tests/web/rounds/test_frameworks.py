# SPDX-License-Identifier: MIT
"""Frameworks to read: the versions there are, one version with its tree, its changes, and how people will see it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.rounds.administering import sign_in, text_of
from tests.web.small_framework import small_framework
from tests.web.world import NOW, World, make_earlier_round, make_person, make_world
from trigpoint.frameworks.model import LevelRule
from trigpoint.frameworks.parse import parse_framework
from trigpoint.io import content
from trigpoint_web.accounts.roles import Role
from trigpoint_web.design_system.parts import SummaryRow
from trigpoint_web.rounds.actions.rounds import freeze_framework
from trigpoint_web.rounds.framework_words import (
    AnswerWorth,
    find_change,
    list_changes,
    list_worth,
    say_asked_of,
    say_missing_rules,
    say_routes,
    say_rule,
)
from trigpoint_web.rounds.models import RoundMembership
from trigpoint_web.rounds.presenters.frameworks import framework_url, present_framework
from trigpoint_web.rounds.queries.frameworks import find_known_framework, find_previous_version, list_known_frameworks

pytestmark = pytest.mark.django_db
SMALL = parse_framework(small_framework(), folder="")
SHIPPED = [str(ref) for ref in content.list_frameworks()]


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def client(world: World) -> Client:
    return sign_in(world.people[Role.AUTHOR])


def show(client: Client, route: str = "framework", of=SMALL, **asked: str) -> str:
    answer = client.get(reverse(route, kwargs={"framework_hash": of.hash}), asked)
    assert answer.status_code == 200
    return text_of(answer)


def test_shipped_and_frozen_versions_are_listed(client):
    words = text_of(client.get(reverse("frameworks")))

    assert "A small assessment small@2 Version small@2 Questions 8 Where it is used 1 round; frozen on" in words
    assert "not as shipped" in words
    for name in SHIPPED:
        assert name in words
    assert "Shipped; in no round yet" in words


@pytest.mark.usefixtures("world")
def test_a_version_that_differs_from_what_is_shipped_stands_beside_it():
    name = SHIPPED[0]
    files = dict(content.framework_files(content.framework_folder(name)))
    title = content.read_framework(name).content.title
    files["framework.yaml"] = files["framework.yaml"].replace(title, f"{title} (as it was)", 1)

    frozen = freeze_framework(files, by=None, at=NOW)
    freeze_framework(content.framework_files(content.framework_folder(name)), by=None, at=NOW)

    same_name = [one for one in list_known_frameworks() if one.ref == name]
    assert [one.is_shipped for one in same_name] == [True, False]
    assert same_name[1].hash == frozen.hash
    assert all(one.frozen_at is not None for one in same_name)


def test_a_version_as_a_whole_shows_its_rules(client):
    words = show(client)

    assert "A small assessment Eight questions" in words.replace("small@2 ", "")
    assert "Overall (7)" in words
    assert "Not scored (1)" in words
    assert "8 questions, 7 of them scored" in words
    assert "Section Rule Mean of its questions, rounded half up to 0 decimals." in words
    assert "Low From 0" in words
    assert "Records can’t be opened at the bedside" in words
    assert SMALL.hash in words


def test_a_section_shows_its_questions(client):
    words = show(client, section="sharing")

    assert "Clinicians see images. Who is asked Those that give Acute care; answered for each unit." in words
    assert "Who sees which record." in words
    assert "The Board leads" not in words
    assert "What share of staff used it last month?" in show(client, section="not-scored")
    assert "No question stands here directly." in show(client, section="overall")


def test_a_question_shows_its_scale_points_and_guidance(client):
    words = show(client, question="board_leads")

    assert "The Board leads digital change." in words
    assert "Agreement, least first" in words
    assert "Agree Points 100" in words
    assert "Neither agree nor disagree Points 50" in words
    assert "Minutes of a Board meeting from the last year." in words
    assert "All; answered once for the whole organisation." in words


def test_a_question_says_what_became_of_it(world, client):
    assert "Against the version before Reworded: answers can be compared with care" in show(
        client, question="has_strategy"
    )
    assert "Asked before as has_strategy" in show(client, question="has_strategy"), "version 1 is not at hand"

    make_earlier_round(by=world.people[Role.ADMINISTRATOR])

    assert "Asked before as A strategy is written." in show(client, question="has_strategy")
    assert "New: nothing to compare with" in show(client, question="strategy_costed")


def test_what_a_version_does_not_have_is_not_found(client):
    for asked in ({"question": "nothing"}, {"section": "nothing"}):
        assert client.get(framework_url(SMALL.hash, **asked)).status_code == 404
    preview = reverse("framework_preview", kwargs={"framework_hash": SMALL.hash})
    assert client.get(preview, {"care": "dental"}).status_code == 404


def test_the_changes_are_listed_question_by_question(world, client):
    earlier = make_earlier_round(by=world.people[Role.ADMINISTRATOR])

    words = show(client, "framework_changes")

    assert "Changes since 1" in words
    assert "There is a digital strategy. In 1 A strategy is written. Comparable Reworded" in words
    assert "It works on home visits. In 1 Not asked Comparable New" in words
    assert client.get(reverse("framework_changes", kwargs={"framework_hash": earlier.framework_id})).status_code == 404


def test_a_preview_shows_what_people_in_a_care_setting_see(client):
    first = show(client, "framework_preview", care="acute")
    assert "Page 1 of 6" in first
    assert "The Board leads digital change." in first
    assert "What good looks like" in first
    assert "Why we ask" in first

    pages = [show(client, "framework_preview", care="acute", page=str(number)) for number in range(1, 7)]

    assert any("Clinicians see images." in page for page in pages)
    assert not any("It works on home visits." in page for page in pages)
    assert "Previous page" not in pages[0].replace("Previous: ", "")
    assert "Next page" not in pages[-1]
    assert show(client, "framework_preview", care="acute", page="99") == pages[-1]


def test_a_preview_can_not_be_sent(client):
    page = client.get(reverse("framework_preview", kwargs={"framework_hash": SMALL.hash}), {"page": "2"})

    shown = page.content.decode()
    assert "Shown only when “There is a digital strategy.” is Neither agree nor disagree or Agree." in text_of(page)
    assert "Nothing that you choose or type here is kept." in text_of(page)
    assert 'method="post"' not in shown.partition('id="maincontent"')[2]


def test_a_preview_of_the_whole_organisation_asks_everything(client):
    assert "Page 1 of 7" in show(client, "framework_preview")


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_version_can_be_read_page_by_page(client, name):
    shipped = content.read_framework(name)
    last = list(shipped.questions)[-1]

    show(client, of=shipped)
    show(client, of=shipped, question=last)
    show(client, "framework_preview", of=shipped, page="2")
    for measure in shipped.measures:
        show(client, of=shipped, section=measure)
    if shipped.crosswalk is not None:
        show(client, "framework_changes", of=shipped)
        assert find_previous_version(shipped) is not None


def test_a_reviewer_of_any_round_reads_frameworks_and_one_who_was_does_not(world):
    reviewer = world.people[Role.REVIEWER]
    assert sign_in(reviewer).get(reverse("frameworks")).status_code == 200

    RoundMembership.objects.update(ended_at=NOW)

    assert sign_in(reviewer).get(reverse("frameworks")).status_code == 403


@pytest.mark.usefixtures("world")
def test_a_lead_does_not_read_frameworks():
    assert sign_in(make_person(Role.LEAD)).get(framework_url(SMALL.hash)).status_code == 403


def test_what_an_answer_is_worth_comes_from_its_table():
    questions = SMALL.questions

    assert list_worth(SMALL, questions["has_record"])[0] == AnswerWorth("Disagree", "0")
    assert list_worth(SMALL, questions["bedside_share"]) == (
        AnswerWorth("A whole number from 0 to 100%", ""),
        AnswerWorth("From 0%", "0"),
        AnswerWorth("From 50%", "50"),
        AnswerWorth("From 90%", "100"),
    )
    assert list_worth(SMALL, questions["record_users"]) == (AnswerWorth("A whole number from 0 to 100%", ""),)


def test_rules_are_said_in_words():
    assert say_routes(SMALL, SMALL.questions["board_leads"]) == "Always shown."
    assert say_asked_of(SMALL, SMALL.questions["has_record"]) == "All; answered for each unit."
    assert say_missing_rules(SMALL) == (
        AnswerWorth("Not answered", "Counts as zero"),
        AnswerWorth("Don’t know", "Counts as zero"),
        AnswerWorth("Does not apply to us", "Left out of the score"),
    )
    assert say_rule(SMALL.scoring.levels["overall"]) == "Mean of the measures below it."


def test_a_rule_says_when_there_is_no_score():
    rule = LevelRule(combine="share_met", empty_measures="no_score", minimum_answered=Decimal("0.5"))

    assert say_rule(rule) == (
        "Share of its questions that are met, no score unless all below have one, "
        "no score below a share of 0.5 answered."
    )


def test_a_route_by_a_number_is_said_with_its_threshold():
    text = small_framework()
    text["framework.yaml"] = (
        text["framework.yaml"]
        .replace(
            "shown_when: {question: has_strategy, answers: [neither, agree]}",
            "shown_when: {question: has_strategy, answers: [dont_know]}",
        )
        .replace("{id: sees_images, ", "{id: sees_images, shown_when: {question: bedside_share, at_least: 50}, ")
    )
    changed = parse_framework(text, folder="")

    assert say_routes(changed, changed.questions["strategy_costed"]) == (
        "Shown only when “There is a digital strategy.” is Don’t know."
    )
    assert say_routes(changed, changed.questions["sees_images"]) == (
        "Shown only when “What share of staff can open it at the bedside?” is at least 50."
    )


def test_a_question_that_counts_more_than_others_says_so():
    text = small_framework()
    text["scoring.yaml"] += "weights: {questions: {board_leads: 2}}\n"

    page = present_framework(parse_framework(text, folder=""), section="", question="board_leads", previous=None)

    assert page.question is not None
    assert SummaryRow("Weight", "2") in page.question.facts


def test_without_a_crosswalk_nothing_is_said_to_have_changed():
    alone = parse_framework(
        {name: text for name, text in small_framework().items() if name != "crosswalk.yaml"}, folder=""
    )

    assert list_changes(alone) == ()
    assert find_change(alone, "board_leads") is None
    assert find_previous_version(alone) is None


def test_what_nobody_froze_is_not_known():
    assert find_known_framework("0" * 64) is None
