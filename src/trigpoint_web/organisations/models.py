# SPDX-License-Identifier: MIT
"""The register as the service holds it, who has which role where, and invitations to one.

The register is a copy of dated facts: a merger adds rows and moves nothing. Roles end, with date and by whom; no row
of them is deleted.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from trigpoint_web.accounts.roles import SCOPE_OF, Role, Scope

_HELD_IN = {scope: [role.value for role in Role if SCOPE_OF[role] is scope] for scope in Scope}


class Organisation(models.Model):
    """The latest life of a code. opened_on, closed_on: first and last day, None where not known or open."""

    code = models.CharField(primary_key=True, max_length=12)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)  # trigpoint.organisations.Role, by value
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    postcode = models.CharField(max_length=10, blank=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class Group(models.Model):
    """A group of organisations within one grouping: a system (icb), a region."""

    grouping = models.CharField(max_length=40)
    code = models.CharField(max_length=120)  # where no source has a code, the name: up to 88 characters so far
    name = models.CharField(max_length=200)

    class Meta:
        """A code is one group in its grouping."""

        constraints = (models.UniqueConstraint(fields=["grouping", "code"], name="one_group_a_code"),)

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """An organisation in a group between two days; None is no limit on that side."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="placements")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="placements")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.group_id}"


class Succession(models.Model):
    """On that day one organisation took over another, or a share of it."""

    predecessor = models.CharField(max_length=12)
    successor = models.CharField(max_length=12)
    on = models.DateField()
    share = models.FloatField(null=True)

    def __str__(self) -> str:
        return f"{self.predecessor} to {self.successor}"


class CareProvided(models.Model):
    """An organisation gives a kind of care between two days. care_setting: as frameworks name it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="care_provided")
    care_setting = models.CharField(max_length=60)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.care_setting}"


class Membership(models.Model):
    """A person's role in an organisation, in a system (a group), or in the nation (neither). ended_at None: held now.

    Roles in a round are in the app rounds.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="memberships")
    group = models.ForeignKey(Group, null=True, on_delete=models.PROTECT, related_name="memberships")
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """A role is held where it belongs, and once at a time."""

        constraints = (
            models.CheckConstraint(
                name="role_is_held_in_its_scope",
                condition=Q(role__in=_HELD_IN[Scope.ORGANISATION], organisation__isnull=False, group__isnull=True)
                | Q(role__in=_HELD_IN[Scope.SYSTEM], organisation__isnull=True, group__isnull=False)
                | Q(role__in=_HELD_IN[Scope.NATION], organisation__isnull=True, group__isnull=True),
            ),
            models.CheckConstraint(
                name="role_ends_after_it_starts", condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at"))
            ),
            # One for each place: a column that is NULL makes a row unlike every other, so one over all would hold
            # nobody to anything.
            models.UniqueConstraint(
                fields=["user", "role", "organisation"],
                condition=Q(ended_at=None, organisation__isnull=False),
                name="role_is_held_once_in_organisation",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "group"],
                condition=Q(ended_at=None, group__isnull=False),
                name="role_is_held_once_in_group",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(ended_at=None, organisation=None, group=None),
                name="role_is_held_once_in_nation",
            ),
        )
        indexes = (models.Index(fields=["organisation", "role"], name="membership_by_organisation"),)

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role}"


class Invitation(models.Model):
    """An invitation to a role, sent by mail. The key in the mail is kept as its hash alone.

    One of accepted_at and withdrawn_at says how it ended; None for both: open until expires_at. hands_over: a role that
    ends when this one is accepted, None where nobody hands anything over. A role of a round is not given by accepting:
    the round has it already, and the invitation only opens the account.
    """

    email = models.EmailField()
    role = models.CharField(max_length=20, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="invitations")
    group = models.ForeignKey(Group, null=True, on_delete=models.PROTECT, related_name="+")
    key_hash = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    hands_over = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="handed_over_by")

    class Meta:
        """It ended in one way or is open."""

        indexes = (models.Index(fields=["email"], name="invitation_by_address"),)

        constraints = (
            models.CheckConstraint(name="invitation_ends_once", condition=Q(accepted_at=None) | Q(withdrawn_at=None)),
            models.CheckConstraint(
                name="invitation_is_accepted_by_somebody",
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} in {self.organisation_id or self.group_id or 'the nation'}"
