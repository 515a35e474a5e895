# SPDX-License-Identifier: MIT
"""`trigpoint fhir …`, as people type it: a questionnaire out, answers out, answers in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from tests.core.publication.rounds import answers, sharing
from trigpoint.cli.fhir import fhir_app
from trigpoint.errors import AnswersProblems, FileTrouble, UnknownUnit
from trigpoint.io.answers import read_answers, write_answers

BASE = ("--base", "https://example.org/fhir/")
FRAMEWORK = ("--framework", "example-points@1")


def run(*words: str) -> Result:
    app = typer.Typer()
    app.add_typer(fhir_app, name="fhir")
    app.command("other")(lambda: None)
    return CliRunner().invoke(app, ["fhir", *words])


@pytest.fixture
def collected(tmp_path: Path) -> str:
    path = tmp_path / "answers.parquet"
    write_answers(answers(), sharing(), path)
    return str(path)


@pytest.fixture
def sent(tmp_path: Path, collected: str) -> Path:
    result = run("responses", collected, *FRAMEWORK, *BASE, "--out", str(tmp_path / "sent.ndjson"))
    assert result.exit_code == 0, result.output
    return tmp_path / "sent.ndjson"


def test_a_framework_becomes_a_questionnaire(tmp_path: Path) -> None:
    out = tmp_path / "made" / "questionnaire.json"

    result = run("questionnaire", "example-points@1", *BASE, "--out", str(out))

    assert result.exit_code == 0, result.output
    made = json.loads(out.read_text(encoding="utf-8"))
    assert made["resourceType"] == "Questionnaire"
    assert made["url"] == "https://example.org/fhir/Questionnaire/example-points"


def test_a_questionnaire_for_a_care_setting_that_there_is_none_of_is_refused(tmp_path: Path) -> None:
    result = run("questionnaire", "nhs-dma@2017", *BASE, "--out", str(tmp_path / "q.json"), "--care-setting", "space")

    assert result.exit_code == UnknownUnit.exit_code


def test_answers_go_out_a_line_each_and_come_back_the_same(tmp_path: Path, collected: str, sent: Path) -> None:
    back = tmp_path / "back.parquet"

    result = run("read", str(sent), *FRAMEWORK, *BASE, "--out", str(back))

    assert result.exit_code == 0, result.output
    assert "4 units" in result.output
    assert len(sent.read_text(encoding="utf-8").splitlines()) == 4
    before, after = (read_answers(Path(path), framework=sharing()) for path in (collected, back))
    assert after.hash == before.hash


def test_a_bundle_and_one_alone_are_read_too(tmp_path: Path, sent: Path) -> None:
    lines = [json.loads(line) for line in sent.read_text(encoding="utf-8").splitlines()]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in lines[:2]]}
    (tmp_path / "bundle.json").write_text(json.dumps(bundle), encoding="utf-8")
    (tmp_path / "one.json").write_text(json.dumps(lines[0]), encoding="utf-8")

    for name, count in (("bundle.json", 2), ("one.json", 1)):
        result = run("read", str(tmp_path / name), *FRAMEWORK, *BASE, "--out", str(tmp_path / "back.csv"))
        assert result.exit_code == 0, result.output
        assert f"{count} units" in result.output


def test_every_problem_of_every_response_is_told_with_its_line(tmp_path: Path, sent: Path) -> None:
    lines = [json.loads(line) for line in sent.read_text(encoding="utf-8").splitlines()]
    lines[0]["questionnaire"] = "x"
    lines[2].pop("subject")
    sent.write_text("\n".join(json.dumps(one) for one in lines), encoding="utf-8")

    result = run("read", str(sent), *FRAMEWORK, *BASE, "--out", str(tmp_path / "back.csv"))

    assert result.exit_code == AnswersProblems.exit_code
    assert "sent.ndjson:1: questionnaire: 'x' is another questionnaire" in result.output
    assert "sent.ndjson:3: subject.identifier" in result.output
    assert not (tmp_path / "back.csv").exists()


def test_a_unit_that_answers_twice_is_refused(tmp_path: Path, sent: Path) -> None:
    text = sent.read_text(encoding="utf-8")
    sent.write_text(text + text.splitlines()[0] + "\n\n", encoding="utf-8")

    result = run("read", str(sent), *FRAMEWORK, *BASE, "--out", str(tmp_path / "back.csv"))

    assert result.exit_code == AnswersProblems.exit_code
    assert "AAA General answers twice" in result.output


def test_a_number_outside_its_range_is_refused(tmp_path: Path) -> None:
    made = tmp_path / "indicator.json"
    framework = "example-indicator@1"
    run("questionnaire", framework, *BASE, "--out", str(made))
    items = [item for group in json.loads(made.read_text(encoding="utf-8"))["item"] for item in group["item"]]
    number = next(one for one in walk(items) if one.get("type") == "decimal")
    response = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"https://example.org/fhir/Questionnaire/{framework.replace('@', '|')}",
        "status": "completed",
        "subject": {"identifier": {"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": "RXX"}},
        "item": [{"linkId": number["linkId"], "answer": [{"valueDecimal": -1e9}]}],
    }
    (tmp_path / "r.json").write_text(json.dumps(response), encoding="utf-8")

    result = run("read", str(tmp_path / "r.json"), "--framework", framework, *BASE, "--out", str(tmp_path / "b.csv"))

    assert result.exit_code == AnswersProblems.exit_code
    assert number["linkId"] in result.output


def walk(entries):
    for one in entries:
        yield one
        yield from walk(one.get("item", []))


BAD_BUNDLE = '{"resourceType": "Bundle", "entry": [3]}'


@pytest.mark.parametrize("text", ["not json", "[]", "3", BAD_BUNDLE, BAD_BUNDLE.replace("[3]", "3")])
def test_a_file_that_holds_no_resource_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "bad.json").write_text(text, encoding="utf-8")

    result = run("read", str(tmp_path / "bad.json"), *FRAMEWORK, *BASE, "--out", str(tmp_path / "back.csv"))

    assert result.exit_code == FileTrouble.exit_code


def test_files_that_can_not_be_read_or_written_say_so(tmp_path: Path, collected: str) -> None:
    (tmp_path / "latin.json").write_bytes(b"\xff\xfe\xfa")
    (tmp_path / "file").write_text("", encoding="utf-8")

    for words in (
        ("read", str(tmp_path / "gone.json"), *FRAMEWORK, *BASE, "--out", str(tmp_path / "x.csv")),
        ("read", str(tmp_path / "latin.json"), *FRAMEWORK, *BASE, "--out", str(tmp_path / "x.csv")),
        ("responses", collected, *FRAMEWORK, *BASE, "--out", str(tmp_path / "sent.json")),
        ("questionnaire", "example-points@1", *BASE, "--out", str(tmp_path / "file" / "q.json")),
    ):
        assert run(*words).exit_code == FileTrouble.exit_code, words


def test_an_entry_without_a_resource_is_told_by_its_place(tmp_path: Path) -> None:
    (tmp_path / "bundle.json").write_text('{"resourceType": "Bundle", "entry": [{}]}', encoding="utf-8")

    result = run("read", str(tmp_path / "bundle.json"), *FRAMEWORK, *BASE, "--out", str(tmp_path / "back.csv"))

    assert result.exit_code == AnswersProblems.exit_code
    assert "bundle.json: entry[0]: resourceType: None is no QuestionnaireResponse." in result.output
