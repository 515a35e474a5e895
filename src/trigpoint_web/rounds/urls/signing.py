# SPDX-License-Identifier: MIT
"""Addresses of the check, the declaration and the signatures."""

from __future__ import annotations

from django.urls import path

from trigpoint_web.rounds.pages.check import check
from trigpoint_web.rounds.pages.reopen import reopen
from trigpoint_web.rounds.pages.send_back import send_back
from trigpoint_web.rounds.pages.sign import sign
from trigpoint_web.rounds.pages.signatures import signatures
from trigpoint_web.rounds.pages.take_back import take_back

_SUBMISSION = "rounds/<slug:round_slug>/<ods:code>/"

urlpatterns = [
    path(f"{_SUBMISSION}check/", check, name="check"),
    path(f"{_SUBMISSION}take-back/", take_back, name="take_back"),
    path(f"{_SUBMISSION}sign/", sign, name="sign"),
    path(f"{_SUBMISSION}send-back/", send_back, name="send_back"),
    path(f"{_SUBMISSION}signatures/", signatures, name="signatures"),
    path(f"{_SUBMISSION}reopen/", reopen, name="reopen"),
]
