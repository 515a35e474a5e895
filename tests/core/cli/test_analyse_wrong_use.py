# SPDX-License-Identifier: MIT
"""Wrong use of every command of `trigpoint analyse`: one line that says what is wrong, and a code of its own."""

from __future__ import annotations

import pytest
import typer

from tests.core.cli.test_analyse import FRAMEWORKS, groups, rounds, run
from trigpoint.cli import app

__all__ = ["groups", "rounds"]  # fixtures

ONE_ROUND = ["allocation", "distribution", "peers", "ranks", "sampling", "sensitivity", "systems", "uncertainty"]
TWO_ROUNDS = ["change", "convergence", "linking"]
NEEDED = {
    "allocation": ("--budget", "10", "--points", "1"),
    "peers": ("--organisation", "AAA", "--features", "FILE", "--by", "type"),
    "sampling": ("--size", "10"),
    "funnel": ("--groups", "FILE", "--grouping", "system"),
    "survey": ("--asked", "FILE", "--by", "type"),
    "systems": ("--groups", "FILE", "--grouping", "system"),
}


def words(name, groups):
    return [groups if word == "FILE" else word for word in NEEDED.get(name, ())]


def refused(ended, code):
    assert ended.exit_code == code, ended.output
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    return ended.stderr


def commands():
    group = typer.main.get_command(app).commands["analyse"]  # type: ignore[attr-defined]
    return dict(group.commands)


def test_every_command_has_a_help_of_one_sentence_and_a_json():
    for name, command in commands().items():
        assert command.help, name
        assert command.help.strip().endswith("."), name
        assert any("--json" in parameter.opts for parameter in command.params), name


def test_every_option_is_explained():
    for name, command in commands().items():
        for parameter in command.params:
            assert parameter.name == "help" or getattr(parameter, "help", None), f"{name} {parameter.name}"


@pytest.mark.parametrize("name", [*ONE_ROUND, "funnel", "inequality", "reliability", "survey"])
def test_answers_that_are_not_there_are_trouble(name, groups, tmp_path):
    given = words(name, groups)
    if name == "peers":
        (tmp_path / "features.csv").write_text("organisation,type\nAAA,1\n", encoding="utf-8")
        given = ["--organisation", "AAA", "--features", tmp_path / "features.csv", "--by", "type"]
    ended = run("analyse", name, tmp_path / "none.parquet", "--framework", "nhs-dma@2017", *given)

    assert "none.parquet" in refused(ended, 13)


@pytest.mark.parametrize("name", [*ONE_ROUND, "reliability"])
def test_a_framework_that_is_not_there_is_named(name, rounds, groups, tmp_path):
    given = words(name, groups)
    if name == "peers":
        (tmp_path / "features.csv").write_text("organisation,type\nAAA,1\n", encoding="utf-8")
        given = ["--organisation", "AAA", "--features", tmp_path / "features.csv", "--by", "type"]
    ended = run("analyse", name, rounds[1], "--framework", "nhs-dma@2071", *given)

    assert "nhs-dma@2071" in refused(ended, 6)


@pytest.mark.parametrize(
    "name", ["allocation", "distribution", "ranks", "sampling", "sensitivity", "systems", "uncertainty"]
)
def test_a_measure_that_is_not_there_is_named_with_the_one_meant(name, rounds, groups):
    ended = run(
        "analyse", name, rounds[1], "--framework", "nhs-dma@2017", *words(name, groups), "--measure", "leadershp"
    )

    assert "Did you mean 'leadership'?" in refused(ended, 16)


@pytest.mark.parametrize("name", TWO_ROUNDS)
def test_answers_of_another_version_are_refused(name, rounds):
    swapped = ("--first-framework", "nhs-dma@2017", "--second-framework", "nhs-dma@2015-16")
    ended = run("analyse", name, *rounds, *swapped)

    assert ended.exit_code in {4, 7}
    assert ended.stdout == ""


@pytest.mark.parametrize("name", ["funnel", "survey", "systems"])
def test_a_column_that_is_not_in_the_file_is_named(name, rounds, groups):
    given = [word if word not in {"system", "type"} else "sytem" for word in words(name, groups)]
    ended = run("analyse", name, rounds[1], "--framework", "nhs-dma@2017", *given)

    assert "'sytem'" in refused(ended, 5)


@pytest.mark.parametrize("name", ["funnel", "systems"])
def test_groups_of_other_organisations_are_refused(name, rounds, tmp_path):
    file = tmp_path / "others.csv"
    file.write_text("organisation,system\nZZ1,north\nZZ2,south\n", encoding="utf-8")
    ended = run("analyse", name, rounds[1], "--framework", "nhs-dma@2017", "--groups", file, "--grouping", "system")

    assert "are the groups of the same organisations" in refused(ended, 19)


@pytest.mark.parametrize(
    ("name", "given", "words_of_it"),
    [
        ("convergence", ("--size", "3"), "Groups of 3 can't be taken"),
        ("convergence", ("--measure", "nothing"), "'nothing'"),
        ("change", ("--measure", "business_clinical_intelligence"), "business_clinical_intelligence"),
        ("cohorts", ("--cohort", "gde", "--on", "2017-09-15"), "give --groups FILE"),
    ],
)
def test_what_two_rounds_can_t_be_asked_is_refused(name, given, words_of_it, rounds):
    ended = run("analyse", name, *rounds, *FRAMEWORKS, *given)

    assert ended.exit_code in {16, 19}
    assert words_of_it in ended.stderr


@pytest.mark.parametrize(
    ("name", "given", "words_of_it"),
    [
        ("ranks", ("--top", "0"), "a top of 0"),
        ("sampling", ("--size", "2"), "A sample of 2 can't be drawn"),
        ("sampling", ("--size", "20", "--certain", "ZZZ"), "ZZZ can't be taken"),
        ("allocation", ("--budget", "-1", "--points", "1"), "above 0"),
        ("sensitivity", ("--measure", "leadership"), "leadership is no mean of measures"),
    ],
)
def test_what_one_round_can_t_be_asked_is_refused(name, given, words_of_it, rounds):
    ended = run("analyse", name, rounds[1], "--framework", "nhs-dma@2017", *given)

    assert words_of_it in refused(ended, 19)


@pytest.mark.parametrize("name", ["ranks", "sensitivity", "uncertainty", "reliability"])
def test_a_ladder_is_refused_where_questions_would_be_varied(name, tmp_path):
    from trigpoint.io.answers import write_answers
    from trigpoint.io.content import read_framework
    from trigpoint.scoring.trials import list_climbs

    framework = read_framework("example-level-gate@1")
    write_answers(next(iter(list_climbs(framework))).answers.only(slice(0, 1)), framework, tmp_path / "ladder.parquet")
    measure = () if name == "reliability" else ("--measure", framework.content.measures[0].id)
    ended = run("analyse", name, tmp_path / "ladder.parquet", "--framework", "example-level-gate@1", *measure)

    assert "climbs a ladder" in refused(ended, 19)
