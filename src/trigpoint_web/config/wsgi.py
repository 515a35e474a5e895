# SPDX-License-Identifier: MIT
"""The door for a web server: `gunicorn trigpoint_web.config.wsgi`."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trigpoint_web.config.settings")
application = get_wsgi_application()
# Every page is loaded before the first request, so nobody waits for it and what is ready is quick.
get_resolver().url_patterns  # noqa: B018  reading it loads the pages
