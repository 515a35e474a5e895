# SPDX-License-Identifier: MIT
"""The first administrator is invited from the command line, as nobody is there who could invite them on a page."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests.web.people import NEW_PERSON, key_in_last_mail
from tests.web.world import NOW
from trigpoint_web.accounts.actions import PersonDetails, open_account
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Role
from trigpoint_web.notifications.models import OutboxMail
from trigpoint_web.organisations.actions import accept_invitation
from trigpoint_web.organisations.models import Invitation
from trigpoint_web.organisations.permissions import list_national_roles

pytestmark = pytest.mark.django_db


def add(address="Ada@Example.org", name="Ada Example"):
    out = StringIO()
    call_command("add_administrator", address, name, stdout=out)
    return out.getvalue()


def test_somebody_new_is_invited_and_can_not_sign_in_before_they_accept():
    said = add()

    user, mail = User.objects.get(), OutboxMail.objects.get()
    assert said.startswith("An invitation is on its way to ada@example.org. It is open until ")
    assert (user.email, user.name, user.has_usable_password()) == ("ada@example.org", "Ada Example", False)
    assert (mail.to, mail.kind) == ("ada@example.org", "invitation")
    assert mail.body.startswith("Whoever runs the service invites you to take the role National administrator.")
    assert list_national_roles(user) == frozenset()


def test_whoever_accepts_is_an_administrator(client):
    add()

    client.post(reverse("invitation", args=[key_in_last_mail()]), NEW_PERSON)

    assert list_national_roles(User.objects.get()) == {Role.ADMINISTRATOR}


def test_run_again_it_sends_a_new_key_for_the_same_invitation():
    add()
    before = Invitation.objects.get().key_hash

    add(name="Ada Other")

    assert Invitation.objects.get().key_hash != before
    assert OutboxMail.objects.count() == 2
    assert User.objects.get().name == "Ada Other"


def test_somebody_who_has_an_account_keeps_it_as_it_is():
    user = open_account("ada@example.org", PersonDetails("Ada"), password="three unrelated words", by=None, at=NOW)

    add(name="Somebody Else")
    accept_invitation(Invitation.objects.get(), by=user, at=NOW)

    user.refresh_from_db()
    assert (user.name, user.has_usable_password()) == ("Ada", True)
    assert list_national_roles(user) == {Role.ADMINISTRATOR}
    with pytest.raises(CommandError, match="They have the role National administrator already"):
        add()


def test_a_closed_account_is_not_invited():
    user = open_account("ada@example.org", PersonDetails("Ada"), password="three unrelated words", by=None, at=NOW)
    user.is_active = False
    user.save()

    with pytest.raises(CommandError, match="The account with this address is closed"):
        add()
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize(
    ("address", "name", "told"),
    [("ada", "Ada", "'ada' is not an e-mail address"), ("ada@example.org", "  ", "Give their name")],
)
def test_what_makes_no_sense_is_said(address, name, told):
    with pytest.raises(CommandError, match=told):
        add(address, name)
    assert User.objects.count() == 0
