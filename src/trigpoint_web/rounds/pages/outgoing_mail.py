# SPDX-License-Identifier: MIT
"""What the service wrote about a round, and what of it could not be sent."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trigpoint_web.accounts.roles import Permission
from trigpoint_web.notifications.queries import MAIL_STATES, count_mails, count_troubled, list_mails
from trigpoint_web.rounds.access import require_round
from trigpoint_web.rounds.actions.outgoing_mail import try_mails_again
from trigpoint_web.rounds.board_filters import read_page
from trigpoint_web.rounds.presenters.outgoing_mail import MAILS_ON_A_PAGE, MailsShown, present_mails
from trigpoint_web.rounds.presenters.round_frame import count_of


@require_http_methods(["GET", "POST"])
@login_required
def outgoing_mail(request: HttpRequest, round_slug: str) -> HttpResponseBase:
    """Show one page of the outbox; sent, try again what could not be sent."""
    access = require_round(request, round_slug=round_slug, permission=Permission.MANAGE_ROUND)
    if request.method == "POST":
        count = try_mails_again(access.round, by=access.user, at=timezone.now())
        messages.success(request, f"{count_of(count, 'mail')} will be tried again.")
        return redirect("outgoing_mail", round_slug=round_slug)
    asked = request.GET.get("state", "")
    state = asked if asked in MAIL_STATES else ""
    page = read_page(request.GET)
    first = (page - 1) * MAILS_ON_A_PAGE
    shown = MailsShown(
        round=access.round,
        mails=list(list_mails(round_slug=round_slug, state=state)[first : first + MAILS_ON_A_PAGE]),
        counts=count_mails(round_slug=round_slug),
        state=state,
        page=page,
        troubled=count_troubled(round_slug=round_slug),
    )
    return _render(request, shown)


def _render(request: HttpRequest, shown: MailsShown) -> HttpResponse:
    return render(request, "rounds/outgoing_mail.jinja", {"page": present_mails(shown, now=timezone.now())})
