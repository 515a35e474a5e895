# SPDX-License-Identifier: MIT
"""Adding a passkey, in the words of the service."""

from __future__ import annotations

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # it has no types
    """The form of django-allauth; a key that can do without a password is taken for one that shall."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        name, alone = self.fields["name"], self.fields["passwordless"]
        name.label, name.help_text = "What to call it", "Such as: my phone"
        alone.label, alone.initial = "Sign in with it alone, without a password", True
        alone.help_text = "It then asks for your finger, face or PIN. Leave it out for a key that has none."
