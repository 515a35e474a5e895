# SPDX-License-Identifier: MIT
"""Kinds of organisations and of care are said in words, on every page that lists them."""

from __future__ import annotations

import pytest

from tests.web.people import sign_in
from tests.web.world import make_world
from trigpoint_web.accounts.roles import Role
from trigpoint_web.organisations.models import CareProvided, Organisation
from trigpoint_web.organisations.words import say_care_setting, say_kind


@pytest.mark.parametrize(
    ("kind", "said"),
    [("care trust", "Care trust"), ("NHS trust", "NHS trust"), ("GP practice", "GP practice"), ("", "Kind not known")],
)
def test_a_kind_begins_with_a_capital_and_keeps_its_own(kind, said):
    assert say_kind(kind) == said


@pytest.mark.parametrize(
    ("care", "said"),
    [("acute", "Acute"), ("mental_health", "Mental health"), ("out-of-hours", "Out of hours"), ("", "")],
)
def test_a_care_setting_is_said_without_the_marks_of_an_id(care, said):
    assert say_care_setting(care) == said


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/register/", "/rounds/new/", "/rounds/2026/board/"])
def test_no_page_of_the_national_team_shows_an_id(address):
    world = make_world()
    Organisation.objects.filter(pk="ZZ302").update(kind="care trust")
    CareProvided.objects.filter(organisation="ZZ303").update(care_setting="mental_health")

    page = sign_in(world.people[Role.ADMINISTRATOR]).get(address).content.decode()

    assert "Mental health" in page
    assert ">mental_health<" not in page
    assert "Care trust" in page
    assert "Acute" in page
