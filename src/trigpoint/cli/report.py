# SPDX-License-Identifier: MIT
"""`trigpoint report`: a national analysis as one page, every sentence of which is a result's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.cli.analyse_inputs import Answers, FrameworkName, GroupFile, Measure, Seed, read_groups, score_round
from trigpoint.cli.analyse_one_round import seeded
from trigpoint.cli.terminal import one_line_errors, waiting

if TYPE_CHECKING:
    from trigpoint.analysis.change import RoundOfAnswers
    from trigpoint.analysis.report import RoundReport
    from trigpoint.publication.analysis_page import AnalysisPage


def report(
    answers: Answers,
    framework: FrameworkName,
    out: Annotated[Path, typer.Option("--out", help="The HTML file to write.")],
    earlier: Annotated[Path | None, typer.Option("--earlier", help="Answers of the round before.")] = None,
    earlier_framework: Annotated[str, typer.Option("--earlier-framework", help="Its NAME@VERSION.")] = "",
    groups: GroupFile = None,
    systems: Annotated[str | None, typer.Option("--systems", help="The column of --groups that holds systems.")] = None,
    types: Annotated[str | None, typer.Option("--types", help="The column of --groups that holds types.")] = None,
    cohort: Annotated[str | None, typer.Option("--cohort", help="A cohort in the column cohort of --groups.")] = None,
    measure: Measure = "overall",
    seed: Seed = 1,
    charts: Annotated[
        Path | None, typer.Option("--charts", help="A folder for each chart as SVG, CSV and Vega-Lite.")
    ] = None,
) -> None:
    """Write every analysis that applies to a round as one page, with what the numbers cannot tell you."""
    from trigpoint.analysis.report import ReportBasis, report_round
    from trigpoint.io.page_file import write_page
    from trigpoint.publication.analysis_page import render_analysis_page

    with one_line_errors():
        with waiting("Reading the rounds"):
            given = _round(answers, framework, measure)
            before = _round(earlier, earlier_framework, measure) if earlier is not None else None
        inputs = ReportBasis(
            measure,
            before,
            read_groups(groups, systems) if groups and systems else None,
            read_groups(groups, types) if groups and types else None,
            _cohort(groups, cohort) if groups and cohort else None,
            seed,
        )
        with waiting("Analysing"):
            found = report_round(given, inputs, rng_of=seeded)
        write_page(out, render_analysis_page(_page(given, found)))
        _tell(found, out)
        if charts is not None:
            typer.echo(f"{_write_charts(found, charts)} charts -> {charts}")


def _tell(found: RoundReport, out: Path) -> None:
    typer.echo(f"{len(found.results)} analyses -> {out}")
    for name, why in found.not_done:
        typer.echo(f"not done: {name}. {why}")


def _write_charts(found: RoundReport, folder: Path) -> int:
    import json

    from trigpoint.io.page_file import write_page
    from trigpoint.publication.chart_source import chart_csv, svg_file, vega_lite

    named = [(f"{one.analysis}-{at}", chart) for one in found.results for at, chart in enumerate(one.charts, start=1)]
    for name, chart in named:
        write_page(folder / f"{name}.svg", svg_file(chart, name=name))
        write_page(folder / f"{name}.csv", chart_csv(chart))
        write_page(folder / f"{name}.vl.json", json.dumps(vega_lite(chart), indent=2, ensure_ascii=False) + "\n")
    return len(named)


def _page(given: RoundOfAnswers, found: RoundReport) -> AnalysisPage:
    from trigpoint.io.methods import read_methods
    from trigpoint.publication.analysis_page import AnalysisPage
    from trigpoint.publication.synthetic_mark import NOTICE, is_synthetic

    methods, answers, title = read_methods(), given.answers, given.framework.content.title
    named = title if answers.round in title else f"{title}, {answers.round}"
    return AnalysisPage(
        f"What the scores of {answers.round} can bear",
        f"{named}: {len(answers.units)} returns. Every sentence here is made from a result, with its definition, its n "
        "and what it rests on.",
        found.results,
        methods,
        tuple((methods[name].title, why) for name, why in found.not_done),
        NOTICE if is_synthetic(answers) else "",
    )


def _round(answers: Path, framework: str, measure: str) -> RoundOfAnswers:
    from trigpoint.analysis.change import RoundOfAnswers
    from trigpoint.io.content import read_framework

    return RoundOfAnswers(score_round(answers, framework, measure).answers, read_framework(framework))


def _cohort(groups: Path, cohort: str) -> tuple[str, frozenset[str]]:
    members = read_groups(groups, "cohort")
    return cohort, frozenset(code for code, name in members.items() if name == cohort)
