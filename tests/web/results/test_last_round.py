# SPDX-License-Identifier: MIT
"""Results against the round before: on the questions that both asked, by one set of rules."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.web.results.nation import close, compute
from tests.web.results.seeing import frozen, results_of, see
from tests.web.rounds.signed import (
    BOARD,
    RECORD,
    STRATEGY,
    answer_all,
    make_signed,
    reopen_it,
    sign_as_it_is,
    submit_as_it_is,
)
from tests.web.small_framework import SCORING, earlier_framework, small_framework
from tests.web.world import World, make_earlier_round, make_round, make_world
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.accounts.roles import Role
from trigpoint_web.results.queries.organisation import (
    read_comparable_scores,
)
from trigpoint_web.rounds.models import Round

pytestmark = pytest.mark.django_db


def make_two_rounds(**then: object) -> World:
    """ZZ301 signed the round of version 1, and that of version 2, which is computed."""
    world = make_world(slug="2027")
    by = world.people[Role.ADMINISTRATOR]
    earlier = make_earlier_round(by=by)
    before = World(earlier, world.people)
    given: dict[AnswerPlace, Answer] = {
        BOARD: "disagree",
        STRATEGY: "agree",
        RECORD: "agree",
        AnswerPlace("acute", "bedside_share"): 90.0,
        AnswerPlace("acute", "sees_images"): "agree",
        AnswerPlace("community", "has_record"): "agree",
        AnswerPlace("community", "bedside_share"): 90.0,
    }
    answer_all(before, given)
    now = World(make_round(slug="2026", by=by, previous=earlier), world.people)
    make_signed(now)
    if then.get("is_signed"):
        submit_as_it_is(before)
        sign_as_it_is(before)
        reopen_it(before)
        before.answer(BOARD, "agree")
    close(now)
    compute(now)
    return now


@pytest.mark.parametrize("is_signed", [True, False])
def test_last_round_is_compared_on_the_questions_that_both_asked(is_signed):
    world = make_two_rounds(is_signed=is_signed)

    comparable = read_comparable_scores(results_of(world), world.submission())
    page = see(world)

    # Comparable: board_leads, has_strategy (reworded), has_record, bedside_share; sees_images is on another scale.
    assert comparable is not None
    assert (comparable.compared, comparable.asked, comparable.round_name) == (4, 7, "2024")
    # acute then: leading (0 + 100) / 2 = 50; sharing (100 + 100) / 2 = 100. Now both are 100.
    assert comparable.then["acute", "overall"].value == Fraction(50 + 100, 2)
    assert comparable.now["acute", "overall"].value == Fraction(100 + 100, 2)
    assert "Last round 75, now 100, on the 4 of 7 questions that can be compared with 2024." in page
    assert "up 25" in page
    assert "no change" in page
    assert "Both rounds are scored on the same questions, and by the rules of this round." in page


def test_a_care_setting_that_is_new_has_no_score_of_then():
    world = make_world(slug="2027")
    by = world.people[Role.ADMINISTRATOR]
    earlier = make_round(slug="2024", by=by, unit_of=Round.UnitOf.ORGANISATION)
    World(earlier, world.people).answer(BOARD, "agree")
    now = World(make_round(slug="2026", by=by, previous=earlier), world.people)
    make_signed(now)
    close(now)
    compute(now)

    page = see(now)

    assert "75 on the 7 of 7 questions that can be compared with 2026. There was no score then." in page
    assert "On the questions that can be compared" not in page


def test_rounds_whose_rules_do_not_fit_together_are_not_compared():
    world = make_world(slug="2027")
    by = world.people[Role.ADMINISTRATOR]
    scoring = SCORING.replace("kind: points", "kind: sum-of-marks").replace("mean_of_questions", "share_of_marks")
    files = {**earlier_framework(), "scoring.yaml": scoring}
    earlier = make_round(slug="2024", by=by, framework=frozen(files))
    World(earlier, world.people).answer(BOARD, "agree")
    now = World(make_round(slug="2026", by=by, previous=earlier), world.people)
    make_signed(now)
    close(now)
    compute(now)

    assert read_comparable_scores(results_of(now), now.submission()) is None


def test_rounds_that_share_no_scored_question_are_not_compared():
    world = make_world(slug="2027")
    by = world.people[Role.ADMINISTRATOR]
    asked_then = "board_leads, has_strategy, has_record, bedside_share, sees_images"
    asked_now = f"{asked_then}, strategy_costed, visits_offline, record_users"
    head = 'framework: small\nfrom: "1"\nto: "2"\npairs: []\n'
    crosswalk = f"{head}new: [{asked_now}]\nwithdrawn: [{asked_then}]\n"
    earlier = make_earlier_round(by=by)
    World(earlier, world.people).answer(BOARD, "agree")
    files = {name: text.replace("Eight questions", "8 questions") for name, text in small_framework().items()}
    framework = frozen({**files, "crosswalk.yaml": crosswalk})
    now = World(make_round(slug="2026", by=by, previous=earlier, framework=framework), world.people)
    make_signed(now)
    close(now)
    compute(now)

    assert read_comparable_scores(results_of(now), now.submission()) is None


def test_without_a_score_now_or_a_measure_then_nothing_is_compared_in_silence():
    world = make_world(slug="2027")
    by = world.people[Role.ADMINISTRATOR]
    then = {name: text.replace("sharing", "records") for name, text in earlier_framework().items()}
    earlier = make_round(slug="2024", by=by, framework=frozen(then))
    World(earlier, world.people).answer(BOARD, "agree")
    scoring = SCORING.replace("not_answered: zero", "not_answered: leave_out")
    framework = frozen({**small_framework(), "scoring.yaml": scoring})
    now = World(make_round(slug="2026", by=by, previous=earlier, framework=framework, is_synthetic=False), world.people)
    now.answer(AnswerPlace("acute", "record_users"), 10.0)
    submit_as_it_is(now)
    sign_as_it_is(now)
    close(now)
    compute(now)

    page = see(now)

    assert "On the 4 of 7 questions that can be compared with 2024 there is no score now." in page
    assert "made up" not in page
    assert "can’t tell" in page
