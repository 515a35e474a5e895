# SPDX-License-Identifier: MIT
"""Opening an account, and changing what it says of a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.queries import find_user
from trigpoint_web.audit.actions import EventPlace, record_event


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """What a person says of themselves."""

    name: str
    job_title: str = ""


@transaction.atomic
def open_account(email: str, person: PersonDetails, *, password: str | None, by: User | None, at: datetime) -> User:
    """Make an account, or set up one that nobody has signed in to yet. Its address is not confirmed by this.

    password: None where the person signs in otherwise, or sets one later.
    """
    user = find_user(email)
    if user is None:
        user = User.objects.create_user(email, name=person.name)
    user.name, user.job_title = person.name, person.job_title
    user.set_password(password)
    user.save(update_fields=["name", "job_title", "password"])
    place = EventPlace(target=f"user {user.pk}")
    record_event("account.opened", by=None if by is None else by.pk, at=at, place=place)
    return user


def confirm_address(user: User) -> None:
    """Take a person's address for theirs: they have opened what was sent to it. A second factor needs that."""
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})


@transaction.atomic
def change_details(user: User, person: PersonDetails, *, by: User, at: datetime) -> User:
    """Change what an account says of a person; signatures and events keep what they said."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    locked.name, locked.job_title = person.name, person.job_title
    locked.save(update_fields=["name", "job_title"])
    record_event("account.changed", by=by.pk, at=at, place=EventPlace(target=f"user {user.pk}"))
    return locked


@transaction.atomic
def add_verified_people(people: Sequence[tuple[str, str, str]], *, password: str | None) -> list[User]:
    """Make many accounts whose addresses need no proof, as a demonstration does; return them in the same order.

    people: address, name and job title of each. password: one for all; None for people who can't sign in with one.
    """
    hashed = make_password(password)
    users = User.objects.bulk_create(
        User(email=email.lower(), name=name, job_title=job, password=hashed) for email, name, job in people
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    return users
