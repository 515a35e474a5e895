# SPDX-License-Identifier: MIT
"""A page for each organisation: its scores, how sure they are, how they came about, and how they were before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from trigpoint.analysis.peers import PeerDistribution, find_position, summarise_peers
from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.model import Measure
from trigpoint.publication.chart_peers import PeerBar, build_peer_chart
from trigpoint.publication.definitions import describe_basis
from trigpoint.publication.display import display_part, display_score
from trigpoint.publication.draw_peers import draw_peer_chart
from trigpoint.publication.markup import Markup, join, tag
from trigpoint.publication.page import page_measures
from trigpoint.publication.score_range import ScoreRange, score_range
from trigpoint.publication.site.frame import SitePage, address_part, grid, headline
from trigpoint.publication.site.site_numbers import SiteNumbers
from trigpoint.publication.site.site_releases import Site, SiteRelease
from trigpoint.scoring.explain import Explanation, explain_score
from trigpoint.submissions.units import Unit

_HOW_TO_READ = (
    "The blue bar is this return’s score. The pale band behind it is the middle half of all returns for the same care "
    "setting, the upright line their median; the thin line runs from their lowest to their highest."
)


@dataclass(frozen=True)  # no slots: the distributions are worked out once and kept
class Known:
    """A release and how sure its scores are."""

    one: SiteRelease
    numbers: SiteNumbers

    @cached_property
    def ranges(self) -> Mapping[str, ScoreRange]:
        """The lowest and highest score possible of each measure on top."""
        framework = self.one.release.framework
        return {root.id: score_range(framework, root) for root in framework.content.measures}

    @cached_property
    def _spreads(self) -> dict[tuple[str, str], PeerDistribution | None]:
        return {}

    def spread(self, care_setting: str, measure: str) -> PeerDistribution | None:
        """Return how all scores of a care setting lie on a measure; None where they are too few to be shown."""
        if (care_setting, measure) not in self._spreads:
            table = self.one.release.table
            rows = [row for row, unit in enumerate(table.units) if unit.care_setting == care_setting]
            scores = [score for row in rows if (score := table.score(row, measure).value) is not None]
            self._spreads[care_setting, measure] = summarise_peers(sorted(scores))
        return self._spreads[care_setting, measure]


@dataclass(frozen=True, slots=True)
class Return:
    """One unit of one release, by its row."""

    known: Known
    row: int

    @property
    def unit(self) -> Unit:
        """The unit."""
        return self.known.one.release.table.units[self.row]


def name_organisations(site: Site) -> Mapping[str, str]:
    """Return code → the name that the newest return gave, the code where none did; by name."""
    names: dict[str, str] = {}
    for one in site.current:
        for unit in one.release.table.units:
            names[unit.organisation] = unit.name or names.get(unit.organisation, unit.organisation)
    return dict(sorted(names.items(), key=lambda pair: (pair[1].casefold(), pair[0])))


def organisation_path(code: str) -> str:
    """Return where an organisation's page lies."""
    return f"organisations/{address_part(code)}.html"


def list_page(site: Site) -> SitePage:
    """Return the page that leads to every organisation."""
    names = name_organisations(site)
    entries = [
        tag("li", tag("a", name, href=organisation_path(code).partition("/")[2]), f" {code}")
        for code, name in names.items()
    ]
    count = f"{len(names):,} organisations sent a return in one of the rounds. Find yours by its name or its code."
    return SitePage(
        "organisations/index.html", "Organisations", join(tag("p", count), tag("ul", *entries, class_="letters"))
    )


def organisation_pages(site: Site, known: Sequence[Known]) -> Iterator[SitePage]:
    """Yield a page for each organisation with a return in a current release. known: those releases, oldest first."""
    returns: dict[str, list[Return]] = {}
    for release in known:
        for row, unit in enumerate(release.one.release.table.units):
            returns.setdefault(unit.organisation, []).append(Return(release, row))
    for code, name in name_organisations(site).items():
        yield SitePage(organisation_path(code), name, _body(site, code, returns[code]))


def _body(site: Site, code: str, returns: Sequence[Return]) -> Markup:
    newest = returns[-1].known
    latest = [one for one in returns if one.known is newest]
    about = f"{code}. Round {newest.one.release.manifest.round}, release {newest.one.number}."
    parts = [_return(one, is_only=len(latest) == 1) for one in latest]
    system = site.groups.system_of.get(code) if site.groups else None
    belongs = [tag("p", "In the system ", tag("a", system, href="../systems/index.html"), ".")] if system else []
    return join(tag("p", about, class_="about"), *belongs, *parts, _history(returns))


def _return(given: Return, *, is_only: bool) -> Markup:
    release, unit = given.known.one.release, given.unit
    title = [] if is_only else [tag("h2", f"Return for {unit.care_setting}")]
    heading = "h2" if is_only else "h3"
    whose = "" if is_only else f" ({unit.care_setting})"  # else two tables of a page would have one name
    parts = _chart(given, heading, whose), _explained(release.framework, given, heading, whose)
    return tag("section", *title, headline(*_say(given)), *parts)


def _say(given: Return) -> Iterator[str]:
    """The score, its doubt, where it stands, and what it rests on."""
    known, release = given.known, given.known.one.release
    for root in release.framework.content.measures:
        score = release.table.score(given.row, root.id)
        top = known.ranges[root.id].top
        if score.value is None:
            why = explain_score(release.framework, release.table, given.row, root.id).no_score_because
            yield f"There is no {root.title} score. {why}"
            continue
        band = f", in the band {known.one.say_band(score.band)}" if score.band else ""
        yield f"The {root.title} score is {display_score(score.value)} of {top}{band}."
        yield f"It rests on {score.answered:,} answers to {score.asked:,} questions asked."
    reach, place = known.numbers.intervals.get(given.unit.key), known.numbers.ranks.get(given.unit.key)
    if reach:
        yield f"With other questions of the same kind it could well be anything from {reach[0]:.0f} to {reach[1]:.0f}."
    if place is not None:
        n = len(known.numbers.ranks)
        yield f"Its place among {n:,} returns could be any from {place.sure[0]} to {place.sure[1]}."
    yield f"The answers are {describe_basis(release.manifest.basis)}."


def _chart(given: Return, heading: str, whose: str) -> Markup:
    release = given.known.one.release
    shown = page_measures(release.framework)
    measures = tuple({one.id: one for one in (*shown.roots, *shown.themes, *shown.sections)}.values())
    setting = given.unit.care_setting
    title = f"Scores beside all {setting} returns"
    chart = build_peer_chart(
        [_bar(given, measure) for measure in measures],
        given.known.ranges[shown.roots[0].id],
        name=f"peers-{given.row}",
        title=title,
    )
    return tag(
        "figure",
        tag("figcaption", tag(heading, title), tag("p", _HOW_TO_READ, class_="subtitle")),
        draw_peer_chart(chart),
        tag("details", tag("summary", "Show the numbers"), _numbers(given, measures, whose)),
    )


def _bar(given: Return, measure: Measure) -> PeerBar:
    score = given.known.one.release.table.score(given.row, measure.id).value
    spread = given.known.spread(given.unit.care_setting, measure.id)
    return PeerBar(measure.title, display_score(score), score, spread)


def _numbers(given: Return, measures: Sequence[Measure], whose: str) -> Markup:
    heading = ("measure", "score", "band", "against all", "median of all", "n of all", "answered", "asked")
    return grid(f"Scores of this return{whose}", heading, [_numbers_line(given, one) for one in measures])


def _numbers_line(given: Return, measure: Measure) -> tuple[str, ...]:
    score = given.known.one.release.table.score(given.row, measure.id)
    spread = given.known.spread(given.unit.care_setting, measure.id)
    return (
        measure.title,
        display_score(score.value),
        given.known.one.say_band(score.band),
        find_position(score.value, spread).value,
        display_score(spread.median) if spread else "too few",
        f"{spread.n:,}" if spread else "too few",
        str(score.answered),
        str(score.asked),
    )


def _explained(framework: Framework, given: Return, heading: str, whose: str) -> Markup:
    table = given.known.one.release.table
    parts = [
        _explanation(explain_score(framework, table, given.row, measure.id), f"{given.row}-{measure.id}", whose)
        for measure in framework.walk_measures()
    ]
    return join(tag(heading, "How each score came about", id=f"why-{given.row}"), *parts)


def _explanation(found: Explanation, name: str, whose: str) -> Markup:
    title = f"{found.title}: {display_score(found.score.value)}"
    lines = [
        (
            line.title,
            f"{line.answer or ''}{f' ({line.note})' if line.note else ''}",
            "none" if line.points is None else display_part(line.points),
            display_part(line.weight),
            display_part(line.adds),
        )
        for line in found.lines
    ]
    total = [("Rounding", "", "", "", display_part(found.rounding))] if found.rounding else []
    heading = ("part", "answer", "points", "weight", "adds")
    why = [tag("p", found.no_score_because)] if found.no_score_because else []
    table = grid(f"{found.title}, part by part{whose}", heading, [*lines, *total], text_columns=2)
    return tag("details", tag("summary", title), tag("p", found.rule), *why, table, id=f"part-{name}")


def _history(returns: Sequence[Return]) -> Markup:
    lines = [tuple(_history_line(one)) for one in returns]
    heading = ("round", "care setting", "asked by", "score", "band", "answered", "asked")
    warning = (
        "Rounds with different questions or rules are not like for like. The rows are those of one code: mergers and "
        "splits of organisations break them."
    )
    return join(
        tag("h2", "Through the rounds"),
        tag("p", warning),
        grid("Every return of this code", heading, lines, text_columns=3),
    )


def _history_line(given: Return) -> Iterator[str]:
    release = given.known.one.release
    root = release.framework.content.measures[0]
    score = release.table.score(given.row, root.id)
    yield from (release.manifest.round, given.unit.care_setting, str(release.framework.ref))
    yield from (display_score(score.value), given.known.one.say_band(score.band))
    yield from (str(score.answered), str(score.asked))
