# SPDX-License-Identifier: MIT
"""The results of the nation: how complete they are first, then how scores are spread; no league table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from urllib.parse import urlencode

from django.urls import reverse

from trigpoint.frameworks import Framework
from trigpoint.publication.chart_bands import build_band_chart
from trigpoint.publication.chart_histogram import build_histogram
from trigpoint.publication.chart_range import build_range_chart
from trigpoint.publication.cohort import WHOLE
from trigpoint.publication.definitions import DISPLAY, QUARTILES, describe_missing, describe_rounding
from trigpoint.publication.display import display_percent
from trigpoint.publication.draw_bands import draw_band_chart
from trigpoint.publication.draw_histogram import draw_histogram
from trigpoint.publication.draw_range import draw_range_chart
from trigpoint.publication.summary import Summary, summarise_scores
from trigpoint.scoring import ScoreTable
from trigpoint_web.design_system.fields import Field
from trigpoint_web.design_system.parts import Chart, Column, Link, SummaryRow, Table
from trigpoint_web.results.models import ScoreRun
from trigpoint_web.results.presenters.charts import present_chart
from trigpoint_web.results.queries.nation import Completeness, GroupCompleteness
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.presenters.moments import say_moment
from trigpoint_web.rounds.presenters.organisation_list import build_search_field
from trigpoint_web.rounds.presenters.places import titles_of

CANNOT_TELL = (
    "They are what organisations say of themselves. Nobody has checked them against anything outside.",
    "Who has not signed is not in them. Those who sign late or never may differ from those who do.",
    "A difference between two organisations may be a difference in how they read the questions.",
    "A change from an earlier round may be a change of questions: compare only on questions that both rounds asked.",
    "They are no ranking: many scores lie so close that their order says nothing.",
)


@dataclass(frozen=True, slots=True)
class NationalParts:
    """What the page is made of. table: the scores in one care setting, of every unit that was scored.

    scored, reopened: how many submissions the run has, and how many of them as last signed, being open again then.
    """

    round: Round
    run: ScoreRun
    framework: Framework
    completeness: Completeness
    care_settings: tuple[str, ...]
    care_setting: str
    table: ScoreTable
    scored: int
    reopened: int


@dataclass(frozen=True, slots=True)
class NationalResultsPage:
    """Ready text."""

    title: str
    caption: str
    headline: str
    notes: tuple[str, ...]
    completeness: tuple[Table, ...]
    setting_links: tuple[Link, ...]
    setting_title: str
    charts: tuple[Chart, ...]
    missing: Table
    cannot_tell: tuple[str, ...]
    definitions: tuple[SummaryRow, ...]
    download: Link
    find_url: str
    find_field: Field


def present_nation(parts: NationalParts, *, at: datetime) -> NationalResultsPage:
    """Return the page of a round's results."""
    whole = parts.completeness.whole
    share = display_percent(_percent(whole))
    return NationalResultsPage(
        title="Results of the round",
        caption=parts.round.title,
        headline=f"{whole.signed} of {whole.population} organisations have signed their answers ({share}).",
        notes=tuple(_notes(parts)),
        completeness=_completeness_tables(parts),
        setting_links=_setting_links(parts),
        setting_title=_title_of(parts.framework, parts.care_setting),
        charts=tuple(_charts(parts)),
        missing=_missing_table(parts),
        cannot_tell=CANNOT_TELL,
        definitions=_definitions(parts, at),
        download=Link(
            "Download all scores as CSV",
            reverse("national_results_csv", kwargs={"round_slug": parts.round.slug}),
            about="of every organisation and care setting",
        ),
        find_url=reverse("results_list", kwargs={"round_slug": parts.round.slug}),
        find_field=build_search_field(),
    )


def _percent(group: GroupCompleteness) -> Fraction | None:
    return Fraction(100 * group.signed, group.population) if group.population else None


def _notes(parts: NationalParts) -> Iterator[str]:
    if parts.round.is_synthetic:
        yield "This round is made up: nothing here is about a real organisation."
    later = parts.completeness.whole.signed - parts.scored
    if later:
        yield f"{later} signed after these results were computed, and are not in the scores."
    if parts.reopened:
        yield (
            f"{parts.reopened} had their answers opened again and not signed since when these results were computed. "
            "Their scores are of the answers that were signed last."
        )
    if len(parts.care_settings) > 1:
        yield (
            "Care settings are shown apart and never averaged together: they are asked different questions. "
            "An organisation with two of them is two units."
        )


def _completeness_tables(parts: NationalParts) -> tuple[Table, ...]:
    found = parts.completeness
    settings = tuple(
        replace(one, title=_title_of(parts.framework, one.title) or "The whole organisation")
        for one in found.care_settings
    )
    return (
        _completeness_table("By system", "System", found.systems),
        _completeness_table("By kind of organisation", "Kind", found.kinds),
        _completeness_table("By care setting (units)", "Care setting", settings),
    )


def _completeness_table(caption: str, heading: str, groups: Sequence[GroupCompleteness]) -> Table:
    return Table(
        caption=caption,
        columns=(Column(heading), Column("Signed"), Column("Share", is_numeric=True)),
        rows=tuple((one.title, f"{one.signed} of {one.population}", display_percent(_percent(one))) for one in groups),
    )


def _title_of(framework: Framework, care_setting: str) -> str:
    """The title of a care setting; empty for organisations as a whole."""
    return "" if care_setting == WHOLE else titles_of(framework).get(care_setting, care_setting)


def _setting_links(parts: NationalParts) -> tuple[Link, ...]:
    if len(parts.care_settings) < 2:
        return ()
    address = reverse("national_results", kwargs={"round_slug": parts.round.slug})
    return tuple(
        Link(
            _title_of(parts.framework, one) or "Whole organisations",
            f"{address}?{urlencode({'care_setting': one})}",
            is_current=one == parts.care_setting,
        )
        for one in parts.care_settings
    )


def _charts(parts: NationalParts) -> Iterator[Chart]:
    framework = parts.framework
    summary = summarise_scores(parts.table, framework)
    measures = tuple(framework.walk_measures())
    source = f"Self-assessed, as signed. {parts.round.title}."
    scored = tuple(measure for measure in measures if summary.has_score(measure.id))
    if summary.has_score(measures[0].id):
        histogram = build_histogram(summary, framework, measures[0], source=source)
        yield present_chart(histogram.words, draw_histogram(histogram), histogram.table)
    bands = framework.scoring.bands
    if bands is not None and scored:
        chart = build_band_chart(summary, bands, scored, source=source)
        yield present_chart(chart.words, draw_band_chart(chart), chart.table)
    for level in dict.fromkeys(measure.level for measure in measures):
        yield _range_chart(summary, framework, level, source)


def _range_chart(summary: Summary, framework: Framework, level: str, source: str) -> Chart:
    """The spread of each measure of one level, with means, quartiles and n."""
    measures = tuple(measure for measure in framework.walk_measures() if measure.level == level)
    chart = build_range_chart(summary, framework, measures, name=f"spread-{level}", source=source)
    titles = ", ".join(measure.title for measure in measures)
    # There is such a table for each level: people who go from table to table hear which one they are at.
    numbers = replace(chart.table, caption=f"{chart.table.caption}: {titles}")
    return present_chart(chart.words, draw_range_chart(chart), numbers)


def _missing_table(parts: NationalParts) -> Table:
    """What the scores rest on: questions counted over all units of the care setting."""
    table = parts.table

    def total(name: str, at: int) -> int:
        return int(table.counts[name][:, at].sum(dtype=int))

    rows = []
    for at, measure in enumerate(table.measures):
        asked, answered, dont_know, not_applicable = (
            total(name, at) for name in ("asked", "answered", "dont_know", "not_applicable")
        )
        rest = asked - answered - dont_know - not_applicable
        shares = (display_percent(Fraction(100 * one, asked) if asked else None) for one in (answered, dont_know))
        others = (display_percent(Fraction(100 * one, asked) if asked else None) for one in (not_applicable, rest))
        rows.append((parts.framework.measures[measure].title, f"{asked:,}", *shares, *others))
    names = ("Asked, all units", "Answered", "Don’t know", "Not applicable", "Not answered")
    return Table(
        caption="Missing answers, as a share of the questions asked",
        columns=(Column("Measure"), *(Column(name, is_numeric=True) for name in names)),
        rows=tuple(rows),
        is_wide=True,
    )


def _definitions(parts: NationalParts, at: datetime) -> tuple[SummaryRow, ...]:
    run, framework = parts.run, parts.framework
    finished = "" if run.finished_at is None else say_moment(run.finished_at, now=at)
    return (
        SummaryRow("Framework", f"{framework.ref}, SHA-256 {run.framework_hash}"),
        SummaryRow("Whose answers", "The organisations’ own, as signed; not reviewed"),
        SummaryRow("Mean", "Plain: each unit with a score counts once, whatever its size. n is beside it"),
        SummaryRow("Quartiles", QUARTILES),
        SummaryRow("Missing answers", describe_missing(framework.scoring.missing)),
        SummaryRow("Rounding", f"{describe_rounding(framework)}. {DISPLAY}"),
        SummaryRow("Computed", f"{finished}, engine {run.engine}"),
        SummaryRow("Answers", f"SHA-256 {run.answers_hash}"),
        SummaryRow("Scores", f"SHA-256 {run.scores_hash}"),
    )
