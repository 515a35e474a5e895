# SPDX-License-Identifier: MIT
"""Puts the scene into the service, by the same actions as people's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from trigpoint.io.content import framework_files, framework_folder
from trigpoint.submissions import AnswerTable
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Role
from trigpoint_web.demonstration.people import Crowd, make_crowd, make_people
from trigpoint_web.demonstration.scene import FRAMEWORKS, Scene, make_scene
from trigpoint_web.demonstration.working import submit_for, work_together
from trigpoint_web.organisations.actions import mirror_register
from trigpoint_web.organisations.models import Organisation
from trigpoint_web.results.actions import compute_run, request_run
from trigpoint_web.rounds.actions.intake import take_in_answers, take_in_signatures, take_in_steps
from trigpoint_web.rounds.actions.reviewers import ReviewerPlan, appoint_reviewer
from trigpoint_web.rounds.actions.rounds import Population, RoundDates, RoundPlan, create_round, freeze_framework
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.states import RoundStep

STEPS = (
    "Making up a nation",
    "Taking in its register and people",
    "A round that is published",
    "A round that is being reviewed",
    "A round that is open",
    "Computing results",
)
DECLARATION = "Taken in with the round: signed where it was collected."

# The days of the rounds behind us are those of the made-up register; only the open round needs today.
FIRST = RoundDates(
    *(
        datetime.fromisoformat(f"{day}T12:00+00:00")
        for day in ("2015-11-02", "2016-01-15", "2016-02-15", "2016-03-15", "2016-04-14")
    )
)


def _dates_in_review(now: datetime) -> RoundDates:
    days = (-75, -20, 20, 40, 60)
    return RoundDates(*(now + timedelta(days=one) for one in days))


def _dates_open(now: datetime) -> RoundDates:
    days = (-14, 16, 46, 61, 76)
    return RoundDates(*(now + timedelta(days=one) for one in days))


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was put in."""

    people: Mapping[Role, User]
    hero: str
    rounds: tuple[Round, Round, Round]


@dataclass(frozen=True, slots=True)
class _Stage:
    """What every part of the loading needs."""

    scene: Scene
    crowd: Crowd
    administrator: User
    now: datetime


def load_demonstration(*, password: str, now: datetime, say: Callable[[str], None]) -> Loaded:
    """Fill an empty service with the made-up nation. say: told each of STEPS when it begins."""
    say(STEPS[0])
    scene = make_scene()
    say(STEPS[1])
    mirror_register(scene.register, scene.care_settings, by=None, at=now)
    people = make_people(scene.hero, password=password, at=now)
    stage = _Stage(scene, make_crowd(Organisation.objects.order_by("code"), at=now), people[Role.ADMINISTRATOR], now)
    say(STEPS[2])
    first = _make_published(stage)
    say(STEPS[3])
    second = _make_reviewed(stage, first, people[Role.REVIEWER])
    say(STEPS[4])
    third = _make_open(stage, second)
    work_together(third, people, hero=scene.hero, at=now)
    say(STEPS[5])
    for one in (first, second):
        compute_run(request_run(one, by=people[Role.ADMINISTRATOR], at=now).pk)
    return Loaded(people, scene.hero, (first, second, third))


def _make_published(stage: _Stage) -> Round:
    made = _make_round(stage, _Named("2015-16", FRAMEWORKS[0], FIRST, date(2016, 1, 15)))
    _collect(stage, made, stage.scene.first, at=FIRST.closes_at - timedelta(days=3))
    return _take_steps(stage, made, RoundStep.CLOSE, RoundStep.START_REVIEW, RoundStep.START_REPLY, RoundStep.PUBLISH)


def _make_reviewed(stage: _Stage, previous: Round, reviewer: User) -> Round:
    dates = _dates_in_review(stage.now)
    made = _make_round(stage, _Named("2017", FRAMEWORKS[1], dates, date(2017, 12, 31)), previous=previous)
    _collect(stage, made, stage.scene.second, at=dates.closes_at - timedelta(days=3))
    plan = ReviewerPlan(reviewer.email, reviewer.name)
    appoint_reviewer(plan, round_=made, by=stage.administrator, at=stage.now)
    return _take_steps(stage, made, RoundStep.CLOSE, RoundStep.START_REVIEW)


def _make_open(stage: _Stage, previous: Round) -> Round:
    dates = _dates_open(stage.now)
    made = _make_round(stage, _Named("2026", FRAMEWORKS[2], dates, stage.now.date()), previous=previous)
    scene = stage.scene
    take_in_answers(made, scene.third, by=stage.crowd.leads, at=stage.now - timedelta(days=2), source="synthetic")
    signed = {code: user for code, user in stage.crowd.officers.items() if code in scene.to_sign}
    take_in_signatures(made, officers=signed, at=stage.now - timedelta(days=1), declaration=DECLARATION)
    submit_for(scene.to_submit, made, stage.crowd.leads, at=stage.now)
    return made


@dataclass(frozen=True, slots=True)
class _Named:
    """What tells one round from another."""

    name: str
    framework: str
    dates: RoundDates
    register_on: date


def _make_round(stage: _Stage, named: _Named, *, previous: Round | None = None) -> Round:
    files = framework_files(framework_folder(named.framework))
    plan = RoundPlan(
        slug=named.name,
        title=f"Digital maturity {named.name} (synthetic)",
        framework=freeze_framework(files, by=stage.administrator, at=named.dates.opens_at),
        dates=named.dates,
        population=Population(named.register_on),
        previous=previous,
        shows_live_scores=True,
        is_synthetic=True,
    )
    made = create_round(plan, by=stage.administrator, at=named.dates.opens_at - timedelta(days=30))
    return _take_steps(stage, made, RoundStep.OPEN)


def _collect(stage: _Stage, round_: Round, table: AnswerTable, *, at: datetime) -> None:
    take_in_answers(round_, table, by=stage.crowd.leads, at=at, source="synthetic")
    take_in_signatures(round_, officers=stage.crowd.officers, at=at + timedelta(days=1), declaration=DECLARATION)


def _take_steps(stage: _Stage, round_: Round, *steps: RoundStep) -> Round:
    return take_in_steps(round_, steps, by=stage.administrator, at=stage.now)
