# SPDX-License-Identifier: MIT
"""What is open in a submission before it is sent for signature, and what changed since the round before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from trigpoint.frameworks import Framework
from trigpoint.submissions.answer_changes import AnswerChange, AnswerChanges, compare_submissions
from trigpoint.submissions.answers import Answer as CoreAnswer
from trigpoint.submissions.checks import FindingKind, SubmissionFinding, check_submission
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import ORGANISATION, AnswerPlace, PlacedAnswers, answers_of_unit
from trigpoint_web.accounts.models import User
from trigpoint_web.audit.models import Event
from trigpoint_web.rounds.models import Delegation, EvidenceUse, Poll, Submission
from trigpoint_web.rounds.queries.answers import list_units, read_answers
from trigpoint_web.rounds.queries.evidence import list_expired_uses, list_places_with_evidence, place_of_use
from trigpoint_web.rounds.queries.last_round import LastRound, find_last_round
from trigpoint_web.rounds.queries.submission_answers import SubmissionAnswers, read_submission_answers
from trigpoint_web.rounds.queries.suggestions import list_open_suggestions
from trigpoint_web.rounds.queries.together import list_open_delegations
from trigpoint_web.rounds.states import SubmissionState, SubmissionStep


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """How many of the places shown say what; not answered is what remains of asked."""

    asked: int
    answered: int
    dont_know: int
    not_applicable: int

    @property
    def not_answered(self) -> int:
        """Places shown at which nothing stands."""
        return self.asked - self.answered - self.dont_know - self.not_applicable


@dataclass(frozen=True, slots=True)
class SubmissionCheck:
    """A submission with everything that is open in it."""

    given: SubmissionAnswers
    findings: tuple[SubmissionFinding, ...]

    def of_kind(self, kind: FindingKind) -> tuple[SubmissionFinding, ...]:
        """Return the findings of a kind."""
        return tuple(one for one in self.findings if one.kind is kind)

    @property
    def unexplained(self) -> tuple[SubmissionFinding, ...]:
        """Contradictions without a note: nothing is sent for signature while there is one."""
        return tuple(one for one in self.of_kind(FindingKind.CONTRADICTORY) if not one.is_explained)


@dataclass(frozen=True, slots=True)
class StillOpen:
    """What else is not settled. It stops nobody, but whoever submits should know."""

    suggestions: tuple[AnswerPlace, ...]
    delegations: tuple[Delegation, ...]
    polls: tuple[Poll, ...]
    expired: tuple[EvidenceUse, ...]


@dataclass(frozen=True, slots=True)
class RoundChanges:
    """What changed since the round before, each with where it is asked. left_out: units that had no return then."""

    round_name: str
    up: tuple[tuple[str, AnswerChange], ...]
    down: tuple[tuple[str, AnswerChange], ...]
    newly_not_applicable: tuple[tuple[str, AnswerChange], ...]
    newly_answered: tuple[tuple[str, AnswerChange], ...]
    no_longer_answered: tuple[tuple[str, AnswerChange], ...]
    same: int
    not_comparable: int
    framework_then: Framework
    left_out: tuple[str, ...]


def count_answers(given: SubmissionAnswers) -> AnswerCounts:
    """Return how many of the places shown are answered, and how many say otherwise."""
    answers = [given.answer(place) for place in given.places]
    return AnswerCounts(
        asked=len(answers),
        answered=sum(not isinstance(answer, Missing) for answer in answers),
        dont_know=answers.count(Missing.DONT_KNOW),
        not_applicable=answers.count(Missing.NOT_APPLICABLE),
    )


def read_check(submission: Submission) -> SubmissionCheck:
    """Return what is open in a submission. Three queries."""
    given = read_submission_answers(submission)
    findings = check_submission(
        given.framework,
        [(unit, answers_of_unit(given.framework, unit, given.answers)) for unit in given.units],
        evidence=list_places_with_evidence(submission),
        notes={place for place, row in given.rows.items() if row.note.strip()},
    )
    return SubmissionCheck(given, findings)


def read_still_open(given: SubmissionAnswers, *, today: date) -> StillOpen:
    """Return what else is not settled at places that are shown. Four queries."""
    submission, shown = given.submission, set(given.places)
    suggested = {AnswerPlace(one.asked_in, one.question) for one in list_open_suggestions(submission)}
    return StillOpen(
        suggestions=tuple(place for place in given.places if place in suggested),
        delegations=tuple(list_open_delegations(submission)),
        polls=tuple(list_open_polls(submission, today=today)),
        expired=tuple(use for use in list_expired_uses(submission, today) if place_of_use(use) in shown),
    )


def list_open_polls(submission: Submission, *, today: date) -> QuerySet[Poll]:
    """Polls that still take views, oldest first. One query."""
    return Poll.objects.filter(submission=submission, closed_at=None, due_on__gte=today).order_by("pk")


def read_changes(given: SubmissionAnswers) -> RoundChanges | None:
    """Return what changed since the round before; None when there is none to compare with. At most four queries."""
    last = find_last_round(given.submission)
    if last is None:
        return None
    units_then = {unit.care_setting: unit for unit in list_units(last.submission)}
    answers_then = read_answers(last.submission)
    shown = {place: given.answer(place) for place in given.places}
    sides = {ORGANISATION: _of_side(answers_then, ORGANISATION)}
    for unit in given.units:
        if unit.care_setting in units_then:
            before = answers_of_unit(last.framework, units_then[unit.care_setting], answers_then)
            sides[unit.care_setting] = before
    compared = {side: _compare(given, last, side, _of_side(shown, side), before) for side, before in sides.items()}
    left_out = tuple(unit.care_setting for unit in given.units if unit.care_setting not in sides)
    return _join(last, compared, left_out)


def _of_side(answers: PlacedAnswers, side: str) -> dict[str, CoreAnswer]:
    return {place.question: answer for place, answer in answers.items() if place.asked_in == side}


def _compare(
    given: SubmissionAnswers,
    last: LastRound,
    side: str,
    now: Mapping[str, CoreAnswer],
    before: Mapping[str, CoreAnswer],
) -> AnswerChanges:
    """What changed on one side; what is asked on the other side now counts there."""
    is_here = {
        pair.previous_question
        for question, pair in last.pairs.items()
        if given.framework.questions[question].is_asked_once == (side == ORGANISATION)
    }
    here = {question: answer for question, answer in before.items() if question in is_here}
    return compare_submissions(given.framework, now, last.framework, here)


def _join(last: LastRound, compared: Mapping[str, AnswerChanges], left_out: tuple[str, ...]) -> RoundChanges:
    def placed(way: str) -> tuple[tuple[str, AnswerChange], ...]:
        return tuple((side, change) for side, changes in compared.items() for change in getattr(changes, way))

    return RoundChanges(
        round_name=last.name,
        up=placed("up"),
        down=placed("down"),
        newly_not_applicable=placed("newly_not_applicable"),
        newly_answered=placed("newly_answered"),
        no_longer_answered=placed("no_longer_answered"),
        same=sum(changes.same for changes in compared.values()),
        not_comparable=sum(len(changes.not_comparable) for changes in compared.values()),
        framework_then=last.framework,
        left_out=left_out,
    )


def is_sent_by(submission: Submission, user: User) -> bool:
    """Return whether the answers have been sent for signature, last by this person, and not come back. One query."""
    sent = (SubmissionState.SUBMITTED, SubmissionState.SIGNED)
    return Submission.objects.filter(pk=submission.pk, state__in=sent, submitted_by=user).exists()


def find_last_return_event(submission: Submission) -> Event | None:
    """Return the last event by which the answers came back to those who answer, with its reason. One query.

    None when they never came back, or have been sent for signature again since.
    """
    steps = (SubmissionStep.SUBMIT, SubmissionStep.SEND_BACK, SubmissionStep.TAKE_BACK, SubmissionStep.REOPEN)
    events = Event.objects.filter(
        round=submission.round.slug,
        organisation=submission.organisation_id,
        action__in=[step.value for step in steps],
    )
    last = events.order_by("-pk").first()
    return None if last is None or last.action == SubmissionStep.SUBMIT.value else last
