# SPDX-License-Identifier: MIT
"""The national summary as a page: its words and its charts, ready to be written as HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.model import Measure
from trigpoint.publication.chart import PrintedNumber, printed
from trigpoint.publication.chart_bands import BandChart, build_band_chart
from trigpoint.publication.chart_histogram import Histogram, build_histogram
from trigpoint.publication.chart_range import RangeChart, build_range_chart
from trigpoint.publication.definitions import describe_basis
from trigpoint.publication.manifest import Manifest
from trigpoint.publication.score_range import score_range
from trigpoint.publication.settings import Licence
from trigpoint.publication.summary import Summary
from trigpoint.publication.synthetic_mark import NOTICE

Chart = RangeChart | BandChart | Histogram
Sentence = tuple[str | PrintedNumber, ...]

LIMITS = (
    "They are no league table. A few points between two organisations can be down to who filled in the form.",
    "They can’t be set beside another round as they stand. Questions and rules change: compare only what both share.",
    "A mean hides the mix. Organisations that give different kinds of care are asked different questions.",
    "A missing score is not a low score. Returns without a score are counted apart and are in no mean.",
    "They show digital maturity as this framework asks about it, not how good or how safe care is.",
)
_ORDINAL = (
    "Levels and stages stand in an order, and nobody measured how far one is from the next. A mean takes every step as "
    "equally long: read the counts first."
)
_SELF = "They are self-assessed: what organisations say of themselves. This release checks the sums, not the answers."


@dataclass(frozen=True, slots=True)
class PageSection:
    """A heading and the charts under it."""

    heading: str
    charts: tuple[Chart, ...]


@dataclass(frozen=True, slots=True)
class NationalPage:
    """Everything on the page, in its order. notice: None unless the answers are made up."""

    title: str
    notice: str | None
    about: str
    headline: tuple[Sentence, ...]
    purpose: tuple[str, ...]
    sections: tuple[PageSection, ...]
    limits: tuple[str, ...]
    definitions: Mapping[str, str]
    licence: Licence
    release: str


@dataclass(frozen=True, slots=True)
class PageMeasures:
    """The measures a page shows. roots: the top of the tree; themes: right below; sections: the leaves below those."""

    roots: tuple[Measure, ...]
    themes: tuple[Measure, ...]
    sections: tuple[Measure, ...]


def build_page(summary: Summary, framework: Framework, manifest: Manifest) -> NationalPage:
    """Return the page of a release."""
    settings = manifest.settings
    date = f" Published on {settings.date}." if settings.date else ""
    return NationalPage(
        title=settings.title,
        notice=NOTICE if settings.is_synthetic else None,
        about=f"Round {manifest.round}, {describe_basis(manifest.basis)} answers.{date}",
        headline=tuple(_headline(summary, framework)),
        purpose=tuple(_purpose(framework)),
        sections=tuple(_sections(summary, framework, manifest)),
        limits=tuple(_limits(framework, manifest)),
        definitions=manifest.definitions,
        licence=settings.licence,
        release=manifest.release,
    )


def _limits(framework: Framework, manifest: Manifest) -> Iterator[str]:
    is_self = manifest.basis.split("; ")[0] == "self"
    yield _SELF if is_self else f"They rest on answers that are: {manifest.basis}."
    if framework.scoring.ladder is not None:
        yield _ORDINAL
    yield from LIMITS


def _purpose(framework: Framework) -> Iterator[str]:
    """What the assessment is, and what each number in the headline and each theme is, in the framework's words."""
    yield framework.content.summary
    shown = page_measures(framework)
    for measure in {one.id: one for one in (*shown.roots, *shown.themes)}.values():
        if measure.summary:
            yield f"{measure.title}: {measure.summary}"


def page_measures(framework: Framework) -> PageMeasures:
    """Return the measures that the page of a framework shows; a single top measure is not a theme itself."""
    roots = framework.content.measures
    themes = roots[0].measures if len(roots) == 1 and roots[0].measures else roots
    shown = {measure.id for measure in (*roots, *themes)}
    leaves = (one for one in framework.walk_measures() if not one.measures and one.id not in shown)
    return PageMeasures(roots, themes, tuple(leaves))


def _headline(summary: Summary, framework: Framework) -> Iterator[Sentence]:
    for measure in framework.content.measures:
        yield from _measure_headline(summary, framework, measure)


def _measure_headline(summary: Summary, framework: Framework, measure: Measure) -> Iterator[Sentence]:
    title = measure.title  # as it stands: small letters would spoil "IT infrastructure"

    def number(statistic: str) -> PrintedNumber:
        return printed(summary, measure.id, statistic)

    if not summary.has_score(measure.id):
        yield f"No return has a score for {title}. Returns counted: ", number("returns"), "."
        return
    top = score_range(framework, measure).top
    n = number("with_score")
    yield f"The mean {title} score was ", number("mean"), f" out of {top}, from ", n, " returns."
    yield "The middle half scored between ", number("lower_quartile"), " and ", number("upper_quartile"), "."
    without = summary.line(measure.id, "without_score").value
    if without:
        have = "return has" if without == 1 else "returns have"
        yield number("without_score"), f" {have} no {title} score; that is not 0, and not in the mean."


def _sections(summary: Summary, framework: Framework, manifest: Manifest) -> Iterator[PageSection]:
    source = (
        f"Source: {framework.content.title}, round {manifest.round}, {describe_basis(manifest.basis)} answers, "
        f"scored by {framework.ref}."
    )
    shown = page_measures(framework)
    top = tuple({measure.id: measure for measure in (*shown.roots, *shown.themes)}.values())
    yield PageSection("Themes" if len(top) > 1 else top[0].title, tuple(_top(summary, framework, top, source)))
    if shown.sections:
        chart = build_range_chart(summary, framework, shown.sections, name="sections", source=source)
        yield PageSection("Sections", (chart,))
    histograms = tuple(
        build_histogram(summary, framework, measure, source=source)
        for measure in shown.roots
        if summary.has_score(measure.id)
    )
    if histograms:
        yield PageSection("How scores spread", histograms)


def _top(summary: Summary, framework: Framework, top: tuple[Measure, ...], source: str) -> Iterator[Chart]:
    yield build_range_chart(summary, framework, top, name="themes", source=source)
    banded = tuple(one for one in page_measures(framework).themes if summary.has_score(one.id))
    if framework.scoring.bands and banded:
        yield build_band_chart(summary, framework.scoring.bands, banded, source=source)
