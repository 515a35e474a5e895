# SPDX-License-Identifier: MIT
"""What a row calls itself, as a shell, a log of an error or a failed test shows it: enough to find it, no more."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db.models import Model

from trigpoint_web.audit.models import Event
from trigpoint_web.notifications.models import OutboxMail
from trigpoint_web.rounds.models import (
    Answer,
    Extension,
    Round,
    RoundMembership,
    Signature,
    Submission,
    SubmissionUnit,
    Suggestion,
    TimeSpent,
)

DAY = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
OURS = ("accounts", "audit", "notifications", "organisations", "releases", "results", "rounds")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (Event(at=DAY, action="round.open", target="round 7"), "2026-03-01 09:30 round.open round 7"),
        (OutboxMail(subject="You have more time"), "You have more time"),
        (Answer(asked_in="organisation", question="board_leads", version=3), "organisation board_leads v3"),
        (Suggestion(asked_in="acute", question="beds", source_label="2024"), "acute beds: 2024"),
        (TimeSpent(question="beds", seconds=40), "40 s on beds"),
        (Round(title="National assessment"), "National assessment"),
        (RoundMembership(user_id=4, role="reviewer", round_id=7), "4: reviewer in 7"),
        (Submission(organisation_id="ZZ301", round_id=7), "ZZ301 in 7"),
        (SubmissionUnit(submission_id=9, care_setting="acute"), "9: acute"),
        (Extension(submission_id=9, until=DAY), "9 until 2026-03-01"),
        (Signature(submission_id=9, name="Ann Lee", answers_hash="0123456789abcdef"), "9 by Ann Lee, 0123456789ab"),
    ],
)  # fmt: skip
def test_a_row_says_which_it_is(row, words):
    assert str(row) == words


def test_every_model_of_ours_has_words_of_its_own():
    models = [model for app in OURS for model in apps.get_app_config(app).get_models()]

    assert [model.__name__ for model in models if model.__str__ is Model.__str__] == []
