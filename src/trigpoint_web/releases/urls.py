# SPDX-License-Identifier: MIT
"""Addresses of releases: of the national team, and of everybody."""

from __future__ import annotations

from django.urls import path

import trigpoint_web.organisations.converters  # noqa: F401 - makes <ods:code> and <key:...> known
from trigpoint_web.releases.pages.own_release import own_release, own_release_page
from trigpoint_web.releases.pages.published import published, release_schedule
from trigpoint_web.releases.pages.release import release, release_preview
from trigpoint_web.releases.pages.releases import releases
from trigpoint_web.releases.site_making import PUBLIC_ADDRESS

_ROUND = "rounds/<slug:round_slug>/releases/"
_OWN = "rounds/<slug:round_slug>/<ods:code>/release/"

urlpatterns = [
    path(_ROUND, releases, name="releases"),
    path(f"{_ROUND}<key:pk>/", release, name="release"),
    path(f"{_ROUND}<key:pk>/site/<path:path>", release_preview, name="release_preview"),
    path(_OWN, own_release, name="own_release"),
    path(f"{_OWN}page/", own_release_page, name="own_release_page"),
    path("publication/", release_schedule, name="release_schedule"),
    path(f"{PUBLIC_ADDRESS}/", published, name="published"),
    path(f"{PUBLIC_ADDRESS}/<path:path>", published, name="published_file"),
]
