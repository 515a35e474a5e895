# SPDX-License-Identifier: MIT
"""Every page of a site as text, by its path: the same releases give the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from trigpoint.publication.site.corrections import list_corrections
from trigpoint.publication.site.feed import feed_text, sitemap_text
from trigpoint.publication.site.frame import SitePage, render_site_page
from trigpoint.publication.site.organisation_pages import Known, list_page, organisation_pages
from trigpoint.publication.site.other_pages import (
    corrections_page,
    methods_page,
    nation_page,
    releases_page,
    table_page,
)
from trigpoint.publication.site.question_pages import question_pages, questions_page
from trigpoint.publication.site.site_numbers import say_what_moved, work_out_numbers
from trigpoint.publication.site.site_releases import Site, release_folder
from trigpoint.publication.site.system_pages import GROUPS, groups_text, system_pages

FORMAT = "trigpoint-site/1"
SITE = "site.json"


def build_site_files(site: Site, *, rng_of: Callable[[int], np.random.Generator]) -> Mapping[str, str]:
    """Return path → text of every file of a site but those of its releases. rng_of: seed → generator."""
    known = [Known(one, work_out_numbers(one, rng_of=rng_of)) for one in site.current]
    pages = {page.path: render_site_page(site, page) for page in _pages(site, known)}
    feeds = {"feed.xml": feed_text(site), "sitemap.xml": sitemap_text(site, sorted(pages))}
    groups = {GROUPS: groups_text(site.groups)} if site.groups else {}
    return {**pages, **feeds, **groups, SITE: _site_text(site)}


def _pages(site: Site, known: list[Known]) -> Iterator[SitePage]:
    yield nation_page(site, say_what_moved(site))
    yield list_page(site)
    yield from organisation_pages(site, known)
    yield questions_page(site)
    yield from question_pages(site)
    yield table_page(site, known[-1])
    if site.groups is not None:
        yield from system_pages(site, site.groups, known[-1])
    yield methods_page(known)
    yield releases_page(site)
    yield corrections_page(site, list_corrections(site))


def _site_text(site: Site) -> str:
    """What the site was made from, and all that is needed to make it again from its own folder."""
    listed = [{"number": one.number, "release": one.release.manifest.release, "why": one.why} for one in site.releases]
    whole = {
        "format": FORMAT,
        "title": site.title,
        "address": site.address,
        "releases": listed,
        "has_groups": site.groups is not None,
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


@dataclass(frozen=True, slots=True)
class SiteRecord:
    """What site.json says: the site's title and address, and number → why of each release, in their order.

    has_groups: whether systems and types stand in groups.csv.
    """

    title: str
    address: str
    reasons: Mapping[str, str]
    has_groups: bool = False

    @property
    def folders(self) -> tuple[str, ...]:
        """Where the releases lie."""
        return tuple(release_folder(number) for number in self.reasons)


def parse_site_record(text: str) -> SiteRecord:
    """Return what site.json says. Raises ValueError when it is none, or names a release by what is no number."""
    try:
        said = json.loads(text)
        if said["format"] != FORMAT:
            raise ValueError(f"its format is {said['format']!r}, not {FORMAT!r}")
        reasons = {str(one["number"]): str(one["why"]) for one in said["releases"]}
        record = SiteRecord(str(said["title"]), str(said["address"]), reasons, said["has_groups"] is True)
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"a part is missing or of the wrong kind: {error}") from error
    wrong = [number for number in record.reasons if not re.fullmatch(r"[A-Za-z0-9-]+\.[1-9][0-9]*", number)]
    if wrong or not record.reasons:
        raise ValueError(f"no number of a release: {wrong[0]!r}" if wrong else "it names no release")
    return record
