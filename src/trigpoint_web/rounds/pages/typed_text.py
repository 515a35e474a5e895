# SPDX-License-Identifier: MIT
"""What somebody typed when they were no longer signed in: kept until they are, and then shown again.

It is kept in the session of the browser. Only text that comes with the signed mark of a page that we opened for a
person is kept, and it is shown to that person alone.
"""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware

from trigpoint_web.rounds.forms.typed_answer import Fields
from trigpoint_web.rounds.opened_page import read_opening

_KEPT = "typed_text"
# In characters, of one page: three questions with the longest notes. More is not kept, so that nobody fills the table.
LARGEST_KEPT = 20_000


def leave_to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Send somebody to sign in, back to this page; what was typed on it is kept."""
    opening = read_opening(request.POST.get("opened", ""))
    if request.method == "POST" and opening is not None:
        names = ("answer-", "number-", "note-", "version-")
        fields = {name: request.POST.getlist(name) for name in request.POST if name.startswith(names)}
        if sum(len(one) for values in fields.values() for one in values) <= LARGEST_KEPT:
            request.session[_KEPT] = {"user": opening[0], "path": request.path, "fields": fields}
    return redirect_to_login(request.get_full_path())


def find_typed_text(request: HttpRequest, *, user: int) -> Fields | None:
    """Return the fields that this person typed on this page before signing in; None when there are none."""
    kept = request.session.get(_KEPT)
    if kept is None or kept["user"] != user or kept["path"] != request.path:
        return None
    fields: Fields = kept["fields"]
    return fields


def forget_typed_text(request: HttpRequest) -> None:
    """Drop what was kept for this page: it is saved now."""
    kept = request.session.get(_KEPT)
    if kept is not None and kept["path"] == request.path:
        del request.session[_KEPT]


def is_sent_from_our_page(request: HttpRequest) -> bool:
    """Return whether a form came from a page that we gave to this browser since it signed in."""
    return _QuietCheck(lambda _: HttpResponse()).process_view(request, _checked_page, (), {}) is None


def _checked_page(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # pragma: no cover - only asked whether it is exempt
    return HttpResponse()


class _QuietCheck(CsrfViewMiddleware):
    """Django's own check, without its page: the caller shows what was typed."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:  # noqa: ARG002  Django calls it
        return HttpResponse(reason, status=403)
