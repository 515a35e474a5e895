# SPDX-License-Identifier: MIT
"""The addresses of the service, and one whose page fails in the way that tells most: a row is in the error."""

from __future__ import annotations

from django.db import IntegrityError
from django.urls import path

from trigpoint_web.config import urls

handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


def fail(request, code):
    note = request.POST["note"]
    try:
        raise KeyError(note)
    except KeyError as missing:
        raise IntegrityError(f"Key (email)=({request.user.email}) of {code} already exists: {note}") from missing


urlpatterns = [path("broken/<str:code>/", fail), *urls.urlpatterns]
