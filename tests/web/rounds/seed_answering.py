# SPDX-License-Identifier: MIT
"""A world to look at: a round before, suggestions, answers of colleagues, and people who were asked."""

from __future__ import annotations

from datetime import timedelta

from tests.web.rounds.answering import BOARD, IMAGES, RECORD, STRATEGY
from tests.web.world import NOW, make_earlier_round, make_world
from trigpoint.submissions.missing import Missing
from trigpoint_web.accounts.roles import Role
from trigpoint_web.rounds.actions.answers import GivenAnswer, save_answer
from trigpoint_web.rounds.actions.suggestions import suggest_from_last_round
from trigpoint_web.rounds.models import Comment, Delegation, Mention, Submission


def fill() -> None:
    """Fill an empty database."""
    world = make_world()
    lead, contributor = world.people[Role.LEAD], world.people[Role.CONTRIBUTOR]
    earlier = make_earlier_round(by=world.people[Role.ADMINISTRATOR])
    then = Submission.objects.select_related("round", "organisation").get(round=earlier, organisation="ZZ301")
    for place in (BOARD, STRATEGY, RECORD):
        save_answer(GivenAnswer(place, "neither", 0), submission=then, by=contributor, at=NOW - timedelta(days=5))
    world.round.previous, world.round.shows_live_scores = earlier, True
    world.round.save()
    suggest_from_last_round(world.submission(), at=NOW)
    world.answer(BOARD, "agree")
    world.answer(IMAGES, Missing.NOT_APPLICABLE)
    here = {"submission": world.submission(), "asked_in": "acute", "at": NOW, "by": contributor}
    comment = Comment.objects.create(**here, question="has_record", text="Is that true at night?")
    Mention.objects.create(comment=comment, user=lead)
    due_on = (NOW + timedelta(days=4)).date()
    Delegation.objects.create(**here, section="sharing", to=lead, due_on=due_on)
