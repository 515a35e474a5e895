# SPDX-License-Identifier: MIT
"""Where the link in an invitation leads: it is accepted here, once, by the person it was sent to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from trigpoint_web.accounts.access import find_signed_in
from trigpoint_web.accounts.forms import NewPersonForm
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.queries import find_user, is_set_up
from trigpoint_web.accounts.roles import Role
from trigpoint_web.design_system.fields import Field, PageProblem
from trigpoint_web.design_system.form_fields import fields_of, problems_of
from trigpoint_web.design_system.parts import Link
from trigpoint_web.organisations.actions import NewPerson, accept_as_new_person, accept_invitation
from trigpoint_web.organisations.errors import InvitationRefused
from trigpoint_web.organisations.models import Invitation
from trigpoint_web.organisations.presenters.people import name_place, say_moment
from trigpoint_web.organisations.queries.people import find_invitation, is_open_invitation


@dataclass(frozen=True, slots=True)
class AcceptPage:
    """What an invitation is to, and what its reader can do: press a button, follow a link, or neither."""

    title: str
    paragraphs: tuple[str, ...]
    button: str | None = None
    link: Link | None = None
    fields: tuple[Field, ...] = ()
    problems: tuple[PageProblem, ...] = ()


@never_cache
@require_http_methods(["GET", "POST"])
def show_invitation(request: HttpRequest, key: str) -> HttpResponse:
    """Lead the reader of an invitation to accepting it, as somebody known here or as somebody new.

    410: it is over. 403: somebody else is signed in.
    """
    invitation = find_invitation(key)
    if invitation is None:
        raise Http404
    if not is_open_invitation(invitation, timezone.now()):
        return _show(request, _build_over(invitation, find_signed_in(request)), status=410)
    try:
        return _lead_on(request, invitation)
    except InvitationRefused as refused:
        return _show(request, AcceptPage("This invitation can’t be accepted", (str(refused),)), status=410)


def _lead_on(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    user = find_signed_in(request)
    if user is not None:
        return _as_known(request, invitation, user)
    known = find_user(invitation.email)
    if known is not None and is_set_up(known):
        return _show(request, _build_sign_in(invitation, request.path))
    return _as_new(request, invitation)


def _as_known(request: HttpRequest, invitation: Invitation, user: User) -> HttpResponse:
    if user.email != invitation.email:
        return _show(request, _build_other(invitation, user), status=403)
    if request.method == "POST":
        accept_invitation(invitation, by=user, at=timezone.now())
        messages.success(request, f"You now have the role {Role(invitation.role).label}.")
        return redirect("home")
    return _show(request, replace(_build_intro(invitation), button="Accept the invitation"))


def _as_new(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = NewPersonForm(request.POST if request.method == "POST" else None, email=invitation.email)
    if request.method == "POST" and form.is_valid():
        person = NewPerson(form.details, form.cleaned_data["password"])
        user = accept_as_new_person(invitation, person, at=timezone.now())
        messages.success(request, f"Your account is ready. You have the role {Role(invitation.role).label}.")
        signed_in: HttpResponse = perform_login(request, user, email_verification="none")
        return signed_in
    page = replace(
        _build_intro(invitation),
        fields=tuple(fields_of(form).values()),
        problems=problems_of(form),
        button="Accept and make my account",
    )
    return _show(request, page)


def _build_intro(invitation: Invitation) -> AcceptPage:
    role = Role(invitation.role).label
    sentences = [f"{invitation.invited_by.name} invites {invitation.email} to take the role {role}."]
    if invitation.hands_over is not None:
        sentences.append(f"{invitation.hands_over.user.name} has it now, and no longer will when you accept.")
    return AcceptPage(title=f"Be {role} in {name_place(invitation)}", paragraphs=tuple(sentences))


def _build_sign_in(invitation: Invitation, path: str) -> AcceptPage:
    intro = _build_intro(invitation)
    sign_in = Link("Sign in to accept", f"{reverse('account_login')}?{urlencode({'next': path})}")
    return replace(intro, paragraphs=(*intro.paragraphs, f"You have an account with {invitation.email}."), link=sign_in)


def _build_other(invitation: Invitation, user: User) -> AcceptPage:
    return AcceptPage(
        title="This invitation is for somebody else",
        paragraphs=(
            f"It was sent to {invitation.email}, and you are signed in as {user.email}.",
            "If both are you, sign out, open the link in the mail again and sign in with the other address.",
        ),
    )


def _build_over(invitation: Invitation, user: User | None) -> AcceptPage:
    home = Link("Go to your home page", reverse("home"))
    if invitation.accepted_at is not None:
        said = f"It was accepted on {say_moment(invitation.accepted_at)}, and works once."
        is_own = user is not None and user.pk == invitation.accepted_by_id
        return AcceptPage(
            "You have accepted this invitation already" if is_own else "This invitation has been accepted already",
            (said,),
            link=home if user is not None else Link("Sign in", reverse("account_login")),
        )
    if invitation.withdrawn_at is not None:
        return AcceptPage("This invitation has been withdrawn", (_ask_again(invitation, "for a new one"),))
    said = f"It was open until {say_moment(invitation.expires_at)}."
    return AcceptPage("This invitation has expired", (said, _ask_again(invitation, "to send it again")))


def _ask_again(invitation: Invitation, what: str) -> str:
    return f"If you still need the role, ask {invitation.invited_by.name} {what}."


def _show(request: HttpRequest, page: AcceptPage, *, status: int = 200) -> HttpResponse:
    return render(request, "organisations/invitation.jinja", {"page": page}, status=status)
