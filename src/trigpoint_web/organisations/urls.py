# SPDX-License-Identifier: MIT
"""Addresses."""

from __future__ import annotations

from django.urls import path

import trigpoint_web.organisations.converters  # noqa: F401 - makes <ods:code> and <key:...> known
from trigpoint_web.organisations.pages.hand_over import hand_over_role
from trigpoint_web.organisations.pages.invitation import show_invitation
from trigpoint_web.organisations.pages.invitation_change import change_invitation
from trigpoint_web.organisations.pages.national_invite import invite_to_nation
from trigpoint_web.organisations.pages.national_people import show_national_people
from trigpoint_web.organisations.pages.people import show_people
from trigpoint_web.organisations.pages.person_invite import invite_person
from trigpoint_web.organisations.pages.register import show_register
from trigpoint_web.organisations.pages.role_end import end_one_role
from trigpoint_web.organisations.pages.your_roles import show_own_roles

urlpatterns = [
    path("organisations/<ods:code>/people/", show_people, name="people"),
    path("organisations/<ods:code>/people/invite/", invite_person, name="person_invite"),
    path("people/", show_national_people, name="national_people"),
    path("people/invite/", invite_to_nation, name="national_invite"),
    path("invitations/<key:pk>/", change_invitation, name="invitation_change"),
    path("invitation/<slug:key>/", show_invitation, name="invitation"),
    path("roles/", show_own_roles, name="your_roles"),
    path("roles/<key:pk>/end/", end_one_role, name="role_end"),
    path("roles/<key:pk>/hand-over/", hand_over_role, name="hand_over"),
    path("register/", show_register, name="register"),
]
