# SPDX-License-Identifier: MIT
"""The app's name to Django."""

from __future__ import annotations

from django.apps import AppConfig


class DesignSystemConfig(AppConfig):
    """Where the app lies. It has no tables."""

    name = "trigpoint_web.design_system"
    label = "design_system"
