# SPDX-License-Identifier: MIT
"""The page on which an organisation sees that its results will be published, and comments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from trigpoint_web.design_system.fields import Field, PageProblem
from trigpoint_web.design_system.parts import Link, Table
from trigpoint_web.organisations.models import Organisation
from trigpoint_web.releases.models import ReleaseComment, RoundRelease
from trigpoint_web.releases.presenters.releases import comments_table
from trigpoint_web.rounds.presenters.moments import say_moment


@dataclass(frozen=True, slots=True)
class OwnReleaseParts:
    """What the page is made of. comments: of this organisation. text: the field of the form."""

    release: RoundRelease
    organisation: Organisation
    comments: Sequence[ReleaseComment]
    text: Field
    problems: tuple[PageProblem, ...]


@dataclass(frozen=True, slots=True)
class OwnReleasePage:
    """What is to be published, and until when one may comment. text: of the form, which is there while one may."""

    title: str
    caption: str
    back: Link
    problems: tuple[PageProblem, ...]
    says: str
    clock: str
    preview: Link
    comments: Table
    can_comment: bool
    text: Field


def present_own_release(parts: OwnReleaseParts, *, may_comment: bool, at: datetime) -> OwnReleasePage:
    """Return the page. may_comment: whether the person's roles allow it; the clock is the release's."""
    release, organisation = parts.release, parts.organisation
    until = release.reply_until
    assert until is not None, "only releases with a right of reply have such pages"
    is_open = at <= until
    where = {"round_slug": release.round.slug, "code": organisation.pk}
    return OwnReleasePage(
        title="Your page before it is published",
        caption=f"{organisation.name}, {release.round.title}",
        back=Link("Results", reverse("organisation_results", kwargs=where)),
        problems=parts.problems,
        says=f"“{release.title}” is to be published on {say_moment(release.publishes_at, now=at)}.",
        clock=f"You can comment until {say_moment(until, now=at)}."
        if is_open
        else f"The time for comments ended on {say_moment(until, now=at)}.",
        preview=Link("See your page as it would be published", reverse("own_release_page", kwargs=where)),
        comments=comments_table(parts.comments, at, none="Your organisation has not commented."),
        can_comment=is_open and may_comment,
        text=parts.text,
    )
