# SPDX-License-Identifier: MIT
"""The addresses of the pages about the service itself."""

from __future__ import annotations

from django.urls import path

from trigpoint_web.design_system.about import show_accessibility_statement, show_how_it_is_run

urlpatterns = [
    path("", show_how_it_is_run, name="how_it_is_run"),
    path("accessibility/", show_accessibility_statement, name="accessibility_statement"),
]
