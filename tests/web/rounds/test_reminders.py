# SPDX-License-Identifier: MIT
"""Reminders: to whom, in what words, read before they go, and sent once."""

from __future__ import annotations

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client

from tests.web.rounds.administering import (
    add_organisations,
    address,
    count_queries,
    list_actions,
    problems_of,
    set_submission,
    sign_in_administrator,
    signed_fields,
    text_of,
)
from tests.web.world import NOW, World, make_person, make_world
from trigpoint.submissions.places import ORGANISATION, AnswerPlace
from trigpoint_web.accounts.roles import Role
from trigpoint_web.audit.models import Event
from trigpoint_web.notifications.models import OutboxMail
from trigpoint_web.rounds.actions.reminders import ReminderPlan, RemindersSent, send_reminders, send_usual_reminders
from trigpoint_web.rounds.errors import ChangeRefused
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.presenters.reminders import MOST_SHOWN
from trigpoint_web.rounds.reminders import LONGEST_SUBJECT, USUAL_BODY, USUAL_SUBJECT, ReminderText

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TEXT = ReminderText("{organisation}: {left} left", "{round}: {left} of {asked}, due {due}. {link}")
FIELDS = {"subject": TEXT.subject, "body": TEXT.body}


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def client(world: World) -> Client:
    return sign_in_administrator(world)


def send(world: World, key: str = "k", **plan: object) -> RemindersSent:
    chosen = {"states": ("not_started",), **plan}
    reminder = ReminderPlan(key, **{"text": TEXT, **chosen})  # type: ignore[arg-type]
    return send_reminders(world.round, reminder, by=world.people[Role.ADMINISTRATOR], at=NOW)


def recipients() -> list[tuple[str, str]]:
    return sorted(OutboxMail.objects.values_list("organisation", "to"))


def key_in(response) -> str:
    found = re.search(r'name="key" value="([^"]+)"', response.content.decode())
    assert found is not None
    return found[1]


def test_a_reminder_goes_to_the_lead_with_its_blanks_filled_in(world):
    sent = send(world)

    assert sent == RemindersSent(1, 1, nobody=("Eastvale Synthetic Hospitals", "Westhill Care"))
    letter = OutboxMail.objects.get()
    asked = world.submission().asked_count
    assert (letter.to, letter.kind, letter.round, letter.organisation) == (
        world.people[Role.LEAD].email,
        "reminder",
        "2026",
        "ZZ301",
    )
    assert letter.subject == f"Northmoor Synthetic Hospitals: {asked} left"
    assert f"Small assessment 2026: {asked} of {asked}, due " in letter.body
    assert letter.body.endswith("/rounds/2026/ZZ301/")


def test_where_answers_wait_for_signature_the_officer_is_reminded(world):
    set_submission(world, state="submitted", submitted_at=NOW, submitted_by=world.people[Role.LEAD], started_at=NOW)

    send(world, states=("submitted",))

    assert recipients() == [("ZZ301", world.people[Role.OFFICER].email)]


@pytest.mark.parametrize("state", ["not_started", "in_progress", "submitted"])
def test_recipients_are_chosen_by_state(world, state):
    lead = make_person(Role.LEAD, organisation="ZZ302")
    make_person(Role.OFFICER, organisation="ZZ303")
    world.answer(AnswerPlace(ORGANISATION, "board_leads"), "agree")
    set_submission(world, "ZZ303", state="submitted", submitted_at=NOW, submitted_by=lead)

    send(world, states=(state,))

    assert [code for code, _ in recipients()] == [
        {"not_started": "ZZ302", "in_progress": "ZZ301", "submitted": "ZZ303"}[state]
    ]


def test_late_ones_are_chosen_whatever_their_state(world):
    Round.objects.update(opens_at=NOW - 20 * DAY, closes_at=NOW - DAY)
    make_person(Role.LEAD, organisation="ZZ302")
    set_submission(world, "ZZ302", extended_until=NOW + DAY)

    send(world, states=("late",))

    assert [code for code, _ in recipients()] == ["ZZ301"]


def test_selected_ones_are_reminded_unless_they_signed(world):
    make_person(Role.LEAD, organisation="ZZ302")
    set_submission(world, "ZZ302", **signed_fields(world))

    send(world, states=(), codes=("ZZ301", "ZZ302"))

    assert [code for code, _ in recipients()] == ["ZZ301"]


def test_the_same_reminder_is_sent_once(world):
    first, second = send(world), send(world)

    assert (second.organisations, second.mails, second.was_sent_before) == (first.organisations, first.mails, True)
    assert OutboxMail.objects.count() == 1
    assert list_actions().count("round.reminded") == 1
    assert not send(world, key="another").was_sent_before
    assert OutboxMail.objects.count() == 2


def test_what_is_wrong_with_a_reminder_is_said_all_at_once(world):
    Round.objects.update(state="published")
    wrong = ReminderText("", "x" * 4001 + "{who} {who}")

    with pytest.raises(ChangeRefused) as refused:
        send(world, text=wrong, states=())

    assert refused.value.problems == (
        "Enter the subject of the mail.",
        "The text has 4,012 characters. It can have 4,000 at most.",
        "The text has a blank {who}. There are {organisation}, {round}, {left}, {asked}, {due}, {link}.",
        "Nothing is asked in this round now, so there is nothing to remind of.",
        "Choose whom to remind.",
    )


def test_nobody_in_the_state_is_nobody_to_remind(world):
    with pytest.raises(ChangeRefused, match="Nobody is in that state now"):
        send(world, states=("submitted",))


def test_a_line_end_in_the_subject_is_no_header_of_its_own(world):
    send(world, text=ReminderText("Hello\r\nBcc: all@example.org", "Text"))

    assert OutboxMail.objects.get().subject == "Hello Bcc: all@example.org"


def test_every_mail_is_read_before_it_goes(world, client):
    shown = client.post(address("remind"), {**FIELDS, "states": "not_started", "step": "preview"})

    words = text_of(shown)
    assert "1 mail to 1 organisation." in words
    assert "There is nobody to write to at: Eastvale Synthetic Hospitals Westhill Care" in words
    assert f"Northmoor Synthetic Hospitals, to {world.people[Role.LEAD].name}" in words
    assert "Send 1 mail" in words
    assert OutboxMail.objects.count() == 0


def test_a_reminder_is_sent_from_its_preview_and_only_once(client, django_capture_on_commit_callbacks):
    fields = {**FIELDS, "states": "not_started"}
    preview = client.post(address("remind"), {**fields, "step": "preview"})
    sending = {**fields, "key": key_in(preview), "step": "send"}

    with django_capture_on_commit_callbacks(execute=True):
        first = client.post(address("remind"), sending, follow=True)
        second = client.post(address("remind"), sending, follow=True)

    assert "Sent: 1 mail to 1 organisation." in text_of(first)
    assert "This reminder was sent already: 1 mail to 1 organisation. It was not sent again." in text_of(second)
    assert len(mail.outbox) == 1


def test_selected_organisations_stay_selected_through_the_pages(client):
    make_person(Role.LEAD, organisation="ZZ302")
    form = client.get(address("remind"), {"o": ["ZZ302"]})
    assert "For 1 organisation: Eastvale Synthetic Hospitals." in text_of(form)
    assert 'name="states"' not in form.content.decode()

    preview = client.post(address("remind"), {**FIELDS, "o": "ZZ302", "step": "preview"})
    client.post(address("remind"), {**FIELDS, "o": "ZZ302", "key": key_in(preview), "step": "send"})

    assert [code for code, _ in recipients()] == ["ZZ302"]


def test_without_anybody_to_write_to_there_is_no_button(client):
    shown = client.post(address("remind"), {**FIELDS, "o": "ZZ303", "step": "preview"})

    assert "0 mails to 0 organisations." in text_of(shown)
    assert 'value="send"' not in shown.content.decode()


def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(client):
    wrong = client.post(address("remind"), {"subject": "{nobody}", "body": "{nothing}", "step": "preview"})
    assert problems_of(wrong) == [
        "Choose whom to remind",
        "The subject has a blank {nobody}. There are {organisation}, {round}, {left}, {asked}, {due}, {link}.",
        "The text has a blank {nothing}. There are {organisation}, {round}, {left}, {asked}, {due}, {link}.",
    ]
    assert 'value="{nobody}"' in wrong.content.decode()

    empty = client.post(address("remind"), {"subject": "", "body": "", "states": "late"})
    assert problems_of(empty) == ["Enter the subject of the mail", "Enter the text of the mail"]

    nobody = client.post(address("remind"), {**FIELDS, "states": "late"})
    assert problems_of(nobody) == ["Nobody is in that state now, so there is nobody to remind."]


def test_change_leads_back_to_the_form(client):
    back = client.post(address("remind"), {**FIELDS, "states": "late", "step": "change"})

    assert problems_of(back) == []
    assert " checked" in back.content.decode()


def test_the_form_begins_with_the_usual_words(client):
    shown = client.get(address("remind")).content.decode()

    assert f'value="{USUAL_SUBJECT}"' in shown
    assert len(USUAL_SUBJECT) < LONGEST_SUBJECT


def test_html_in_a_text_is_shown_as_text(client):
    shown = client.post(address("remind"), {"subject": "S", "body": "<b>{left}</b>", "states": "not_started"})

    assert "&lt;b&gt;" in shown.content.decode()


def test_a_reminder_to_very_many_shows_the_first_of_them(world, client):
    lead = world.people[Role.LEAD]
    from trigpoint_web.organisations.models import Membership

    added = add_organisations(world, MOST_SHOWN)
    Membership.objects.bulk_create(
        Membership(user=lead, role=Role.LEAD, organisation_id=one.organisation_id, started_at=NOW) for one in added
    )

    words = text_of(client.post(address("remind"), {**FIELDS, "states": "not_started"}))

    assert f"{MOST_SHOWN + 1} mails to {MOST_SHOWN + 1} organisations." in words
    assert "1 more are not shown." in words


def test_the_usual_reminders_go_to_those_due_in_so_many_days_once_a_day(world):
    Round.objects.update(closes_at=NOW + 7 * DAY)
    make_person(Role.LEAD, organisation="ZZ302")
    set_submission(world, "ZZ302", extended_until=NOW + 9 * DAY)

    first = send_usual_reminders(world.round, [7, 2], at=NOW)
    second = send_usual_reminders(world.round, [7, 2], at=NOW)

    assert (first.organisations, first.nobody) == (1, ("Westhill Care",))
    assert second.was_sent_before
    assert [code for code, _ in recipients()] == ["ZZ301"]
    assert Event.objects.get(action="round.reminded").by is None
    assert send_usual_reminders(world.round, [3], at=NOW) == RemindersSent(0, 0)
    assert "{" not in OutboxMail.objects.get().body
    assert "{organisation}" in USUAL_BODY


def test_those_who_can_neither_answer_nor_sign_are_not_reminded(world):
    Round.objects.update(state="closed", closes_at=NOW + 7 * DAY)
    lead = make_person(Role.LEAD, organisation="ZZ302")
    make_person(Role.OFFICER, organisation="ZZ302")
    set_submission(world, "ZZ302", state="submitted", submitted_at=NOW, submitted_by=lead)

    assert send_usual_reminders(world.round, [7], at=NOW).organisations == 1
    assert [code for code, _ in recipients()] == ["ZZ302"]


@pytest.mark.usefixtures("world")
def test_the_command_says_what_it_sent():
    Round.objects.update(closes_at=NOW + 14 * DAY)
    said, complained = StringIO(), StringIO()

    call_command("send_reminders", stdout=said, stderr=complained)
    call_command("send_reminders", "--days", "14", stdout=said, stderr=complained)

    assert said.getvalue().splitlines() == ["2026: 1 mail to 1 organisation", "2026: reminded today already"]
    assert "2026: nobody to write to at Westhill Care" in complained.getvalue()


def test_the_form_takes_as_many_queries_for_many_organisations(world, client):
    few = count_queries(client, f"{address('remind')}?o=ZZ301")
    codes = "&".join(f"o={one.organisation_id}" for one in add_organisations(world, 20))

    assert count_queries(client, f"{address('remind')}?{codes}") == few
