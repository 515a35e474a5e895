# SPDX-License-Identifier: MIT
"""The address of the gallery."""

from __future__ import annotations

from django.urls import path

from trigpoint_web.design_system.gallery import show_gallery

urlpatterns = [path("", show_gallery, name="gallery")]
