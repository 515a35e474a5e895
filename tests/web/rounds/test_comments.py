# SPDX-License-Identifier: MIT
"""Comments on a question, who is mentioned in them, and the panel they stand in."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.template import engines
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.web.people import sign_in
from tests.web.world import NOW, World, make_person, make_world
from trigpoint.submissions.places import ORGANISATION, AnswerPlace
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Role
from trigpoint_web.audit.models import Event
from trigpoint_web.rounds.access import SubmissionAccess, roles_at
from trigpoint_web.rounds.actions.comments import LONGEST_COMMENT, NewComment, add_comment, mark_mentions_seen
from trigpoint_web.rounds.actions.delegation import DelegatedPart, NewDelegation, delegate
from trigpoint_web.rounds.actions.polls import GivenView, NewPoll, close_poll, give_view, open_poll
from trigpoint_web.rounds.actions.surveys import STEP, NewSurvey, count_reply, open_survey
from trigpoint_web.rounds.errors import ChangeRefused, NotOpen
from trigpoint_web.rounds.models import Comment, Mention
from trigpoint_web.rounds.presenters.together_panel import TogetherPanel, present_together_panel
from trigpoint_web.rounds.queries.together import list_asked_of, load_together
from trigpoint_web.rounds.states import RoundState, SubmissionState

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate(NOW)
SOON = TODAY + timedelta(days=5)
BOARD = AnswerPlace(ORGANISATION, "board_leads")
ADDRESS = {"round_slug": "2026", "code": "ZZ301", "asked_in": ORGANISATION, "question": "board_leads"}


@pytest.fixture
def world() -> World:
    return make_world()


def say(world: World, text: str = "The minutes say so.", *mentioned: User, at: datetime = NOW) -> Comment:
    by = world.people[Role.CONTRIBUTOR]
    return add_comment(NewComment(BOARD, text, mentioned), submission=world.submission(), by=by, at=at)


def access_of(world: World, role: Role) -> SubmissionAccess:
    submission, user = world.submission(), world.people[role]
    return SubmissionAccess(user, submission, roles_at(user, submission, on=TODAY))


def panel_for(world: World, role: Role, *, at: datetime = NOW) -> TogetherPanel | None:
    access = access_of(world, role)
    return present_together_panel(load_together(access, BOARD, at=at), access)


def require_panel(world: World, role: Role, *, at: datetime = NOW) -> TogetherPanel:
    panel = panel_for(world, role, at=at)
    assert panel is not None
    return panel


def draw(panel: TogetherPanel) -> str:
    """Return the panel as the macro draws it."""
    template = engines["jinja2"].from_string(
        '{% from "rounds/together_panel.jinja" import together_panel %}{{ together_panel(panel, csrf_input) }}'
    )
    return str(template.render({"panel": panel, "csrf_input": ""}))


def test_a_comment_is_read_by_colleagues_with_who_and_when(world):
    say(world, "  First.\n\nSecond.  ")

    (line,) = require_panel(world, Role.OBSERVER).comments
    assert line.paragraphs == ("First.", "Second.")
    assert line.by.startswith("Contributor of ZZ301, ")
    assert line.mentioned is None


def test_comments_stand_in_the_order_in_which_they_were_made(world):
    say(world, "First.")
    say(world, "Second.")

    assert [one.paragraphs for one in require_panel(world, Role.LEAD).comments] == [("First.",), ("Second.",)]


def test_whoever_is_mentioned_gets_a_mail_with_a_link_and_without_the_words(world, django_capture_on_commit_callbacks):
    lead, officer = world.people[Role.LEAD], world.people[Role.OFFICER]

    with django_capture_on_commit_callbacks(execute=True):
        comment = say(world, "We agree completely.", lead, officer)

    assert sorted(one.to[0] for one in mail.outbox) == sorted([lead.email, officer.email])
    assert f"/questions/organisation/board_leads/#comment-{comment.pk}" in mail.outbox[0].body
    assert "The Board leads (Whole organisation)" in mail.outbox[0].body
    assert "We agree completely." not in mail.outbox[0].body + str(Event.objects.values_list("details", flat=True))
    assert require_panel(world, Role.LEAD).comments[0].mentioned == (
        "For Accountable officer of ZZ301 and Lead of ZZ301"
    )


def test_mentioning_oneself_writes_to_nobody(world):
    say(world, "Remember.", world.people[Role.CONTRIBUTOR])

    assert not Mention.objects.exists()


def test_a_mention_is_asked_of_the_person_until_the_question_is_opened(world):
    lead = world.people[Role.LEAD]
    say(world, "Look.", lead)
    (asked,) = list_asked_of(lead, today=TODAY).mentions
    assert (asked.comment.by, asked.comment.submission.round) == (world.people[Role.CONTRIBUTOR], world.round)
    access = access_of(world, Role.LEAD)
    loaded = load_together(access, BOARD, at=NOW)
    assert loaded is not None
    assert loaded.has_unseen_mention

    assert mark_mentions_seen(world.submission(), BOARD, by=lead, at=NOW) == 1

    assert Mention.objects.get().seen_at == NOW
    assert list_asked_of(lead, today=TODAY).mentions == ()
    assert mark_mentions_seen(world.submission(), BOARD, by=lead, at=NOW + timedelta(days=1)) == 0


def test_opening_another_question_leaves_the_mention(world):
    lead = world.people[Role.LEAD]
    say(world, "Look.", lead)

    assert mark_mentions_seen(world.submission(), AnswerPlace(ORGANISATION, "has_strategy"), by=lead, at=NOW) == 0


def test_a_button_pressed_twice_says_it_once(world):
    first = say(world, "So it is.")

    assert say(world, "So it is.", at=NOW + timedelta(seconds=2)) == first
    assert say(world, "So it is.", at=NOW + timedelta(minutes=2)) != first


@pytest.mark.parametrize(
    ("text", "why"), [("  \n ", "Write a comment"), ("x" * (LONGEST_COMMENT + 1), "2,001 characters")]
)
def test_a_comment_that_is_empty_or_a_chapter_is_refused(world, text, why):
    with pytest.raises(ChangeRefused, match=why):
        say(world, text)

    assert not Comment.objects.exists()


def test_a_comment_can_be_made_while_the_answers_wait_for_signature(world):
    world.round.submissions.update(
        state=SubmissionState.SUBMITTED, submitted_at=NOW, submitted_by=world.people[Role.LEAD]
    )

    say(world, "Please look at the minutes again.", at=world.round.closes_at + timedelta(days=1))

    assert require_panel(world, Role.OFFICER).comment_url is not None
    assert require_panel(world, Role.LEAD).links[-1].text == "Staff surveys"


def test_nothing_more_is_said_once_the_round_is_published(world):
    world.round.submissions.update(
        state=SubmissionState.SUBMITTED, submitted_at=NOW, submitted_by=world.people[Role.LEAD]
    )
    world.round.state = RoundState.PUBLISHED
    world.round.save()

    with pytest.raises(NotOpen):
        say(world)

    assert require_panel(world, Role.LEAD).comment_url is None


def test_the_database_refuses_to_change_a_comment(world):
    say(world)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Comment.objects.update(text="Something else.")


def test_the_page_adds_a_comment_and_leads_to_it(world):
    lead = world.people[Role.LEAD]

    answered = sign_in(world.people[Role.CONTRIBUTOR]).post(
        reverse("comment_add", kwargs=ADDRESS), {"text": "See <b>this</b>.", "mentioned": [lead.pk]}
    )

    comment = Comment.objects.get()
    assert answered.headers["Location"] == reverse("question", kwargs=ADDRESS) + f"#comment-{comment.pk}"
    assert [one.user for one in comment.mentions.all()] == [lead]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": ""}, "Write a comment"),
        ({"text": "x" * (LONGEST_COMMENT + 1)}, "2,000 characters or fewer"),
        ({"text": "kept <b>", "mentioned": ["999999"]}, "Choose people from the list"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(world, fields, said):
    answered = sign_in(world.people[Role.LEAD]).post(reverse("comment_add", kwargs=ADDRESS), fields)

    page = answered.content.decode()
    assert answered.status_code == 200
    assert said in page
    assert fields["text"].replace("<", "&lt;").replace(">", "&gt;") in page
    assert not Comment.objects.exists()


def test_nobody_of_another_organisation_can_be_mentioned(world):
    stranger = make_person(Role.LEAD, organisation="ZZ303")

    answered = sign_in(world.people[Role.LEAD]).post(
        reverse("comment_add", kwargs=ADDRESS), {"text": "Look.", "mentioned": [stranger.pk]}
    )

    assert "Choose people from the list" in answered.content.decode()


def test_one_who_is_alone_has_nobody_to_mention(world):
    for role in (Role.CONTRIBUTOR, Role.OFFICER):
        world.people[role].memberships.update(ended_at=NOW)

    assert [one.name for one in require_panel(world, Role.LEAD).comment_fields] == ["text"]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.REVIEWER, Role.SYSTEM_VIEWER, Role.ANALYST])
def test_only_colleagues_see_the_panel(world, role):
    assert panel_for(world, role) is None


def test_an_observer_reads_and_does_nothing(world):
    panel = require_panel(world, Role.OBSERVER)

    assert (panel.comment_url, panel.links, panel.holder) == (None, (), None)


def test_html_in_comments_names_and_messages_is_shown_as_text(world):
    contributor = world.people[Role.CONTRIBUTOR]
    contributor.name = "<i>Ann</i>"
    contributor.save()
    say(world, "<script>alert(1)</script>")
    new = NewDelegation(DelegatedPart(ORGANISATION, question="board_leads"), contributor, SOON, "<u>Now</u>")
    delegate(new, submission=world.submission(), by=world.people[Role.LEAD], at=NOW)

    page = draw(require_panel(world, Role.LEAD))

    assert "&lt;script&gt;" in page
    assert "&lt;i&gt;Ann&lt;/i&gt; is asked by" in page
    assert "&lt;u&gt;Now&lt;/u&gt;" in page
    assert "<script>" not in page


def test_the_panel_of_an_untouched_question_says_that_nothing_is_there(world):
    page = draw(require_panel(world, Role.OBSERVER))

    assert "No comments." in page


def test_the_panel_says_who_is_asked_and_lets_them_hand_it_back(world):
    contributor = world.people[Role.CONTRIBUTOR]
    new = NewDelegation(DelegatedPart(ORGANISATION, section="leading"), contributor, SOON)
    delegate(new, submission=world.submission(), by=world.people[Role.LEAD], at=NOW)

    mine = require_panel(world, Role.CONTRIBUTOR).holder
    of_lead = require_panel(world, Role.LEAD).holder
    of_observer = require_panel(world, Role.OBSERVER).holder
    assert mine is not None
    assert mine.text.startswith("You are asked by Lead of ZZ301 to answer this section by ")
    assert (mine.end_text, of_lead and of_lead.end_text, of_observer and of_observer.end_url) == (
        "Hand it back",
        "End this",
        None,
    )
    closed = require_panel(world, Role.LEAD, at=world.round.closes_at + timedelta(days=1)).holder
    assert closed is not None
    assert closed.end_url is None


def test_the_panel_shows_what_colleagues_said_but_not_to_one_still_asked(world):
    lead, officer = world.people[Role.LEAD], world.people[Role.OFFICER]
    asked = (world.people[Role.CONTRIBUTOR], officer)
    poll = open_poll(NewPoll(BOARD, asked, SOON), submission=world.submission(), by=lead, at=NOW)
    give_view(GivenView("agree"), reply=poll.replies.get(user=officer), by=officer, at=NOW)

    (of_lead,) = require_panel(world, Role.LEAD).views
    (of_asked,) = require_panel(world, Role.CONTRIBUTOR).views
    (of_officer,) = require_panel(world, Role.OFFICER).views
    assert of_lead.text.startswith("1 of 2 replied; open until ")
    assert [(bar.label, bar.text) for bar in of_lead.bars][-1] == ("Agree", "1 of 1")
    assert [link.text for link in of_lead.links] == ["See who said what"]
    assert (of_asked.bars, [link.text for link in of_asked.links]) == ((), ["Give your view"])
    assert (len(of_officer.bars), [link.text for link in of_officer.links]) == (3, ["Change your view"])
    close_poll(poll, by=lead, at=NOW)
    (closed,) = require_panel(world, Role.CONTRIBUTOR).views
    assert (closed.text, closed.links, len(closed.bars)) == ("1 of 2 replied; closed.", (), 3)


def test_the_panel_offers_a_lead_what_can_be_done(world):
    texts = [link.text for link in require_panel(world, Role.LEAD).links]
    assert texts == ["Ask a colleague to answer", "Ask colleagues for their view", "Staff surveys"]

    asked = NewPoll(BOARD, (world.people[Role.CONTRIBUTOR],), SOON)
    open_poll(asked, submission=world.submission(), by=world.people[Role.LEAD], at=NOW)

    texts = [link.text for link in require_panel(world, Role.LEAD).links]
    assert texts == ["Ask a colleague to answer", "Staff surveys"]


def test_the_panel_shows_the_staff_survey_once_five_have_answered(world):
    new = NewSurvey("Leading change", ORGANISATION, ("board_leads",), SOON)
    survey = open_survey(new, submission=world.submission(), by=world.people[Role.LEAD], at=NOW)
    for _ in range(STEP - 1):
        count_reply({"board_leads": "agree"}, survey=survey, at=NOW)
    assert require_panel(world, Role.CONTRIBUTOR).views == ()

    count_reply({"board_leads": "disagree"}, survey=survey, at=NOW)

    (shown,) = require_panel(world, Role.CONTRIBUTOR).views
    assert shown.title == "Staff survey: Leading change"
    assert [(bar.label, bar.text) for bar in shown.bars][:3] == [
        ("Disagree", "1 of 5"),
        ("Neither agree nor disagree", "0 of 5"),
        ("Agree", "4 of 5"),
    ]
    assert "5 answers by staff" in draw(require_panel(world, Role.CONTRIBUTOR))
    assert require_panel(world, Role.OBSERVER).views == ()


def test_the_panel_takes_as_many_queries_for_one_comment_as_for_many(world):
    lead = world.people[Role.LEAD]
    access = access_of(world, Role.LEAD)

    def count_queries() -> int:
        with CaptureQueriesContext(connection) as queries:
            present_together_panel(load_together(access, BOARD, at=NOW), access)
        return len(queries)

    say(world, "First.", lead)
    asked = NewPoll(BOARD, (world.people[Role.CONTRIBUTOR],), SOON)
    open_poll(asked, submission=world.submission(), by=lead, at=NOW)
    before = count_queries()
    for number in range(10):
        say(world, f"Comment {number}", make_person(Role.LEAD, name=f"Lead {number}"), lead)

    assert count_queries() == before <= 9


def test_rows_say_what_they_are(world):
    lead, contributor = world.people[Role.LEAD], world.people[Role.CONTRIBUTOR]
    comment = say(world, "Look.", lead)
    new = NewDelegation(DelegatedPart(ORGANISATION, section="leading"), contributor, SOON)
    delegation = delegate(new, submission=world.submission(), by=lead, at=NOW)
    poll = open_poll(NewPoll(BOARD, (contributor,), SOON), submission=world.submission(), by=lead, at=NOW)
    asked = NewSurvey("Leading change", ORGANISATION, ("board_leads",), SOON)
    survey = open_survey(asked, submission=world.submission(), by=lead, at=NOW)

    assert [str(one) for one in (comment, comment.mentions.get(), delegation, poll, poll.replies.get(), survey)] == [
        f"{contributor.pk} on board_leads",
        f"{lead.pk} in {comment.pk}",
        f"leading to {contributor.pk}",
        "poll on board_leads",
        f"{contributor.pk} in {poll.pk}",
        "Leading change",
    ]
    assert str(survey.questions.get()) == "board_leads"
    assert [str(one) for one in survey.counts.all()][-2:] == ["board_leads dont_know", "board_leads not_applicable"]
