# SPDX-License-Identifier: MIT
"""The nation, the table, how it is made, the data and the corrections: one page each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trigpoint.publication.display import display_score
from trigpoint.publication.folder import LED_TO
from trigpoint.publication.markup import Markup, join, tag
from trigpoint.publication.page import build_page
from trigpoint.publication.page_html import draw_section, say
from trigpoint.publication.site.corrections import Correction
from trigpoint.publication.site.frame import SitePage, grid, headline
from trigpoint.publication.site.organisation_pages import Known, name_organisations, organisation_path
from trigpoint.publication.site.site_releases import Site, SiteRelease


def nation_page(site: Site, moved: tuple[str, str] | None) -> SitePage:
    """Return the front page. moved: what changed since the round before, and its definition; None for one round."""
    newest = site.newest.release
    page = build_page(newest.summary, newest.framework, newest.manifest)
    change = [tag("h2", "What moved"), tag("p", moved[0]), tag("p", moved[1], class_="foot")] if moved else []
    find = tag("p", tag("a", "Find an organisation", href="organisations/index.html"))
    body = join(
        tag("p", page.about, class_="about"),
        tag("div", *(tag("p", say(one)) for one in page.headline), class_="headline"),
        find,
        *change,
        *(draw_section(one) for one in page.sections),
        tag("h2", "What these numbers can’t tell you"),
        tag("ul", *(tag("li", limit) for limit in page.limits)),
    )
    return SitePage("index.html", site.title, body)


def table_page(site: Site, known: Known) -> SitePage:
    """Return the returns of the newest round by groups that can be told apart, not by places."""
    numbers, table = known.numbers, known.one.release.table
    if not numbers.ranks:
        reason = f"There is no table of this round. {numbers.unsure_because}"
        return SitePage("table.html", "Table", tag("p", reason))
    names = name_organisations(site)
    ordered = sorted(numbers.ranks.values(), key=lambda one: (one.group, names[one.key[0]].casefold(), one.key))
    rows = {unit.key: row for row, unit in enumerate(table.units)}
    lines = [
        (
            tag("a", names[one.key[0]], href=organisation_path(one.key[0])),
            one.key[1],
            f"{one.group}",
            display_score(table.score(rows[one.key], numbers.headline).value),
            f"{numbers.intervals[one.key][0]:.0f} to {numbers.intervals[one.key][1]:.0f}",
            f"{one.sure[0]} to {one.sure[1]}",
        )
        for one in ordered
    ]
    ranks = numbers.results[1]
    heading = ("organisation", "care setting", "group", "score", "score could be", "place could be")
    explained = "Inside a group, scores can’t be told apart, so organisations stand by name. A place is a range."
    body = join(headline(ranks.sentence), tag("p", explained),
                grid("Returns by groups", heading, lines, text_columns=2),
                tag("p", f"{ranks.definition} n = {ranks.n:,} of {ranks.of:,}.", class_="foot"))  # fmt: skip
    return SitePage("table.html", f"Table of {known.one.release.manifest.round}", body)


def methods_page(known: Sequence[Known]) -> SitePage:
    """Return what each number means in each round, and what the doubt about it rests on."""
    newest, *earlier = (_method(one) for one in reversed(known))
    folded = [tag("details", tag("summary", "An earlier round"), one) for one in earlier]
    return SitePage("methods.html", "How these numbers are made", join(newest, *folded))


def _method(known: Known) -> Markup:
    manifest, framework = known.one.release.manifest, known.one.release.framework
    definitions = [
        join(tag("dt", name.replace("_", " ").capitalize()), tag("dd", f"{text[0].upper()}{text[1:]}."))
        for name, text in manifest.definitions.items()
    ]
    measures = [
        tag("li", tag("b", measure.title), f": {measure.summary}" if measure.summary else "")
        for measure in framework.walk_measures()
    ]
    doubt = [
        join(tag("h3", result.analysis.capitalize()), tag("p", result.definition),
             tag("ul", *(tag("li", f"{c.assumption}: {c.outcome.value}, {c.found}") for c in result.checked)))
        for result in known.numbers.results
    ]  # fmt: skip
    return join(tag("h2", f"Round {manifest.round}, {manifest.framework}"), tag("p", framework.content.summary),
                tag("dl", *definitions), tag("h3", "Measures"), tag("ul", *measures), *doubt)  # fmt: skip


def releases_page(site: Site) -> SitePage:
    """Return the page that leads to every release's files, those that were corrected too."""
    steps = "Download a folder whole, and run trigpoint release verify on it: it works every number out again."
    return SitePage(
        "releases/index.html",
        "Data",
        join(tag("p", steps), *(_release(site, one) for one in reversed(site.releases))),
    )


def _release(site: Site, one: SiteRelease) -> Markup:
    manifest, later = one.release.manifest, site.after(one)
    stands = f"Corrected by {later.number}: {later.why}" if later else "It stands."
    files = [tag("li", tag("a", name, href=f"{one.number}/{name}"), f": {what}") for name, what in LED_TO.items()]
    about = f"Round {manifest.round}, {manifest.units:,} returns, published on {manifest.settings.date}. {stands}"
    summary = tag("a", "the national summary as it was published", href=f"{one.number}/index.html")
    cite = f"{site.title}, release {one.number}, {manifest.settings.date}. {manifest.release}."
    return tag(
        "section",
        tag("h2", f"Release {one.number}", id=f"r{one.number}"),
        tag("p", about),
        tag("ul", tag("li", summary), *files),
        tag("p", "Cite as: ", cite, class_="foot"),
    )  # fmt: skip


def corrections_page(site: Site, corrections: Sequence[Correction]) -> SitePage:
    """Return every correction, newest first: what changed, why, from what to what."""
    if not corrections:
        return SitePage("corrections.html", "Corrections", tag("p", "No release has been corrected."))
    names = name_organisations(site)
    return SitePage("corrections.html", "Corrections", join(*(_correction(one, names) for one in corrections)))


def _correction(one: Correction, names: Mapping[str, str]) -> Markup:
    date = one.by.release.manifest.settings.date
    counts = f"{len(one.changes):,} scores of {len(one.units):,} returns changed."
    lines = [
        (names.get(change.unit[0], change.unit[0]), change.unit[1], change.measure, change.before, change.after)
        for change in one.changes
    ]
    heading = ("organisation", "care setting", "measure", f"in {one.corrected.number}", f"in {one.by.number}")
    table = [grid(f"What {one.by.number} changed", heading, lines, text_columns=3)] if lines else []
    return tag(
        "section",
        tag("h2", f"{one.by.number} corrects {one.corrected.number}", id=f"c{one.by.number}"),
        tag("p", f"{date}: {one.by.why}"),
        tag("p", counts),
        *table,
    )
