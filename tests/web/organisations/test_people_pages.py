# SPDX-License-Identifier: MIT
"""The pages of people: who sees what, what is asked before something ends, and what is said when it is wrong."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.web.people import invite_somebody, sign_in
from tests.web.world import NOW, World, make_person, make_world
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Role
from trigpoint_web.notifications.models import OutboxMail
from trigpoint_web.organisations.actions import end_role
from trigpoint_web.organisations.models import Group, Invitation, Membership, Organisation

pytestmark = pytest.mark.django_db
PEOPLE = "/organisations/ZZ301/people/"


@pytest.fixture
def world() -> World:
    return make_world()


def read(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return unescape(response.content.decode())


def role_of(person: User) -> Membership:
    return Membership.objects.get(user=person)


def test_the_people_of_an_organisation_are_listed_with_role_and_since_when(world):
    text = read(sign_in(world.people[Role.OBSERVER]), PEOPLE)

    for role in (Role.CONTRIBUTOR, Role.LEAD, Role.OFFICER, Role.OBSERVER):
        assert world.people[role].name in text
        assert str(role.label) in text
    assert "Synthetic System 1" not in text
    assert "No invitation is waiting." in text


def test_who_only_looks_can_change_nothing_but_their_own_role(world):
    invite_somebody(world.people[Role.LEAD])

    text = read(sign_in(world.people[Role.OBSERVER]), PEOPLE)

    assert "Leave or hand over" in text
    assert "somebody@example.org" in text
    for words in ("End this role", "Invite somebody", "/invitations/"):
        assert words not in text


def test_who_manages_people_can_invite_and_end(world):
    invitation = invite_somebody(world.people[Role.LEAD])
    Invitation.objects.update(expires_at=NOW - timedelta(days=1))

    text = read(sign_in(world.people[Role.OFFICER]), PEOPLE)

    assert text.count("End this role") == 3
    assert reverse("person_invite", args=["ZZ301"]) in text
    assert reverse("invitation_change", args=[invitation.pk]) in text
    assert "Expired on" in text


def test_the_page_says_what_nobody_can_do(world):
    text = read(sign_in(world.people[Role.ADMINISTRATOR]), "/organisations/ZZ302/people/")

    assert "Nobody in Eastvale Synthetic Hospitals can sign the answers." in text
    assert "Nobody in Eastvale Synthetic Hospitals can submit the answers for signature." in text
    assert "Nobody has a role here." in text


def test_an_organisation_that_is_not_there_is_not_found_even_by_those_who_see_all(world):
    answer = sign_in(world.people[Role.ADMINISTRATOR]).get("/organisations/ZZ999/people/")

    assert answer.status_code == 404


def test_html_in_names_is_shown_as_it_was_typed(world):
    User.objects.filter(pk=world.people[Role.CONTRIBUTOR].pk).update(name="<script>alert(1)</script>")
    Organisation.objects.filter(pk="ZZ301").update(name="<b>North</b>")

    page = sign_in(world.people[Role.LEAD]).get(PEOPLE).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<b>North" not in page


def count_queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        read(client, address)
    return len(queries)


@pytest.mark.parametrize("address", [PEOPLE, "/people/", "/rounds/2026/reviewers/", "/rounds/2026/gaps/", "/register/"])
def test_a_list_costs_the_same_number_of_queries_however_long_it_is(world, address):
    client = sign_in(world.people[Role.ADMINISTRATOR])
    few = count_queries(client, address)

    for number in range(5):
        for role in (Role.OBSERVER, Role.ANALYST, Role.SYSTEM_VIEWER):
            make_person(role, name=f"{role.label} {number}")
        client.post("/people/invite/", {"email": f"{number}@example.org", "role": "analyst"})
        client.post(f"{PEOPLE}invite/", {"email": f"{number}@example.org", "role": "lead"})
        client.post("/rounds/2026/reviewers/", {"email": f"{number}@example.org", "name": "A reviewer"})
    read(client, "/roles/")  # shows what has just happened

    assert count_queries(client, address) == few


def test_inviting_sends_one_mail_and_comes_back_to_the_people(world):
    client = sign_in(world.people[Role.LEAD])

    response = client.post(f"{PEOPLE}invite/", {"email": "Ada@Example.org", "role": "lead"}, follow=True)

    assert response.redirect_chain == [(PEOPLE, 302)]
    assert "The invitation is on its way to Ada@Example.org." in unescape(response.content.decode())
    assert OutboxMail.objects.get().to == "ada@example.org"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"email": "", "role": "lead"}, "Enter an e-mail address"),
        ({"email": "nobody", "role": "lead"}, "in the right form"),
        ({"email": "a@example.org\nBcc: b@example.org", "role": "lead"}, "in the right form"),
        ({"email": f"{'a' * 250}@example.org", "role": "lead"}, "254 characters or fewer"),
        ({"email": "a@example.org"}, "Choose a role"),
        ({"email": "a@example.org", "role": "administrator"}, "Choose a role of the list"),
        ({"email": "a@example.org", "role": "reviewer"}, "Choose a role of the list"),
    ],
)
def test_what_is_wrong_with_an_invitation_is_said_beside_the_field(world, typed, said):
    response = sign_in(world.people[Role.LEAD]).post(f"{PEOPLE}invite/", typed)

    assert response.status_code == 200
    assert unescape(response.content.decode()).count(said) == 2, "in the summary and beside the field"
    assert not Invitation.objects.exists()


def test_an_invitation_that_is_open_is_not_sent_twice(world):
    invite_somebody(world.people[Role.LEAD])

    response = sign_in(world.people[Role.LEAD]).post(
        f"{PEOPLE}invite/", {"email": "somebody@example.org", "role": "contributor"}
    )

    assert "Send that one again." in unescape(response.content.decode())


def test_inviting_an_address_that_has_an_account_looks_the_same_as_one_that_has_none(world):
    stranger = make_person(Role.LEAD, organisation="ZZ303")
    client = sign_in(world.people[Role.LEAD])

    def invited(email: str) -> str:
        client.post(f"{PEOPLE}invite/", {"email": email, "role": "observer"})
        text = read(client, PEOPLE).replace(email, "ADDRESS")
        Invitation.objects.all().delete()
        return text.replace("People", "")

    first, second = invited(stranger.email), invited("nobody.here@example.org")

    assert [line for line in first.splitlines() if "ADDRESS" in line and "/invitations/" not in line] == [
        line for line in second.splitlines() if "ADDRESS" in line and "/invitations/" not in line
    ]


def test_an_invitation_is_sent_again_and_withdrawn(world):
    invitation = invite_somebody(world.people[Role.LEAD])
    client, address = sign_in(world.people[Role.OFFICER]), f"/invitations/{invitation.pk}/"
    assert "Invitation of somebody@example.org" in read(client, address)

    again = client.post(address, {"change": "send"}, follow=True)
    withdrawn = client.post(address, {"change": "withdraw"}, follow=True)
    too_late = client.post(address, {"change": "send"}, follow=True)

    assert "on its way to somebody@example.org again" in again.content.decode()
    assert "is withdrawn" in withdrawn.content.decode()
    assert "This invitation has been withdrawn." in too_late.content.decode()
    assert OutboxMail.objects.count() == 2


def test_a_national_invitation_is_changed_by_the_administrator_alone(world):
    client = sign_in(world.people[Role.ADMINISTRATOR])
    client.post("/people/invite/", {"email": "ada@example.org", "role": "analyst"})
    address = f"/invitations/{Invitation.objects.get().pk}/"

    assert sign_in(world.people[Role.LEAD]).get(address).status_code == 404
    assert sign_in(world.people[Role.ANALYST]).get(address).status_code == 403
    assert client.post(address, {"change": "withdraw"}).headers["Location"] == "/people/"


def test_own_roles_are_listed_and_a_lead_can_hand_over(world):
    text = read(sign_in(world.people[Role.LEAD]), "/roles/")
    assert "Northmoor Synthetic Hospitals" in text
    assert "Hand over" in text

    text = read(sign_in(world.people[Role.OBSERVER]), "/roles/")
    assert "Leave" in text
    assert ">Hand over<span" not in text

    assert "the nation" in read(sign_in(world.people[Role.ANALYST]), "/roles/")
    assert "You hold no role at present." in read(sign_in(world.people[Role.REVIEWER]), "/roles/")


def test_who_leaves_is_told_that_it_is_done_and_loses_the_page_at_once(world):
    observer = world.people[Role.OBSERVER]
    client, address = sign_in(observer), f"/roles/{role_of(observer).pk}/end/"
    assert "You will lose the rights of this role at once." in read(client, address)

    response = client.post(address, follow=True)

    assert "You no longer have the role Observer in Northmoor Synthetic Hospitals." in unescape(
        response.content.decode()
    )
    assert client.get(PEOPLE).status_code == 404


def test_ending_a_colleagues_role_gives_the_reason_in_the_mail(world):
    observer = world.people[Role.OBSERVER]
    client, address = sign_in(world.people[Role.LEAD]), f"/roles/{role_of(observer).pk}/end/"
    assert f"End the role Observer of {observer.name}" in read(client, address)

    response = client.post(address, {"reason": " Moved   to another trust. "}, follow=True)

    assert response.redirect_chain == [(PEOPLE, 302)]
    assert "no longer has the role Observer" in response.content.decode()
    assert "Moved to another trust." in OutboxMail.objects.get().body


def test_the_last_who_can_sign_leaves_only_after_a_warning(world):
    officer = world.people[Role.OFFICER]
    client, address = sign_in(officer), f"/roles/{role_of(officer).pk}/end/"
    assert "Nobody else in Northmoor Synthetic Hospitals can sign the answers." in read(client, address)

    refused = client.post(address, {"reason": "x"})
    assert "Tick the box to end the role all the same" in refused.content.decode()
    assert role_of(officer).ended_at is None

    client.post(address, {"understood": "on"})
    assert role_of(officer).ended_at is not None


def test_the_warning_names_everything_that_is_lost(world):
    end_role(role_of(world.people[Role.OFFICER]), by=world.people[Role.LEAD], at=NOW)
    lead = world.people[Role.LEAD]

    text = read(sign_in(lead), f"/roles/{role_of(lead).pk}/end/")

    assert "can submit the answers for signature or invite people and end roles." in text


def test_a_role_that_has_ended_is_said_to_have_ended(world):
    officer = world.people[Role.OFFICER]
    pk = role_of(officer).pk
    end_role(role_of(officer), by=world.people[Role.LEAD], at=NOW)
    client = sign_in(officer)

    for page in ("end", "hand-over"):
        response = client.post(f"/roles/{pk}/{page}/", {}, follow=True)
        assert response.redirect_chain == [("/roles/", 302)]
        assert "That role has ended already." in response.content.decode()


def test_the_last_administrator_is_told_why_they_must_stay(world):
    administrator = world.people[Role.ADMINISTRATOR]

    response = sign_in(administrator).post(f"/roles/{role_of(administrator).pk}/end/")

    assert "Nobody else can manage people in the nation." in response.content.decode()


def test_a_national_role_is_ended_on_the_national_page(world):
    response = sign_in(world.people[Role.ADMINISTRATOR]).post(f"/roles/{role_of(world.people[Role.ANALYST]).pk}/end/")

    assert response.headers["Location"] == "/people/"


def test_a_national_role_is_hidden_from_people_of_organisations(world):
    pk = role_of(world.people[Role.ANALYST]).pk

    assert sign_in(world.people[Role.LEAD]).get(f"/roles/{pk}/end/").status_code == 404
    assert sign_in(world.people[Role.AUTHOR]).get(f"/roles/{pk}/end/").status_code == 403


def test_an_officer_hands_over_to_a_colleague_who_accepts(world):
    officer, observer = world.people[Role.OFFICER], world.people[Role.OBSERVER]
    client, address = sign_in(officer), f"/roles/{role_of(officer).pk}/hand-over/"
    assert observer.name in read(client, address)

    response = client.post(address, {"colleague": observer.email}, follow=True)

    assert f"You keep the role until {observer.email} accepts it." in response.content.decode()
    assert role_of(officer).ended_at is None
    assert Invitation.objects.get().hands_over == role_of(officer)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Choose who takes the role over"),
        ({"colleague": "somebody else"}, "Enter an e-mail address"),
        ({"colleague": "somebody else", "email": "no address"}, "in the right form"),
        ({"colleague": "stranger@example.org"}, "Choose somebody of the list"),
    ],
)
def test_what_is_wrong_with_a_handing_over_is_said(world, typed, said):
    officer = world.people[Role.OFFICER]

    response = sign_in(officer).post(f"/roles/{role_of(officer).pk}/hand-over/", typed)

    assert response.status_code == 200
    assert said in response.content.decode()
    assert not Invitation.objects.exists()


def test_a_role_is_not_handed_to_oneself(world):
    officer = world.people[Role.OFFICER]

    response = sign_in(officer).post(
        f"/roles/{role_of(officer).pk}/hand-over/", {"colleague": "somebody else", "email": officer.email}
    )

    assert "That is your own address." in response.content.decode()


def test_a_role_that_invites_nobody_is_not_handed_over(world):
    observer = world.people[Role.OBSERVER]

    assert sign_in(observer).get(f"/roles/{role_of(observer).pk}/hand-over/").status_code == 403


def test_the_national_page_lists_people_of_the_nation_and_of_systems(world):
    text = read(sign_in(world.people[Role.ADMINISTRATOR]), "/people/")

    for role in (Role.ADMINISTRATOR, Role.ANALYST, Role.AUTHOR, Role.SYSTEM_VIEWER):
        assert world.people[role].name in text
    assert "Synthetic System 1" in text
    assert world.people[Role.LEAD].email not in text


def test_a_viewer_is_invited_to_a_system(world):
    system = Group.objects.get(code="ZZS02")

    sign_in(world.people[Role.ADMINISTRATOR]).post(
        "/people/invite/", {"email": "ada@example.org", "role": "system_viewer", "system": system.pk}
    )

    assert Invitation.objects.get().group == system
    assert "System (ICB) viewer in Synthetic System 2" in read(sign_in(world.people[Role.ADMINISTRATOR]), "/people/")


def test_a_system_chosen_for_a_role_in_the_nation_does_not_count(world):
    system = Group.objects.get(code="ZZS02")

    sign_in(world.people[Role.ADMINISTRATOR]).post(
        "/people/invite/", {"email": "ada@example.org", "role": "analyst", "system": system.pk}
    )

    assert Invitation.objects.get().group is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"email": "ada@example.org", "role": "system_viewer"}, "Choose the system whose results they may see"),
        ({"email": "ada@example.org", "role": "system_viewer", "system": "999999"}, "Choose a system of the list"),
        ({"email": "ada@example.org", "role": "lead"}, "Choose a role of the list"),
        ({"email": "", "role": "analyst"}, "Enter an e-mail address"),
    ],
)
def test_what_is_wrong_with_a_national_invitation_is_said(world, typed, said):
    response = sign_in(world.people[Role.ADMINISTRATOR]).post("/people/invite/", typed)

    assert response.status_code == 200
    assert said in response.content.decode()


def test_a_national_role_that_somebody_has_is_not_offered_again(world):
    analyst = world.people[Role.ANALYST]

    response = sign_in(world.people[Role.ADMINISTRATOR]).post(
        "/people/invite/", {"email": analyst.email, "role": "analyst"}
    )

    assert "They have the role Analyst already." in response.content.decode()
