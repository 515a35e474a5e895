# SPDX-License-Identifier: MIT
"""The made-up nation, as it stands in the service after loading."""

from __future__ import annotations

from collections import Counter

import pytest
from django.utils import timezone

from trigpoint_web.accounts.roles import Role
from trigpoint_web.demonstration.loading import STEPS, load_demonstration
from trigpoint_web.demonstration.people import NAMES, address_of
from trigpoint_web.organisations.models import Membership
from trigpoint_web.organisations.permissions import list_roles
from trigpoint_web.results.models import ScoreRun
from trigpoint_web.rounds.access import list_round_roles
from trigpoint_web.rounds.models import Answer, Signature, Submission, Suggestion
from trigpoint_web.rounds.queries.signed import read_signed_states

pytestmark = pytest.mark.django_db


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def loaded(said):
    return load_demonstration(password="made-up-nation", now=timezone.now(), say=said.append)


def test_three_rounds_are_published_reviewed_and_open_with_a_nation_in_each(loaded, said):
    # 240 providers are made up; 238 answered the first round, 232 the second (synthetic/nhs-dma/rounds.yaml).
    assert said == list(STEPS)
    assert [one.state for one in loaded.rounds] == ["published", "in_review", "open"]
    first, second, third = (Counter(_states(one)) for one in loaded.rounds)
    assert first["signed"] == 238
    assert second["signed"] == 232
    assert set(third) == {"not_started", "in_progress", "submitted", "signed"}
    assert Answer.objects.count() > 80_000

    _assert_one_person_a_role(loaded)
    _assert_results(loaded)
    _assert_signatures_recompute(loaded.rounds[0])
    assert Suggestion.objects.filter(submission__organisation=loaded.hero, was_taken=None).exists()


def _states(round_) -> list[str]:
    return list(Submission.objects.filter(round=round_).values_list("state", flat=True))


def _assert_one_person_a_role(loaded) -> None:
    today = timezone.localdate()
    for role in NAMES:
        user = loaded.people[role]
        roles = list_roles(user, organisation=loaded.hero, on=today) | list_round_roles(user, loaded.rounds[1])
        assert roles == {role}
        assert user.email == address_of(role)
        assert user.check_password("made-up-nation")
    crowd = Membership.objects.exclude(user__in=loaded.people.values())
    assert crowd.filter(role=Role.OFFICER).count() == 240
    assert not any(one.user.has_usable_password() for one in crowd.select_related("user")[:5])


def _assert_results(loaded) -> None:
    runs = ScoreRun.objects.order_by("round_id")
    assert [(run.round_id, run.state, run.units) for run in runs] == [
        (loaded.rounds[0].pk, "finished", 238),
        (loaded.rounds[1].pk, "finished", 232),
    ]


def _assert_signatures_recompute(round_) -> None:
    for signature in Signature.objects.filter(submission__round=round_).order_by("pk")[:3]:
        submission = Submission.objects.select_related("round", "organisation").get(pk=signature.submission_id)
        assert [state.recomputes for state in read_signed_states(submission)] == [True]
