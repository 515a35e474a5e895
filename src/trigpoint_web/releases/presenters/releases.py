# SPDX-License-Identifier: MIT
"""The pages of releases: the list with its form, one release with its checks, and the schedule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from trigpoint_web.design_system.fields import Field, PageProblem
from trigpoint_web.design_system.parts import Colour, Column, Content, Link, Status, SummaryRow, Table
from trigpoint_web.releases.models import Approval, ReleaseComment, RoundRelease
from trigpoint_web.releases.states import APPROVALS_NEEDED, UNPUBLISHED, ReleaseState
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.presenters.moments import say_moment
from trigpoint_web.rounds.presenters.round_frame import round_links
from trigpoint_web.rounds.presenters.round_new import MomentFields, moment_fields

_COLOURS = {
    ReleaseState.DRAFT: Colour.GREY,
    ReleaseState.CHECKED: Colour.YELLOW,
    ReleaseState.APPROVED: Colour.BLUE,
    ReleaseState.PUBLISHED: None,
    ReleaseState.WITHDRAWN: Colour.GREY,
}


@dataclass(frozen=True, slots=True)
class ReleasesPage:
    """The releases of a round. moments: of the form, which is there while none is being prepared."""

    title: str
    caption: str
    back: Link
    links: tuple[Link, ...]
    problems: tuple[PageProblem, ...]
    releases: Table
    has_form: bool
    name: Field
    why: Field | None
    moments: tuple[MomentFields, ...]


@dataclass(frozen=True, slots=True)
class ReleasePage:
    """One release. manifest_hash: what an approval names. can_*: whether a button is there."""

    title: str
    caption: str
    back: Link
    problems: tuple[PageProblem, ...]
    summary: tuple[SummaryRow, ...]
    checks: Table
    comments: Table | None
    manifest_hash: str
    can_check: bool
    can_approve: bool
    can_withdraw: bool
    next_text: str
    preview: Link | None


@dataclass(frozen=True, slots=True)
class SchedulePage:
    """What is announced and what was published, for everybody."""

    title: str
    announced: Table
    published: Table
    site: Link | None


def release_status(release: RoundRelease) -> Status:
    """Return where a release is, as a tag."""
    state = ReleaseState(release.state)
    return Status(state.label, _COLOURS[state])


def present_releases(
    round_: Round,
    releases: Sequence[RoundRelease],
    fields: Mapping[str, Field],
    problems: tuple[PageProblem, ...],
    at: datetime,
) -> ReleasesPage:
    """Return the page."""
    return ReleasesPage(
        title="Releases",
        caption=round_.title,
        back=Link("Rounds", reverse("rounds")),
        links=round_links(round_, current="releases", may_manage=True),
        problems=problems,
        releases=Table(
            caption="Releases of this round, newest first",
            columns=(Column("Number"), Column("Title"), Column("State"), Column("Publication")),
            rows=tuple(_line(release, at) for release in releases),
            empty_text="There is no release of this round yet.",
        ),
        has_form=not any(release.state in UNPUBLISHED for release in releases),
        name=fields["title"],
        why=fields.get("why"),
        moments=moment_fields(fields, ("reply", "publishes")),
    )


def _line(release: RoundRelease, at: datetime) -> tuple[Content, ...]:
    link = Link(release.number, reverse("release", args=[release.round.slug, release.pk]))
    return link, release.title, release_status(release), say_moment(release.publishes_at, now=at)


def present_release(
    release: RoundRelease,
    approvals: Sequence[Approval],
    comments: Sequence[ReleaseComment],
    *,
    has_approved: bool,
    at: datetime,
) -> ReleasePage:
    """Return the page. has_approved: whether the person who looks at it did."""
    where = {"round_slug": release.round.slug, "pk": release.pk, "path": "index.html"}
    return ReleasePage(
        title=f"Release {release.number}",
        caption=release.round.title,
        back=Link("Releases", reverse("releases", args=[release.round.slug])),
        problems=(),
        summary=tuple(_summary(release, approvals, at)),
        checks=_checks(release),
        comments=None
        if release.reply_until is None
        else comments_table(comments, at, none="No organisation has commented."),
        manifest_hash=release.manifest_hash,
        can_check=release.state == ReleaseState.DRAFT,
        can_approve=release.state == ReleaseState.CHECKED and not has_approved,
        can_withdraw=release.state in UNPUBLISHED,
        next_text=_next_text(release, len(approvals), has_approved=has_approved),
        preview=Link("See the site as it would be published", reverse("release_preview", kwargs=where))
        if release.manifest_hash and release.state in UNPUBLISHED
        else None,
    )


def comments_table(comments: Sequence[ReleaseComment], at: datetime, *, none: str) -> Table:
    """Return what organisations said of their pages, oldest first. none: what is said where nobody did."""
    return Table(
        caption="Comments of organisations",
        columns=(Column("Organisation"), Column("Comment"), Column("By")),
        rows=tuple(
            (one.organisation.name, one.text, f"{one.user.name}, {say_moment(one.at, now=at)}") for one in comments
        ),
        empty_text=none,
    )


def _next_text(release: RoundRelease, approvals: int, *, has_approved: bool) -> str:
    if release.state == ReleaseState.DRAFT:
        return "A release can be approved once every check has passed."
    if release.state == ReleaseState.CHECKED and has_approved:
        return "You have approved this release. A second person has to, too."
    if release.state == ReleaseState.CHECKED:
        return f"Two people approve a release. {approvals} of {APPROVALS_NEEDED} have."
    if release.state == ReleaseState.APPROVED:
        return "It goes out by itself at its moment. Until then it is shown to nobody outside."
    if release.state == ReleaseState.PUBLISHED:
        return "It is published, so it stands. A mistake in it is mended by another release, which says what it mends."
    return "It was withdrawn before it was published."


def _summary(release: RoundRelease, approvals: Sequence[Approval], at: datetime) -> Iterator[SummaryRow]:
    yield SummaryRow("State", release_status(release))
    yield SummaryRow("Title", release.title)
    if release.why:
        yield SummaryRow("What it mends", release.why)
    if release.reply_until is not None:
        yield SummaryRow("Right of reply until", say_moment(release.reply_until, now=at))
    yield SummaryRow("Publication", say_moment(release.publishes_at, now=at))
    if release.published_at is not None:
        yield SummaryRow("Published", say_moment(release.published_at, now=at))
    yield SummaryRow("Drafted by", f"{release.drafted_by.name}, {say_moment(release.drafted_at, now=at)}")
    names = tuple(f"{one.user.name}, {say_moment(one.at, now=at)}" for one in approvals)
    yield SummaryRow("Approved by", names or "Nobody yet")
    if release.manifest_hash:
        yield SummaryRow("Name", release.name)
        yield SummaryRow("Manifest", release.manifest_hash[:12])


def _checks(release: RoundRelease) -> Table:
    return Table(
        caption="Checks",
        columns=(Column("Check"), Column("Outcome")),
        rows=tuple((one["title"], _outcome(one["problems"])) for one in release.checks),
        empty_text="The release is being made and checked. Look again in a moment.",
    )


def _outcome(problems: Sequence[str]) -> Content | Sequence[Content]:
    """Passed; or failed, with all that was found."""
    return (Status("Failed", Colour.RED), *problems) if problems else Status("Passed", None)


def present_schedule(
    announced: Sequence[RoundRelease], published: Sequence[RoundRelease], *, site: str, at: datetime
) -> SchedulePage:
    """Return the page. site: where the public site is."""
    columns = (Column("Release"), Column("Round"), Column("Moment"))
    return SchedulePage(
        title="Publication of results",
        announced=Table(
            caption="Announced",
            columns=columns,
            rows=tuple((one.title, one.round.title, say_moment(one.publishes_at, now=at)) for one in announced),
            empty_text="No publication is announced.",
        ),
        published=Table(
            caption="Published",
            columns=columns,
            rows=tuple(_published(one, at) for one in reversed(published)),
            empty_text="Nothing has been published yet.",
        ),
        site=Link("See the published results", site) if published else None,
    )


def _published(one: RoundRelease, at: datetime) -> tuple[Content, ...]:
    assert one.published_at is not None, "what is published has its moment"
    return f"{one.number}: {one.title}", one.round.title, say_moment(one.published_at, now=at)
