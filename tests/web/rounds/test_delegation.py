# SPDX-License-Identifier: MIT
"""Asking a colleague to answer a section or a question."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.web.people import sign_in
from tests.web.world import NOW, World, make_person, make_world
from trigpoint.submissions.places import ORGANISATION, AnswerPlace
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Permission, Role
from trigpoint_web.audit.models import Event
from trigpoint_web.organisations.actions import RoleHeldIn, grant_role
from trigpoint_web.rounds.actions.delegation import DelegatedPart, NewDelegation, delegate, end_delegation
from trigpoint_web.rounds.errors import ChangeRefused, NotOpen, StepRefused
from trigpoint_web.rounds.models import Delegation
from trigpoint_web.rounds.queries.together import (
    find_delegation,
    list_asked_of,
    list_colleagues,
    list_delegations_of,
    list_open_delegations,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate(NOW)
SOON = TODAY + timedelta(days=5)
BOARD = AnswerPlace(ORGANISATION, "board_leads")
LEADING = DelegatedPart(ORGANISATION, section="leading")
BOARD_LEADS = DelegatedPart(ORGANISATION, question="board_leads")
OURS = {"round_slug": "2026", "code": "ZZ301"}


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def lead(world: World) -> User:
    return world.people[Role.LEAD]


@pytest.fixture
def contributor(world: World) -> User:
    return world.people[Role.CONTRIBUTOR]


def ask(world: World, part: DelegatedPart = LEADING, *, to: User | None = None, due_on: date = SOON) -> Delegation:
    new = NewDelegation(part, to or world.people[Role.CONTRIBUTOR], due_on, "You know it <b>best</b>.")
    return delegate(new, submission=world.submission(), by=world.people[Role.LEAD], at=NOW)


def holder(world: World) -> User | None:
    found = find_delegation(world.submission(), BOARD)
    return None if found is None else found.to


def fields(to: User, due_on: date = SOON, message: str = "") -> dict[str, object]:
    day = {"due_on-day": due_on.day, "due_on-month": due_on.month, "due_on-year": due_on.year}
    return {"to": to.pk, **day, "message": message}


def test_a_colleague_is_asked_by_mail_with_a_link(world, contributor, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ask(world, BOARD_LEADS)

    (letter,) = mail.outbox
    assert letter.to == [contributor.email]
    assert "The Board leads (Whole organisation)" in letter.body
    assert "You know it <b>best</b>." in letter.body
    assert "http://localhost:8000/rounds/2026/ZZ301/questions/organisation/board_leads/" in letter.body


def test_a_section_s_mail_leads_to_the_task_list(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ask(world, DelegatedPart("acute", section="sharing"))

    assert "Sharing records (Acute)" in mail.outbox[0].body
    assert mail.outbox[0].body.strip().endswith("/rounds/2026/ZZ301/")


def test_asking_is_an_event_without_the_message(world, contributor):
    ask(world)

    event = Event.objects.get(action="delegation.made")
    assert event.details == {
        "asked_in": ORGANISATION,
        "section": "leading",
        "to": contributor.pk,
        "due_on": SOON.isoformat(),
    }


def test_a_part_is_held_by_one_person_at_a_time(world, lead):
    first = ask(world)

    second = ask(world, to=lead)

    first.refresh_from_db()
    assert (first.ended_at, first.ended_by) == (NOW, lead)
    assert [one.to for one in list_open_delegations(world.submission())] == [lead]
    assert second.message == "You know it <b>best</b>."


def test_a_question_of_its_own_goes_before_its_section(world, lead, contributor):
    ask(world, LEADING, to=contributor)
    assert holder(world) == contributor

    ask(world, BOARD_LEADS, to=lead)

    assert holder(world) == lead
    assert find_delegation(world.submission(), AnswerPlace("acute", "has_record")) is None
    assert find_delegation(world.submission(), AnswerPlace("acute", "record_users")) is None


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.OFFICER, Role.ADMINISTRATOR, Role.SYSTEM_VIEWER])
def test_only_people_who_can_answer_there_can_be_asked(world, role):
    with pytest.raises(ChangeRefused, match="can’t answer questions of this organisation"):
        ask(world, to=world.people[role])


def test_nobody_of_another_organisation_or_without_a_sign_in_can_be_asked(world):
    stranger, gone = make_person(Role.CONTRIBUTOR, organisation="ZZ303"), make_person(Role.CONTRIBUTOR)
    gone.is_active = False
    gone.save()

    for person in (stranger, gone):
        with pytest.raises(ChangeRefused):
            ask(world, to=person)

    assert not Delegation.objects.exists()


def test_the_day_can_be_the_last_one_and_none_later(world):
    last = timezone.localdate(world.round.closes_at)
    assert ask(world, due_on=last).due_on == last

    with pytest.raises(ChangeRefused, match="The answers are due on"):
        ask(world, due_on=last + timedelta(days=1))
    with pytest.raises(ChangeRefused, match="That day is over"):
        ask(world, due_on=TODAY - timedelta(days=1))


def test_an_extension_moves_the_last_day(world):
    later = world.round.closes_at + timedelta(days=7)
    world.round.submissions.filter(organisation="ZZ301").update(extended_until=later)

    assert ask(world, due_on=timezone.localdate(later)).due_on == timezone.localdate(later)


def test_nobody_is_asked_once_the_round_is_closed(world):
    new = NewDelegation(LEADING, world.people[Role.CONTRIBUTOR], SOON)

    with pytest.raises(NotOpen):
        delegate(
            new,
            submission=world.submission(),
            by=world.people[Role.LEAD],
            at=world.round.closes_at + timedelta(minutes=1),
        )


def test_handing_back_writes_to_who_asked(world, lead, contributor, django_capture_on_commit_callbacks):
    made = ask(world)

    with django_capture_on_commit_callbacks(execute=True):
        end_delegation(made, by=contributor, at=NOW)

    assert mail.outbox[0].to == [lead.email]
    assert "has handed back" in mail.outbox[0].subject
    assert not list_open_delegations(world.submission()).exists()
    assert Event.objects.filter(action="delegation.ended").count() == 1


def test_ending_writes_to_who_was_asked(world, lead, contributor, django_capture_on_commit_callbacks):
    made = ask(world)

    with django_capture_on_commit_callbacks(execute=True):
        end_delegation(made, by=lead, at=NOW)

    assert mail.outbox[0].to == [contributor.email]
    assert "no longer asks you" in mail.outbox[0].body


def test_asking_oneself_writes_to_nobody(world, lead, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        end_delegation(ask(world, to=lead), by=lead, at=NOW)

    assert mail.outbox == []


def test_what_has_ended_does_not_end_again(world, lead):
    made = ask(world)
    end_delegation(made, by=lead, at=NOW)

    with pytest.raises(StepRefused, match="ended already"):
        end_delegation(made, by=lead, at=NOW)


def test_the_page_asks_and_says_so(lead, contributor):
    address = reverse("delegate_section", kwargs={**OURS, "asked_in": ORGANISATION, "section": "leading"})
    client = sign_in(lead)
    assert contributor.name in client.get(address).content.decode()

    answered = client.post(address, fields(contributor, message="Please."))

    assert (answered.status_code, answered.headers["Location"]) == (302, reverse("task_list", kwargs=OURS))
    assert Delegation.objects.get().message == "Please."
    assert f"{contributor.name} is asked now" in client.get(address).content.decode()


def test_the_page_of_one_part_does_not_speak_of_another(world, lead, contributor):
    ask(world, LEADING)
    place = {"asked_in": ORGANISATION, "question": "board_leads"}

    page = sign_in(lead).get(reverse("delegate_question", kwargs={**OURS, **place})).content.decode()

    assert f"{contributor.name} is asked now" not in page


def test_the_page_of_a_question_leads_back_to_it(lead, contributor):
    place = {"asked_in": ORGANISATION, "question": "board_leads"}

    answered = sign_in(lead).post(reverse("delegate_question", kwargs={**OURS, **place}), fields(contributor))

    assert answered.headers["Location"] == reverse("question", kwargs={**OURS, **place})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"to": ""}, "Choose a colleague"),
        ({"to": "999999"}, "Choose a colleague from the list"),
        ({"due_on-day": "40"}, "must be a real date"),
        ({"due_on-year": "2001"}, "or later"),
        ({"due_on-year": "2101"}, "or earlier"),
        ({"message": "x" * 1001}, "at most 1000 characters"),
    ],
)
def test_what_is_wrong_in_the_form_is_said(lead, contributor, changes, said):
    address = reverse("delegate_section", kwargs={**OURS, "asked_in": ORGANISATION, "section": "leading"})

    answered = sign_in(lead).post(address, {**fields(contributor), **changes})

    assert answered.status_code == 200
    assert said in answered.content.decode()
    assert not Delegation.objects.exists()


def test_many_colleagues_are_a_list_to_choose_from(lead):
    address = reverse("delegate_section", kwargs={**OURS, "asked_in": ORGANISATION, "section": "leading"})
    assert "<select" not in sign_in(lead).get(address).content.decode()

    for number in range(9):
        make_person(Role.CONTRIBUTOR, name=f"Colleague {number}")

    assert "<select" in sign_in(lead).get(address).content.decode()


def test_the_one_who_is_asked_hands_back_on_the_page(world, contributor):
    made = ask(world, BOARD_LEADS)

    answered = sign_in(contributor).post(reverse("delegation_end", kwargs={**OURS, "delegation": made.pk}))

    assert answered.status_code == 302
    assert not list_open_delegations(world.submission()).exists()


def test_a_lead_ends_it_on_the_page(world, lead):
    made = ask(world)

    answered = sign_in(lead).post(reverse("delegation_end", kwargs={**OURS, "delegation": made.pk}))

    assert answered.headers["Location"] == reverse("task_list", kwargs=OURS)


def test_another_contributor_cannot_end_it(world):
    made = ask(world)
    colleague = make_person(Role.CONTRIBUTOR, name="A colleague")

    answered = sign_in(colleague).post(reverse("delegation_end", kwargs={**OURS, "delegation": made.pk}))

    assert answered.status_code == 403
    assert list_open_delegations(world.submission()).exists()


def test_what_a_person_is_asked_is_first_due_first(world, contributor):
    ask(world, BOARD_LEADS, due_on=SOON + timedelta(days=1))
    ask(world, LEADING)

    assert [one.section for one in list_delegations_of(contributor)] == ["leading", ""]


def test_what_is_signed_or_of_a_former_colleague_is_asked_of_nobody(world, contributor):
    ask(world)
    assert len(list_asked_of(contributor, today=TODAY).delegations) == 1
    contributor.memberships.update(ended_at=NOW)
    assert list_asked_of(contributor, today=TODAY).delegations == ()


def test_what_one_is_asked_is_not_listed_twice_for_two_roles(world, contributor):
    grant_role(contributor, Role.LEAD, RoleHeldIn(organisation=world.submission().organisation), by=None, at=NOW)
    ask(world)

    assert len(list_asked_of(contributor, today=TODAY).delegations) == 1
    assert [one.name for one in list_colleagues("ZZ301", Permission.ANSWER)].count(contributor.name) == 1


def test_asked_of_takes_three_queries_however_much_is_asked(world, contributor):
    ask(world, LEADING)
    ask(world, BOARD_LEADS)
    ask(world, DelegatedPart("acute", section="sharing"))

    with CaptureQueriesContext(
        connection,
    ) as queries:
        asked = list_asked_of(contributor, today=TODAY)
        assert {one.submission.organisation.name for one in asked.delegations} == {"Northmoor Synthetic Hospitals"}
        assert {one.submission.round.title for one in asked.delegations} == {"Small assessment 2026"}

    assert len(queries) == 3
