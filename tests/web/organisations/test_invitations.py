# SPDX-License-Identifier: MIT
"""Invitations: sent, sent again, withdrawn, accepted once, and never by somebody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from tests.web.people import invite_somebody, key_in, key_in_last_mail
from tests.web.world import NOW, World, make_world
from trigpoint_web.accounts.actions import PersonDetails, confirm_address
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Role
from trigpoint_web.audit.models import Event
from trigpoint_web.notifications.actions import KEY_NOT_KEPT
from trigpoint_web.notifications.models import OutboxMail
from trigpoint_web.organisations.actions import (
    InvitationPlan,
    NewPerson,
    RoleHeldIn,
    accept_as_new_person,
    accept_invitation,
    end_role,
    invite,
    send_invitation_again,
    withdraw_invitation,
)
from trigpoint_web.organisations.errors import InvitationRefused
from trigpoint_web.organisations.keys import hash_key
from trigpoint_web.organisations.models import Invitation, Membership, Organisation
from trigpoint_web.organisations.queries.people import find_invitation

pytestmark = pytest.mark.django_db

ADA = NewPerson(PersonDetails("Ada Example", "Clerk"), "three unrelated words")


@pytest.fixture
def world() -> World:
    return make_world()


def test_an_invitation_is_sent_with_a_key_of_which_only_the_hash_is_kept(world):
    invitation = invite_somebody(world.people[Role.LEAD], email=" Somebody@Example.ORG ")

    letter = OutboxMail.objects.get()
    key = key_in(letter.body)
    assert letter.to == invitation.email == "somebody@example.org"
    assert invitation.key_hash == hash_key(key)
    assert invitation.expires_at == NOW + timedelta(days=14)
    assert find_invitation(key) == invitation
    assert find_invitation(invitation.key_hash) is None
    assert Event.objects.get(action="invitation.sent").organisation == "ZZ301"
    assert "somebody" not in str(Event.objects.get(action="invitation.sent").details)


def test_once_the_mail_is_sent_the_outbox_forgets_the_key(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        invite_somebody(world.people[Role.LEAD])

    assert find_invitation(key_in(str(mail.outbox[0].body))) is not None
    assert OutboxMail.objects.get().body == KEY_NOT_KEPT


def test_the_mail_says_who_invites_to_what_until_when(world):
    invite_somebody(world.people[Role.LEAD])

    letter = OutboxMail.objects.get()
    assert letter.subject == "Trigpoint: invitation to be Contributor in Northmoor Synthetic Hospitals"
    assert "Lead of ZZ301" in letter.body
    assert "works once, until" in letter.body


def test_a_name_with_line_ends_can_add_no_header_to_a_mail(world, django_capture_on_commit_callbacks):
    Organisation.objects.filter(pk="ZZ301").update(name="Northmoor\r\nBcc: everybody@example.org")

    with django_capture_on_commit_callbacks(execute=True):
        invite_somebody(world.people[Role.LEAD])

    assert mail.outbox[0].subject == ("Trigpoint: invitation to be Contributor in Northmoor Bcc: everybody@example.org")
    assert mail.outbox[0].recipients() == ["somebody@example.org"]


def test_somebody_new_gets_an_account_a_confirmed_address_and_the_role(world):
    invitation = invite_somebody(world.people[Role.LEAD])

    user = accept_as_new_person(invitation, ADA, at=NOW)

    assert (user.email, user.name, user.job_title) == ("somebody@example.org", "Ada Example", "Clerk")
    assert user.check_password("three unrelated words")
    assert EmailAddress.objects.get(user=user).verified
    membership = Membership.objects.get(user=user)
    assert (membership.role, membership.organisation_id) == ("contributor", "ZZ301")
    assert membership.started_by == world.people[Role.LEAD]
    accepted = Event.objects.filter(target=f"invitation {invitation.pk}").latest("pk")
    assert (accepted.action, accepted.by) == ("invitation.accepted", user.pk)


def test_an_account_that_nobody_has_set_up_is_set_up_by_the_invitation(world):
    waiting = User.objects.create_user("somebody@example.org", name="Written by somebody else")
    invitation = invite_somebody(world.people[Role.LEAD])

    assert accept_as_new_person(invitation, ADA, at=NOW) == waiting
    waiting.refresh_from_db()
    assert waiting.name == "Ada Example"


def test_an_account_that_somebody_uses_is_never_given_a_new_password(world):
    user = User.objects.create_user("somebody@example.org", name="Ada", password="their own old password")
    invitation = invite_somebody(world.people[Role.LEAD])

    with pytest.raises(InvitationRefused, match="Sign in to accept"):
        accept_as_new_person(invitation, ADA, at=NOW)

    user.refresh_from_db()
    assert user.check_password("their own old password")


def test_an_account_with_a_confirmed_address_and_no_password_is_in_use_too(world):
    confirm_address(User.objects.create_user("somebody@example.org", name="Comes by a provider"))
    invitation = invite_somebody(world.people[Role.LEAD])

    with pytest.raises(InvitationRefused, match="Sign in to accept"):
        accept_as_new_person(invitation, ADA, at=NOW)


def test_a_closed_account_is_opened_by_no_invitation(world):
    closed = User.objects.create_user("somebody@example.org", name="Ada")
    closed.is_active = False
    closed.save()
    invitation = invite_somebody(world.people[Role.LEAD])

    with pytest.raises(InvitationRefused, match="closed"):
        accept_as_new_person(invitation, ADA, at=NOW)
    with pytest.raises(InvitationRefused, match="closed"):
        accept_invitation(invitation, by=closed, at=NOW)


def test_somebody_known_gets_the_role_and_keeps_those_they_have(world):
    contributor = world.people[Role.CONTRIBUTOR]
    invitation = invite_somebody(world.people[Role.LEAD], email=contributor.email, role=Role.OFFICER)

    accept_invitation(invitation, by=contributor, at=NOW)

    held = Membership.objects.filter(user=contributor, ended_at=None)
    assert sorted(held.values_list("role", flat=True)) == ["contributor", "officer"]


def test_an_invitation_is_for_its_reader_alone(world):
    invitation = invite_somebody(world.people[Role.LEAD])

    with pytest.raises(InvitationRefused, match=r"This invitation is for somebody@example\.org"):
        accept_invitation(invitation, by=world.people[Role.OBSERVER], at=NOW)


def test_an_invitation_works_once(world):
    invitation = invite_somebody(world.people[Role.LEAD])
    user = accept_as_new_person(invitation, ADA, at=NOW)

    for again in (
        lambda: accept_invitation(invitation, by=user, at=NOW),
        lambda: withdraw_invitation(invitation, by=user, at=NOW),
        lambda: send_invitation_again(invitation, by=user, at=NOW),
    ):
        with pytest.raises(InvitationRefused, match="accepted already"):
            again()


def test_a_withdrawn_invitation_opens_nothing(world):
    invitation = invite_somebody(world.people[Role.LEAD])

    withdraw_invitation(invitation, by=world.people[Role.LEAD], at=NOW)

    with pytest.raises(InvitationRefused, match="withdrawn"):
        accept_as_new_person(invitation, ADA, at=NOW)
    assert Event.objects.filter(action="invitation.withdrawn").count() == 1


def test_an_expired_invitation_opens_nothing_until_it_is_sent_again(world):
    invitation = invite_somebody(world.people[Role.LEAD])
    later = NOW + timedelta(days=14)
    with pytest.raises(InvitationRefused, match="expired"):
        accept_as_new_person(invitation, ADA, at=later)

    send_invitation_again(invitation, by=world.people[Role.LEAD], at=later)

    assert accept_as_new_person(invitation, ADA, at=later).name == "Ada Example"


def test_sending_again_makes_the_key_sent_before_worthless(world):
    invitation = invite_somebody(world.people[Role.LEAD])
    first = key_in_last_mail()

    send_invitation_again(invitation, by=world.people[Role.LEAD], at=NOW)

    assert find_invitation(first) is None
    assert find_invitation(key_in_last_mail()) == invitation


def test_nobody_is_invited_twice_to_the_same_role(world):
    invite_somebody(world.people[Role.LEAD])

    with pytest.raises(InvitationRefused, match="Send that one again"):
        invite_somebody(world.people[Role.OFFICER])

    assert invite_somebody(world.people[Role.LEAD], role=Role.OBSERVER).role == "observer"
    assert invite_somebody(world.people[Role.LEAD], code="ZZ302").organisation_id == "ZZ302"


def test_nobody_is_invited_to_a_role_they_have(world):
    with pytest.raises(InvitationRefused, match="They have the role Observer already"):
        invite_somebody(world.people[Role.LEAD], email=world.people[Role.OBSERVER].email, role=Role.OBSERVER)


def test_two_invitations_of_one_new_address_open_one_account(world):
    first = invite_somebody(world.people[Role.LEAD])
    second = invite_somebody(world.people[Role.LEAD], role=Role.OBSERVER)
    user = accept_as_new_person(first, ADA, at=NOW)

    with pytest.raises(InvitationRefused, match="Sign in"):
        accept_as_new_person(second, ADA, at=NOW)

    assert accept_invitation(second, by=user, at=NOW) == user
    assert User.objects.filter(email="somebody@example.org").count() == 1


def test_a_role_that_is_handed_over_moves_when_it_is_accepted(world):
    officer = Membership.objects.get(user=world.people[Role.OFFICER])
    plan = InvitationPlan("next@example.org", Role.OFFICER, RoleHeldIn(officer.organisation), hands_over=officer)
    invitation = invite(plan, by=officer.user, at=NOW)
    assert "they no longer have it themselves" in OutboxMail.objects.get().body

    successor = accept_as_new_person(invitation, ADA, at=NOW)

    officer.refresh_from_db()
    assert (officer.ended_at, officer.ended_by) == (NOW, successor)
    assert Membership.objects.get(user=successor).role == "officer"
    assert Event.objects.get(action="role.ended").details["reason"] == "Handed over to Ada Example."


def test_a_role_is_not_handed_to_oneself(world):
    officer = Membership.objects.get(user=world.people[Role.OFFICER])
    plan = InvitationPlan(officer.user.email, Role.OFFICER, RoleHeldIn(officer.organisation), hands_over=officer)

    with pytest.raises(InvitationRefused, match="your own address"):
        invite(plan, by=officer.user, at=NOW)


def test_a_role_that_has_ended_is_not_handed_over_any_more(world):
    officer = Membership.objects.get(user=world.people[Role.OFFICER])
    plan = InvitationPlan("next@example.org", Role.OFFICER, RoleHeldIn(officer.organisation), hands_over=officer)
    invitation = invite(plan, by=officer.user, at=NOW)
    end_role(officer, by=world.people[Role.LEAD], at=NOW)

    with pytest.raises(InvitationRefused, match="withdrawn"):
        accept_as_new_person(invitation, ADA, at=NOW)


def test_an_invitation_of_a_reviewer_opens_the_account_and_gives_no_role_beside_that_of_the_round(world):
    plan = InvitationPlan("reviewer@example.org", Role.REVIEWER, RoleHeldIn())
    invitation = invite(plan, by=world.people[Role.ADMINISTRATOR], at=NOW)

    user = accept_as_new_person(invitation, ADA, at=NOW)

    assert not Membership.objects.filter(user=user).exists()
    assert str(Invitation.objects.get()) == "reviewer in the nation"
