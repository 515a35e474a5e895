# SPDX-License-Identifier: MIT
"""The app's name to Django."""

from __future__ import annotations

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    """Where the app lies and what its tables begin with."""

    name = "trigpoint_web.releases"
    label = "releases"
