# SPDX-License-Identifier: MIT
"""Addresses of the questionnaire away from the screen."""

from __future__ import annotations

from django.urls import URLPattern, path

from trigpoint_web.rounds.pages.away import away
from trigpoint_web.rounds.pages.away_apply import away_apply
from trigpoint_web.rounds.pages.away_download import away_pdf, away_workbook
from trigpoint_web.rounds.pages.away_upload import away_upload

_AWAY = "rounds/<slug:round_slug>/<ods:code>/away/"

urlpatterns: list[URLPattern] = [
    path(_AWAY, away, name="away"),
    path(f"{_AWAY}questionnaire.xlsx", away_workbook, name="away_workbook"),
    path(f"{_AWAY}questionnaire.pdf", away_pdf, name="away_pdf"),
    path(f"{_AWAY}upload/", away_upload, name="away_upload"),
    path(f"{_AWAY}apply/", away_apply, name="away_apply"),
]
