# SPDX-License-Identifier: MIT
"""The pages of people: who has which role, who is invited, what ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from trigpoint_web.accounts.roles import Permission, Role, roles_with
from trigpoint_web.design_system.dates import say
from trigpoint_web.design_system.fields import Field, PageProblem
from trigpoint_web.design_system.parts import Colour, Column, Content, Link, Status, Table
from trigpoint_web.organisations.models import Invitation, Membership, Organisation

# What is lost with the last person who can do it, to go on from "Nobody else in … can".
_LOSSES = {
    Permission.SIGN: "sign the answers",
    Permission.SUBMIT: "submit the answers for signature",
    Permission.MANAGE_PEOPLE: "invite people and end roles",
}


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Who has which role and who is invited. invite: None for those who may not; links: where else one can go."""

    title: str
    caption: str | None
    members: Table
    invitations: Table
    invite: Link | None
    links: tuple[Link, ...] = ()
    warnings: tuple[str, ...] = ()
    back: Link | None = None


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page that is a form: what it is about, its fields, its button. warning: what is lost by sending it."""

    title: str
    fields: tuple[Field, ...]
    button: str
    problems: tuple[PageProblem, ...] = ()
    caption: str | None = None
    paragraphs: tuple[str, ...] = ()
    warning: str | None = None
    back: Link | None = None


def say_moment(moment: datetime) -> str:
    """Return the day of a moment, where the service is, in words."""
    return say(timezone.localdate(moment))


def name_place(place: Membership | Invitation) -> str:
    """Return where a role is held, in words."""
    held_in = place.organisation or place.group
    return "the nation" if held_in is None else held_in.name


def present_people(
    organisation: Organisation,
    members: Sequence[Membership],
    invitations: Sequence[Invitation],
    *,
    for_user: int,
    at: datetime | None,
) -> PeoplePage:
    """Return the people of an organisation. at: now, for somebody who manages them; None for one who only looks."""
    manages = at is not None
    return PeoplePage(
        title="People",
        caption=f"{organisation.name} ({organisation.code})",
        members=_present_members(members, for_user=for_user, manages=manages, with_place=False),
        invitations=present_invitations(invitations, at=at, with_place=False),
        invite=Link("Invite somebody", reverse("person_invite", args=[organisation.code])) if manages else None,
        warnings=_list_warnings(organisation, members),
    )


def present_national_people(
    members: Sequence[Membership], invitations: Sequence[Invitation], *, for_user: int, at: datetime
) -> PeoplePage:
    """Return the people with a role in the nation or in a system, for somebody who manages them."""
    return PeoplePage(
        title="People of the nation and the systems",
        caption=None,
        members=_present_members(members, for_user=for_user, manages=True, with_place=True),
        invitations=present_invitations(invitations, at=at, with_place=True),
        invite=Link("Invite somebody", reverse("national_invite")),
    )


def present_own_roles(members: Sequence[Membership]) -> PeoplePage:
    """Return the roles of the person who looks."""
    rows: tuple[tuple[Content, ...], ...] = tuple(
        (
            Role(one.role).label,
            name_place(one),
            say_moment(one.started_at),
            Link("Hand over", reverse("hand_over", args=[one.pk]), _about(one)) if may_hand_over(one) else "",
            Link("Leave", reverse("role_end", args=[one.pk]), _about(one)),
        )
        for one in members
    )
    hidden = (Column("Hand over", is_hidden=True), Column("Leave", is_hidden=True))
    columns = (Column("Role"), Column("In"), Column("Since"), *hidden)
    table = Table("Roles you hold", columns, rows, is_caption_hidden=True, empty_text="You hold no role at present.")
    return PeoplePage(
        title="Your roles",
        caption=None,
        members=table,
        invitations=present_invitations((), at=None, with_place=False),
        invite=None,
        back=Link("Your account", reverse("account")),
    )


def _present_members(members: Iterable[Membership], *, for_user: int, manages: bool, with_place: bool) -> Table:
    rows: list[tuple[Content, ...]] = []
    for one in members:
        action: Content = ""
        if one.user_id == for_user:
            action = Link("Leave or hand over", reverse("your_roles"), _about(one))
        elif manages:
            about = f"{Role(one.role).label} of {one.user.name}"
            action = Link("End this role", reverse("role_end", args=[one.pk]), about)
        where = (name_place(one),) if with_place else ()
        since = say_moment(one.started_at)
        rows.append((one.user.name, one.user.email, Role(one.role).label, *where, since, action))
    columns = [Column("Name"), Column("E-mail address"), Column("Role")]
    columns += [Column("In")] if with_place else []
    columns += [Column("Since"), Column("What you can do", is_hidden=True)]
    empty = "Nobody has a role here."
    return Table("People with a role", tuple(columns), tuple(rows), is_caption_hidden=True, empty_text=empty)


def _about(membership: Membership) -> str:
    return f"{Role(membership.role).label} in {name_place(membership)}"


def may_hand_over(membership: Membership) -> bool:
    """Return whether a role can be handed over by who holds it: it is held in an organisation and includes inviting."""
    return membership.organisation_id is not None and membership.role in roles_with(Permission.MANAGE_PEOPLE)


def present_invitations(invitations: Iterable[Invitation], *, at: datetime | None, with_place: bool) -> Table:
    """Return who is invited. at: now, for somebody who manages them; None for one who only looks."""
    rows: list[tuple[Content, ...]] = []
    for one in invitations:
        change = Link("Change", reverse("invitation_change", args=[one.pk]), f"the invitation of {one.email}")
        rows.append(
            (
                one.email,
                Role(one.role).label + (f" in {name_place(one)}" if with_place and one.group_id else ""),
                f"{say_moment(one.invited_at)} by {one.invited_by.name}",
                present_expiry(one, at or one.invited_at),
                change if at is not None else "",
            )
        )
    columns = (Column("Invited"), Column("Role"), Column("Sent"), Column("Open"), Column("Change", is_hidden=True))
    empty = "No invitation is waiting."
    return Table("Invitations not yet accepted", columns, tuple(rows), is_caption_hidden=True, empty_text=empty)


def present_expiry(invitation: Invitation, at: datetime) -> Status:
    """Return until when an invitation is open, or that it has expired."""
    if invitation.expires_at <= at:
        return Status(f"Expired on {say_moment(invitation.expires_at)}", Colour.GREY)
    return Status(f"Until {say_moment(invitation.expires_at)}", None)


def _list_warnings(organisation: Organisation, members: Iterable[Membership]) -> tuple[str, ...]:
    held = {one.role for one in members if one.user.is_active}
    return tuple(
        f"Nobody in {organisation.name} can {words}."
        for permission, words in _LOSSES.items()
        if not held & roles_with(permission)
    )


def say_losses(membership: Membership, losses: Sequence[Permission]) -> str | None:
    """Return what nobody could do any more once the role ended, as a sentence; None for nothing."""
    if not losses:
        return None
    words = [_LOSSES[one] for one in losses]
    said = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
    return f"Nobody else in {name_place(membership)} can {said}. Hand the role over, or invite somebody first."
