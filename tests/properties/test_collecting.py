# SPDX-License-Identifier: MIT
"""What must hold of collecting answers whatever is asked and whatever is answered: a slow second version agrees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.frameworks import Draft
from tests.support.strategies import SETTINGS, drafts
from trigpoint.frameworks import Framework
from trigpoint.frameworks.asking import pages_of
from trigpoint.frameworks.model import ShownWhen
from trigpoint.submissions import Missing, Unit
from trigpoint.submissions.answer_changes import compare_submissions
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.checks import FindingKind, SubmissionFinding, check_submission
from trigpoint.submissions.places import AnswerPlace, answers_of_unit, asked_places
from trigpoint.submissions.progress import summarise_progress
from trigpoint.submissions.suggestions import suggest_answers

UNITS = tuple(Unit("X01", setting, care_settings=(setting,)) for setting in SETTINGS)
SIDES = ("organisation", *SETTINGS)


@dataclass(frozen=True, slots=True)
class Filled:
    """A framework with the answers that an organisation has given so far, perhaps some where they don't belong."""

    framework: Framework
    answers: Mapping[AnswerPlace, Answer]


def answers_to(framework: Framework, question: str) -> st.SearchStrategy[Answer]:
    codes = framework.scale_of(question).codes
    real: st.SearchStrategy[Answer] = st.sampled_from(codes) if codes else st.sampled_from([0.0, 1.0, 2.5, 1000.0])
    return real | st.sampled_from([Missing.NOT_ANSWERED, Missing.DONT_KNOW, Missing.NOT_APPLICABLE])


@st.composite
def filled(draw: Any) -> Filled:
    framework = collecting(draw, draw(drafts())).framework
    places = [AnswerPlace(side, question) for side in SIDES for question in framework.questions]
    given_places = draw(st.lists(st.sampled_from(places), unique=True))
    return Filled(framework, {place: draw(answers_to(framework, place.question)) for place in given_places})


def collecting(draw: Any, of: Draft) -> Draft:
    """The framework with some questions asked of the organisation, some evidence, and contradictions."""
    extra = {"asked_of": "organisation"}, {"evidence": "Proof."}
    questions = [
        {**question, **{key: value for part in extra if draw(st.booleans()) for key, value in part.items()}}
        for question in of.content["questions"]
    ]
    numbers = {scale["id"] for scale in of.content["scales"] if "number" in scale}
    conditions = [
        {"question": question["id"], **({"at_least": 1} if question["scale"] in numbers else {"answers": ["c0", "c1"]})}
        for question in questions
    ]
    pairs = draw(st.lists(st.lists(st.sampled_from(conditions), min_size=2, max_size=3, unique_by=str), max_size=3))
    rules = [{"id": f"rule{at}", "text": f"Rule {at}.", "when": when} for at, when in enumerate(pairs)]
    return of.with_content(questions=questions, contradictions=rules if len(questions) > 1 else [])


def slow_answer(of: Filled, unit: Unit, question: str) -> Answer | None:
    """The answer of one unit to one question, worked out by itself; None when the unit is not shown the question."""
    asked = of.framework.questions[question]
    routes = asked.routes
    settings_fit = not asked.care_settings or unit.care_setting in asked.care_settings
    if not settings_fit or (routes and not any(slow_is_met(of, unit, route) for route in routes)):
        return None
    side = "organisation" if asked.asked_of == "organisation" else unit.care_setting
    return next((answer for place, answer in of.answers.items() if place == (side, question)), Missing.NOT_ANSWERED)


def slow_is_met(of: Filled, unit: Unit, condition: ShownWhen) -> bool:
    answer = slow_answer(of, unit, condition.question)
    if isinstance(answer, float):
        return condition.at_least is not None and answer >= condition.at_least
    return getattr(answer, "value", answer) in condition.answers


def slow_places(of: Filled) -> list[tuple[AnswerPlace, Answer]]:
    """Every place that is shown with its answer: side by side, question by question, unit by unit."""
    found = []
    for side in SIDES:
        for question in of.framework.content.questions:
            belongs = (question.asked_of == "organisation") == (side == "organisation")
            units = [unit for unit in UNITS if side in {"organisation", unit.care_setting}]
            shown = [answer for unit in units if (answer := slow_answer(of, unit, question.id)) is not None]
            if belongs and shown:
                found.append((AnswerPlace(side, question.id), shown[0]))
    return found


@settings(max_examples=60)
@given(filled())
def test_the_places_asked_and_the_progress_agree_with_a_slow_second_version(of: Filled) -> None:
    slow = slow_places(of)

    progress = summarise_progress(of.framework, UNITS, of.answers)

    assert asked_places(of.framework, UNITS, of.answers) == tuple(place for place, _ in slow)
    counted = set()
    for one in progress:
        inside = [
            (place, answer)
            for place, answer in slow
            if (place.asked_in, of.framework.questions[place.question].measure) == (one.asked_in, one.section)
        ]
        still_open = [place for place, answer in inside if answer is Missing.NOT_ANSWERED]
        assert one.asked == len(inside) > 0
        assert one.dealt_with == len(inside) - len(still_open)
        assert one.answered == len([answer for _, answer in inside if not isinstance(answer, Missing)])
        assert one.first_open == (still_open[0] if still_open else None)
        counted |= {place for place, _ in inside}
    assert counted == {place for place, _ in slow}


@settings(max_examples=60)
@given(filled(), st.data())
def test_the_checks_find_what_a_slow_second_version_finds(of: Filled, chosen: st.DataObject) -> None:
    slow = slow_places(of)
    some = st.sets(st.sampled_from([place for place, _ in slow])) if slow else st.just(set[AnswerPlace]())
    evidence, notes = chosen.draw(some), chosen.draw(some)
    units = [(unit, answers_of_unit(of.framework, unit, of.answers)) for unit in UNITS]

    findings = check_submission(of.framework, units, evidence=evidence, notes=notes)

    wanted = {
        (FindingKind.NOT_ANSWERED, frozenset({place}), None, False)
        for place, answer in slow
        if answer is Missing.NOT_ANSWERED
    } | {
        (FindingKind.EVIDENCE_MISSING, frozenset({place}), None, False)
        for place, answer in slow
        if of.framework.questions[place.question].evidence and not isinstance(answer, Missing) and place not in evidence
    }
    wanted |= {
        (FindingKind.NOT_EXPLAINED, frozenset({place}), None, False)
        for place, answer in slow
        if answer is Missing.NOT_APPLICABLE and place not in notes
    }
    assert {summed(one) for one in findings if one.contradiction is None} == wanted
    assert {summed(one) for one in findings if one.contradiction} == slow_contradictions(of, notes)
    assert len(findings) == len(set(findings))
    order = [place for place, _ in slow]
    assert [one.places[0] for one in findings] == sorted((one.places[0] for one in findings), key=order.index)


Summed = tuple[FindingKind, frozenset[AnswerPlace], str | None, bool]


def summed(finding: SubmissionFinding) -> Summed:
    rule = None if finding.contradiction is None else finding.contradiction.id
    return finding.kind, frozenset(finding.places), rule, finding.is_explained


def slow_contradictions(of: Filled, notes: set[AnswerPlace]) -> set[Summed]:
    found: set[Summed] = set()
    for unit in UNITS:
        for rule in of.framework.content.contradictions:
            questions = [of.framework.questions[condition.question] for condition in rule.when]
            places = frozenset(
                AnswerPlace("organisation" if one.asked_of == "organisation" else unit.care_setting, one.id)
                for one in questions
            )
            if all(slow_is_met(of, unit, condition) for condition in rule.when):
                found.add((FindingKind.CONTRADICTORY, places, rule.id, bool(places & notes)))
    return found


@settings(max_examples=40)
@given(filled())
def test_a_submission_is_complete_in_every_section_when_nothing_in_it_is_unanswered(of: Filled) -> None:
    units = [(unit, answers_of_unit(of.framework, unit, of.answers)) for unit in UNITS]
    everything = frozenset(place for place, _ in slow_places(of))

    findings = check_submission(of.framework, units, evidence=everything, notes=everything)

    blank = any(one.kind is FindingKind.NOT_ANSWERED for one in findings)
    progress = summarise_progress(of.framework, UNITS, of.answers)
    assert all(one.is_complete for one in progress) is not blank


@settings(max_examples=40)
@given(filled())
def test_nothing_has_changed_against_oneself_and_turning_rounds_turns_up_and_down(of: Filled) -> None:
    earlier, later = (answers_of_unit(of.framework, unit, of.answers) for unit in UNITS)

    unchanged = compare_submissions(of.framework, later, of.framework, later)
    there = compare_submissions(of.framework, later, of.framework, earlier)
    back = compare_submissions(of.framework, earlier, of.framework, later)

    assert unchanged == replace(unchanged, up=(), down=(), newly_answered=(), no_longer_answered=())
    assert unchanged.same == sum(not isinstance(answer, Missing) for answer in later.values())
    assert [one.question for one in there.up] == [one.question for one in back.down]
    assert there.same == back.same


@settings(max_examples=40)
@given(filled())
def test_what_is_suggested_is_what_was_answered_and_changes_nothing(of: Filled) -> None:
    answers = answers_of_unit(of.framework, UNITS[0], of.answers)

    suggested = {question: one.answer for question, one in suggest_answers(of.framework, of.framework, answers).items()}

    said = (Missing.NOT_ANSWERED, Missing.DONT_KNOW, Missing.NOT_SHOWN)
    assert suggested == {question: answer for question, answer in answers.items() if answer not in said}
    changes = compare_submissions(of.framework, {**answers, **suggested}, of.framework, answers)
    assert (changes.up, changes.down, changes.newly_answered, changes.newly_not_applicable) == ((), (), (), ())


@settings(max_examples=40)
@given(drafts(), st.data())
def test_every_question_stands_on_one_page(of: Draft, chosen: st.DataObject) -> None:
    questions = [dict(question) for question in of.content["questions"]]
    for before, question in pairwise(questions):
        fits = before.get("measure") == question.get("measure") and "asked_with" not in before
        if fits and "shown_when" not in question and chosen.draw(st.booleans()):
            question["asked_with"] = before["id"]
    framework = of.with_content(questions=questions).framework

    pages = pages_of(framework)

    assert sorted(question for page in pages for question in page) == sorted(framework.questions)
    assert all(framework.questions[question].asked_with == page[0] for page in pages for question in page[1:])
    assert all(framework.questions[page[0]].asked_with is None for page in pages)
