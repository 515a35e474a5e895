# SPDX-License-Identifier: MIT
"""`trigpoint analyse`: the sentence first, then the numbers, what was assumed and what it can't tell."""

from __future__ import annotations

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from trigpoint.analysis.result import AnalysisResult, CheckedAssumption, Outcome, ResultRow
from trigpoint.cli import app
from trigpoint.cli.analyse_view import MOST_LEFT_OUT, print_analysis
from trigpoint.io.answers import write_answers
from trigpoint.io.content import read_framework
from trigpoint.io.synthetic_shape import read_shape_texts
from trigpoint.synthetic import DEFAULT_SEED, make_rounds, parse_shape

FRAMEWORKS = ("--first-framework", "nhs-dma@2015-16", "--second-framework", "nhs-dma@2017")


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture(scope="module")
def rounds(tmp_path_factory):
    """The two synthetic rounds as files of answers."""
    folder = tmp_path_factory.mktemp("rounds")
    frameworks = read_framework("nhs-dma@2015-16"), read_framework("nhs-dma@2017")
    shape = parse_shape(read_shape_texts(), frameworks)
    made = make_rounds(np.random.Generator(np.random.PCG64(DEFAULT_SEED)), shape, frameworks)
    files = folder / "first.parquet", folder / "second.parquet"
    for table, framework, file in zip((made.first, made.second), frameworks, files, strict=True):
        write_answers(table, framework, file)
    return files


def result(**changes):
    parts = {
        "analysis": "convergence",
        "sentence": "Nothing follows.",
        "definition": "Scores on overall.",
        "n": 12,
        "of": 14,
        "numbers": None,
        "rows": (
            ResultRow("mean change", 1.25, "points", 12, lower=-1, upper=3.5),
            ResultRow("p", 0.0123, "", 12, note="two-sided"),
            ResultRow("reliability", None, "", 0, note="nobody was assessed twice"),
        ),
        "checked": (CheckedAssumption("the scores are exact", Outcome.DOUBTFUL, "they are not"),),
        "cannot_tell": ("Whether it is true.",),
        "sources": ("Pitman 1939", "Morgan 1939"),
    }
    return AnalysisResult(**{**parts, **changes})


def test_the_sentence_stands_first_and_the_limits_are_said(capsys):
    print_analysis(result())

    shown = capsys.readouterr().out
    assert shown.startswith("Nothing follows.\n\nScores on overall. n = 12 of 14.\n")
    assert "1.25 points" in shown
    assert "-1.00 to 3.50" in shown
    assert "0.012" in shown
    assert "none" in shown
    assert "nobody was assessed twice" in shown
    assert "doubtful" in shown
    assert "What this can't tell:\n- Whether it is true." in shown
    assert "Methods: Pitman 1939; Morgan 1939." in shown
    assert "Left out" not in shown


@pytest.mark.parametrize("count", [1, MOST_LEFT_OUT, MOST_LEFT_OUT + 3])
def test_who_is_left_out_is_named_up_to_a_length(capsys, count):
    print_analysis(result(left_out=tuple((f"X{at:02} General", "no score") for at in range(count))))

    shown = capsys.readouterr().out
    assert f"Left out: {count}" in shown
    assert shown.count(": no score") == min(count, MOST_LEFT_OUT)
    assert ("and 3 more, which --json names" in shown) == (count > MOST_LEFT_OUT)


def test_two_rounds_are_compared_from_their_files(rounds):
    ended = run("analyse", "convergence", *rounds, *FRAMEWORKS, "--size", "20")

    assert ended.exit_code == 0, ended.output
    assert ended.stdout.startswith("The spread of scores ")
    assert "mean change of the 20 lowest, chosen on the mean of both rounds" in ended.stdout
    assert "Pitman 1939" in ended.stdout


def test_json_has_every_number_unrounded_with_its_n_and_everybody_who_is_left_out(rounds):
    ended = run("analyse", "convergence", *rounds, *FRAMEWORKS, "--json")

    told = json.loads(ended.stdout)
    assert told["analysis"] == "convergence"
    assert told["n"] + len(told["left_out"]) == told["of"]
    assert {"name", "value", "unit", "n", "lower", "upper", "note"} == set(told["rows"][0])
    assert [one["outcome"] for one in told["assumptions"]][-1] == "can't be checked here"
    assert told["sentence"].startswith("The spread of scores ")


def test_a_measure_that_is_not_there_is_named_with_those_that_are_like_it(rounds):
    ended = run("analyse", "convergence", *rounds, *FRAMEWORKS, "--measure", "overal")

    assert ended.exit_code == 16
    assert "'overal'" in ended.stderr
    assert "overall" in ended.stderr


def test_groups_that_cannot_be_taken_are_refused_in_one_line(rounds):
    ended = run("analyse", "convergence", *rounds, *FRAMEWORKS, "--size", "200")

    assert ended.exit_code == 19
    assert ended.stderr.startswith("Groups of 200 can't be taken")
    assert ended.stderr.count("\n") == 1
