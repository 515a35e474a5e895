# SPDX-License-Identifier: MIT
"""Addresses. The pages of django-allauth stand under account/ as well, after these."""

from __future__ import annotations

from django.urls import path

from trigpoint_web.accounts.pages.account import show_account
from trigpoint_web.accounts.pages.demo_sign_in import sign_in_as_demo_person

urlpatterns = [
    path("account/", show_account, name="account"),
    path("demo-sign-in/", sign_in_as_demo_person, name="demo_sign_in"),
]
