# SPDX-License-Identifier: MIT
"""`trigpoint analyse` for shares, surveys, visits and money."""

from __future__ import annotations

import json

import pytest

from tests.core.cli.test_analyse import FRAMEWORKS, groups, one_round, rounds, run

__all__ = ["groups", "rounds"]  # fixtures


def test_a_survey_is_weighed_from_a_file_of_all_who_were_asked(rounds, groups):
    told = one_round("survey", rounds, "--asked", groups, "--by", "system", "--by", "type")

    assert "organisations replied" in told["sentence"]
    assert [line["class"] for line in told["tables"][0]["lines"]] == ["s0", "s1", "s2", "s3", "s4"]


def test_a_sample_is_drawn_from_a_file_and_drawn_again_by_its_seed(rounds, groups):
    words = ("--size", "20", "--groups", groups, "--types", "type", "--seed", "7")
    once, again = (one_round("sampling", rounds, *words) for _ in range(2))
    code = once["tables"][1]["lines"][0]["organisation"]
    certain = one_round("sampling", rounds, "--size", "20", "--certain", code)

    assert once == again
    assert len(once["tables"][1]["lines"]) == 20
    assert any(line["organisation"] == code for line in certain["tables"][1]["lines"])


def test_a_cost_is_told_from_a_file(tmp_path):
    file = tmp_path / "costs.csv"
    rows = [f"X{at:02},{10 + at},{100 + at if at < 14 else ''}" for at in range(40)]
    file.write_text("\n".join(["organisation,beds,spent", *rows]), encoding="utf-8")
    ended = run("analyse", "cost", file, "--cost", "spent", "--size", "beds", "--unit", "pounds")

    assert ended.stdout.startswith("By size the total is ")
    assert "From 14 organisations the interval is too narrow" in ended.stdout


def test_a_budget_is_tried_under_five_rules(rounds):
    told = one_round("allocation", rounds, "--budget", "500", "--points", "1", "--error", "0.2", "--group", "30")
    refused = run("analyse", "allocation", rounds[1], "--framework", "nhs-dma@2017", "--budget", "0", "--points", "1")

    assert len(told["tables"][0]["lines"]) == 6
    assert (refused.exit_code, refused.stderr.count("\n")) == (19, 1)


def test_shares_are_told_of_a_band_and_of_answers(rounds):
    band = json.loads(run("analyse", "shares", *rounds, *FRAMEWORKS, "--band", "high", "--json").stdout)
    words = ("--question", "board_sponsor", "--answer", "agree_completely", "--answer", "mostly_agree")
    said = run("analyse", "shares", *rounds, *FRAMEWORKS, *words)

    assert [row["name"] for row in band["rows"]][2] == "change among the same units"
    assert said.exit_code == 0, said.output
    assert "answering board_sponsor with agree_completely or mostly_agree" in said.stdout


@pytest.mark.parametrize("words", [(), ("--band", "high", "--question", "board_sponsor")])
def test_shares_of_nothing_or_of_two_things_are_refused(rounds, words):
    ended = run("analyse", "shares", *rounds, *FRAMEWORKS, *words)

    assert ended.exit_code == 19
    assert ended.stderr == "Give either --band, or --question with --answer.\n"
