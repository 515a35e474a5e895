# SPDX-License-Identifier: MIT
"""The feed of releases and corrections, and the list of pages for search engines."""

from __future__ import annotations

from collections.abc import Sequence

from trigpoint.publication.markup import Markup, tag
from trigpoint.publication.site.site_releases import Site, SiteRelease

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


def feed_text(site: Site) -> str:
    """Return feed.xml (Atom, RFC 4287): an entry for each release, the newest first."""
    entries = [_entry(site, one) for one in reversed(site.releases)]
    newest = site.releases[-1].release.manifest
    parts = [
        tag("title", site.title),
        tag("id", f"urn:trigpoint:site:{site.releases[0].release.manifest.release}"),
        tag("updated", _moment(newest.settings.date)),
        tag("author", tag("name", site.title)),
        _link(site, "feed.xml", rel="self"),
        *entries,
    ]
    return _HEAD + tag("feed", *parts, xmlns="http://www.w3.org/2005/Atom").replace("><", ">\n<") + "\n"


def _entry(site: Site, one: SiteRelease) -> Markup:
    manifest, corrected = one.release.manifest, site.before(one)
    title = f"Release {one.number}" if corrected is None else f"Release {one.number} corrects {corrected.number}"
    said = one.why or f"Round {manifest.round}: {manifest.units:,} returns."
    page = "corrections.html" if corrected else "releases/index.html"
    return tag(
        "entry",
        tag("title", title),
        tag("id", f"urn:trigpoint:release:{manifest.release}"),
        tag("updated", _moment(manifest.settings.date)),
        tag("summary", said),
        _link(site, page, rel="alternate"),
    )


def _link(site: Site, path: str, *, rel: str) -> Markup:
    return Markup(tag("link", rel=rel, href=f"{site.address}/{path}" if site.address else path)[:-1] + "/>")


def _moment(date: str | None) -> str:
    return f"{date}T00:00:00Z"


def sitemap_text(site: Site, paths: Sequence[str]) -> str:
    """Return sitemap.xml; empty of pages where the site's address is not known, as it takes whole addresses."""
    urls = [tag("url", tag("loc", f"{site.address}/{path}")) for path in paths if site.address]
    return (
        _HEAD + tag("urlset", *urls, xmlns="http://www.sitemaps.org/schemas/sitemap/0.9").replace("><", ">\n<") + "\n"
    )
