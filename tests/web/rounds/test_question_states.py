# SPDX-License-Identifier: MIT
"""The answers of one submission against a plain dict: whatever two people do, in whatever order."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.web.rounds.answering import BEDSIDE, BOARD, COSTED, IMAGES, STRATEGY
from tests.web.world import NOW, World, make_world
from trigpoint.submissions.answers import Answer as CoreAnswer
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import AnswerPlace, asked_places
from trigpoint_web.accounts.roles import Role
from trigpoint_web.rounds.actions.answers import GivenAnswer
from trigpoint_web.rounds.actions.question import save_page
from trigpoint_web.rounds.models import Answer
from trigpoint_web.rounds.queries.answers import find_framework, list_answer_history, list_units
from trigpoint_web.rounds.queries.submission_answers import read_submission_answers

ANSWERS: dict[AnswerPlace, tuple[CoreAnswer, ...]] = {
    BOARD: ("disagree", "agree", Missing.DONT_KNOW, Missing.NOT_ANSWERED),
    STRATEGY: ("disagree", "neither", Missing.NOT_APPLICABLE, Missing.NOT_ANSWERED),
    COSTED: ("disagree", "agree", Missing.NOT_ANSWERED),
    IMAGES: ("disagree", "neither", "agree"),
    BEDSIDE: (0.0, 40.0, 100.0, Missing.DONT_KNOW, Missing.NOT_ANSWERED),
}
PEOPLE = (Role.CONTRIBUTOR, Role.LEAD)
NOTES = ("", "As in the minutes.", "<b>Ask</b>")


class AnswersOfOneSubmission(RuleBasedStateMachine):
    """Two people, each with pages open from some moment on, saving, clearing, saving again."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        # Every version that was ever saved, by place: what the service must have, and nothing else.
        self.saved: dict[AnswerPlace, list[tuple[CoreAnswer, str, Role]]] = {place: [] for place in ANSWERS}
        self.pages: dict[tuple[Role, AnswerPlace], int] = {}

    @initialize()
    def begin(self) -> None:
        self.mark = transaction.savepoint()

    def teardown(self) -> None:
        if hasattr(self, "mark"):
            transaction.savepoint_rollback(self.mark)

    def standing(self, place: AnswerPlace) -> tuple[CoreAnswer, str]:
        return self.at_version(place, len(self.saved[place]))

    def at_version(self, place: AnswerPlace, version: int) -> tuple[CoreAnswer, str]:
        return self.saved[place][version - 1][:2] if version else (Missing.NOT_ANSWERED, "")

    def is_asked(self, place: AnswerPlace) -> bool:
        submission = self.world.submission()
        answers = {one: self.standing(one)[0] for one in ANSWERS}
        return place in asked_places(find_framework(submission), list_units(submission), answers)

    @rule(person=st.sampled_from(PEOPLE), place=st.sampled_from(sorted(ANSWERS)))
    def open_page(self, person: Role, place: AnswerPlace) -> None:
        self.pages[person, place] = len(self.saved[place])

    @rule(
        person=st.sampled_from(PEOPLE),
        place=st.sampled_from(sorted(ANSWERS)),
        choose=st.integers(0, 10),
        note=st.sampled_from(NOTES),
    )
    def save(self, person: Role, place: AnswerPlace, choose: int, note: str) -> None:
        """From the page as this person last opened it, which may be long ago."""
        answer = ANSWERS[place][choose % len(ANSWERS[place])]
        self._save(person, place, answer, note)

    @rule(person=st.sampled_from(PEOPLE), place=st.sampled_from(sorted(ANSWERS)))
    def save_untouched(self, person: Role, place: AnswerPlace) -> None:
        answer, note = self.at_version(place, self.pages.get((person, place), 0))
        before = list(self.saved[place])
        if self.pages.get((person, place), 0):
            self._save(person, place, answer, note)
            assert self.saved[place] == before, "a page sent as it was opened changes nothing"

    @rule(person=st.sampled_from(PEOPLE), place=st.sampled_from(sorted(ANSWERS)), choose=st.integers(0, 10))
    def save_twice(self, person: Role, place: AnswerPlace, choose: int) -> None:
        answer = ANSWERS[place][choose % len(ANSWERS[place])]
        self._save(person, place, answer, "")
        self._save(person, place, answer, "")

    def _save(self, person: Role, place: AnswerPlace, answer: CoreAnswer, note: str) -> None:
        base = self.pages.get((person, place), 0)
        given = GivenAnswer(place, answer, replaces=base, note=note)
        page = save_page([given], submission=self.world.submission(), by=self.world.people[person], at=NOW)
        if not self.is_asked(place):
            assert (page.no_longer_asked, page.saved, page.conflicts) == ((place,), (), ())
        elif self.saved[place] and self.standing(place) == (answer, note):
            assert not page.saved[0].was_changed
        elif base == len(self.saved[place]):
            assert page.saved[0].version == base + 1
            self.saved[place].append((answer, note, person))
        elif self.at_version(place, base) == (answer, note):
            assert (page.saved[0].was_changed, page.conflicts) == (False, ())
        else:
            (conflict,) = page.conflicts
            assert conflict.current.version == len(self.saved[place])
            assert (conflict.given.answer, conflict.given.note) == (answer, note), "what was typed is not lost"

    @invariant()
    def every_version_is_kept_in_order(self) -> None:
        for place, versions in self.saved.items():
            rows = list(reversed(list_answer_history(self.world.submission(), place)))
            assert [(row.version, row.note, row.by) for row in rows] == [
                (number, note, self.world.people[person]) for number, (_, note, person) in enumerate(versions, 1)
            ]

    @invariant()
    def what_stands_is_the_newest_version_and_the_counts_are_right(self) -> None:
        submission = self.world.submission()
        given = read_submission_answers(submission)
        assert given.answers == {place: self.standing(place)[0] for place in ANSWERS if self.saved[place]}
        assert submission.asked_count == len(given.places)
        assert submission.dealt_with_count == sum(not given.is_open(place) for place in given.places)
        assert (submission.state == "not_started") == (not Answer.objects.exists())


@pytest.mark.django_db
def test_two_people_and_a_dict_agree_on_the_answers_of_a_submission():
    world = make_world()

    class Machine(AnswersOfOneSubmission):
        pass

    Machine.world = world
    run_state_machine_as_test(Machine, settings=settings(max_examples=15, stateful_step_count=15, deadline=None))


def test_the_places_of_the_machine_cover_routing_and_both_kinds_of_scale():
    kinds: Any = {type(answer) for answers in ANSWERS.values() for answer in answers}

    assert {str, float, Missing} <= kinds
    assert COSTED in ANSWERS
