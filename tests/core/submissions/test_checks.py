# SPDX-License-Identifier: MIT
from __future__ import annotations

from collections.abc import Mapping, Set

from tests.core.submissions.collected import ACUTE, COMMUNITY, FRAMEWORK, UNITS, collected, places
from trigpoint.submissions import Missing
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.checks import FindingKind, SubmissionFinding, UnitAnswers, check_submission
from trigpoint.submissions.places import AnswerPlace, spread_answers

NOTHING: frozenset[AnswerPlace] = frozenset()
ORGANISATION_ANSWERS: Mapping[str, Answer] = {"plan": "partly", "plan_tested": "no"}
ACUTE_ANSWERS: Mapping[str, Answer] = {"notes": "yes", "letters": "yes", "beds": 3.0, "visits": 0.0, "remark": "no"}
COMMUNITY_ANSWERS: Mapping[str, Answer] = {"notes": "yes", "letters": "no", "visits": 2.0, "remark": "no"}
EVIDENCE_OF_NOTES = frozenset((*places("acute", "notes"), *places("community", "notes")))
EVIDENCE = EVIDENCE_OF_NOTES | frozenset(places("organisation", "plan"))


def found(
    organisation: Mapping[str, Answer],
    *,
    acute: Mapping[str, Answer] = ACUTE_ANSWERS,
    community: Mapping[str, Answer] = COMMUNITY_ANSWERS,
    evidence: Set[AnswerPlace] = EVIDENCE,
    notes: Set[AnswerPlace] = NOTHING,
) -> tuple[SubmissionFinding, ...]:
    units = [
        (unit, spread_answers(FRAMEWORK, unit, organisation_answers=organisation, unit_answers=answers))
        for unit, answers in zip(UNITS, (acute, community), strict=True)
    ]
    return check_submission(FRAMEWORK, units, evidence=evidence, notes=notes)


def told(findings: tuple[SubmissionFinding, ...]) -> list[tuple[str, str, str]]:
    """The kind, side and question of each finding; for a contradiction those of its first place."""
    return [(one.kind.value, *one.places[0]) for one in findings]


def test_a_complete_submission_without_contradictions_has_nothing_to_look_at() -> None:
    assert found(ORGANISATION_ANSWERS) == ()


def test_a_question_that_is_shown_and_blank_is_told() -> None:
    blank = {**COMMUNITY_ANSWERS, "letters": Missing.NOT_ANSWERED}

    assert found(ORGANISATION_ANSWERS, community=blank) == (
        SubmissionFinding(FindingKind.NOT_ANSWERED, places("community", "letters")),
    )


def test_a_question_that_is_not_shown_is_not_missed() -> None:
    assert found(ORGANISATION_ANSWERS, acute={**ACUTE_ANSWERS, "notes": "no", "letters": Missing.NOT_ANSWERED}) == ()


def test_dont_know_and_not_applicable_are_dealt_with() -> None:
    chosen = {"notes": Missing.DONT_KNOW, "visits": Missing.NOT_APPLICABLE, "remark": Missing.DONT_KNOW}

    noted = frozenset(places("community", "visits"))
    without_notes = EVIDENCE - {("community", "notes")}
    assert found(ORGANISATION_ANSWERS, community=chosen, evidence=without_notes, notes=noted) == ()


def test_what_does_not_apply_is_told_where_no_note_says_why() -> None:
    chosen = {**COMMUNITY_ANSWERS, "visits": Missing.NOT_APPLICABLE}

    assert found(ORGANISATION_ANSWERS, community=chosen) == (
        SubmissionFinding(FindingKind.NOT_EXPLAINED, places("community", "visits")),
    )
    elsewhere = frozenset(places("acute", "visits"))
    assert told(found(ORGANISATION_ANSWERS, community=chosen, notes=elsewhere)) == [
        ("not_explained", "community", "visits")
    ], "a note at another place explains nothing here"


def test_dont_know_needs_no_note() -> None:
    assert found(ORGANISATION_ANSWERS, community={**COMMUNITY_ANSWERS, "visits": Missing.DONT_KNOW}) == ()


def test_what_does_not_apply_to_the_organisation_is_told_once() -> None:
    told_once = told(found({"plan": "partly", "plan_tested": Missing.NOT_APPLICABLE}))

    assert told_once == [("not_explained", "organisation", "plan_tested")]


def test_a_blank_of_the_organisation_is_told_once_and_not_for_each_unit() -> None:
    assert told(found({"plan": "partly"})) == [("not_answered", "organisation", "plan_tested")]


def test_evidence_that_was_asked_for_and_is_not_there_is_told_at_its_place() -> None:
    assert told(found(ORGANISATION_ANSWERS, evidence=frozenset(places("acute", "notes")))) == [
        ("evidence_missing", "organisation", "plan"),
        ("evidence_missing", "community", "notes"),
    ]


def test_no_evidence_is_asked_for_where_there_is_no_answer() -> None:
    assert told(found({"plan_tested": "no"}, evidence=EVIDENCE_OF_NOTES)) == [("not_answered", "organisation", "plan")]


def test_a_contradiction_names_its_places_in_the_order_asked_and_the_rule() -> None:
    [finding] = found({"plan": "no", "plan_tested": "yes"})

    assert finding.kind is FindingKind.CONTRADICTORY
    assert finding.places == places("organisation", "plan", "plan_tested")
    assert finding.contradiction is FRAMEWORK.content.contradictions[0]
    assert not finding.is_explained


def test_a_contradiction_with_a_note_at_one_of_its_places_is_explained() -> None:
    for place in places("organisation", "plan", "plan_tested"):
        [finding] = found({"plan": "no", "plan_tested": "yes"}, notes={place})

        assert finding.is_explained


def test_a_note_elsewhere_explains_nothing() -> None:
    [finding] = found({"plan": "no", "plan_tested": "yes"}, notes=frozenset(places("acute", "plan", "notes")))

    assert not finding.is_explained


def test_a_number_can_contradict_an_answer() -> None:
    [finding] = found(ORGANISATION_ANSWERS, community={"notes": "no", "visits": 1.0, "remark": "no"})

    assert finding.places == places("community", "notes", "visits")


def test_the_organisation_can_contradict_each_of_its_units() -> None:
    without: Mapping[str, Answer] = {"notes": "no", "beds": 1.0, "visits": 0.0, "remark": "no"}

    findings = found({"plan": "yes", "plan_tested": "no"}, acute=without, community=without)

    assert [one.places for one in findings] == [
        (*places("organisation", "plan"), *places("acute", "notes")),
        (*places("organisation", "plan"), *places("community", "notes")),
    ]


def test_an_answer_to_a_question_that_is_not_shown_contradicts_nothing() -> None:
    when = [{"question": "plan", "answers": ["no"]}, {"question": "beds", "at_least": 1}]
    framework = collected(
        contradictions=[{"id": "beds_unplanned", "text": "Beds, but no plan.", "when": when}]
    ).framework
    answers: Mapping[str, Answer] = {"plan": "no", "beds": 4.0}

    kinds = [
        [one.kind for one in check_submission(framework, [(unit, answers)], evidence=NOTHING, notes=NOTHING)]
        for unit in UNITS
    ]

    assert [FindingKind.CONTRADICTORY in one for one in kinds] == [True, False]


def test_findings_stand_in_the_order_asked_and_contradictions_before_evidence() -> None:
    findings = found({"plan": "no", "plan_tested": "yes"}, acute={"notes": "yes"}, evidence=NOTHING)

    assert told(findings) == [
        ("contradictory", "organisation", "plan"),
        ("evidence_missing", "organisation", "plan"),
        ("evidence_missing", "acute", "notes"),
        *(("not_answered", "acute", question) for question in ("letters", "beds", "visits", "remark")),
        ("evidence_missing", "community", "notes"),
    ]


def test_a_submission_without_units_has_nothing_to_look_at() -> None:
    assert check_submission(FRAMEWORK, [], evidence=NOTHING, notes=NOTHING) == ()


def test_units_are_checked_in_the_order_given() -> None:
    turned: list[UnitAnswers] = [(COMMUNITY, {}), (ACUTE, {})]

    sides = [one.places[0].asked_in for one in check_submission(FRAMEWORK, turned, evidence=NOTHING, notes=NOTHING)]

    assert list(dict.fromkeys(sides)) == ["organisation", "community", "acute"]
