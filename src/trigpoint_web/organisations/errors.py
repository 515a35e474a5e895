# SPDX-License-Identifier: MIT
"""What can stop a change of roles. Each says what is wrong and what to do, to the person who asked."""

from __future__ import annotations

from dataclasses import dataclass

from trigpoint.errors import TrigpointError


@dataclass(eq=False)
class RoleRefused(TrigpointError):
    """A role can't be given or ended so. why: a sentence."""

    why: str

    def __str__(self) -> str:
        return self.why


@dataclass(eq=False)
class InvitationRefused(TrigpointError):
    """An invitation can't be sent, changed or accepted. why: a sentence."""

    why: str

    def __str__(self) -> str:
        return self.why
