# SPDX-License-Identifier: MIT
"""Faults planted in made-up files are found by those who take them in, each where it was planted."""

from __future__ import annotations

import dataclasses
from collections import Counter
from functools import cache

import numpy as np
import pytest

from tests.core.synthetic.made import frameworks, generator, rounds, shape
from trigpoint.io.published import LAYOUTS
from trigpoint.organisations import CodeTrouble, CodeUse, build_register, check_codes
from trigpoint.submissions.intake_report import Finding, IntakeLine
from trigpoint.submissions.published import Intake, take_in
from trigpoint.synthetic import Fault, PublishedFile, publish_rounds

EXPECTED = (
    {Fault.CONTRADICTION: 1, Fault.SECOND_RETURN: 1},
    {Fault.CONTRADICTION: 5, Fault.DATE: 1, Fault.CLOSED_CODE: 1},
)
FINDINGS = {
    Fault.CONTRADICTION: Finding.CONTRADICTION,
    Fault.DATE: Finding.DAMAGED,
    Fault.SECOND_RETURN: Finding.SECOND_RETURN,
}


@cache
def faulty(seed: int = 1) -> tuple[PublishedFile, PublishedFile]:
    return publish_rounds(generator(seed), rounds(), shape(), frameworks(), with_faults=True)


def intake(file: PublishedFile, which: int) -> Intake:
    _, layout = LAYOUTS[f"nhs-dma-{file.round}"]
    return take_in(list(enumerate(file.rows, 1)), frameworks()[which], layout)


def places(lines: tuple[IntakeLine, ...]) -> set[tuple[Finding, int | None, str, str | None, int | None]]:
    return {
        (line.finding, line.line, line.organisation, line.question, line.column)
        for line in lines
        if line.finding is not Finding.READ_OFF
    }


@pytest.mark.parametrize("which", [0, 1])
def test_each_kind_of_fault_is_planted_as_often_as_said(which: int) -> None:
    assert Counter(fault.fault for fault in faulty()[which].faults) == EXPECTED[which]


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_taking_the_file_in_reports_exactly_what_was_planted(seed: int, which: int) -> None:
    file = faulty(seed)[which]

    planted = {
        (FINDINGS[one.fault], one.line, one.organisation, one.question, one.column)
        for one in file.faults
        if one.fault in FINDINGS
    }
    assert places(intake(file, which).report) == planted


@pytest.mark.parametrize("which", [0, 1])
def test_a_file_without_faults_is_taken_in_without_a_finding(which: int) -> None:
    file = publish_rounds(generator(1), rounds(), shape(), frameworks())[which]

    assert places(intake(file, which).report) == set()


def test_whoever_believes_the_scores_reads_the_answers_that_were_made() -> None:
    sound = publish_rounds(generator(1), rounds(), shape(), frameworks())
    for which, file in enumerate(faulty()):
        before, after = (intake(one, which).answers for one in (sound[which], file))
        assert np.array_equal(after.codes[: len(before.units)], before.codes)


def test_the_closed_code_is_that_of_a_provider_taken_over() -> None:
    (fault,) = (one for one in faulty()[1].faults if one.fault is Fault.CLOSED_CODE)
    made = rounds()

    problems = check_codes([CodeUse(fault.organisation)], made.register, shape().rounds[1].register_on)

    assert [problem.trouble for problem in problems] == [CodeTrouble.CLOSED]
    name = faulty()[1].rows[fault.line - 1][0]
    assert name == made.register.require_organisation(problems[0].suggestions[0]).name


def test_where_nobody_was_taken_over_no_closed_code_is_planted() -> None:
    alone = dataclasses.replace(rounds(), register=build_register(rounds().register.organisations))

    files = publish_rounds(generator(1), alone, shape(), frameworks(), with_faults=True)

    assert Fault.CLOSED_CODE not in {one.fault for one in files[1].faults}


def test_the_second_return_differs_from_the_first_in_one_answer_and_its_score() -> None:
    file = faulty()[0]
    (fault,) = (one for one in file.faults if one.fault is Fault.SECOND_RETURN)
    again = file.rows[fault.line - 1]
    code = fault.organisation.removesuffix("-2")
    (first,) = (row for row in file.rows if row[1] == code)

    differing = [column for column in range(2, len(again)) if again[column] != first[column]]
    assert len(differing) == 2
    assert differing[1] == differing[0] + 1
    assert fault.line == len(file.rows)


def test_no_row_has_two_faults() -> None:
    for seed in range(1, 5):
        for file in faulty(seed):
            lines = [fault.line for fault in file.faults]
            assert len(set(lines)) == len(lines)
            assert lines == sorted(lines)


def test_the_same_seed_plants_the_same_faults() -> None:
    again = publish_rounds(generator(3), rounds(), shape(), frameworks(), with_faults=True)

    assert faulty(3) == again
    assert faulty(3) != faulty(4)
