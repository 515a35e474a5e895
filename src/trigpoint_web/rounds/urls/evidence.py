# SPDX-License-Identifier: MIT
"""Addresses of evidence: that of an answer, and all that an organisation has."""

from __future__ import annotations

from django.urls import URLPattern, path

from trigpoint_web.rounds.pages.evidence_add import evidence_add
from trigpoint_web.rounds.pages.evidence_change import evidence_change
from trigpoint_web.rounds.pages.evidence_file import evidence_file, evidence_library_file
from trigpoint_web.rounds.pages.evidence_library import evidence_library, evidence_record
from trigpoint_web.rounds.pages.evidence_remove import evidence_remove
from trigpoint_web.rounds.pages.evidence_reuse import evidence_reuse
from trigpoint_web.rounds.pages.evidence_withdraw import evidence_withdraw

_ANSWER = "rounds/<slug:round_slug>/<ods:code>/questions/<str:asked_in>/<slug:question>/evidence/"
_SUBMISSION = "rounds/<slug:round_slug>/<ods:code>/evidence/"
_LIBRARY = "organisations/<ods:code>/evidence/"

urlpatterns: list[URLPattern] = [
    path(f"{_ANSWER}add/", evidence_add, name="evidence_add"),
    path(f"{_ANSWER}reuse/", evidence_reuse, name="evidence_reuse"),
    path(f"{_SUBMISSION}<key:use>/remove/", evidence_remove, name="evidence_remove"),
    path(f"{_SUBMISSION}<key:evidence>/<key:version>/", evidence_file, name="evidence_file"),
    path(_LIBRARY, evidence_library, name="evidence_library"),
    path(f"{_LIBRARY}<key:evidence>/", evidence_record, name="evidence_record"),
    path(f"{_LIBRARY}<key:evidence>/<key:version>/", evidence_library_file, name="evidence_library_file"),
    path(f"{_LIBRARY}<key:evidence>/change/", evidence_change, name="evidence_change"),
    path(f"{_LIBRARY}<key:evidence>/withdraw/", evidence_withdraw, name="evidence_withdraw"),
]
