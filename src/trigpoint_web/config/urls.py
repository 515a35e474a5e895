# SPDX-License-Identifier: MIT
"""Every address of the service."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("trigpoint_web.rounds.urls")),
    path("", include("trigpoint_web.results.urls")),
    path("", include("trigpoint_web.releases.urls")),
    path("", include("trigpoint_web.organisations.urls")),
    path("", include("trigpoint_web.accounts.urls")),
    path("design-system/", include("trigpoint_web.design_system.urls")),
    path("about/", include("trigpoint_web.design_system.about_urls")),
    path("account/", include("allauth.urls")),
]

handler400 = "trigpoint_web.design_system.error_pages.bad_request"
handler403 = "trigpoint_web.design_system.error_pages.permission_denied"
handler404 = "trigpoint_web.design_system.error_pages.page_not_found"
handler500 = "trigpoint_web.design_system.error_pages.server_error"
