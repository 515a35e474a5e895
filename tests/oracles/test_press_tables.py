# SPDX-License-Identifier: MIT
"""The tables printed in the press and by the auditors, recomputed from their own columns and from the answers."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from tests.support.shared import reference, shared_data
from trigpoint.frameworks.model import Bands
from trigpoint.io.content import read_framework
from trigpoint.io.published import read_published
from trigpoint.scoring import ScoreTable, compile_plan, score_answers
from trigpoint.statistics.rounding import round_half_up

THEMES = ("readiness", "capabilities", "infrastructure")
PRINTED_AS = {"capability": "capabilities"}
ROUND_OF = {2016: "2015-16", 2017: "2017"}


def press_rows() -> list[dict[str, str]]:
    with reference("z1_hsj2017", "expected.csv").open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def figures() -> Any:
    return json.loads(reference("z2_nao_figures", "expected.json").read_text(encoding="utf-8"))


@cache
def scored(version: str) -> ScoreTable:
    layout = f"nhs-dma-{version}"
    answers = read_published(layout, shared_data("nhs-dma", f"dma_{version}_answers.csv")).answers
    return score_answers(answers, compile_plan(read_framework(f"nhs-dma@{version}")))


def general_rows(table: ScoreTable) -> list[int]:
    return [row for row, unit in enumerate(table.units) if unit.care_setting == "General"]


def plain_name(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.casefold())


def band_of(points: int) -> str:
    bands = read_framework("nhs-dma@2017").scoring.bands
    assert isinstance(bands, Bands)
    return [band.id for band in bands.bands if points >= band.from_score][-1]


def test_total_and_overall_of_each_printed_row_follow_from_its_themes() -> None:
    for row in press_rows():
        total = int(row["readiness"]) + int(row["capability"]) + int(row["infrastructure"])

        assert total == int(row["total_printed"])
        assert round_half_up(Fraction(total, 3), digits=1) == Fraction(row["overall_printed"])


def test_the_printed_rows_go_from_high_to_low() -> None:
    for end in ("top", "bottom"):
        totals = [int(row["total_printed"]) for row in press_rows() if row["list"] == end]

        assert len(totals) == 10
        assert totals == sorted(totals, reverse=True)


@pytest.mark.parametrize("theme", ["readiness", "capability", "infrastructure"])
def test_bands_of_the_printed_rows_are_the_frameworks_bands(theme: str) -> None:
    for row in press_rows():
        assert band_of(int(row[theme])) == row[f"band_{theme}"]


def test_the_answers_give_every_printed_row() -> None:
    table = scored("2017")
    by_name = {plain_name(table.units[row].name): row for row in general_rows(table)}

    for printed in press_rows():
        row = by_name[plain_name(printed["trust"])]
        scores = [table.score(row, theme).value for theme in THEMES]
        assert scores == [int(printed["readiness"]), int(printed["capability"]), int(printed["infrastructure"])]


@pytest.mark.parametrize("at", range(6))
def test_printed_shares_of_bands_follow_from_the_counts_beside_them(at: int) -> None:
    figure = figures()["figure4"][at]

    for band in ("high", "medium", "low"):
        share = Fraction(100 * figure[f"count_{band}"], figure["N"])
        assert round_half_up(share, digits=0) == figure[band]


@pytest.mark.parametrize("at", range(6))
def test_the_answers_give_the_printed_shares_of_bands(at: int) -> None:
    figure = figures()["figure4"][at]
    table = scored(ROUND_OF[figure["year"]])
    theme = PRINTED_AS.get(figure["theme"], figure["theme"])
    rows = [row for row in general_rows(table) if table.units[row].organisation != "RKE2"]

    scores = [table.score(row, theme) for row in rows]
    bands = [score.band for score in scores if score.value is not None]

    for band in ("high", "medium", "low"):
        share = Fraction(100 * bands.count(band), len(bands))
        assert round_half_up(share, digits=0) == figure[band]


@pytest.mark.parametrize(
    ("printed", "question"),
    [
        ("snomed_ct", "snomed_ct"),
        ("col2", "medicines_dictionary"),
        ("col3_mostly_agree_unreadable", "record_content_standards"),
        ("rely_on_records", "rely_on_digital_records"),
        ("col2_recorded_once?", "recorded_once"),
    ],
)
def test_the_answers_give_the_printed_shares_of_answers(printed: str, question: str) -> None:
    figure = next(one for one in figures()["figures9_10"] if one["q"] == printed)
    counts = answer_counts(question)

    for name, count in counts.items():
        if figure[name] is not None:
            assert round_half_up(Fraction(100 * count, 232), digits=0) == figure[name]
    assert sum(counts.values()) == 232


def answer_counts(question: str) -> Mapping[str, int]:
    table, framework = scored("2017").answers, read_framework("nhs-dma@2017")
    rows = general_rows(scored("2017"))
    given = [table.answer(row, question, framework) for row in rows]
    words = [getattr(answer, "value", answer) for answer in given]
    missing = ("not_answered", "not_applicable", "not_shown")
    return {
        "no_response_or_na": sum(word in missing for word in words),
        "dont_know": words.count("dont_know"),
        "disagree_completely": words.count("disagree_completely"),
        "somewhat_disagree": words.count("somewhat_disagree"),
        "neither": words.count("neither"),
        "mostly_agree": words.count("mostly_agree"),
        "agree_completely": words.count("agree_completely"),
    }


def test_the_auditors_bands_meet_at_40_and_70() -> None:
    assert [band_of(points) for points in (0, 39, 40, 69, 70, 100)] == [
        "low",
        "low",
        "medium",
        "medium",
        "high",
        "high",
    ]
