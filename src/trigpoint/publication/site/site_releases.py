# SPDX-License-Identifier: MIT
"""The releases of a site, numbered in the order of publication: a later one of the same round corrects the earlier."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from trigpoint.errors import Problem, ReleaseProblems
from trigpoint.publication.release import Release

RELEASES = "releases"  # the folder on a site in which the releases lie


@dataclass(frozen=True, slots=True)
class SiteRelease:
    """A release on a site. number: round and how many-th of it, such as 2017.1. why: what a correction mends, or ""."""

    number: str
    release: Release
    why: str = ""

    @property
    def folder(self) -> str:
        """Where its files lie on the site."""
        return release_folder(self.number)

    @property
    def series(self) -> tuple[str, str]:
        """What it has in common with those it corrects or that correct it: framework and round."""
        return self.release.framework.ref.framework, self.release.manifest.round

    def say_band(self, band: str | None) -> str:
        """Return a band's title; "none" where there is none."""
        bands = self.release.framework.scoring.bands
        titles = {one.id: one.title for one in bands.bands} if bands else {}
        return titles[band] if band else "none"


@dataclass(frozen=True, slots=True)
class SiteGroups:
    """Which organisation is in which system, and of which type, for the newest round.

    system_of, type_of: organisation code → name; type_of is empty where types are not known.
    """

    system_of: Mapping[str, str]
    type_of: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Site:
    """title: of every page. address: where it will stand, without a "/" at the end; "" where that is not known.

    releases: in the order of publication, at least one. groups: None where the site has no pages of systems.
    """

    title: str
    address: str
    releases: tuple[SiteRelease, ...]
    groups: SiteGroups | None = None

    @property
    def current(self) -> tuple[SiteRelease, ...]:
        """The last release of each round, in the order of the rounds' first publication."""
        latest = {one.series: one for one in self.releases}
        return tuple(latest.values())

    @property
    def newest(self) -> SiteRelease:
        """The current release of the round published last."""
        return self.current[-1]

    def before(self, one: SiteRelease) -> SiteRelease | None:
        """Return the release that another corrects; None for the first of its round."""
        earlier = [other for other in self.releases if other.series == one.series]
        place = earlier.index(one)
        return earlier[place - 1] if place else None

    def after(self, one: SiteRelease) -> SiteRelease | None:
        """Return the release that corrects another; None when it still stands."""
        later = [other for other in self.releases if other.series == one.series]
        place = later.index(one) + 1
        return later[place] if place < len(later) else None


def release_folder(number: str) -> str:
    """Return where the files of a release lie on a site."""
    return f"{RELEASES}/{number}"


def build_site(title: str, address: str, releases: Sequence[Release], reasons: Mapping[str, str]) -> Site:
    """Return the site of some releases. reasons: number of each correction → what it mends, in words.

    Raises ReleaseProblems with all that is missing: a day of publication, a reason, an order; or a release twice.
    """
    numbered = tuple(_numbered(releases, reasons))
    problems = [*_check(numbered, reasons)]
    if problems:
        raise ReleaseProblems(problems)
    return Site(title, address.rstrip("/"), numbered)


def _numbered(releases: Sequence[Release], reasons: Mapping[str, str]) -> Iterator[SiteRelease]:
    count: dict[tuple[str, str], int] = {}
    for release in releases:
        series = release.framework.ref.framework, release.manifest.round
        count[series] = count.get(series, 0) + 1
        number = f"{_plain(release.manifest.round)}.{count[series]}"
        yield SiteRelease(number, release, reasons.get(number, "").strip())


def _plain(round_name: str) -> str:
    """A round's name as it can stand in an address."""
    return re.sub(r"[^A-Za-z0-9-]+", "-", round_name).strip("-")


def _check(numbered: Sequence[SiteRelease], reasons: Mapping[str, str]) -> Iterator[Problem]:
    numbers = [one.number for one in numbered]
    for place, one in enumerate(numbered):
        yield from _check_one(one, numbered[:place])
    for number in sorted(set(numbers)):
        if numbers.count(number) > 1:
            yield Problem(number, None, None, "is the number of two frameworks' releases. Make two sites.")
    for number in sorted(set(reasons) - set(numbers)):
        yield Problem(number, None, None, f"has a reason and is no release here. There are {', '.join(numbers)}.")


def _check_one(one: SiteRelease, before: Sequence[SiteRelease]) -> Iterator[Problem]:
    manifest = one.release.manifest
    date = manifest.settings.date
    same = [other.number for other in before if other.release.manifest.release == manifest.release]
    if same:
        yield Problem(one.number, None, None, f"is the same release as {same[0]}. Name each once.")
    last = max((other.release.manifest.settings.date or "" for other in before), default="")
    if date is None:
        yield Problem(one.number, None, None, "has no day of publication. Release it with --date.")
    elif date < last:
        message = f"was published on {date}, and stands after one of {last}. Name the earlier first."
        yield Problem(one.number, None, None, message)
    if any(other.series == one.series for other in before) and not one.why:
        yield Problem(one.number, None, None, f"corrects a release: say what it mends, --why '{one.number}=…'.")
