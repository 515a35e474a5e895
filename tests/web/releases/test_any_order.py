# SPDX-License-Identifier: MIT
"""Steps of a release in any order, by anybody: the service agrees with a plain second telling of the rules.

The second telling knows no database and no tables of states: it keeps a few facts of each release, and says of each
step whether it may be taken and what is then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.test import TestCase
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.releases.preparing import again
from tests.web.results.nation import make_results
from tests.web.world import NOW, World, make_person
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Role
from trigpoint_web.releases.actions.publishing import publish_due
from trigpoint_web.releases.actions.steps import (
    DraftPlan,
    approve_release,
    draft_release,
    request_check,
    withdraw_release,
)
from trigpoint_web.releases.models import RoundRelease
from trigpoint_web.rounds.errors import ActionRefused

PEOPLE = 3
HOUR = timedelta(hours=1)
STEPS = st.one_of(
    st.tuples(st.just("draft"), st.integers(0, PEOPLE - 1), st.integers(-1, 4)),
    st.tuples(st.just("approve"), st.integers(0, PEOPLE - 1), st.booleans()),
    st.tuples(st.just("withdraw"), st.integers(0, PEOPLE - 1), st.booleans()),
    st.tuples(st.just("check"), st.integers(0, PEOPLE - 1), st.just(0)),
    st.tuples(st.just("wait"), st.just(0), st.integers(0, 3)),
    st.tuples(st.just("publish"), st.just(0), st.just(0)),
)


@dataclass
class Told:
    """A release as the second telling has it."""

    due: int
    is_over: bool = False
    is_out: bool = False
    friends: set[int] = field(default_factory=set)


@dataclass
class Telling:
    """The rules once more. hour: since the beginning. releases: oldest first."""

    hour: int = 0
    releases: list[Told] = field(default_factory=list)

    @property
    def going(self) -> Told | None:
        """The release that is neither published nor withdrawn."""
        return next((one for one in self.releases if not one.is_over and not one.is_out), None)

    def draft(self, _: int, ahead: int) -> bool:
        if self.going is not None or ahead <= 0:
            return False
        self.releases.append(Told(self.hour + ahead))
        return True

    def approve(self, person: int, knows: bool) -> bool:
        one = self.going
        if one is None or len(one.friends) == 2 or not knows or one.due <= self.hour or person in one.friends:
            return False
        one.friends.add(person)
        return True

    def withdraw(self, _: int, gives_reason: bool) -> bool:
        if self.going is None or not gives_reason:
            return False
        self.going.is_over = True
        return True

    def check(self, _: int, __: int) -> bool:
        """Every draft here passes its checks at once, so none is left to check again."""
        return False

    def wait(self, _: int, hours: int) -> bool:
        self.hour += hours
        return True

    def publish(self, _: int, __: int) -> bool:
        one = self.going
        if one is not None and len(one.friends) == 2 and one.due <= self.hour:
            one.is_out = True
        return True


@dataclass
class Service:
    """The same steps taken in the service; each says whether it was taken."""

    nation: World
    people: list[User]
    hour: int = 0

    @property
    def now(self) -> datetime:
        return NOW + self.hour * HOUR

    def newest(self) -> RoundRelease | None:
        return RoundRelease.objects.order_by("-pk").first()

    def draft(self, person: int, ahead: int) -> bool:
        plan = DraftPlan("Results", self.now + ahead * HOUR, "It mends the title.")
        return self._take(lambda: draft_release(self.nation.round, plan, by=self.people[person], at=self.now))

    def approve(self, person: int, knows: bool) -> bool:
        seen = self.newest()
        if seen is None:
            return False
        known = seen.manifest_hash if knows else "0" * 64
        return self._take(lambda: approve_release(seen, manifest_hash=known, by=self.people[person], at=self.now))

    def withdraw(self, person: int, gives_reason: bool) -> bool:
        seen, reason = self.newest(), "It is not wanted." if gives_reason else ""
        if seen is None:
            return False
        return self._take(lambda: withdraw_release(seen, reason=reason, by=self.people[person], at=self.now))

    def check(self, person: int, _: int) -> bool:
        seen = self.newest()
        return seen is not None and self._take(lambda: request_check(seen, by=self.people[person], at=self.now))

    def wait(self, _: int, hours: int) -> bool:
        self.hour += hours
        return True

    def publish(self, _: int, __: int) -> bool:
        return publish_due(at=self.now).failed == ()

    def _take(self, step: Callable[[], object]) -> bool:
        try:
            with TestCase.captureOnCommitCallbacks(execute=True):
                step()
        except ActionRefused:
            return False
        return True


def say_state(told: Told) -> str:
    """Return the state in which the service must have a release."""
    if told.is_out:
        return "published"
    if told.is_over:
        return "withdrawn"
    return "approved" if len(told.friends) == 2 else "checked"


@pytest.fixture
def service(db: None) -> Service:
    del db  # it is there for what follows
    nation = make_results()
    return Service(nation, [make_person(Role.ADMINISTRATOR, name=f"Person {at}") for at in range(PEOPLE)])


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=9))
def test_any_steps_in_any_order_end_as_a_second_telling_says(service: Service, steps: list[tuple[str, int, int]]):
    with TestCase.captureOnCommitCallbacks():
        RoundRelease.objects.filter(state__in=["draft", "checked", "approved"]).update(state="withdrawn")
    before = set(RoundRelease.objects.values_list("pk", flat=True))
    telling, own = Telling(), Service(service.nation, service.people, service.hour)

    for name, person, more in steps:
        taken = getattr(own, name)(person, more)
        assert taken == getattr(telling, name)(person, more), (name, person, more)

    made = [one for one in RoundRelease.objects.order_by("pk") if one.pk not in before]
    assert [again(one).state for one in made] == [say_state(told) for told in telling.releases]
    service.hour = own.hour + 10
