# SPDX-License-Identifier: MIT
"""People. What they may do is not here: roles are memberships, and what a role may do is a table in roles.py."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class UserManager(BaseUserManager["User"]):
    """Makes users. Addresses are kept in small letters, so that one person is one user."""

    def create_user(self, email: str, *, name: str, password: str | None = None) -> User:
        """Make a user; without a password one that signs in by passkey, by a provider or after setting one."""
        user = self.model(email=email.strip().lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person. is_active: False once they may no longer sign in; a person is never deleted, their answers stand."""

    email = models.EmailField("e-mail address", max_length=254, unique=True)
    name = models.CharField(max_length=100)
    job_title = models.CharField(max_length=100, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        """One person, one address, however it is written."""

        constraints = (models.UniqueConstraint(Lower("email"), name="one_user_an_address"),)

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """Return the name: Django asks for it."""
        return self.name

    def get_short_name(self) -> str:
        """Return the name: Django asks for it."""
        return self.name
