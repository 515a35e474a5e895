# SPDX-License-Identifier: MIT
"""What holds of every analysis, on the synthetic rounds: counts add up, words end, numbers are numbers."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest

from trigpoint.analysis.allocation import AllocationPlan, analyse_allocation
from trigpoint.analysis.change import RoundOfAnswers, analyse_change
from trigpoint.analysis.chart import AnalysisChart, Dot, DotChart, PlaneChart
from trigpoint.analysis.cohorts import analyse_cohort
from trigpoint.analysis.convergence import analyse_convergence
from trigpoint.analysis.cost import analyse_cost
from trigpoint.analysis.distribution import analyse_distribution
from trigpoint.analysis.linking import analyse_linking
from trigpoint.analysis.matched_rounds import match_rounds
from trigpoint.analysis.ranks import analyse_ranks
from trigpoint.analysis.reliability import analyse_reliability
from trigpoint.analysis.result import AnalysisResult
from trigpoint.analysis.sampling import draw_sample
from trigpoint.analysis.scored_units import GroupedUnits, group_units, list_scored_units
from trigpoint.analysis.sensitivity import analyse_sensitivity
from trigpoint.analysis.shares import analyse_shares, in_band
from trigpoint.analysis.similar_peers import compare_with_similar
from trigpoint.analysis.spread import analyse_funnel, analyse_inequality
from trigpoint.analysis.survey import analyse_survey
from trigpoint.analysis.systems import analyse_systems
from trigpoint.analysis.uncertainty import analyse_uncertainty
from trigpoint.io.content import read_framework
from trigpoint.io.methods import read_methods
from trigpoint.io.synthetic_shape import read_shape_texts
from trigpoint.publication.analysis_page import AnalysisPage, render_analysis_page
from trigpoint.publication.analysis_record import present_analysis
from trigpoint.scoring import ScoreTable, compile_plan, score_answers
from trigpoint.synthetic import DEFAULT_SEED, make_rounds, parse_shape

VERSIONS = ("2015-16", "2017")
# Words that a reader of a newspaper does not know, and that a sentence must do without.
JARGON = re.compile(r"heteroscedas|sandwich|eigen|posterior|Bayes|bootstrap|REML|Neyman|Sobol", re.IGNORECASE)


@cache
def rounds() -> tuple[RoundOfAnswers, RoundOfAnswers]:
    frameworks = read_framework("nhs-dma@2015-16"), read_framework("nhs-dma@2017")
    shape = parse_shape(read_shape_texts(), frameworks)
    made = make_rounds(np.random.Generator(np.random.PCG64(DEFAULT_SEED)), shape, frameworks)
    return RoundOfAnswers(made.first, frameworks[0]), RoundOfAnswers(made.second, frameworks[1])


@cache
def table(at: int) -> ScoreTable:
    made = rounds()[at]
    return score_answers(made.answers, compile_plan(made.framework))


def rng() -> np.random.Generator:
    return np.random.default_rng(1)


def codes() -> list[str]:
    return sorted({unit.organisation for unit in table(1).units})


def ranks() -> AnalysisResult[Any]:
    units = list_scored_units(table(1), "overall")
    errors = {one.key: one.question_error for one in result("uncertainty").numbers.units}
    return analyse_ranks(units, errors, rng=rng())


def systems() -> AnalysisResult[Any]:
    system_of = {code: f"system {at % 12}" for at, code in enumerate(codes())}
    units = group_units(list_scored_units(table(1), "overall"), system_of, grouping="icb")
    return analyse_systems(units, type_of={code: "ab"[at % 2] for at, code in enumerate(codes())})


def uncertainty() -> AnalysisResult[Any]:
    return analyse_uncertainty(rounds()[1].answers, compile_plan(rounds()[1].framework), "overall", rng=rng())


def groups() -> GroupedUnits:
    group_of = {code: f"system {at % 12}" for at, code in enumerate(codes())}
    return group_units(list_scored_units(table(1), "overall"), group_of, grouping="icb")


def peers() -> AnalysisResult[Any]:
    features = {code: (float(at % 17), float(at % 5)) for at, code in enumerate(codes())}
    return compare_with_similar(list_scored_units(table(1), "overall"), codes()[0], features)


def cohorts() -> AnalysisResult[Any]:
    return analyse_cohort(match_rounds(table(0), table(1), "overall"), set(codes()[::9]), name="the pioneers")


def survey() -> AnalysisResult[Any]:
    kinds = {code: "ab"[at % 2] for at, code in enumerate(codes())}
    return analyse_survey(list_scored_units(table(1), "overall"), codes(), [kinds])


def cost() -> AnalysisResult[Any]:
    sizes = {code: 100.0 + 7 * (at % 31) for at, code in enumerate(codes())}
    return analyse_cost({code: sizes[code] * (1 + at % 5) for at, code in enumerate(codes()[:14])}, sizes)


ANALYSES: dict[str, Callable[[], AnalysisResult[Any]]] = {
    "allocation": lambda: analyse_allocation(
        list_scored_units(table(1), "overall"), AllocationPlan(500, 1, 0.2), rng=rng()
    ),
    "cost": cost,
    "sampling": lambda: draw_sample(list_scored_units(table(1), "overall"), 25, rng=rng()),
    "shares": lambda: analyse_shares(in_band(table(0), "overall", "high"), in_band(table(1), "overall", "high")),
    "survey": survey,
    "change": lambda: analyse_change(*rounds(), "overall"),
    "cohorts": cohorts,
    "distribution": lambda: analyse_distribution(table(1), rounds()[1].framework, "overall"),
    "funnel": lambda: analyse_funnel(groups()),
    "inequality": lambda: analyse_inequality(groups().units, groups=groups()),
    "linking": lambda: analyse_linking(*rounds(), "overall", rng=rng()),
    "peers": peers,
    "reliability": lambda: analyse_reliability(rounds()[1].answers, compile_plan(rounds()[1].framework), rng=rng()),
    "sensitivity": lambda: analyse_sensitivity(
        rounds()[1].answers, compile_plan(rounds()[1].framework), "overall", rng=rng()
    ),
    "convergence": lambda: analyse_convergence(match_rounds(table(0), table(1), "overall"), size=40),
    "ranks": ranks,
    "systems": systems,
    "uncertainty": uncertainty,
}


@cache
def result(name: str) -> AnalysisResult[Any]:
    return ANALYSES[name]()


every = pytest.mark.parametrize("name", sorted(ANALYSES))


def test_every_analysis_is_here():
    assert sorted(ANALYSES) == list(read_methods())


@every
def test_it_is_what_its_method_says(name):
    assert result(name).analysis == name
    assert read_methods()[name].sources


@every
def test_who_counts_and_who_is_left_out_are_all_there_are(name):
    found = result(name)

    assert 0 < found.n <= found.of
    assert found.n + len(found.left_out) == found.of
    assert all(why for _, why in found.left_out)


@every
def test_the_sentence_is_one_that_can_be_read(name):
    sentence = result(name).sentence

    assert sentence.endswith(".")
    assert sentence[0].isupper() or sentence[0].isdigit()
    assert not JARGON.search(sentence)
    assert not re.search(r"\bnan\b|\binf\b|None|\d\.\d{4,}|  ", sentence)
    assert len(sentence) < 700


@every
def test_the_definition_names_the_measure_and_the_round(name):
    definition = result(name).definition

    # A cost is of organisations, whatever they scored.
    if name != "cost":
        assert "overall" in definition
        assert any(version in definition for version in VERSIONS)
    assert definition.endswith(".")


@every
def test_every_number_has_a_name_and_an_n_and_lies_in_its_interval(name):
    for row in result(name).rows:
        assert row.name
        assert row.n > 0 or row.value is None
        if row.value is None:
            assert row.note
            continue
        assert math.isfinite(row.value)
        if row.lower is not None and row.upper is not None:
            assert row.lower <= row.value <= row.upper


@every
def test_every_line_of_a_table_is_as_long_as_its_heading(name):
    for one in result(name).tables:
        assert len({line[0] for line in one.lines}) == len(one.lines), one.title
        for line in one.lines:
            assert len(line) == len(one.columns)
            assert all(math.isfinite(cell) for cell in line if isinstance(cell, float))


@every
def test_assumptions_are_said_with_what_was_found(name):
    checked = result(name).checked

    assert len(checked) >= 2
    assert all(one.assumption and one.found for one in checked)
    assert not any(one.assumption.endswith(".") for one in checked)


@every
def test_what_it_can_t_tell_is_said(name):
    limits = result(name).cannot_tell

    assert limits
    assert all(limit.endswith(".") for limit in limits)


def numbers_of(chart: AnalysisChart) -> Iterator[float]:
    if isinstance(chart, DotChart):
        dots = [dot for row in chart.rows for dot in row.dots if dot is not None]
        yield from (value for dot in dots for value in ends(dot))
        return
    for point in chart.points:
        yield from (point.x, *ends(Dot(point.y, point.lower, point.upper)))
    for curve in chart.curves:
        yield from (*curve.x, *curve.y)


def ends(dot: Dot) -> list[float]:
    return [value for value in (dot.value, dot.lower, dot.upper) if value is not None]


@every
def test_charts_are_named_and_full_of_numbers(name):
    charts = result(name).charts

    assert charts
    for chart in charts:
        assert chart.title
        numbers = list(numbers_of(chart))
        assert numbers
        assert all(math.isfinite(number) for number in numbers)
        if isinstance(chart, DotChart):
            assert all(len(row.dots) == len(chart.series) for row in chart.rows)
        else:
            assert isinstance(chart, PlaneChart)
            assert all(len(curve.x) == len(curve.y) for curve in chart.curves)


@every
def test_it_can_be_written_as_json_without_a_number_that_json_does_not_have(name):
    told = json.loads(json.dumps(present_analysis(result(name), read_methods()[name]), allow_nan=False))

    assert told["analysis"] == name
    assert told["n"] == result(name).n


@every
def test_the_same_rounds_give_the_same_result(name):
    assert present_analysis(ANALYSES[name](), read_methods()[name]) == present_analysis(
        result(name), read_methods()[name]
    )


def test_all_of_them_stand_on_one_page():
    results = tuple(result(name) for name in sorted(ANALYSES))
    text = render_analysis_page(AnalysisPage("A synthetic round", "Made up.", results, read_methods()))

    for one in results:
        assert f'href="#{one.analysis}"' in text
        assert text.count(f'id="{one.analysis}"') == 1
    identities = re.findall(r' id="([^"]+)"', text)
    assert len(identities) == len(set(identities))
