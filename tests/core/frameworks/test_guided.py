# SPDX-License-Identifier: MIT
"""The guided version of the 2017 assessment asks and counts exactly what 2017 did, and guides through all of it."""

from __future__ import annotations

from dataclasses import replace

from trigpoint.frameworks.asking import pages_of, section_of
from trigpoint.frameworks.crosswalk import comparable_pairs
from trigpoint.io.content import read_framework
from trigpoint.submissions import Missing, Unit
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.checks import FindingKind, check_submission
from trigpoint.submissions.suggestions import suggest_answers

PLAIN, GUIDED = read_framework("nhs-dma@2017"), read_framework("nhs-dma@2017-guided")


def test_questions_scales_measures_and_scoring_are_those_of_2017() -> None:
    bare = [
        replace(
            question, title=None, good_looks_like=None, why=None, evidence=None, asked_with=None, missing_refused=()
        )
        for question in GUIDED.content.questions
    ]

    assert bare == [replace(question, published=None) for question in PLAIN.content.questions]
    assert (GUIDED.content.scales, GUIDED.content.measures) == (PLAIN.content.scales, PLAIN.content.measures)
    assert GUIDED.scoring == PLAIN.scoring


def test_every_question_can_be_compared_with_2017() -> None:
    assert {pair.comparability for pair in comparable_pairs(GUIDED, PLAIN).values()} == {"same"}
    assert set(comparable_pairs(GUIDED, PLAIN)) == set(PLAIN.questions)


def test_every_question_has_a_title_of_its_own_and_every_scored_one_says_what_good_looks_like() -> None:
    titles = [question.title for question in GUIDED.content.questions]

    assert None not in titles
    assert len(set(titles)) == len(titles)
    assert [question.id for question in GUIDED.scored_questions if not question.good_looks_like] == []


def test_every_question_is_asked_in_a_section() -> None:
    assert [question.id for question in GUIDED.content.questions if section_of(GUIDED, question) is None] == []


def test_the_two_counts_are_asked_with_the_question_that_they_follow() -> None:
    counts = ("online_record_registrations", "online_record_visits")

    assert ("patients_view_records", *counts) in pages_of(GUIDED)


def test_answers_of_2017_are_suggested_unless_they_are_refused_now() -> None:
    refused, offered = "board_sponsor", "patient_flow"
    answers: dict[str, Answer] = {
        "digital_strategy": "mostly_agree",
        **dict.fromkeys([refused, offered], Missing.NOT_APPLICABLE),
    }

    assert set(suggest_answers(GUIDED, PLAIN, answers)) == {"digital_strategy", "patient_flow"}


def test_each_contradiction_can_come_about() -> None:
    unit = Unit("X01", "acute", care_settings=("acute",))
    for rule in GUIDED.content.contradictions:
        answers: dict[str, Answer] = {one.question: one.answers[0] if one.answers else 1.0 for one in rule.when}

        findings = check_submission(GUIDED, [(unit, answers)], evidence=frozenset(), notes=frozenset())

        assert rule in [one.contradiction for one in findings if one.kind is FindingKind.CONTRADICTORY]
