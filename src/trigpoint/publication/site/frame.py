# SPDX-License-Identifier: MIT
"""What every page of a site has around its own text, and the parts that pages share."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trigpoint.publication.analysis_page import SENTENCE_END
from trigpoint.publication.markup import Markup, tag
from trigpoint.publication.page_style import STYLE
from trigpoint.publication.site.site_releases import Site
from trigpoint.publication.synthetic_mark import NOTICE

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_SITE_STYLE = """
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: .5rem; background: #fff; padding: .5rem; z-index: 1; }
.top { border-bottom: 2px solid var(--blue); padding: .75rem 1rem; }
.top ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; margin: 0 auto; padding: 0;
  max-width: 44rem; font-size: 1rem; }
.top li { margin: 0; }
.top [aria-current] { font-weight: 600; color: var(--ink); text-decoration: none; }
.own { fill: var(--blue); }
.peers { fill: #d5e1ee; }
.median { stroke-width: 3; }
.letters { columns: 18rem; list-style: none; padding: 0; }
.letters li { break-inside: avoid; }
td.text, th.text { text-align: left; }
@media print { .top, .skip { display: none; } }
"""
# The pages that each page leads to, and what they are called there; systems only where they are known.
MENU = (
    ("index.html", "The nation"),
    ("organisations/index.html", "Organisations"),
    ("systems/index.html", "Systems"),
    ("questions/index.html", "Questions"),
    ("table.html", "Table"),
    ("methods.html", "How it is made"),
    ("releases/index.html", "Data"),
    ("corrections.html", "Corrections"),
)


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page: where it lies on the site, with "/" between folders, its heading, and what stands under it."""

    path: str
    title: str
    body: Markup


def render_site_page(site: Site, page: SitePage) -> str:
    """Return the text of a page's file."""
    synthetic = any(one.release.manifest.settings.is_synthetic for one in site.releases)
    up = "../" * page.path.count("/")
    named = page.title if page.title == site.title else f"{page.title} – {site.title}"
    address = [tag("link", rel="canonical", href=f"{site.address}/{page.path}")] if site.address else []
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", f"Synthetic: {named}" if synthetic else named),
        *address,
        tag("link", rel="alternate", type="application/atom+xml", title="Releases", href=f"{up}feed.xml"),
        tag("link", rel="icon", href="data:,"),
        tag("style", Markup(STYLE + _SITE_STYLE)),
    )
    notice = [tag("div", tag("p", NOTICE), class_="notice", role="note")] if synthetic else []
    body = tag(
        "body",
        tag("a", "Skip to the text", href="#text", class_="skip"),
        tag("header", *notice, _menu(site, page.path, up)),
        tag("main", tag("h1", page.title), page.body, id="text"),
        _footer(site, up),
    )
    return f"<!DOCTYPE html>\n{tag('html', head, body, lang='en-GB')}\n".replace("><", ">\n<")


def menu_of(site: Site) -> tuple[tuple[str, str], ...]:
    """Return the pages that each page of a site leads to: their paths and what they are called."""
    return MENU if site.groups else tuple(entry for entry in MENU if entry[1] != "Systems")


def _menu(site: Site, path: str, up: str) -> Markup:
    entries = [
        tag("a", words, href=up + target, **({"aria_current": "page"} if target == path else {}))
        for target, words in menu_of(site)
    ]
    return tag("nav", tag("ul", *(tag("li", entry) for entry in entries)), class_="top", aria_label="Pages")


def _footer(site: Site, up: str) -> Markup:
    newest = site.newest
    licence = newest.release.manifest.settings.licence
    return tag(
        "footer",
        tag("p", f"Release {newest.number}, published on {newest.release.manifest.settings.date}. ",
            tag("a", "Licence: " + licence.title, href=licence.path), ". ",
            tag("a", "Every number can be worked out again", href=f"{up}releases/index.html"), "."),
    )  # fmt: skip


def grid(caption: str, heading: Sequence[str], lines: Iterable[Sequence[str]], *, text_columns: int = 1) -> Markup:
    """Return a table in a box that scrolls by itself. The first text_columns hold words, the others numbers."""
    rows = [tag("tr", *_cells(line, text_columns)) for line in lines]
    head = tag("tr", *(_cell("th", word, is_text=at < text_columns, scope="col") for at, word in enumerate(heading)))
    table = tag("table", tag("caption", caption), tag("thead", head), tag("tbody", *rows))
    return tag("div", table, class_="wide", tabindex=0, role="region", aria_label=caption)


def _cells(line: Sequence[str], text_columns: int) -> list[Markup]:
    first = _cell("th", line[0], is_text=True, scope="row")
    return [first, *(_cell("td", cell, is_text=at < text_columns) for at, cell in enumerate(line[1:], start=1))]


def _cell(element: str, content: str, *, is_text: bool, **attributes: str) -> Markup:
    return tag(element, content, **attributes, **({"class_": "text"} if is_text else {}))


def address_part(text: str) -> str:
    """Return a code as it can stand in an address and a file's name: itself, or a hash of it where it can't."""
    if re.fullmatch(r"[A-Z0-9]{1,40}|[a-z0-9_]{1,60}", text):
        return text
    return "x-" + hashlib.sha256(text.encode()).hexdigest()[:12]


def headline(*sentences: str) -> Markup:
    """Return the sentences that a page begins with, the first one large; one of several sentences is cut into them."""
    if len(sentences) == 1:
        sentences = tuple(SENTENCE_END.split(sentences[0], maxsplit=1))
    return tag("div", *(tag("p", sentence) for sentence in sentences), class_="headline")
