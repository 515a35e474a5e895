# SPDX-License-Identifier: MIT
"""What changes the register and who has which role."""

from trigpoint_web.organisations.actions.invitations import (
    InvitationPlan,
    NewPerson,
    accept_as_new_person,
    accept_invitation,
    invite,
    send_invitation_again,
    withdraw_invitation,
)
from trigpoint_web.organisations.actions.register import CareGiven, mirror_register
from trigpoint_web.organisations.actions.roles import RoleHeldIn, end_role, grant_role, grant_roles

__all__ = [
    "CareGiven",
    "InvitationPlan",
    "NewPerson",
    "RoleHeldIn",
    "accept_as_new_person",
    "accept_invitation",
    "end_role",
    "grant_role",
    "grant_roles",
    "invite",
    "mirror_register",
    "send_invitation_again",
    "withdraw_invitation",
]
