# SPDX-License-Identifier: MIT
"""`trigpoint analyse`: the sentence first, then the numbers, what was assumed and what it can't tell."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
from typer.testing import CliRunner

from tests.core.organisations.made_up import membership, organisation, succession
from trigpoint.analysis.method import Method
from trigpoint.analysis.result import AnalysisResult, CheckedAssumption, Outcome, ResultColumn, ResultRow, ResultTable
from trigpoint.cli import app
from trigpoint.cli.analyse_view import MOST_LEFT_OUT, print_analysis
from trigpoint.io.answers import read_answers, write_answers
from trigpoint.io.content import read_framework
from trigpoint.io.synthetic_shape import read_shape_texts
from trigpoint.organisations.cohort import Cohort, CohortMember, CohortStatus
from trigpoint.organisations.register import build_register
from trigpoint.publication.analysis_record import present_analysis
from trigpoint.synthetic import DEFAULT_SEED, make_rounds, parse_shape

METHOD = Method("convergence", "Title", "Is it?", ("So.",), ("never",), ("Pitman 1939", "Morgan 1939"))
LINES = (("north", 1.254, 3), ("south", None, 4))
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
    }
    return AnalysisResult(**{**parts, **changes})


def test_the_sentence_stands_first_and_the_limits_are_said(capsys):
    print_analysis(result(), METHOD)

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
    print_analysis(result(left_out=tuple((f"X{at:02} General", "no score") for at in range(count))), METHOD)

    shown = capsys.readouterr().out
    assert f"Left out: {count}" in shown
    assert shown.count(": no score") == min(count, MOST_LEFT_OUT)
    assert ("and 3 more, which --json names" in shown) == (count > MOST_LEFT_OUT)


def test_two_rounds_are_compared_from_their_files(rounds):
    ended = run("analyse", "convergence", *rounds, *FRAMEWORKS, "--size", "20")

    assert ended.exit_code == 0, ended.output
    assert ended.stdout.startswith("The spread of scores ")
    assert "mean change of the 20 lowest, chosen on the mean of both rounds" in ended.stdout
    assert "Pitman, Biometrika" in ended.stdout


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


def test_a_table_of_many_numbers_is_printed_with_its_decimals(capsys):
    table = ResultTable("By group", (ResultColumn("group"), ResultColumn("mean", 2), ResultColumn("n")), LINES)
    print_analysis(result(tables=(table,)), METHOD)

    shown = capsys.readouterr().out
    assert "By group" in shown
    assert re.search(r"north +1\.25 +3", shown)
    assert re.search(r"south +4", shown)
    assert present_analysis(result(tables=(table,)), METHOD)["tables"] == [
        {
            "title": "By group",
            "lines": [{"group": "north", "mean": 1.254, "n": 3}, {"group": "south", "mean": None, "n": 4}],
        }
    ]


@pytest.fixture(scope="module")
def groups(rounds, tmp_path_factory):
    """A file that puts each organisation of the synthetic rounds in one of five systems and of two types."""
    units = read_answers(rounds[1], framework=read_framework("nhs-dma@2017")).units
    codes = sorted({unit.organisation for unit in units})
    rows = [f"{code},s{at % 5},{'ab'[at % 2]}" for at, code in enumerate(codes)]
    file = tmp_path_factory.mktemp("groups") / "groups.csv"
    file.write_text("\n".join(["organisation,system,type", *rows]), encoding="utf-8")
    return file


def systems(rounds, *words):
    return run("analyse", "systems", rounds[1], "--framework", "nhs-dma@2017", *words)


def test_systems_are_compared_from_a_file_of_groups(rounds, groups):
    ended = systems(rounds, "--groups", groups, "--grouping", "system", "--types", "type", "--json")

    told = json.loads(ended.stdout)
    assert told["sentence"].startswith("Systems d")
    assert [line["system"] for line in told["tables"][0]["lines"]] == ["s0", "s1", "s2", "s3", "s4"]
    assert {"direct", "by mix"} < set(told["tables"][0]["lines"][0])


def test_two_systems_are_split(rounds, groups):
    ended = systems(rounds, "--groups", groups, "--grouping", "system", "--types", "type", "--split", "s0", "s1")

    assert re.fullmatch(
        r"s0 is [+-][\d.]+ points from s1: [+-][\d.]+ by its mix of types, [+-][\d.]+ by the scores of the same types"
        r"\.\n",
        ended.stdout,
    )


def test_a_split_without_types_is_refused(rounds, groups):
    ended = systems(rounds, "--groups", groups, "--grouping", "system", "--split", "s0", "s1")

    assert ended.exit_code == 19
    assert "give --types" in ended.stderr


def test_systems_are_taken_from_a_register_as_on_a_day(rounds, tmp_path, monkeypatch):
    units = read_answers(rounds[1], framework=read_framework("nhs-dma@2017")).units
    codes = sorted({unit.organisation for unit in units})
    memberships = [
        each
        for at, code in enumerate(codes)
        for each in (membership(code, "stp", f"s{at % 4}"), membership(code, "type", "ab"[at % 2]))
    ]
    built = build_register([organisation(code) for code in codes], memberships=memberships)
    monkeypatch.setattr("trigpoint.cli.analyse_systems.read_register_of", lambda _: built)

    ended = systems(rounds, "--grouping", "stp", "--from", tmp_path, "--on", "2022-04-01", "--types", "type", "--json")
    plain = systems(rounds, "--grouping", "stp", "--from", tmp_path, "--on", "2022-04-01", "--json")

    assert len(json.loads(ended.stdout)["tables"][0]["lines"]) == 4
    assert "direct" not in json.loads(plain.stdout)["tables"][0]["lines"][0]


def test_groups_need_a_file_or_a_register_with_a_day(rounds, tmp_path):
    without = systems(rounds)
    shares = tmp_path / "shares.csv"
    shares.write_text("nhs_trust22_code,icb22_code,proportion_trust_came_from_icb\nRA0,QMJ,0.25\n", encoding="utf-8")
    no_day = systems(rounds, "--from", shares)

    assert (without.exit_code, no_day.exit_code) == (19, 19)
    assert "give --groups FILE" in without.stderr
    assert "give the day" in no_day.stderr


def test_the_uncertainty_of_scores_is_told_from_a_file(rounds):
    ended = run("analyse", "uncertainty", rounds[1], "--framework", "nhs-dma@2017", "--json")

    told = json.loads(ended.stdout)
    assert told["sentence"].startswith("Half of all scores could be ")
    assert set(told["tables"][0]["lines"][0]) >= {"error by questions", "method from", "missing to"}


def test_ranks_are_told_from_a_file_and_places_only_when_asked_for(rounds):
    words = ("analyse", "ranks", rounds[1], "--framework", "nhs-dma@2017", "--json")
    plain, asked = (json.loads(run(*words, *more).stdout) for more in ((), ("--bare-places",)))

    assert plain["sentence"].startswith("Of all pairs of units, ")
    assert "place" not in plain["tables"][0]["lines"][0]
    assert "place" in asked["tables"][0]["lines"][0]


def test_a_change_is_split_from_two_files(rounds, groups):
    plain = run("analyse", "change", *rounds, *FRAMEWORKS, "--json")
    typed = run("analyse", "change", *rounds, *FRAMEWORKS, "--groups", groups, "--types", "type", "--json")

    names = [row["name"] for row in json.loads(plain.stdout)["rows"]]
    assert "part: answers to shared questions" in names
    assert "part: mix of types among who answered" in [row["name"] for row in json.loads(typed.stdout)["rows"]]


def test_a_change_follows_organisations_through_the_register(rounds, tmp_path, monkeypatch):
    before, after = (
        {unit.organisation for unit in read_answers(file, framework=read_framework(f"nhs-dma@{version}")).units}
        for file, version in zip(rounds, ("2015-16", "2017"), strict=True)
    )
    new, gone = sorted(after - before), sorted(before - after)
    assert new
    assert gone
    built = build_register(
        [organisation(code) for code in (*new, *gone)], successions=[succession(gone[0], new[0], "2016-04-01")]
    )
    monkeypatch.setattr("trigpoint.cli.analyse_change.read_register_of", lambda _: built)

    by_code = json.loads(run("analyse", "change", *rounds, *FRAMEWORKS, "--json").stdout)
    followed = json.loads(run("analyse", "change", *rounds, *FRAMEWORKS, "--from", tmp_path, "--json").stdout)

    assert followed["n"] == by_code["n"] + 1


@pytest.fixture(scope="module")
def cohort_file(rounds, tmp_path_factory):
    units = read_answers(rounds[1], framework=read_framework("nhs-dma@2017")).units
    codes = sorted({unit.organisation for unit in units})
    rows = [f"{code},{'pioneers' if at % 9 == 0 else ''},{'ab'[at % 2]}" for at, code in enumerate(codes)]
    file = tmp_path_factory.mktemp("cohort") / "cohort.csv"
    file.write_text("\n".join(["organisation,cohort,type", *rows]), encoding="utf-8")
    return file


def cohorts(rounds, *words):
    return run("analyse", "cohorts", *rounds, *FRAMEWORKS, *words)


def test_a_cohort_is_compared_from_a_file(rounds, cohort_file):
    ended = cohorts(rounds, "--groups", cohort_file, "--cohort", "pioneers", "--types", "type")

    assert ended.exit_code == 0, ended.output
    assert ended.stdout.startswith("Members of pioneers changed by ")
    assert "from the same start (ANCOVA)" in ended.stdout


def test_a_cohort_is_taken_from_the_register_as_on_a_day(rounds, cohort_file, tmp_path, monkeypatch):
    codes = [line.split(",")[0] for line in cohort_file.read_text(encoding="utf-8").splitlines() if "pioneers" in line]
    members = tuple(CohortMember(code, CohortStatus.CONFIRMED, None, None, "made up") for code in codes)
    built = build_register([organisation(code) for code in codes], cohorts=[Cohort("gde", "Exemplars", members)])
    monkeypatch.setattr("trigpoint.cli.analyse_change.read_register_of", lambda _: built)

    found = cohorts(rounds, "--from", tmp_path, "--on", "2017-09-15", "--cohort", "gde", "--json")
    unknown = cohorts(rounds, "--from", tmp_path, "--on", "2017-09-15", "--cohort", "gdf")

    assert json.loads(found.stdout)["rows"][0]["n"] >= 15
    assert unknown.exit_code == 17
    assert "Did you mean 'gde'?" in unknown.stderr


def test_a_cohort_without_a_day_or_that_no_line_has_is_refused(rounds, cohort_file, tmp_path):
    no_day = cohorts(rounds, "--from", tmp_path, "--cohort", "gde")
    unknown = cohorts(rounds, "--groups", cohort_file, "--cohort", "pioneer")

    assert (no_day.exit_code, unknown.exit_code) == (19, 17)
    assert "--on YYYY-MM-DD" in no_day.stderr
    assert "Did you mean 'pioneers'?" in unknown.stderr


def one_round(name, rounds, *words):
    ended = run("analyse", name, rounds[1], "--framework", "nhs-dma@2017", *words, "--json")
    assert ended.exit_code == 0, ended.output
    return json.loads(ended.stdout)


def test_a_distribution_is_told_from_a_file_with_groups_and_without(rounds, groups):
    plain = one_round("distribution", rounds)
    grouped = one_round("distribution", rounds, "--groups", groups, "--grouping", "system")

    assert [table["title"] for table in plain["tables"]] == ["Answers to each question, counts of units"]
    assert [line["group"] for line in grouped["tables"][0]["lines"]] == ["s0", "s1", "s2", "s3", "s4"]


def test_peers_are_found_from_a_file_of_features(rounds, groups, tmp_path):
    codes = [line.split(",")[0] for line in groups.read_text(encoding="utf-8").splitlines()[1:]]
    file = tmp_path / "features.csv"
    rows = [f"{code},{at},{at % 7}" for at, code in enumerate(codes)]
    file.write_text("\n".join(["organisation,staff,beds", *rows]), encoding="utf-8")
    words = ("--organisation", codes[9], "--features", file, "--by", "staff", "--by", "beds", "--count", "6")

    told = one_round("peers", rounds, *words)
    typed = one_round("peers", rounds, *words, "--groups", groups, "--types", "type")

    assert (told["n"], typed["n"]) == (6, 6)
    assert told["sentence"].startswith(f"{codes[9]} scores ")


def test_reliability_and_sensitivity_are_told_from_a_file(rounds):
    hangs_together = one_round("reliability", rounds)
    hangs_on = one_round("sensitivity", rounds)

    assert hangs_together["sentence"].startswith("Sections hang together from ")
    assert hangs_on["sentence"].startswith("Other ways of making the score")


def test_a_funnel_and_inequality_are_told_from_a_file_of_groups(rounds, groups):
    funnel = one_round("funnel", rounds, "--groups", groups, "--grouping", "system")
    unequal = one_round("inequality", rounds)
    between = one_round("inequality", rounds, "--groups", groups, "--grouping", "system")

    assert len(funnel["tables"][0]["lines"]) == 5
    assert len(unequal["rows"]) == 2
    assert [row["name"] for row in between["rows"]][2:] == ["between groups", "within groups"]


def test_two_versions_are_linked_from_their_files(rounds):
    told = json.loads(run("analyse", "linking", *rounds, *FRAMEWORKS, "--json").stdout)

    assert told["sentence"].startswith("The advice is: ")
    assert [line["earlier score"] for line in told["tables"][0]["lines"]] == [30, 40, 50, 60, 70, 80, 90]
