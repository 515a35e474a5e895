# SPDX-License-Identifier: MIT
"""`trigpoint report`: one page, every sentence of which is a result's, and what could not be done."""

from __future__ import annotations

import csv
import html
import json
import re

import pytest

from tests.core.cli.test_analyse import FRAMEWORKS, cohort_file, groups, rounds, run
from trigpoint.publication.synthetic_mark import NOTICE

__all__ = ["cohort_file", "groups", "rounds"]  # fixtures


def report(rounds, out, *words):
    return run("report", rounds[1], "--framework", "nhs-dma@2017", "--out", out, *words)


@pytest.fixture(scope="module")
def whole(rounds, groups, tmp_path_factory):
    out = tmp_path_factory.mktemp("report") / "new folder" / "report.html"
    earlier = ("--earlier", rounds[0], "--earlier-framework", "nhs-dma@2015-16")
    ended = report(rounds, out, *earlier, "--groups", groups, "--systems", "system", "--types", "type")
    assert ended.exit_code == 0, ended.output
    return ended.stdout, out.read_text(encoding="utf-8")


def test_it_says_how_many_analyses_it_wrote_and_what_it_did_not(whole):
    said, _ = whole

    assert re.match(r"11 analyses -> .*report\.html\n", said)
    assert "not done: cohorts. No cohort was given." in said


def test_its_sentences_are_those_that_each_command_prints(whole, rounds):
    _, page = whole
    text = html.unescape(re.sub(r"<[^>]+>\s*", " ", page))
    told = json.loads(run("analyse", "convergence", *rounds, *FRAMEWORKS, "--json").stdout)

    for sentence in re.split(r"(?<=[.?!]) (?=[A-Z])", told["sentence"], maxsplit=1):
        assert sentence in text


def test_synthetic_rounds_are_called_so_on_top(whole):
    assert NOTICE in html.unescape(whole[1])


def test_it_has_a_page_of_what_the_numbers_cannot_tell(whole):
    _, page = whole

    assert "What these numbers cannot tell you" in page
    assert "What could not be done, and why" in page
    assert page.count("<section>") == 11 + 2


def test_a_cohort_of_the_file_is_compared(rounds, cohort_file, tmp_path):
    earlier = ("--earlier", rounds[0], "--earlier-framework", "nhs-dma@2015-16")
    ended = report(rounds, tmp_path / "r.html", *earlier, "--groups", cohort_file, "--cohort", "pioneers")

    assert "Members of pioneers changed by" in (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "not done: systems. No systems were given." in ended.stdout


def test_a_place_that_can_t_be_written_to_is_trouble(rounds, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    ended = report(rounds, tmp_path / "file" / "report.html")

    assert ended.exit_code == 13
    assert ended.stderr.count("\n") == 1


def test_charts_are_written_as_pictures_numbers_and_specifications(rounds, tmp_path):
    ended = report(rounds, tmp_path / "r.html", "--charts", tmp_path / "charts")

    assert ended.exit_code == 0, ended.output
    written = sorted(path.name for path in (tmp_path / "charts").iterdir())
    assert {name.split(".", 1)[1] for name in written} == {"svg", "csv", "vl.json"}
    assert f"{len(written) // 3} charts -> " in ended.output
    assert "ranks-1.svg" in written


def test_the_numbers_of_a_chart_are_those_that_its_command_prints(rounds, tmp_path):
    report(rounds, tmp_path / "r.html", "--charts", tmp_path / "charts")
    told = json.loads(run("analyse", "distribution", rounds[1], "--framework", "nhs-dma@2017", "--json").stdout)
    chart = told["charts"][0]

    with (tmp_path / "charts" / "distribution-1.csv").open(encoding="utf-8", newline="") as lines:
        written = [(line["row"], float(line["value"])) for line in csv.DictReader(lines)]

    assert written == [(row["label"], dot["value"]) for row in chart["rows"] for dot in row["dots"] if dot]
    specification = json.loads((tmp_path / "charts" / "distribution-1.vl.json").read_text(encoding="utf-8"))
    assert specification["title"] == chart["title"]


def test_a_folder_for_charts_that_can_not_be_made_is_said(rounds, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")

    ended = report(rounds, tmp_path / "r.html", "--charts", tmp_path / "file" / "charts")

    assert ended.exit_code != 0
    assert "file" in ended.output
