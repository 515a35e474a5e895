# SPDX-License-Identifier: MIT
"""Addresses of the rounds, by who comes: those of one organisation's submission, and those of the national team."""

from __future__ import annotations

from django.urls import include, path

import trigpoint_web.organisations.converters  # noqa: F401 - makes <ods:code> and <key:...> known

# Codes are in capitals and names of pages are not, so /rounds/2026/RRK/ and /rounds/2026/board/ can't be mixed up.
urlpatterns = [
    path("", include("trigpoint_web.rounds.urls.answering")),
    path("", include("trigpoint_web.rounds.urls.together")),
    path("", include("trigpoint_web.rounds.urls.evidence")),
    path("", include("trigpoint_web.rounds.urls.away")),
    path("", include("trigpoint_web.rounds.urls.signing")),
    path("", include("trigpoint_web.rounds.urls.administration")),
    path("", include("trigpoint_web.rounds.urls.people")),
]
