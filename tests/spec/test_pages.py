# SPDX-License-Identifier: MIT
"""The generated pages say what the cases say, and come out the same every time."""

from __future__ import annotations

import pytest

from script import write_docs
from tests.spec.cases import CASES, PAGES
from tests.spec.pages import GENERATED, sentences, table, write_pages
from trigpoint.frameworks.model import KINDS
from trigpoint.io.content import list_frameworks, read_framework


@pytest.fixture(scope="module")
def methodology():
    return write_pages({kind: read_framework(f"example-{kind}@1") for kind in KINDS})


@pytest.fixture(scope="module")
def all_pages():
    return write_docs.build_pages()


def test_every_case_is_on_its_page_with_its_rules(methodology):
    for case in CASES:
        assert f"## {case.title}\n" in methodology[f"{case.page}.md"]
        assert f"```yaml\n{case.rules}\n```" in methodology[f"{case.page}.md"]


def test_a_case_is_a_table_of_answers_scores_and_sums(methodology):
    assert (
        "|  | first | second | third | **section** | sum |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| all answered | agree | agree | neither | **250/3** | (100 + 100 + 50) / 3 |\n"
        "| not applicable | agree | agree | not applicable | **100** | (100 + 100) / 2 |\n"
        "| don’t know | agree | agree | don’t know | **200/3** | (100 + 100 + 0) / 3 |\n"
        "| not answered | agree | agree | not answered | no score |  |\n"
    ) in methodology["missing-answers.md"]


def test_bands_stand_behind_scores(methodology):
    assert "| 249 of 250 | met | not met | **99.6**, failed | 100 × (249 + 0) / 250 |" in methodology["pass-mark.md"]


def test_a_page_of_a_kind_has_every_worked_example_of_its_framework(methodology):
    for kind in KINDS:
        for example in read_framework(f"example-{kind}@1").examples:
            assert f"### {example.title}\n" in methodology[f"{kind}.md"]
    assert "| controls | **5200/73** | not_passed | 10 | 7 | 1 | 1 |" in methodology["pass-mark.md"]
    assert "Care setting: acute.\nAnswers: sees_gp_record agree completely;" in methodology["points.md"]
    assert "Answers: exceptions_signed failed; all others passed." in methodology["pass-mark.md"]


def test_the_contents_lead_to_every_page(methodology):
    assert set(methodology) == {"README.md", *(f"{page}.md" for page in PAGES)}
    assert all(f"]({page}.md)" in methodology["README.md"] for page in PAGES)


def test_every_page_says_that_it_is_generated_and_ends_with_one_line_end(all_pages):
    for name, text in all_pages.items():
        assert text.startswith(f"{GENERATED}\n\n# "), name
        assert text.endswith("\n"), name
        assert not text.endswith("\n\n"), name
        assert all(line == line.rstrip() for line in text.splitlines()), name


def test_the_same_code_gives_the_same_pages(all_pages):
    assert write_docs.build_pages() == all_pages


def test_the_reference_has_every_framework_with_its_hash_and_questions(all_pages):
    page = all_pages["reference/frameworks.md"]

    for ref in list_frameworks():
        framework = read_framework(str(ref))
        assert f"## {ref}\n" in page
        assert f"Hash: `{framework.hash}`" in page
        assert all(f"| `{question.id}` |" in page for question in framework.scored_questions)


def test_the_reference_has_every_exit_code_once_and_in_order(all_pages):
    codes = [line.split(" | ")[0] for line in all_pages["reference/exit-codes.md"].splitlines() if line[:3] != "| -"]

    numbers = [int(code[2:]) for code in codes if code[2:].isdigit()]
    assert numbers == sorted(set(numbers))
    assert {0, 2, 3, 6, 13} <= set(numbers)


def test_the_reference_has_every_command_with_its_options(all_pages):
    page = all_pages["reference/commands.md"]

    for command in ("check", "list", "new", "publish", "show"):
        assert f"## `trigpoint framework {command}`\n" in page
    assert "| `--kind` | The kind of scoring. One of `points`, `sum-of-marks`, `level-gate`," in page
    assert "| `--name` | Small letters, digits and hyphens. | `my-framework` |" in page


def test_pages_are_written_and_then_found_up_to_date(tmp_path, all_pages, capsys):
    assert write_docs.main(["--out", str(tmp_path)]) == 0

    written = {path.relative_to(tmp_path).as_posix(): path.read_text("utf-8") for path in tmp_path.rglob("*.md")}
    assert written == all_pages
    assert write_docs.main(["--out", str(tmp_path), "--check"]) == 0
    assert capsys.readouterr().out == ""


def test_pages_that_differ_or_are_not_there_are_named(tmp_path, capsys):
    write_docs.main(["--out", str(tmp_path)])
    (tmp_path / "methodology/points.md").write_text("mine", encoding="utf-8")
    (tmp_path / "reference/commands.md").unlink()

    assert write_docs.main(["--out", str(tmp_path), "--check"]) == 1
    assert capsys.readouterr().out == "methodology/points.md is out of date\nreference/commands.md is out of date\n"
    assert (tmp_path / "methodology/points.md").read_text(encoding="utf-8") == "mine"


def test_a_bar_in_a_cell_does_not_end_the_cell():
    assert table(["a|b"], [["c"]]) == ["| a&#124;b |", "| --- |", "| c |"]


def test_each_sentence_has_a_line_of_its_own():
    assert sentences("One half, that is 0.5.  Two\nhalves? Three.") == [
        "One half, that is 0.5.",
        "Two halves?",
        "Three.",
    ]
