# SPDX-License-Identifier: MIT
from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.core.cli.made_up import FRAMEWORK, answers_file, json_of, printed, run
from tests.support.frameworks import answer_table, draft, written
from tests.support.published_files import MadeUpReturn, published_file
from trigpoint.io.answers import write_answers
from trigpoint.io.content import read_framework


def rows_of(folder: Path) -> list[dict[str, str]]:
    with (folder / "scores.csv").open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def test_scores_are_written_and_their_means_printed(tmp_path: Path) -> None:
    out = tmp_path / "new" / "scores"

    text = printed("score", answers_file(tmp_path), "--framework", FRAMEWORK, "--out", out)

    assert text.startswith(f"3 units x 3 measures, {FRAMEWORK} -> {out}/scores.csv\n")
    assert sorted(file.name for file in out.iterdir()) == ["scores.csv", "scores.json", "scores.parquet"]
    rows = {(row["organisation"], row["care_setting"], row["measure"]): row for row in rows_of(out)}
    # viewing (75 + 50 + 100) / 3 = 75, sending (100 + 2 x 70 + 0) / 4 = 60, overall (75 + 60) / 2
    assert rows["X01", "General", "viewing"]["score"] == "75"
    assert rows["X01", "General", "sending"]["score"] == "60"
    assert rows["X01", "General", "overall"]["score"] == "67.5"
    assert rows["X02", "Community", "overall"]["score"] == ""
    # The mean of 67.5 and of the 0 of a unit that answered nothing
    assert ["Overall", "2", "33.8"] in [line.split() for line in text.splitlines()]
    assert "Plain mean of every unit with a score, n of all 3: 1 as a whole, 2 by care setting\n" in text


def test_json_says_what_was_scored_and_where_it_is(tmp_path: Path) -> None:
    out = tmp_path / "scores"

    found = json_of("score", answers_file(tmp_path), "--framework", FRAMEWORK, "--out", out)

    assert found["files"] == [str(out / f"scores.{ending}") for ending in ("csv", "parquet", "json")]
    assert found["measures"][0] == {"measure": "overall", "n": 2, "mean": (67.5 + 0) / 2}
    assert found["mean_of"] == "every unit with a score, n of all 3: 1 as a whole, 2 by care setting"
    written_down = json.loads((out / "scores.json").read_text(encoding="utf-8"))
    assert {key: found[key] for key in written_down} == written_down
    assert written_down["units"] == 3


def test_a_mean_on_the_half_is_printed_as_a_release_prints_it(tmp_path: Path) -> None:
    made = draft(("q1", "q2", "q3", "q4"))
    (tmp_path / "1").mkdir()
    for name, text in made.files.items():
        (tmp_path / "1" / name).write_text(text, encoding="utf-8")
    framework = made.framework
    returns = [{"q1": "yes", "q2": "yes", "q3": "yes", "q4": "no"}, {"q1": "no", "q2": "no", "q3": "no", "q4": "no"}]
    write_answers(answer_table(framework, [*returns, returns[0], returns[0]]), framework, tmp_path / "a.csv")

    text = printed("score", tmp_path / "a.csv", "--framework", tmp_path / "1", "--out", tmp_path / "s")

    # (75 + 0 + 75 + 75) / 4 = 56.25: half up 56.3, where a float's format would say 56.2
    assert ["all", "4", "56.3"] in [line.split() for line in text.splitlines()]


def test_the_basis_travels_with_the_scores(tmp_path: Path) -> None:
    printed("score", answers_file(tmp_path), "--framework", FRAMEWORK, "--out", tmp_path / "s", "--basis", "assured")

    assert {row["basis"] for row in rows_of(tmp_path / "s")} == {"assured"}


def test_a_measure_without_any_score_has_no_mean(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("organisation,question,missing,answer\nX01,alerts_to_gp,not_applicable,\n", encoding="utf-8")
    rows = ["organisation,question,missing,answer"]
    rows += [f"X01,{question},not_applicable," for question in read_framework(FRAMEWORK).questions]
    path.write_text("\n".join(rows), encoding="utf-8")

    text = printed("score", path, "--framework", FRAMEWORK, "--out", tmp_path / "s")
    found = json_of("score", path, "--framework", FRAMEWORK, "--out", tmp_path / "s")

    assert "no score" in text
    assert found["measures"][0] == {"measure": "overall", "n": 0, "mean": None}


@pytest.fixture
def answers_2017(tmp_path: Path) -> Path:
    cells = {"digital_strategy": ("Agree Completely", "100"), "investment_processes": ("Don't Know", "")}
    known = read_framework("nhs-dma@2017").questions
    returns = MadeUpReturn("X01", {name: cell for name, cell in cells.items() if name in known})
    out = tmp_path / "answers.parquet"
    printed("ingest", "nhs-dma-2017", published_file(tmp_path, "nhs-dma-2017", returns), "--out", out)
    return out


def test_a_round_may_be_scored_by_another_versions_rules(answers_2017: Path) -> None:
    folder = answers_2017.parent

    for rules in ((), ("--rules", "nhs-dma@2015-16")):
        printed("score", answers_2017, "--framework", "nhs-dma@2017", "--out", folder / f"s{len(rules)}", *rules)

    own, other = (
        {row["measure"]: row for row in rows_of(folder / name)}["strategic_alignment"] for name in ("s0", "s2")
    )
    assert own["score"] == "100"
    assert own["dont_know"] == other["dont_know"]
    # In 2015/16 a don't know counts as nothing earned: (100 + 0 for each don't know) / how many
    assert float(other["score"]) == 100 / (1 + int(own["dont_know"]))
    assert (own["basis"], other["basis"]) == ("self", "self; rules of nhs-dma@2015-16")
    assert other["framework"] == "nhs-dma@2017"


def test_only_the_questions_of_both_versions_may_be_counted(answers_2017: Path) -> None:
    out = answers_2017.parent / "s"
    shared = ("--comparable-with", "nhs-dma@2015-16")

    found = json_of("score", answers_2017, "--framework", "nhs-dma@2017", "--out", out, *shared)

    assert found["basis"] == "self; questions comparable with nhs-dma@2015-16"
    rows = {row["measure"]: row for row in rows_of(out)}
    # Business and clinical intelligence was new in 2017.
    assert rows["business_clinical_intelligence"]["asked"] == "0"
    assert 0 < int(rows["overall"]["asked"]) + int(rows["overall"]["not_shown"]) <= 124


def test_versions_that_share_no_question_are_not_compared(tmp_path: Path) -> None:
    older, newer = draft(("q1",)), draft(("q1",)).with_content(version="2")
    pairs = [{"from": "q1", "to": "q1", "class": "rescaled"}]
    crosswalk = written({"framework": "made-up", "from": "1", "to": "2", "pairs": pairs})
    for version, files in (("1", older.files), ("2", {**newer.files, "crosswalk.yaml": crosswalk})):
        (tmp_path / version).mkdir()
        for name, text in files.items():
            (tmp_path / version / name).write_text(text, encoding="utf-8")
    framework = newer.framework
    write_answers(answer_table(framework, [{"q1": "yes"}]), framework, tmp_path / "a.csv")

    result = run(
        "score",
        tmp_path / "a.csv",
        "--framework",
        tmp_path / "2",
        "--out",
        tmp_path,
        "--comparable-with",
        tmp_path / "1",
    )

    assert result.exit_code == 7
    assert result.stderr == f"no question of made-up@2 is comparable with {tmp_path / '1'}.\n"
