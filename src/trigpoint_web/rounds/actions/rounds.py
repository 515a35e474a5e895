# SPDX-License-Identifier: MIT
"""Making a round: freezing its framework, setting its dates, drawing its population from the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.db import transaction

from trigpoint.frameworks.parse import parse_framework
from trigpoint.submissions.places import asked_places
from trigpoint.submissions.units import Unit
from trigpoint_web.accounts.models import User
from trigpoint_web.audit.actions import Detail, EventPlace, record_event
from trigpoint_web.organisations.models import Organisation
from trigpoint_web.organisations.queries import list_care_settings_of, list_population
from trigpoint_web.rounds.adapters import read_framework
from trigpoint_web.rounds.errors import ChangeRefused
from trigpoint_web.rounds.models import FrozenFramework, Round, Submission, SubmissionUnit

# The unit that stands for the organisation as a whole, as in trigpoint.submissions.units.
GENERAL = "General"


@dataclass(frozen=True, slots=True)
class RoundDates:
    """When a round opens and closes, and the last moments of review, reply and publication; None is not planned."""

    opens_at: datetime
    closes_at: datetime
    review_ends_at: datetime | None = None
    reply_ends_at: datetime | None = None
    publishes_at: datetime | None = None

    def find_problems(self) -> tuple[str, ...]:
        """Return what is out of order, as sentences."""
        named = (
            ("opening", self.opens_at),
            ("closing", self.closes_at),
            ("the end of review", self.review_ends_at),
            ("the end of the right of reply", self.reply_ends_at),
            ("publication", self.publishes_at),
        )
        given = [(name, moment) for name, moment in named if moment is not None]
        return tuple(
            f"{later.capitalize()} must come after {earlier}."
            for (earlier, before), (later, after) in pairwise(given)
            if after <= before
        )


@dataclass(frozen=True, slots=True)
class Population:
    """Who takes part: the organisations open on a day, of these kinds, giving one of these kinds of care.

    kinds, care_settings: empty is no limit. unit_of: how an organisation is parted into units.
    """

    register_on: date
    kinds: tuple[str, ...] = ()
    care_settings: tuple[str, ...] = ()
    unit_of: Round.UnitOf = Round.UnitOf.ORGANISATION


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """All that a new round needs. framework: hash of a frozen one. previous: the round to compare with."""

    slug: str
    title: str
    framework: FrozenFramework
    dates: RoundDates
    population: Population
    previous: Round | None = None
    shows_live_scores: bool = False
    is_synthetic: bool = False


@transaction.atomic
def freeze_framework(files: Mapping[str, str], *, by: User | None, at: datetime) -> FrozenFramework:
    """Keep a framework's files under its hash, so that no later change of theirs touches a round; once for each hash.

    Raises FrameworkProblems for files that are no valid framework.
    """
    framework = parse_framework(dict(files), folder="")
    frozen, is_new = FrozenFramework.objects.get_or_create(
        hash=framework.hash,
        defaults={
            "framework": framework.ref.framework,
            "version": framework.ref.version,
            "files": dict(files),
            "frozen_at": at,
        },
    )
    if is_new:
        record_event(
            "framework.frozen",
            by=None if by is None else by.pk,
            at=at,
            place=EventPlace(target=str(framework.ref)),
            details={"hash": framework.hash},
        )
    return frozen


@transaction.atomic
def create_round(plan: RoundPlan, *, by: User | None, at: datetime) -> Round:
    """Make a draft round with a submission for each organisation of its population.

    Raises ChangeRefused when the dates are out of order, the name is taken, or nobody would take part.
    """
    problems = list(plan.dates.find_problems())
    if Round.objects.filter(slug=plan.slug).exists():
        problems.append(f"There is a round {plan.slug!r} already. Give this one another short name.")
    organisations = tuple(
        list_population(
            plan.population.register_on, kinds=plan.population.kinds, care_settings=plan.population.care_settings
        )
    )
    if not organisations:
        problems.append("Nobody would take part: no organisation in the register fits the day, type and care setting.")
    if problems:
        raise ChangeRefused(tuple(problems))
    round_ = _insert_round(plan, by, at)
    enrol(round_, organisations)
    place = EventPlace(round_.slug, "", f"round {round_.pk}")
    details: dict[str, Detail] = {"framework": plan.framework.hash, "organisations": len(organisations)}
    record_event("round.created", by=None if by is None else by.pk, at=at, place=place, details=details)
    return round_


def _insert_round(plan: RoundPlan, by: User | None, at: datetime) -> Round:
    return Round.objects.create(
        slug=plan.slug,
        title=plan.title,
        framework=plan.framework,
        previous=plan.previous,
        unit_of=plan.population.unit_of,
        register_on=plan.population.register_on,
        kinds=list(plan.population.kinds),
        care_settings=list(plan.population.care_settings),
        opens_at=plan.dates.opens_at,
        closes_at=plan.dates.closes_at,
        review_ends_at=plan.dates.review_ends_at,
        reply_ends_at=plan.dates.reply_ends_at,
        publishes_at=plan.dates.publishes_at,
        shows_live_scores=plan.shows_live_scores,
        is_synthetic=plan.is_synthetic,
        created_at=at,
        created_by=by,
    )


def enrol(round_: Round, organisations: Sequence[Organisation]) -> list[Submission]:
    """Add a submission, with its units and what it is asked, for each organisation; inside the caller's transaction."""
    care_settings = list_care_settings_of(organisations, on=round_.register_on)
    units = {one.pk: _units(round_, care_settings.get(one.pk, ())) for one in organisations}
    counts = {given: _count_asked(round_, given) for given in set(units.values())}
    submissions = Submission.objects.bulk_create(
        Submission(round=round_, organisation=one, asked_count=counts[units[one.pk]]) for one in organisations
    )
    SubmissionUnit.objects.bulk_create(
        SubmissionUnit(submission=submission, care_setting=name, care_settings=list(asked), position=position)
        for submission in submissions
        for position, (name, asked) in enumerate(units[submission.organisation_id])
    )
    return submissions


# The units of an organisation: the care setting of each, and the care settings whose questions it is asked.
Units = tuple[tuple[str, tuple[str, ...]], ...]


def _count_asked(round_: Round, units: Units) -> int:
    """How many places are asked of an organisation that has answered nothing yet."""
    framework = read_framework(round_.framework_id)
    asked = [Unit("", care_setting=name, care_settings=care_settings) for name, care_settings in units]
    return len(asked_places(framework, asked, {}))


def _units(round_: Round, care_settings: tuple[str, ...]) -> Units:
    wanted = tuple(one for one in care_settings if not round_.care_settings or one in round_.care_settings)
    if round_.unit_of == Round.UnitOf.ORGANISATION or not wanted:
        return ((GENERAL, wanted),)
    return tuple((one, (one,)) for one in wanted)
