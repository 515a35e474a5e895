# SPDX-License-Identifier: MIT
"""A nation of national size for measuring the service: 250 organisations, 175 questions, three rounds, full history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
from django.utils import timezone

from trigpoint.io.content import framework_files, framework_folder
from trigpoint.organisations import Group, Membership, Organisation, OrganisationCode, Register, Role, build_register
from trigpoint.submissions.answers import Answer as CoreAnswer
from trigpoint.submissions.places import asked_places
from trigpoint_web.accounts import roles
from trigpoint_web.accounts.models import User
from trigpoint_web.organisations import models as register_rows
from trigpoint_web.organisations.actions import RoleHeldIn, grant_roles, mirror_register
from trigpoint_web.rounds.actions.rounds import Population, RoundDates, RoundPlan, create_round, freeze_framework
from trigpoint_web.rounds.actions.steps import StepTaken, step_round
from trigpoint_web.rounds.adapters import fields_of_answer, read_framework
from trigpoint_web.rounds.models import Answer, Round, Submission
from trigpoint_web.rounds.queries.answers import list_units
from trigpoint_web.rounds.states import RoundStep, SubmissionState

ORGANISATIONS, ROUNDS, SYSTEMS = 250, ("2024", "2025", "2026"), 42
FRAMEWORK = "nhs-dma@2017-guided"
CARE = ("acute", "community", "mental_health")
# Each answer was changed once: the first version and the one that stands.
VERSIONS = 2
_FIRST_CODE = 300


def fill() -> None:
    """Fill an empty database; print how many answers it holds."""
    now = timezone.now()
    codes = [f"ZZ{_FIRST_CODE + at}" for at in range(ORGANISATIONS)]
    mirror_register(_register(codes), dict.fromkeys(codes, CARE), by=None, at=now)
    people = _people(codes)
    framework = freeze_framework(framework_files(framework_folder(FRAMEWORK)), by=None, at=now)
    previous = None
    for position, slug in enumerate(ROUNDS):
        begins = now - timedelta(days=365 * (len(ROUNDS) - 1 - position) + 10)
        dates = RoundDates(begins, begins + timedelta(days=40))
        plan = RoundPlan(slug, f"Round {slug}", framework, dates, Population(date(2020, 1, 1)), previous=previous)
        previous = _answer(create_round(plan, by=None, at=begins), people)
    print(Answer.objects.count())


def _register(codes: list[str]) -> Register:
    opened = date(2001, 4, 1)
    return build_register(
        organisations=[
            Organisation(OrganisationCode(code), f"Synthetic provider {code}", Role.TRUST, opened, None)
            for code in codes
        ],
        memberships=[
            Membership(OrganisationCode(code), "icb", f"ZZS{at % SYSTEMS:02d}", opened, None)
            for at, code in enumerate(codes)
        ],
        groups=[Group("icb", f"ZZS{at:02d}", f"Synthetic system {at}") for at in range(SYSTEMS)],
    )


def _people(codes: list[str]) -> dict[str, User]:
    """Two contributors and a lead in each organisation, and an administrator; returns the first contributor of each."""
    users = User.objects.bulk_create(
        User(email=f"{role}.{code}@example.org".lower(), name=f"{role} of {code}", password="!")
        for code in codes
        for role in ("contributor", "lead", "officer")
    )
    organisations = {one.code: one for one in register_rows.Organisation.objects.all()}
    granted = [(user, *_role_of(user, organisations)) for user in users]
    administrator = User.objects.create_user("administrator@example.org", name="Administrator")
    grant_roles([*granted, (administrator, roles.Role.ADMINISTRATOR, RoleHeldIn())], at=timezone.now())
    return dict(zip(codes, users[::3], strict=True))


def _role_of(user: User, organisations: dict[str, register_rows.Organisation]) -> tuple[roles.Role, RoleHeldIn]:
    role, _, rest = user.email.partition(".")
    return roles.Role(role), RoleHeldIn(organisations[rest.partition("@")[0].upper()])


def _answer(round_: Round, people: dict[str, User]) -> Round:
    """Open the round and answer four fifths of it, each answer in two versions; the last round is half done."""
    step_round(round_, RoundStep.OPEN, StepTaken(None, round_.opens_at))
    round_.save()
    submissions = list(Submission.objects.filter(round=round_).select_related("round", "organisation"))
    for submission in submissions:
        rows = list(_rows(submission, people[submission.organisation_id]))
        Answer.objects.bulk_create(rows, batch_size=2000)
        submission.state, submission.started_at = SubmissionState.IN_PROGRESS, round_.opens_at
        submission.dealt_with_count = len(rows) // VERSIONS
        submission.last_activity_at, submission.last_activity_by = round_.opens_at, people[submission.organisation_id]
    fields = ["state", "started_at", "dealt_with_count", "last_activity_at", "last_activity_by"]
    Submission.objects.bulk_update(submissions, fields, batch_size=500)
    return round_


def _rows(submission: Submission, by: User) -> Iterator[Answer]:
    framework = read_framework(submission.round.framework_id)
    rng = np.random.default_rng(submission.pk)
    places = asked_places(framework, list_units(submission), {})
    share = 0.5 if submission.round.slug == ROUNDS[-1] else 0.95
    for place in places[: int(len(places) * share)]:
        codes = framework.scale_of(place.question).codes
        for version in range(1, VERSIONS + 1):
            answer: CoreAnswer = str(rng.choice(codes)) if codes else float(rng.integers(0, 100))
            yield Answer(
                submission=submission,
                asked_in=place.asked_in,
                question=place.question,
                version=version,
                by=by,
                at=submission.round.opens_at + timedelta(days=version),
                **fields_of_answer(answer),
            )
