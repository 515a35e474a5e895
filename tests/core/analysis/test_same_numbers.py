# SPDX-License-Identifier: MIT
"""The rows, tables and charts of every analysis hold the numbers of its result, and no others."""

from __future__ import annotations

import pytest

from tests.core.analysis.test_every_result import result
from trigpoint.analysis.change import OWN
from trigpoint.analysis.chart import DotChart, PlaneChart
from trigpoint.analysis.convergence import ChosenOn

Z95 = 1.959963984540054


def row(name, words):
    return next(one for one in result(name).rows if one.name == words)


def table(name, title):
    found = next(one for one in result(name).tables if one.title.startswith(title))
    names = [column.name for column in found.columns]
    return [dict(zip(names, line, strict=True)) for line in found.lines]


def chart(name, at=0):
    return result(name).charts[at]


def dots(name, at=0):
    """Label → dots of a dot chart."""
    found = chart(name, at)
    assert isinstance(found, DotChart)
    return {one.label: one.dots for one in found.rows}


def points(name, at=0):
    """Label → point of a plane chart."""
    found = chart(name, at)
    assert isinstance(found, PlaneChart)
    return {one.label: one for one in found.points}


def test_change_shows_its_parts_in_rows_and_chart():
    found = result("change").numbers

    for part in found.parts:
        assert row("change", f"part: {part.name}").value == float(part.points)
        (dot,) = dots("change")[part.name]
        assert (dot.value, dot.lower, dot.upper) == (float(part.points), *map(float, part.between))
    assert dots("change")["published change"][0].value == float(found.published)
    assert row("change", "published change").value == float(found.published)


def test_change_shows_every_basis_and_every_error_in_its_tables():
    found = result("change").numbers
    bases = table("change", "The same units")
    reliable = table("change", "Units that changed")

    assert [line["basis"] for line in bases] == [one.name for one in found.bases]
    own = next(one for one in found.bases if one.name == OWN)
    line = bases[0]
    assert (line["n"], line["lower"], line["equal"], line["higher"]) == (own.n, own.lower, own.equal, own.higher)
    for line, one in zip(reliable, found.reliable, strict=True):
        assert (line["worse"], line["not to be told"], line["better"]) == (one.worse, one.undecided, one.better)
        assert line["worse"] + line["not to be told"] + line["better"] == own.n


def test_cohorts_show_each_way_with_its_interval_in_rows_and_chart():
    for one in result("cohorts").numbers.effects:
        shown = row("cohorts", one.way)
        assert (shown.value, shown.lower, shown.upper) == (one.difference, one.lower, one.upper)
        (dot,) = dots("cohorts")[one.way]
        assert (dot.value, dot.lower, dot.upper) == (one.difference, one.lower, one.upper)


def test_cohorts_show_who_is_compared():
    found = result("cohorts").numbers

    assert row("cohorts", "mean change of members").n == found.members
    assert row("cohorts", "mean change of the others").n == found.others
    assert found.members + found.others == result("cohorts").n


def test_convergence_shows_four_groupings_and_what_chance_gives():
    found = result("convergence").numbers
    shown = dots("convergence")

    assert len(shown) == len(ChosenOn) + 1
    for group in found.groups:
        lowest, highest = shown[f"chosen on {group.chosen_on.value}"]
        assert (lowest.value, highest.value) == (float(group.lowest), float(group.highest))
    by_chance = shown["by chance alone, chosen on the earlier round"]
    assert [dot.value for dot in by_chance] == [found.expected_lowest, found.expected_highest]
    assert chart("convergence").marked == ("mean change of all", float(found.mean_change))


def test_distribution_shows_percentiles_bands_and_answers():
    found = result("distribution").numbers

    assert row("distribution", "percentile 50").value == float(found.percentiles[2])
    for band in found.bands:
        assert row("distribution", f"share in band {band.band}").note == str(band.count)
    assert sum(band.count for band in found.bands) == result("distribution").n
    lines = table("distribution", "Answers to each question")
    assert len(lines) == len(found.answers)
    for line, one in zip(lines, found.answers, strict=True):
        assert line["question"] == one.question
        missing = line["don't know"] + line["not applicable"] + line["not answered"] + line["not shown"]
        assert missing + sum(one.given.values()) == result("distribution").of
    (dot,) = dots("distribution")["all"]
    assert (dot.lower, dot.value, dot.upper) == tuple(float(found.percentiles[at]) for at in (0, 2, 4))


def test_the_funnel_shows_each_group_at_its_size_and_mean():
    found = result("funnel").numbers

    for group in found.groups:
        point = points("funnel")[group.group]
        assert (point.x, point.y, point.stands_out) == (group.n, group.mean, group.with_spread > 0)
    assert row("funnel", "mean of all units").value == found.target
    assert sum(group.n for group in found.groups) == result("funnel").n
    limits = chart("funnel").curves
    assert {len(curve.x) for curve in limits} == {60}
    upper, lower = limits[1].y, limits[2].y
    assert all(low < found.target < high for low, high in zip(lower, upper, strict=True))
    assert list(upper) == sorted(upper, reverse=True)


def test_inequality_shows_parts_that_add_up():
    found = result("inequality").numbers

    assert found.between is not None
    assert row("inequality", "between groups").value == found.between
    shown = [dot.value for one in dots("inequality").values() for dot in one]
    assert sum(shown) == pytest.approx(1000 * found.theil)


def test_linking_shows_every_way_at_every_score():
    found = result("linking").numbers

    for line, one in zip(table("linking", "Earlier scores"), found.links, strict=True):
        assert len(one.linked) == 5
        for way in one.linked:
            assert line[way] == one.linked[way]
            assert line[f"{way}, error"] == one.errors[way]


def test_linking_draws_some_scores_by_every_way():
    found = result("linking").numbers
    drawn = dots("linking")

    assert len(drawn) == 3 * 5
    for one in found.links:
        for way in one.linked if one.score in {40, 60, 80} else ():
            (dot,) = drawn[f"{one.score:.0f} by {way}"]
            assert dot.value == one.linked[way]
            assert dot.upper - dot.value == pytest.approx(1.96 * one.errors[way])


def test_linking_says_how_many_questions_it_rests_on():
    found = result("linking").numbers
    assert row("linking", "of them kept as anchors").value == found.kept


def test_peers_show_the_organisation_among_them():
    found = result("peers").numbers

    assert dots("peers")[found.organisation][0].value == found.score
    assert row("peers", "median of the peers").value == float(found.distribution.median)
    below = row("peers", "share of peers that score lower")
    assert (below.value, below.lower, below.upper) == (found.below.share, found.below.lower, found.below.upper)
    assert len(found.peers) == result("peers").n == found.distribution.n


def test_ranks_show_sets_in_table_and_chart():
    found = result("ranks").numbers

    for line, one in zip(table("ranks", "Units"), found.units, strict=True):
        assert line["unit"] == " ".join(one.key)
        assert (line["set from"], line["set to"]) == one.sure
        assert (line["drawn from"], line["drawn to"]) == one.drawn
        point = points("ranks")[one.key[0]]
        assert (point.y, point.lower, point.upper) == (one.expected, *one.sure)
    assert row("ranks", "pairs that can't be told apart").value == found.pairs - found.apart
    assert row("ranks", "groups that can be told apart").value == found.groups


def test_reliability_shows_every_section_and_every_question():
    found = result("reliability").numbers

    lines = table("reliability", "Sections")
    assert [line["section"] for line in lines] == [one.section for one in found.sections]
    for line, one in zip(lines, found.sections, strict=True):
        if one.alpha is not None:
            assert line["alpha"] == one.alpha.raw
            (dot,) = dots("reliability")[one.section]
            assert (dot.value, dot.lower, dot.upper) == (one.alpha.raw, one.alpha.lower, one.alpha.upper)
    questions = table("reliability", "Questions")
    assert len(questions) == sum(len(one.questions) for one in found.sections)


def test_sensitivity_shows_every_choice_and_every_unit():
    found = result("sensitivity").numbers

    for at, (label, (alone, together)) in enumerate(dots("sensitivity").items()):
        assert (alone.value, together.value) == (found.choices.first[at], found.choices.total[at])
        assert row("sensitivity", f"{label}, with all others").value == found.choices.total[at]
    for line, one in zip(table("sensitivity", "Units"), found.units, strict=True):
        assert (line["ranks from"], line["middle rank"], line["ranks to"]) == (one.low, one.middle, one.high)
        point = points("sensitivity", 1)[one.key[0]]
        assert (point.y, point.lower, point.upper) == (one.middle, one.low, one.high)
    pulls = {line["section"]: line["share"] for line in table("sensitivity", "Each section")}
    assert pulls == found.pull


def test_systems_show_their_means_in_table_and_chart():
    found = result("systems").numbers

    for line, one in zip(table("systems", "Systems"), found.systems, strict=True):
        assert (line["icb"], line["n"], line["plain mean"]) == (one.system, one.n, one.crude)
        assert (line["direct"], line["indirect"], line["by mix"], line["by rate"]) == (
            one.direct,
            one.indirect,
            one.mix,
            one.rate,
        )
        plain, adjusted = dots("systems")[f"{one.system} (n = {one.n})"]
        assert (plain.value, adjusted.value) == (one.crude, one.adjusted)
        assert adjusted.upper - adjusted.value == pytest.approx(Z95 * one.error)
    assert row("systems", "F").value == found.test.f
    assert sum(one.n for one in found.systems) == result("systems").n


def test_uncertainty_shows_each_unit_with_its_interval():
    found = result("uncertainty").numbers

    for line, one in zip(table("uncertainty", "Units"), found.units, strict=True):
        assert (line["score"], line["error by questions"]) == (one.score, one.question_error)
        assert (line["method from"], line["method to"]) == one.method
        assert (line["missing from"], line["missing to"]) == one.missing
        point = points("uncertainty")[one.key[0]]
        assert point.y == one.score
        assert point.upper - point.y == pytest.approx(1.96 * one.question_error)


def test_shares_show_both_rounds_in_per_cent():
    found = result("shares").numbers

    for name, one in (("2015-16", found.first), ("2017", found.second)):
        shown = row("shares", f"share in {name}")
        assert (shown.value, shown.lower, shown.upper) == (one.share, one.lower, one.upper)
        (dot,) = dots("shares")[name]
        assert (dot.value, dot.lower, dot.upper) == (100 * one.share, 100 * one.lower, 100 * one.upper)
    assert row("shares", "came").value == found.counts.only_second
    assert row("shares", "left").value == found.counts.only_first
