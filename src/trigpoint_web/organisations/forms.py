# SPDX-License-Identifier: MIT
"""What is typed to invite, to hand over and to end a role."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from trigpoint_web.accounts.forms import OneLine
from trigpoint_web.accounts.roles import SCOPE_OF, Role, Scope
from trigpoint_web.design_system.fields import Field, with_options
from trigpoint_web.organisations.models import Group, Membership

SOMEBODY_ELSE = "somebody else"
WHAT_ROLES_DO = {
    Role.CONTRIBUTOR: "Answers questions, adds notes and evidence",
    Role.LEAD: "As a contributor; also shares out the work, submits the answers and manages people",
    Role.OFFICER: "Checks the answers and signs them; answers none. Also manages people",
    Role.OBSERVER: "Reads everything and changes nothing",
    Role.SYSTEM_VIEWER: "Sees the results of every organisation in one system",
    Role.ANALYST: "Sees how far every round is, and all results",
    Role.AUTHOR: "Reads and previews frameworks",
    Role.ADMINISTRATOR: "Runs rounds, manages people everywhere, takes in the register",
}


def list_roles_held_in(*scopes: Scope) -> list[tuple[str, str]]:
    """Return the roles that are held in one of these, as choices, in the order of the table of roles."""
    return [(role.value, str(role.label)) for role in Role if SCOPE_OF[role] in scopes]


def explain_roles(field: Field) -> Field:
    """Return a field of roles with what each of them may do."""
    return with_options(field, {option.value: {"hint": WHAT_ROLES_DO[Role(option.value)]} for option in field.options})


def build_email_field(label: str, *, is_required: bool = True, hint: str = "") -> forms.EmailField:
    """Return a field for somebody's address."""
    return forms.EmailField(
        label=label,
        max_length=254,
        required=is_required,
        help_text=hint,
        error_messages={
            "required": "Enter an e-mail address",
            "invalid": "Enter an e-mail address in the right form, such as name@example.org",
            "max_length": "The e-mail address must be 254 characters or fewer",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class InvitationForm(forms.Form):
    """Whom to invite to which role in an organisation."""

    email = build_email_field("E-mail address", hint="We send the invitation there. It is open for two weeks.")
    role = forms.ChoiceField(
        label="Role",
        widget=forms.RadioSelect,
        choices=list_roles_held_in(Scope.ORGANISATION),
        error_messages={"required": "Choose a role", "invalid_choice": "Choose a role of the list"},
    )


class NationalInvitationForm(forms.Form):
    """Whom to invite to which role in the nation or in a system."""

    email = build_email_field("E-mail address", hint="We send the invitation there. It is open for two weeks.")
    role = forms.ChoiceField(
        label="Role",
        widget=forms.RadioSelect,
        choices=list_roles_held_in(Scope.SYSTEM, Scope.NATION),
        error_messages={"required": "Choose a role", "invalid_choice": "Choose a role of the list"},
    )
    system = forms.ChoiceField(
        label="System",
        required=False,
        error_messages={"invalid_choice": "Choose a system of the list"},
    )

    def __init__(self, *args: Any, systems: Iterable[Group], **options: Any) -> None:
        super().__init__(*args, **options)
        self.systems = {str(one.pk): one for one in systems}
        named = [(pk, f"{one.name} ({one.code})") for pk, one in self.systems.items()]
        system = self.fields["system"]
        assert isinstance(system, forms.ChoiceField)
        system.choices = [("", "Choose a system"), *named]

    @property
    def group(self) -> Group | None:
        """The system chosen; None for a role in the nation. Ask only when the form is valid."""
        is_of_system = SCOPE_OF[Role(self.cleaned_data["role"])] is Scope.SYSTEM
        return self.systems[self.cleaned_data["system"]] if is_of_system else None

    def clean(self) -> dict[str, Any]:
        """Ask for the system where the role is held in one."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        role = typed.get("role")
        if role and SCOPE_OF[Role(role)] is Scope.SYSTEM and not typed.get("system") and "system" not in self.errors:
            self.add_error("system", "Choose the system whose results they may see")
        return typed


class HandOverForm(forms.Form):
    """To whom a role goes: a colleague, or somebody else by their address."""

    colleague = forms.ChoiceField(
        label="Who takes the role over?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who takes the role over", "invalid_choice": "Choose somebody of the list"},
    )
    email = build_email_field("Their e-mail address", is_required=False)

    def __init__(self, *args: Any, colleagues: Iterable[Membership], **options: Any) -> None:
        super().__init__(*args, **options)
        people = {one.user.email: f"{one.user.name} ({one.user.email})" for one in colleagues}
        colleague = self.fields["colleague"]
        assert isinstance(colleague, forms.ChoiceField)
        colleague.choices = [*people.items(), (SOMEBODY_ELSE, "Somebody else")]

    @property
    def to_email(self) -> str:
        """The address of whoever was chosen. Ask only when the form is valid."""
        chosen: str = self.cleaned_data["colleague"]
        return self.cleaned_data["email"] if chosen == SOMEBODY_ELSE else chosen

    def clean_email(self) -> str:
        """Ask for the address of somebody else."""
        typed: str = self.cleaned_data["email"]
        if self.cleaned_data.get("colleague") == SOMEBODY_ELSE and not typed:
            raise ValidationError("Enter an e-mail address")
        return typed


class EndRoleForm(forms.Form):
    """Why a role ends, and that its loss is understood. is_loss: nobody else can do what the role is for."""

    reason = OneLine(
        label="Reason (optional)",
        max_length=200,
        required=False,
        error_messages={"max_length": "The reason must be 200 characters or fewer"},
    )
    understood = forms.BooleanField(
        label="I understand, end the role all the same",
        error_messages={"required": "Tick the box to end the role all the same"},
    )

    def __init__(self, *args: Any, is_loss: bool, is_own: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not is_loss:
            del self.fields["understood"]
        if not is_own:
            self.fields["reason"].help_text = "It goes in the mail that tells them."
