# SPDX-License-Identifier: MIT
from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest

from tests.support.questionnaires import STRATEGY, small_framework, small_questionnaire
from trigpoint.errors import FileTrouble
from trigpoint.io.questionnaire_pdf import build_questionnaire_pdf, write_questionnaire_pdf
from trigpoint.submissions import Missing, Unit
from trigpoint.submissions.places import AnswerPlace
from trigpoint.submissions.questionnaire_rows import CurrentAnswer, Questionnaire

FORM = small_questionnaire()
RAW = build_questionnaire_pdf(FORM)


def text_of(raw: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(raw)).pages)


def lines_of(form: Questionnaire) -> list[str]:
    return [line.strip() for line in text_of(build_questionnaire_pdf(form)).splitlines()]


def tags_of(raw: bytes) -> Iterator[str]:
    """The kinds of the structure elements, from the top."""
    root: Any = pypdf.PdfReader(io.BytesIO(raw)).trailer["/Root"]
    waiting = [root["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop(0).get_object()
        if isinstance(element, list):
            waiting[:0] = element
        elif isinstance(element, dict):
            if "/S" in element:
                yield str(element["/S"])
            waiting[:0] = [element["/K"]] if "/K" in element else []


def test_each_question_has_its_scale_with_what_was_chosen_in_words() -> None:
    lines = lines_of(FORM)

    at = lines.index("1. Is there a strategy?")
    assert lines[at : at + 11] == [
        "1. Is there a strategy?",
        "What good looks like: The board read it this year.",
        "no",
        "partly (chosen)",
        "yes",
        "or",
        "Don't know",
        "Not applicable",
        "Last round: no",
        "Evidence asked for: The minutes.",
        "Note: See the minutes",
    ]


def test_a_number_is_asked_for_with_its_range_and_a_question_by_its_title() -> None:
    lines = lines_of(FORM)

    assert "Answer only if “Plan” (plan) is yes or Don't know." in lines
    assert "Write a whole number from 0 to 900." in lines
    assert "Answer: 40" in lines
    assert "Last round: 12" in lines
    assert lines[lines.index("1. Plan") + 1] == "Is there a plan?"


@pytest.mark.parametrize(
    ("answer", "said"), [(2.5, "Answer: 2.5"), (Missing.NOT_APPLICABLE, "Not applicable (chosen)")]
)
def test_a_number_that_is_not_whole_or_not_there_is_said(answer: float | Missing, said: str) -> None:
    beds = AnswerPlace("acute", "beds")

    lines = lines_of(small_questionnaire(answers={beds: CurrentAnswer(1, answer)}))

    assert said in lines


def test_an_empty_form_names_nobody_and_has_room_to_write() -> None:
    form = small_questionnaire(
        organisation=None, organisation_name="", units=(Unit("RXX"),), answers={}, last_answers={}, made_at=None
    )

    lines = lines_of(form)

    assert not any(line.startswith(("Organisation:", "Answers as on", "Last round:")) for line in lines)
    assert lines.count("Note:") == 4
    assert lines[0] == "round 2026"
    assert not any("(chosen)" in line for line in lines)


@pytest.mark.parametrize(
    ("code", "name", "said"),
    [("RXX", "Trust", "Trust (RXX)"), ("RXX", "", "RXX"), (None, "Trust", "Trust")],
)
def test_an_organisation_is_named_as_far_as_it_is_known(code: str | None, name: str, said: str) -> None:
    assert f"Organisation: {said}" in lines_of(small_questionnaire(organisation=code, organisation_name=name))


def test_every_page_has_its_number_and_the_framework_with_its_hash() -> None:
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(RAW)).pages]

    assert len(pages) == 5
    for at, page in enumerate(pages, start=1):
        assert f"Page {at} of 5" in page
        assert f"made-up@1, hash {FORM.framework.hash[:12]}" in page
        assert "Made-up trust, RXX, round 2026" in page


def test_the_document_is_tagged_titled_and_in_english() -> None:
    reader = pypdf.PdfReader(io.BytesIO(RAW))
    root: Any = reader.trailer["/Root"]
    xmp = root["/Metadata"].get_data().decode()

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Made up: questionnaire"
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    tags = list(tags_of(RAW))
    assert {"/H1", "/H2", "/H3", "/L", "/LI", "/P"} <= set(tags)
    assert tags.count("/H3") == 1 + 3 + 2  # a heading for each question, in each part
    (width, height) = reader.pages[0].mediabox[2:]
    assert (round(float(width)), round(float(height))) == (595, 842)  # A4 in points


def test_the_headings_can_be_gone_through() -> None:
    outline = pypdf.PdfReader(io.BytesIO(RAW)).outline
    titles = [one.title for one in outline if not isinstance(one, list)]

    assert titles == ["How to fill it in", "Organisation", "Acute", "Community"]


def test_the_same_questionnaire_gives_the_same_bytes() -> None:
    assert build_questionnaire_pdf(small_questionnaire()) == RAW


@pytest.mark.parametrize(
    "text",
    [
        '#import "x": y',
        "*bold* _slanted_ $x^2$ `code` <label> @ref",
        "<script>alert(1)</script> &amp;",
        "= Heading\n- list\n+ 1",
        "\\ // comment /* more */ ~ -- ---",
        "\"quoted\" 'single' {{ braces }} [ ]",
        "#panic()",
    ],
)
def test_text_comes_out_as_it_was_written(text: str) -> None:
    form = small_questionnaire(organisation_name=text, answers={STRATEGY: CurrentAnswer(1, "yes", text)})

    said = text_of(build_questionnaire_pdf(form))

    assert f"Note: {text}" in said
    assert f"{text.splitlines()[0]}" in said.splitlines()[0]


def test_characters_without_a_glyph_are_said_by_their_codes() -> None:
    form = small_questionnaire(organisation_name="中 😀", answers={STRATEGY: CurrentAnswer(1, "yes", "\u202e\x00")})

    said = text_of(build_questionnaire_pdf(form))

    assert "Organisation: [U+4E2D] [U+1F600] (RXX)" in said
    assert "Note: [U+0000]" in said


def test_long_scales_and_long_notes_run_over_pages_and_lose_nothing() -> None:
    options = [{"code": f"c{at}", "label": f"Answer {at} {'of many ' * 30}"} for at in range(60)]
    scales = [
        {"id": "answer", "title": "a", "answers": [{"code": one, "label": one} for one in ("no", "partly", "yes")]},
        {"id": "many", "title": "m", "answers": options},
        {"id": "count", "title": "c", "number": {"minimum": 0}},
    ]
    questions = [
        {"id": "long", "scale": "many", "text": "Which?"},
        {"id": "plan", "scale": "answer", "text": "Plan?", "measure": "plans"},
        {"id": "beds", "scale": "count", "text": "Beds?", "measure": "places"},
    ]
    framework = small_framework(scales=scales, questions=questions)
    note = "\n".join(f"line {at}" for at in range(200))
    answers = {AnswerPlace("acute", "plan"): CurrentAnswer(1, "yes", note)}

    said = text_of(build_questionnaire_pdf(small_questionnaire(framework, answers=answers, last_answers={})))

    assert all(f"Answer {at} of many" in said for at in range(60))
    assert all(f"line {at}" in said for at in range(200))


def test_a_pdf_is_written_to_its_file(tmp_path: Path) -> None:
    write_questionnaire_pdf(FORM, tmp_path / "q.pdf")

    assert (tmp_path / "q.pdf").read_bytes() == RAW
    with pytest.raises(FileTrouble, match="No such file or directory"):
        write_questionnaire_pdf(FORM, tmp_path / "nowhere" / "q.pdf")


def test_without_typst_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)

    with pytest.raises(FileTrouble, match=r"A PDF needs Typst, which comes with the extra trigpoint\[web\]"):
        build_questionnaire_pdf(FORM)
