# SPDX-License-Identifier: MIT
"""Addresses of releases: of the national team, and of everybody."""

from __future__ import annotations

from django.urls import path

from trigpoint_web.releases.actions.publishing import PUBLIC_ADDRESS
from trigpoint_web.releases.pages.published import published, release_schedule
from trigpoint_web.releases.pages.release import release, release_preview
from trigpoint_web.releases.pages.releases import releases

_ROUND = "rounds/<slug:round_slug>/releases/"

urlpatterns = [
    path(_ROUND, releases, name="releases"),
    path(f"{_ROUND}<int:pk>/", release, name="release"),
    path(f"{_ROUND}<int:pk>/page/", release_preview, name="release_preview"),
    path("publication/", release_schedule, name="release_schedule"),
    path(f"{PUBLIC_ADDRESS}/", published, name="published"),
    path(f"{PUBLIC_ADDRESS}/<path:path>", published, name="published_file"),
]
