# SPDX-License-Identifier: MIT
"""Rows laid out as the published files, which the readers of these take in."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from tests.core.synthetic.made import frameworks, generator, rounds, shape, small_framework
from trigpoint.io.published import LAYOUTS
from trigpoint.scoring import compile_plan, score_answers
from trigpoint.submissions.answers import Answer, AnswerTable
from trigpoint.submissions.missing import LOWEST_MISSING_CODE, Missing
from trigpoint.submissions.published import take_in
from trigpoint.submissions.questionnaire import build_answers
from trigpoint.submissions.units import Unit
from trigpoint.synthetic import build_published_rows, publish_rounds
from trigpoint.synthetic.published import spelling
from trigpoint.synthetic.shape import FileLayout

LAYOUT = FileLayout(
    width=12,
    name=0,
    organisation=1,
    care_setting=11,
    measures={},
    labels={3: ("gives_acute", "Acute")},
    unscored="Not scored",
)
UNIT = Unit("ZZ301", name="Example Synthetic Trust", care_settings=("acute",))


def row(layout: FileLayout = LAYOUT, **answers: Answer) -> tuple[str, ...]:
    table = build_answers(small_framework(), [(UNIT, answers)])
    return build_published_rows(table, small_framework(), layout)[1]


def test_the_heading_has_our_wording_where_the_original_stands_in_the_published_file() -> None:
    table = build_answers(small_framework(), [(UNIT, {})])

    assert build_published_rows(table, small_framework(), LAYOUT)[0] == (
        "organisation_name",
        "organisation_id",
        "Gives acute care.",
        "",
        "There is a plan.",
        "",
        "The plan is kept.",
        "",
        "The wards know it.",
        "",
        "Share of staff with a device.",
        "care_setting",
    )


def test_each_answer_stands_with_its_score() -> None:
    written = row(gives_acute="ticked", plan="fully", plan_kept="partly", wards="never", devices=84.0)

    assert written == (
        "Example Synthetic Trust",
        "ZZ301",
        "1",
        "Acute",
        "Fully",
        "100",
        "Partly",
        "50",
        "No way",
        "0",
        "84",
        "General",
    )


def test_missing_answers_are_written_as_in_the_published_files() -> None:
    written = row(plan=Missing.DONT_KNOW, plan_kept=Missing.NOT_APPLICABLE, wards=Missing.NOT_ANSWERED)

    # the box is not ticked; a don't know counts as 0 in this framework; what is not shown or answered is blank
    assert written[2:11] == ("", "", "Don't Know", "0", "N/A", "Not scored", "", "", "")


def test_a_dont_know_that_leaves_the_mean_has_no_score() -> None:
    second = frameworks()[1]
    question = next(one for one in second.scored_questions if one.published and one.published.score_column)
    assert question.published is not None
    table = build_answers(second, [(UNIT, {question.id: Missing.DONT_KNOW})])

    written = build_published_rows(table, second, shape().layouts[1])[1]

    assert written[question.published.answer_column] == "Don't Know"
    assert written[question.published.score_column or 0] == ""


def test_a_question_without_a_place_in_the_file_is_left_out() -> None:
    written = row(devices=90.0, device_care="fully")

    assert "Fully" not in written
    assert written[10] == "90"


def test_section_scores_stand_where_the_layout_has_them() -> None:
    layout = FileLayout(14, 0, 1, None, {12: ("plans", "plans"), 13: ("tools", "tools")}, {}, "")

    written = row(layout, plan="fully", plan_kept="partly", wards="never")

    # (100 + 50 + 0) / 3 = 50; nothing was answered of the tools
    assert written[12:] == ("50", "")
    assert written[11] == ""


def test_an_answer_is_spelt_as_published_and_by_its_label_where_nothing_else_is_known() -> None:
    never, partly, _ = small_framework().scales["steps"].answers

    assert [spelling(never), spelling(partly)] == ["No way", "Partly"]


def test_a_missing_number_is_blank_and_a_given_one_has_no_needless_point() -> None:
    assert row(devices=Missing.NOT_ANSWERED)[10] == ""
    assert row(devices=100.0)[10] == "100"


@cache
def taken_in(which: int) -> tuple[AnswerTable, AnswerTable]:
    """A round as it was made, and as its file is read."""
    made = (rounds().first, rounds().second)[which]
    file = publish_rounds(generator(1), rounds(), shape(), frameworks())[which]
    _, layout = LAYOUTS[f"nhs-dma-{file.round}"]
    return made, take_in(list(enumerate(file.rows, 1)), frameworks()[which], layout).answers


@pytest.mark.parametrize("which", [0, 1])
def test_the_readers_of_the_published_files_read_every_answer_back(which: int) -> None:
    made, read = taken_in(which)

    assert [(u.organisation, u.name) for u in read.units] == [(u.organisation, u.name) for u in made.units]
    # A blank is a blank in the file. Whether it was shown is told by care setting, which the second file doesn't say.
    blank = np.isin(made.codes, [252, 255])
    assert np.array_equal(np.isin(read.codes, [252, 255]), blank)
    assert np.array_equal(read.codes[~blank], made.codes[~blank])
    for question, numbers in made.numbers.items():
        assert np.array_equal(read.numbers[question], numbers, equal_nan=True)
    if which == 0:
        assert np.array_equal(read.codes, made.codes)


@pytest.mark.parametrize("which", [0, 1])
def test_what_is_read_back_scores_the_same(which: int) -> None:
    made, read = taken_in(which)
    plan = compile_plan(frameworks()[which])

    assert np.array_equal(score_answers(read, plan).scores, score_answers(made, plan).scores, equal_nan=True)
    assert (made.codes < LOWEST_MISSING_CODE).any()


def test_the_files_are_as_wide_as_the_published_ones() -> None:
    first, second = publish_rounds(generator(1), rounds(), shape(), frameworks())

    assert {len(line) for line in first.rows} == {288}
    assert {len(line) for line in second.rows} == {367}
    assert (len(first.rows), len(second.rows)) == (1 + 238, 1 + 232)
    assert (first.round, second.round) == ("2015-16", "2017")
    assert first.faults == second.faults == ()


def test_the_published_scores_in_the_second_file_are_those_of_the_framework() -> None:
    table = score_answers(rounds().second, compile_plan(frameworks()[1]))
    rows = publish_rounds(generator(1), rounds(), shape(), frameworks())[1].rows

    for column, (heading, measure) in shape().layouts[1].measures.items():
        assert rows[0][column] == heading
        for unit, line in enumerate(rows[1:]):
            score = table.score(unit, measure).value
            assert line[column] == ("" if score is None else str(int(score)))
