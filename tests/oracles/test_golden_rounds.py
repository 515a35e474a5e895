# SPDX-License-Identifier: MIT
"""Both national rounds, from the published answers to the published scores: every section, every theme, every row.

The published files are read here a second time, by this file's own few lines, and scored a second time in fractions,
without `trigpoint.scoring`: what the two agree on was worked out twice.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from tests.support.shared import shared_data
from trigpoint.frameworks import Framework
from trigpoint.frameworks.model import Rounding
from trigpoint.io.answers import read_answers, write_answers
from trigpoint.io.content import read_framework
from trigpoint.io.published import read_published
from trigpoint.scoring import ScoreTable, compile_plan, compile_under_rules_of, score_answers
from trigpoint.scoring.explain import explain_score
from trigpoint.submissions.intake_report import Reading
from trigpoint.submissions.published import Intake

ROUNDS = {
    "2015-16": ("nhs-dma-2015-16", "dma_2015-16_answers.csv"),
    "2017": ("nhs-dma-2017", "dma_2017_answers.csv"),
}
# What the files call measures that have another name in the frameworks.
OTHER_NAMES = {
    "records,_assessments_&_plans": "records_assessments_plans",
    "orders_&_results_management": "orders_results_management",
    "remote_&_assistive_care": "remote_assistive_care",
    "asset_&_resource_optimisation": "asset_resource_optimisation",
    "asset_resource_optimisation": "asset_resource_optimisation",
    "business_&_clinical_intelligence": "business_clinical_intelligence",
    "medicines_optimisation": "medicines_management_optimisation",
}
THEMES = ("readiness", "capabilities")
Published = Mapping[tuple[str, str, str], int | None]


def read_csv(name: str) -> list[list[str]]:
    with shared_data("nhs-dma", name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@cache
def intake(version: str, reading: Reading = Reading.SCORE) -> Intake:
    layout, name = ROUNDS[version]
    return read_published(layout, shared_data("nhs-dma", name), reading=reading)


@cache
def framework(version: str) -> Framework:
    return read_framework(f"nhs-dma@{version}")


@cache
def scores(version: str) -> ScoreTable:
    return score_answers(intake(version).answers, compile_plan(framework(version)))


def by_rules(version: str, change: Callable[[Framework], Framework]) -> ScoreTable:
    """Return the scores of a round under changed rules."""
    own = framework(version)
    return score_answers(intake(version).answers, compile_under_rules_of(own, change(own)))


@cache
def published_2015() -> Published:
    """The published scores of acute trusts: (organisation, care setting, measure) → score."""
    heading, *rows = read_csv("dma_2015-16_published_section_scores_acute.csv")
    return {
        (row[1], "General", OTHER_NAMES.get(measure, measure)): int(cell) if cell else None
        for row in rows
        for measure, cell in zip(heading[2:], row[2:], strict=True)
    }


@cache
def published_2017() -> Published:
    """The scores that the file of answers prints in front: 15 sections and two themes."""
    heading, *rows = read_csv("dma_2017_answers.csv")
    return {
        (row[2], row[1], OTHER_NAMES.get(measure, measure)): int(cell) if cell else None
        for row in rows
        for measure, cell in zip(heading[3:20], row[3:20], strict=True)
    }


def compare(table: ScoreTable, published: Published, measures: tuple[str, ...]) -> tuple[int, int]:
    """Return how many published scores equal ours, and how many there are. A blank is no score to compare."""
    row = {unit.key: at for at, unit in enumerate(table.units)}
    told = [
        (table.score(row[organisation, setting], measure).value, score)
        for (organisation, setting, measure), score in published.items()
        if measure in measures and score is not None
    ]
    return sum(ours == score for ours, score in told), len(told)


def sections(version: str) -> tuple[str, ...]:
    return tuple(one.id for one in framework(version).walk_measures() if one.level == "section")


def published_sections(version: str, published: Published) -> tuple[str, ...]:
    there = {measure for _, _, measure in published}
    return tuple(one for one in sections(version) if one in there)


def test_every_published_section_of_2015_16_comes_out_as_printed() -> None:
    # 154 acute trusts x 14 sections = 2,156 cells, two of them blank
    assert compare(scores("2015-16"), published_2015(), sections("2015-16")) == (2154, 2154)
    assert len(sections("2015-16")) == 14


def test_every_published_theme_of_2015_16_comes_out_as_printed() -> None:
    # 154 trusts x 2 themes
    assert compare(scores("2015-16"), published_2015(), THEMES) == (308, 308)


def test_every_published_section_of_2017_comes_out_as_printed() -> None:
    assert compare(scores("2017"), published_2017(), sections("2017")) == (3463, 3463)
    assert len(sections("2017")) == 15


def test_every_published_theme_of_2017_comes_out_as_printed() -> None:
    assert compare(scores("2017"), published_2017(), ("readiness",)) == (232, 232)
    assert compare(scores("2017"), published_2017(), ("capabilities",)) == (240, 240)


def test_all_780_published_themes_of_both_rounds_come_out_as_printed() -> None:
    first = compare(scores("2015-16"), published_2015(), THEMES)
    second = compare(scores("2017"), published_2017(), THEMES)

    assert (first[0] + second[0], first[1] + second[1]) == (780, 780)  # 308 + 472


@pytest.mark.parametrize("version", ["2015-16", "2017"])
def test_a_blank_published_score_is_no_score_and_no_score_is_blank(version: str) -> None:
    published = published_2015() if version == "2015-16" else published_2017()
    table = scores(version)
    row = {unit.key: at for at, unit in enumerate(table.units)}

    blank = {key for key, score in published.items() if score is None}
    ours = {key for key in published if table.score(row[key[:2]], key[2]).value is None}

    assert ours == blank
    # 154 x 14 - 2,154 sections; 240 x 15 - 3,463 sections and 480 - 472 themes
    assert len(blank) == {"2015-16": 2, "2017": 137 + 8}[version]


def test_every_row_of_both_files_is_scored_in_the_order_of_the_file() -> None:
    for version, column, rows in (("2015-16", 1, 239), ("2017", 2, 240)):
        _, *published = read_csv(ROUNDS[version][1])

        assert [unit.organisation for unit in scores(version).units] == [row[column] for row in published]
        assert len(published) == rows


def test_mean_overall_scores_are_those_that_were_computed_before() -> None:
    first = scores("2015-16").column("overall")
    second = scores("2017").column("overall")
    general = np.array([unit.care_setting == "General" for unit in scores("2017").units])

    assert np.count_nonzero(~np.isnan(first)) == 237
    assert round(float(np.nanmean(first)), 3) == 60.416
    assert general.sum() == np.count_nonzero(~np.isnan(second[general])) == 232
    assert round(float(np.mean(second[general])), 3) == 70.503


# Counter-tests: with another rule the published scores do not come out.


def with_dont_know(policy: Literal["leave_out", "zero"]) -> Callable[[Framework], Framework]:
    def change(own: Framework) -> Framework:
        missing = replace(own.scoring.missing, dont_know=policy)
        return replace(own, scoring=replace(own.scoring, missing=missing))

    return change


def with_rounding(level: str, mode: Literal["half_even"] | None) -> Callable[[Framework], Framework]:
    def change(own: Framework) -> Framework:
        rule = own.scoring.levels[level]
        rounding = None if mode is None else Rounding(mode, 0)
        levels = {**own.scoring.levels, level: replace(rule, rounding=rounding)}
        return replace(own, scoring=replace(own.scoring, levels=levels))

    return change


def test_leaving_dont_know_out_of_2015_16_misses_103_sections() -> None:
    table = by_rules("2015-16", with_dont_know("leave_out"))

    assert compare(table, published_2015(), sections("2015-16")) == (2051, 2154)


def test_the_rules_of_2017_miss_the_sections_of_2015_16() -> None:
    plan = compile_under_rules_of(framework("2015-16"), framework("2017"))
    table = score_answers(intake("2015-16").answers, plan)

    equal, there = compare(table, published_2015(), sections("2015-16"))
    # The same don't-know rule as above, and the bands of NHS number use that start at 14.
    assert equal <= 2051
    assert there == 2154
    assert str(table.rules_of) == "nhs-dma@2017"


def test_counting_dont_know_as_zero_in_2017_misses_249_sections() -> None:
    table = by_rules("2017", with_dont_know("zero"))

    assert compare(table, published_2017(), sections("2017")) == (3214, 3463)


def test_themes_of_2017_rest_on_rounded_sections() -> None:
    table = by_rules("2017", with_rounding("section", None))

    assert compare(table, published_2017(), ("readiness",)) == (210, 232)
    assert compare(table, published_2017(), ("capabilities",)) == (221, 240)


def test_capabilities_of_2015_16_tell_how_halves_were_rounded() -> None:
    even = by_rules("2015-16", with_rounding("theme", "half_even"))
    unrounded = by_rules("2015-16", with_rounding("section", None))

    assert compare(even, published_2015(), ("capabilities",)) == (140, 154)
    assert compare(unrounded, published_2015(), ("capabilities",)) == (127, 154)


def test_believing_the_text_breaks_eleven_sections_of_three_trusts() -> None:
    table = score_answers(intake("2017", Reading.TEXT).answers, compile_plan(framework("2017")))
    row = {unit.key: at for at, unit in enumerate(table.units)}

    broken = [
        (organisation, measure)
        for (organisation, setting, measure), score in published_2017().items()
        if measure in sections("2017") and table.score(row[organisation, setting], measure).value != score
    ]

    assert len(broken) == 11
    assert {organisation for organisation, _ in broken} == {"RJE", "RWN", "RYW"}


# A second scoring, from the file to the overall score, by hand: item scores as printed, blank and words left out.
# One question of each round has no item score in the file: its percentage or its words are the score.
AGREEMENT = {
    "disagree completely": 0,
    "somewhat disagree": 25,
    "neither agree nor disagree": 50,
    "mostly agree": 75,
    "agree completely": 100,
    "don't know": 0,  # only met in 2015/16, where it counts as nothing earned
}


@dataclass(frozen=True)
class SecondScores:
    """Scores of one row by measure; None is no score."""

    sections: Mapping[str, Fraction | None]
    themes: Mapping[str, Fraction | None]
    overall: Fraction | None

    def everything(self) -> dict[str, Fraction | None]:
        return {"overall": self.overall, **self.themes, **self.sections}


def half_up(value: Fraction) -> Fraction:
    return Fraction(math.floor(value + Fraction(1, 2)))


def mean(values: list[Fraction]) -> Fraction | None:
    return sum(values, Fraction(0)) / len(values) if values else None


def rounded_mean(values: list[Fraction]) -> Fraction | None:
    plain = mean(values)
    return None if plain is None else half_up(plain)


def question_columns(version: str) -> dict[str, dict[str, list[int]]]:
    """Theme → section → columns of the item scores, or of the answer where there is no item score."""
    heading, *rows = read_csv("question_map.csv")
    at = {name: place for place, name in enumerate(heading)}
    year = {"2015-16": "2016", "2017": "2017"}[version]
    found: dict[str, dict[str, list[int]]] = {}
    for row in rows:
        if row[at["round"]] == year and row[at["scored"]] == "yes":
            column = int(row[at["item_score_column"]] or row[at["answer_text_column"]])
            found.setdefault(row[at["theme"]], {}).setdefault(row[at["section"]], []).append(column)
    return found


def item_score(cell: str) -> Fraction | None:
    """Return what a cell is worth; None where it is blank or says that it is not scored."""
    word = cell.strip().casefold()
    if word in AGREEMENT:
        return Fraction(AGREEMENT[word])
    assert word.isdigit() or word in {"", "n/a", "not scored"}, f"{cell!r} is neither a score nor a known word"
    return Fraction(word) if word.isdigit() else None


def second_scoring(row: list[str], columns: Mapping[str, Mapping[str, list[int]]]) -> SecondScores:
    section_scores: dict[str, Fraction | None] = {}
    theme_scores: dict[str, Fraction | None] = {}
    for theme, below in columns.items():
        for section, places in below.items():
            items = [score for column in places if (score := item_score(row[column])) is not None]
            section_scores[section] = rounded_mean(items)
        theme_scores[theme] = rounded_mean(
            [score for section in below if (score := section_scores[section]) is not None]
        )
    three = [score for score in theme_scores.values() if score is not None]
    return SecondScores(section_scores, theme_scores, mean(three) if len(three) == 3 else None)


@pytest.mark.parametrize(("version", "rows", "measures"), [("2015-16", 239, 18), ("2017", 240, 19)])
def test_a_second_scoring_in_fractions_gives_every_score_of_every_row(version: str, rows: int, measures: int) -> None:
    columns = question_columns(version)
    _, *published = read_csv(ROUNDS[version][1])
    table = scores(version)

    assert len(published) == len(table.units) == rows
    assert len(table.measures) == measures  # 14 or 15 sections, three themes, one overall
    different = [
        (table.units[at].key, measure, table.score(at, measure).value, value)
        for at, row in enumerate(published)
        for measure, value in second_scoring(row, columns).everything().items()
        if table.score(at, measure).value != value
    ]
    assert different == []


@pytest.mark.parametrize("version", ["2015-16", "2017"])
def test_every_seventh_rows_scores_are_explained_by_lines_that_add_up(version: str) -> None:
    table, own = scores(version), framework(version)

    for row in range(0, len(table.units), 7):
        for measure in table.measures:
            why = explain_score(own, table, row, measure)
            assert why.score.value is None or sum(line.adds for line in why.lines) + why.rounding == why.score.value
            assert abs(why.rounding) <= (0 if measure == "overall" else Fraction(1, 2))
            assert bool(why.no_score_because) == (why.score.value is None)


@pytest.mark.parametrize("version", ["2015-16", "2017"])
@pytest.mark.parametrize(("name", "wide"), [("answers.parquet", False), ("answers.csv", True)])
def test_a_whole_round_comes_back_from_a_file_as_it_was(tmp_path: Path, version: str, name: str, wide: bool) -> None:
    answers = intake(version).answers

    write_answers(answers, framework(version), tmp_path / name, wide=wide)

    assert read_answers(tmp_path / name).hash == answers.hash
