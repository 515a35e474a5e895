# SPDX-License-Identifier: MIT
"""`trigpoint framework`: what is printed, where, and with which exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.support.framework_files import edited, template_files
from trigpoint.cli.framework import framework_app
from trigpoint.cli.framework_lines import count_of
from trigpoint.frameworks.model import KINDS
from trigpoint.io.content import list_frameworks, read_framework


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def run(*arguments: str):
    return CliRunner().invoke(framework_app, list(arguments))


def lines(*arguments: str) -> list[str]:
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    return list(result.stdout.splitlines())


def answer(*arguments: str):
    return json.loads("\n".join(lines(*arguments, "--json")))


def write(folder: str, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_list_names_every_shipped_framework():
    shown = lines("list")

    assert [line.split()[0] for line in shown] == [str(ref) for ref in list_frameworks()]
    (status,) = (line for line in shown if line.startswith("example-status@1"))
    assert status.split(maxsplit=4) == [
        "example-status@1",
        "status",
        "9",
        "questions",
        "Keeping information safe, a small example of a status",
    ]


def test_list_as_json_has_sizes_and_hashes():
    found = {record["name"]: record for record in answer("list")}

    framework = read_framework("example-points@1")
    assert found["example-points@1"] == {
        "name": "example-points@1",
        "title": framework.content.title,
        "kind": "points",
        "questions": 7,
        "scored": 7,
        "measures": 3,
        "worked_examples": 4,
        "hash": framework.hash,
    }
    assert found["nhs-dma@2017"]["scored"] == 173


def test_show_prints_the_tree_with_counts_and_rules():
    shown = lines("show", "example-points@1")

    assert shown[0] == "example-points@1: Sharing records, a small example of points"
    assert shown[2].startswith("Kind points, round example. 7 questions, 7 of them scored; 3 measures. Hash ")
    tree = shown.index("Measures (scored questions; how the score comes about)")
    assert shown[tree + 1 : tree + 4] == [
        "  overall: Overall (7; mean of measures)",
        "    viewing: Viewing records (4; mean of questions, half up to 0 decimals)",
        "    sending: Sending records (3; mean of questions, half up to 0 decimals)",
    ]


def test_show_prints_care_settings_scales_missing_answers_and_bands():
    shown = lines("show", "example-points@1")

    for line in (
        "  acute: Acute, 6 questions",
        "  agreement: Agreement, five steps (4 questions)",
        "    mostly_agree (Mostly agree): 75",
        "  don’t know: zero",
        "  not applicable: leave out",
        "Bands, on the rounded score",
        "  Medium: from 40",
    ):
        assert line in shown


def test_show_prints_a_ladder_with_what_each_step_needs():
    shown = lines("show", "example-stage-gate@1")

    ladder = shown.index("Ladder")
    assert shown[ladder + 1 :] == [
        "  0: Stage 0 (the base)",
        "  1: Stage 1 (all of 3 questions)",
        "  2: Stage 2 (a share of 0.66 of 3 questions)",
        "  3: Stage 3 (all of 2 questions)",
        "  4: Stage 4 (all of 2 questions)",
    ]


def test_show_prints_number_scales_marks_kept_back_and_digits():
    indicator, marks = lines("show", "example-indicator@1"), lines("show", "example-sum-of-marks@1")

    assert "    a number from 0 to 100, per cent" in indicator
    assert "    a whole number from 0, days" in indicator
    assert "    points: from 0: 10; from 2: 6; from 8: 3; from 15: 0" in indicator
    assert (
        "  overall: Overall (7; mean of measures, half even to 1 decimal, no score unless all below have one)"
        in indicator
    )
    assert "    online_access: Online access (4; mean of questions, no score below 0.5 answered)" in indicator
    assert "  evidence: In place, with evidence (2 questions, out of 10)" in marks
    assert "    claimed (In place, without evidence): 2.5" in marks


def test_show_tells_a_long_table_of_thresholds_by_its_ends():
    shown = lines("show", "nhs-dma@2017")

    assert "    points: from 0: 0; from 1: 1; from 2: 2; … 95 more …; from 98: 98; from 99: 99; from 100: 100" in shown
    assert "  people_count: Number of people (2 questions)" in shown


def test_show_as_json_has_the_whole_framework():
    found = answer("show", "example-level-gate@1")

    assert [pillar["id"] for pillar in found["tree"][0]["measures"]] == ["well_led", "empower_people"]
    assert [pillar["questions"] for pillar in found["tree"][0]["measures"]] == [8, 4]
    assert found["scales"][0]["points"] == {"not_met": 0, "met": 1}
    assert found["ladder"][1] == {
        "id": "level_2",
        "title": "Level 2",
        "value": 2,
        "share_needed": 1,
        "questions": 3,
    }
    assert (found["bands"], found["care_settings"]) == (None, [])
    assert found["missing"]["not_applicable"] == "leave_out"


def test_show_as_json_has_numbers_as_numbers():
    found = answer("show", "example-indicator@1")

    assert found["scales"][1]["number"] == {"minimum": 0, "maximum": None, "whole": True, "unit": "days"}
    assert found["scales"][2]["points"] == [[0, 0], [0.5, 2], [5, 5], [20, 10]]
    assert found["bands"]["bands"][2] == {"id": "established", "title": "Established", "from": 7.5}
    assert found["sources"] == [
        {"id": "existing_returns", "title": "Made up; name here the return that each number comes from"}
    ]
    assert answer("show", "example-sum-of-marks@1")["scales"][1]["marks_out_of"] == 10
    assert answer("show", "nhs-dma@2017")["scales"][-1]["points"] is None


def test_show_a_measure_prints_every_question_that_counts_towards_it():
    shown = lines("show", "example-points@1", "--measure", "viewing")

    assert shown[:3] == [
        "example-points@1: Viewing records",
        "Staff see what other organisations know.",
        "  viewing: Viewing records (4; mean of questions, half up to 0 decimals)",
    ]
    assert "sees_social_care_record (scale agreement; asked in community)" in shown
    assert "record_in_context (scale share; shown when sees_gp_record is mostly_agree or agree_completely)" in shown
    assert "  points: none 0, up_to_half 30, over_half 70, all 100" in shown


def test_show_a_measure_prints_weights_steps_and_who_is_asked():
    sending = lines("show", "example-points@1", "--measure", "sending")
    stage = lines("show", "example-stage-gate@1", "--measure", "stage")

    assert "discharge_summaries (scale share; weight 2)" in sending
    assert "sharing_agreement (scale agreement; asked once of the organisation)" in sending
    assert "order_entry (scale use; on stage_2)" in stage
    assert stage[1] == "  stage: Stage (10; ladder)"


def test_show_a_measure_as_json():
    found = answer("show", "example-indicator@1", "--measure", "online_access")

    assert (found["framework"], found["id"], found["weight"], found["questions"]) == (
        "example-indicator@1",
        "online_access",
        3,
        4,
    )
    assert [question["id"] for question in found["asked"]] == [
        "online_accounts",
        "online_requests",
        "repeat_prescriptions",
        "record_viewed",
    ]
    assert answer("show", "example-points@1", "--measure", "viewing")["asked"][3]["shown_when"] == [
        {"question": "sees_gp_record", "answers": ["mostly_agree", "agree_completely"], "at_least": None}
    ]


def test_routing_by_a_number_is_shown():
    routed = "scale: per_thousand, text: Requests"
    rule = "shown_when: {question: online_accounts, at_least: 0.5}"
    files = edited(template_files("indicator"), "framework.yaml", (routed, f"{rule}, {routed}"))
    write("mine", files)

    shown = lines("show", "mine", "--measure", "online_access")

    assert "online_requests (scale per_thousand; shown when online_accounts is at least 0.5)" in shown
    assert answer("show", "mine", "--measure", "online_access")["asked"][1]["shown_when"][0]["at_least"] == 0.5


def test_routing_by_any_of_several_answers_is_shown():
    routed = "scale: percentage, text: Share of repeat"
    rules = "[{question: online_accounts, at_least: 0.5}, {question: online_requests, at_least: 3}]"
    write("mine", edited(template_files("indicator"), "framework.yaml", (routed, f"shown_when_any: {rules}, {routed}")))

    shown = lines("show", "mine", "--measure", "online_access")
    routes = answer("show", "mine", "--measure", "online_access")["asked"][2]["shown_when"]

    both = "online_accounts is at least 0.5, or online_requests is at least 3"
    assert f"repeat_prescriptions (scale percentage; shown when {both})" in shown
    assert routes == [
        {"question": "online_accounts", "answers": [], "at_least": 0.5},
        {"question": "online_requests", "answers": [], "at_least": 3},
    ]


def test_show_of_an_unknown_framework_or_measure_is_one_line_and_exit_code_6():
    unknown, no_measure = run("show", "nhs-dma@2018"), run("show", "example-points@1", "--measure", "sendin")

    assert (unknown.exit_code, no_measure.exit_code) == (6, 6)
    assert unknown.stderr.startswith("there is no framework 'nhs-dma@2018'. Did you mean 'nhs-dma@201")
    assert no_measure.stderr == ("in example-points@1 there is no measure 'sendin'. Did you mean 'sending'?\n")
    assert unknown.stdout == no_measure.stdout == ""


def test_check_says_in_one_line_that_all_is_well():
    framework = read_framework("example-status@1")

    assert lines("check", "example-status@1") == [
        f"example-status@1: all is well. 9 questions, 1 measure, 5 worked examples; hash {framework.hash[:12]}."
    ]


def test_check_prints_every_problem_with_its_place_and_ends_with_exit_code_3():
    files = edited(
        template_files("points"),
        "scoring.yaml",
        ("discharge_summaries: 2", "discharge_summaries: -2"),
        ("digits: 0", "digits: 9"),
    )
    write("mine", {**files, "framework.yaml": files["framework.yaml"].replace("round: example", "rounds: example")})

    result = run("check", "mine")

    assert result.exit_code == 3
    assert result.stdout.splitlines() == [
        "mine/framework.yaml:5:1: 'round' is missing.",
        "mine/framework.yaml:11:1: 'rounds' is not a key that belongs here.",
        "mine/scoring.yaml:23:67: 'digits': input should be less than or equal to 6; found 9.",
    ]


def test_check_prints_differences_of_worked_examples():
    name = "worked_examples/met.yaml"
    write("mine", edited(template_files("status"), name, ("score: 2", "score: 3")))

    result = run("check", "mine/framework.yaml")

    assert (result.exit_code, result.stdout) == (3, f"mine/{name}:8:12: 'status': the answers give score 2, not 3.\n")


def test_check_of_nothing_is_exit_code_6():
    result = run("check", "nowhere")

    assert (result.exit_code, result.stdout) == (6, "")
    assert result.stderr.startswith("there is no framework 'nowhere'.")


@pytest.mark.parametrize("kind", KINDS)
def test_new_writes_a_framework_that_passes_straight_away(kind):
    assert lines("new", "--kind", kind, "--out", "drafts", "--name", "my-own") == [
        "drafts/my-own/1: edit its files, then: trigpoint framework check drafts/my-own/1"
    ]
    (well,) = lines("check", "drafts/my-own/1")
    assert well.startswith("my-own@1: all is well.")


def test_new_without_a_place_and_name_writes_here():
    (told,) = lines("new", "--kind", "status")

    assert told == "my-framework/1: edit its files, then: trigpoint framework check my-framework/1"
    assert Path("my-framework/1/framework.yaml").is_file()


def test_new_does_not_write_over_anything():
    run("new", "--kind", "status")

    result = run("new", "--kind", "points")

    assert (result.exit_code, result.stdout) == (13, "")
    assert result.stderr == ("my-framework/1 exists already. Choose another --name or --out; nothing was written.\n")


def test_new_refuses_a_name_that_no_framework_can_have():
    result = run("new", "--kind", "status", "--name", "My Own")

    assert result.exit_code == 3
    assert result.stderr == (
        "--name: 'My Own' can't be a framework's name. Use small letters, digits and hyphens, a letter first.\n"
    )


def test_new_refuses_a_kind_that_does_not_exist():
    assert run("new", "--kind", "ladder").exit_code == 2


def test_publish_enters_the_version_and_check_holds_it_from_then_on():
    run("new", "--kind", "status", "--name", "mine")

    (told,) = lines("publish", "mine/1")

    assert told.startswith("mine@1 is published in RELEASED.yaml with the hash ")
    file = Path("mine/1/scoring.yaml")
    file.write_text(
        file.read_text(encoding="utf-8").replace("dont_know: zero", "dont_know: leave_out"), encoding="utf-8"
    )
    changed = run("check", "mine/1")
    assert changed.exit_code == 3
    assert "mine@1 was published with the hash" in changed.stdout
    assert run("publish", "mine/1").exit_code == 3


@pytest.mark.parametrize(("number", "text"), [(0, "0 questions"), (1, "1 question"), (2, "2 questions")])
def test_a_number_stands_with_its_noun(number, text):
    assert count_of(number, "question") == count_of(range(number), "question") == text


def test_check_as_json_is_a_list_of_problems_and_empty_when_all_is_well(tmp_path: Path) -> None:
    well = CliRunner().invoke(framework_app, ["check", "example-status@1", "--json"])
    (tmp_path / "framework.yaml").write_text("framework: mine\n", encoding="utf-8")
    ill = CliRunner().invoke(framework_app, ["check", str(tmp_path), "--json"])

    assert (well.exit_code, json.loads(well.stdout)) == (0, [])
    assert ill.exit_code == 3
    assert set(json.loads(ill.stdout)[0]) == {"file", "line", "column", "message"}
