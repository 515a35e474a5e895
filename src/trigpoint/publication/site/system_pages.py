# SPDX-License-Identifier: MIT
"""A page for each system, plain and like for like, under one sentence on whether systems differ at all."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from trigpoint.analysis.result import AnalysisResult
from trigpoint.analysis.scored_units import group_units, list_scored_units
from trigpoint.analysis.systems import SystemMean, Systems, analyse_systems
from trigpoint.errors import CannotAnalyse
from trigpoint.publication.display import display_score
from trigpoint.publication.draw_analysis import draw_analysis_chart
from trigpoint.publication.markup import Markup, join, tag
from trigpoint.publication.site.frame import SitePage, address_part, grid, headline
from trigpoint.publication.site.organisation_pages import Known, name_organisations, organisation_path
from trigpoint.publication.site.site_releases import Site, SiteGroups

GROUPS = "groups.csv"
SYSTEM, TYPE = "system", "type"
WITHIN = 1.96
_LIKE_FOR_LIKE = (
    "Like for like is the mean that the system would have with the nation’s mix of types, drawn towards that of all "
    "systems as far as its few returns leave doubt."
)


def groups_text(groups: SiteGroups) -> str:
    """Return the text of groups.csv: each organisation with its system and type, by code."""
    told = io.StringIO()
    writer = csv.writer(told, lineterminator="\n")
    writer.writerow(("organisation", SYSTEM, TYPE))
    for code in sorted({*groups.system_of, *groups.type_of}):
        writer.writerow((code, groups.system_of.get(code, ""), groups.type_of.get(code, "")))
    return told.getvalue()


def system_path(system: str) -> str:
    """Return where a system's page lies."""
    return f"systems/{address_part(system)}.html"


def system_pages(site: Site, groups: SiteGroups, known: Known) -> Iterator[SitePage]:
    """Yield the page on all systems and one for each, of the newest round."""
    try:
        if not known.numbers.headline:
            raise CannotAnalyse(known.numbers.unsure_because)
        units = list_scored_units(known.one.release.table, known.numbers.headline)
        grouped = group_units(units, groups.system_of, grouping=SYSTEM)
        result = analyse_systems(grouped, type_of=groups.type_of or None)
    except CannotAnalyse as error:
        yield SitePage("systems/index.html", "Systems", tag("p", f"Systems can’t be set side by side. {error}"))
        return
    yield _all_systems(result)
    for one in result.numbers.systems:
        yield SitePage(system_path(one.system), one.system, _system(site, groups, known, result, one))


def _all_systems(result: AnalysisResult[Systems]) -> SitePage:
    lines = [_line(one) for one in result.numbers.systems]
    heading = ("system", "returns", "plain mean", "like for like", "could be", "of which mix", "of which rate")
    body = join(
        headline(result.sentence),
        tag("p", f"{result.definition} n = {result.n:,} of {result.of:,}.", class_="about"),
        tag("p", _LIKE_FOR_LIKE),
        grid("Systems by name", heading, lines),
        tag("h2", "As a chart"),
        *(draw_analysis_chart(chart, name=f"systems-{at}") for at, chart in enumerate(result.charts)),
        tag("h2", "What this can’t tell you"),
        tag("ul", *(tag("li", limit) for limit in result.cannot_tell)),
    )
    return SitePage("systems/index.html", "Systems", body)


def _line(one: SystemMean) -> tuple[str, ...]:
    low, high = _reach(one)
    name = tag("a", one.system, href=system_path(one.system).partition("/")[2])
    means = (
        f"{one.crude:.1f}",
        f"{one.adjusted:.1f}",
        f"{low:.0f} to {high:.0f}",
        f"{one.mix:+.1f}",
        f"{one.rate:+.1f}",
    )
    return (name, str(one.n), *means)


def _reach(one: SystemMean) -> tuple[float, float]:
    return one.adjusted - WITHIN * one.error, one.adjusted + WITHIN * one.error


def _system(site: Site, groups: SiteGroups, known: Known, result: AnalysisResult[Systems], one: SystemMean) -> Markup:
    low, high = _reach(one)
    plain = f"The plain mean of its {one.n} returns is {one.crude:.1f}"
    like = f"like for like it is {one.adjusted:.1f}, and could well be anything from {low:.0f} to {high:.0f}"
    said = f"{plain}; {like}.", f"Of all systems: {result.sentence}"
    mix = ", ".join(f"{count} {name}" for name, count in one.counts.items() if count) if groups.type_of else str(one.n)
    members = [unit for unit in known.one.release.table.units if groups.system_of.get(unit.organisation) == one.system]
    return join(
        headline(*said),
        tag("p", f"Round {known.one.release.manifest.round}. Returns with a score: {mix}.", class_="about"),
        tag("p", _LIKE_FOR_LIKE),
        _members(site, known, [unit.key for unit in members]),
    )


def _members(site: Site, known: Known, keys: Sequence[tuple[str, str]]) -> Markup:
    names, table = name_organisations(site), known.one.release.table
    rows = {unit.key: row for row, unit in enumerate(table.units)}
    lines = [
        (
            tag("a", names[code], href=f"../{organisation_path(code)}"),
            setting,
            display_score(table.score(rows[code, setting], known.numbers.headline).value),
        )
        for code, setting in sorted(keys, key=lambda key: (names[key[0]].casefold(), key))
    ]
    return grid("Its organisations, by name", ("organisation", "care setting", "score"), lines, text_columns=2)
