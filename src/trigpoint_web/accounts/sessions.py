# SPDX-License-Identifier: MIT
"""Sessions in the database, as Django's own, but for the query of every request, which is prepared."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.utils import timezone

from trigpoint_web.prepared import PreparedQuery

_SESSION = PreparedQuery[Session](lambda key: Session.objects.filter(session_key=key), str)


class SessionStore(DatabaseSessions):
    """A session by its key; one that is over is none."""

    def _get_session_from_db(self) -> Session | None:
        session = _SESSION.first(self.session_key)
        if session is None or session.expire_date <= timezone.now():
            self._session_key = None
            return None
        return session
