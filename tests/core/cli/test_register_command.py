# SPDX-License-Identifier: MIT
"""`trigpoint register`: what is printed, where, and with which exit code."""

from __future__ import annotations

import io
import json

import pytest
from rich.console import Console
from typer.testing import CliRunner

from tests.core.io.ods_text import lines, trust
from trigpoint.cli import register as command
from trigpoint.cli.register import register_app


@pytest.fixture
def folder(tmp_path):
    inside = tmp_path / "registers"
    inside.mkdir()
    (inside / "etr_2016.csv").write_text(
        lines(trust("RA0", "ASHWICK NHS TRUST"), trust("RB0", "BIRCHMERE NHS TRUST"), trust("RC0", "DUNFORD NHS TRUST"))
    )
    (inside / "etr_2022.csv").write_text(
        lines(trust("RA0", "ASHWICK NHS TRUST", closed="20200331"), trust("RB0", "BIRCHMERE AND ASHWICK NHS TRUST"))
    )
    (inside / "succession.csv").write_text("old_code,new_code,date\nRA0,RB0,2020-04-01\nRX9,RA0,2000-04-01\n")
    (inside / "shares.csv").write_text("nhs_trust22_code,icb22_code,proportion_trust_came_from_icb\nRA0,QMJ,0.25\n")
    return inside


def run(*arguments: object):
    return CliRunner().invoke(register_app, [str(argument) for argument in arguments], env={"COLUMNS": "200"})


def answer(*arguments: object):
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_show_gives_an_organisation_as_on_the_date(folder):
    shown = answer("show", "RB0", "--on", "2017-01-01", "--from", folder)

    assert (shown["name"], shown["is_open"], shown["opened_on"], shown["closed_on"]) == (
        "BIRCHMERE NHS TRUST",
        True,
        "1990-04-01",
        None,
    )
    assert shown["other_names"] == ["BIRCHMERE AND ASHWICK NHS TRUST"]
    assert [(each["grouping"], each["group"]) for each in shown["groups"]] == [("icb", "QMJ"), ("region", "Y56")]


def test_show_gives_a_closed_organisation_with_its_likely_successor(folder):
    shown = answer("show", "RA0", "--on", "2021-01-01", "--from", folder)

    assert (shown["is_open"], shown["closed_on"], shown["groups"]) == (False, "2020-03-31", [])
    assert shown["likely_successor"] == {"organisations": ["RB0"], "is_unique": True, "lost": []}


def test_show_prints_the_same_for_people(folder):
    printed = run("show", "RA0", "--on", "2017-01-01", "--from", folder).stdout

    assert "name: ASHWICK NHS TRUST" in printed
    assert "is open: yes" in printed
    assert "postcode: -" in printed
    assert "likely successor: organisations RA0; is unique yes; lost -" in printed
    assert "icb_patients" in printed
    assert "0.25" in printed
    assert "valid from" in printed


def test_history_goes_both_ways_and_names_what_the_register_names(folder):
    found = answer("history", "RA0", "--from", folder)

    assert [(step["predecessor"], step["predecessor_name"]) for step in found["predecessors"]] == [("RX9", None)]
    assert [(step["on"], step["successor"]) for step in found["successors"]] == [("2020-04-01", "RB0")]


def test_history_says_when_there_is_none(folder):
    assert run("history", "RC0", "--from", folder).stdout == "Before RC0: none\nAfter RC0: none\n"
    assert "Before RB0" in run("history", "RB0", "--from", folder).stdout
    assert answer("history", "RX9", "--from", folder)["name"] is None


def test_members_lists_who_was_in_the_group_on_the_date(folder):
    listed = answer("members", "region", "y56", "--on", "2021-01-01", "--from", folder)
    printed = run("members", "region", "Y56", "--on", "2017-01-01", "--from", folder).stdout

    assert [each["code"] for each in listed] == ["RB0", "RC0"]
    assert "Y56 (Y56) on 2017-01-01: 3" in printed
    assert "BIRCHMERE NHS TRUST" in printed


def test_check_lists_every_problem_and_ends_with_a_code_of_its_own(folder, tmp_path):
    codes = tmp_path / "codes.csv"
    codes.write_text("organisation,name\nRA0,Ashwick\nRB0,Dunford\nRAO,\nRC0,\n")

    result = run("check", codes, "--on", "2021-01-01", "--from", folder)
    as_json = run("check", codes, "--on", "2021-01-01", "--from", folder, "--json")

    assert (result.exit_code, as_json.exit_code) == (18, 18)
    assert result.stderr == as_json.stderr == "3 problems with 3 of 4 rows of codes.csv.\n"
    assert [(each["row"], each["problem"], each["suggestions"]) for each in json.loads(as_json.stdout)] == [
        (2, "closed", ["RB0"]),
        (3, "name mismatch", ["RC0"]),
        (4, "unknown", ["RA0"]),
    ]
    assert "closed on 2020-03-31" in result.stdout


def test_check_says_when_all_is_well(folder, tmp_path):
    codes = tmp_path / "codes.csv"
    codes.write_text("RB0\nRC0\n")

    result = run("check", codes, "--on", "2021-01-01", "--from", folder)

    assert (result.exit_code, result.stdout) == (0, "2 codes, no problems on 2021-01-01.\n")
    assert answer("check", codes, "--on", "2021-01-01", "--from", folder) == []


def test_files_reports_counts_conflicts_and_notes(folder):
    (folder / "list_2023.csv").write_text("trust_code,primary_category\nRA0,Acute\n")

    found = answer("files", "--from", folder)
    printed = run("files", "--from", folder).stdout

    assert [(each["file"], each["kind"], each["as_at"], each["closed"]) for each in found["files"]][:2] == [
        ("etr_2016.csv", "trusts (etr)", "2016-01-01", 0),
        ("etr_2022.csv", "trusts (etr)", "2022-01-01", 1),
    ]
    assert "Conflicts: 1\n  RA0 is open in list_2023.csv" in printed
    assert "Notes: none" in printed


@pytest.mark.parametrize(
    ("arguments", "exit_code", "message"),
    [
        (["show", "RKX"], 12, "the register has no organisation 'RKX'"),
        (["history", "RKX"], 12, "the register has no organisation 'RKX'"),
        (["members", "region", "Y99"], 17, "the grouping region has no group 'Y99'. It has Y56."),
        (["check", "nowhere.csv"], 13, "nowhere.csv can't be read: No such file or directory"),
    ],
)
def test_what_goes_wrong_is_one_line_on_the_error_stream_and_its_own_exit_code(folder, arguments, exit_code, message):
    result = run(*arguments, "--from", folder)

    assert (result.exit_code, result.stdout) == (exit_code, "")
    assert result.stderr.startswith(message)
    assert result.stderr.count("\n") == 1


def test_a_broken_register_file_is_told_by_line_and_column(folder):
    (folder / "etr_2016.csv").write_text(lines(trust("RA0", opened="soon"), trust("RB0")))

    result = run("show", "RA0", "--from", folder)

    assert result.exit_code == 5
    assert result.stderr.startswith("etr_2016.csv:1:11: opened 'soon' is not a date")


def test_without_a_date_today_is_meant(folder):
    assert answer("show", "RB0", "--from", folder)["is_open"] is True


@pytest.mark.parametrize(("seconds", "is_shown"), [(0.5, False), (1.5, True)])
def test_the_bar_appears_only_once_reading_takes_over_a_second(folder, monkeypatch, seconds, is_shown):
    stream = io.StringIO()
    monkeypatch.setenv("TERM", "xterm")  # a dumb terminal shows no bar
    moments = iter([0.0] + [seconds] * 20)
    monkeypatch.setattr("trigpoint.cli.register.time.monotonic", lambda: next(moments))
    monkeypatch.setattr(command, "_error_console", lambda: Console(file=stream, force_terminal=True))

    command._read([folder])

    assert ("Reading" in stream.getvalue()) is is_shown
