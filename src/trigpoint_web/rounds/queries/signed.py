# SPDX-License-Identifier: MIT
"""What is signed: the answers as a table with a hash, and the states that were signed before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from trigpoint.submissions import AnswerTable
from trigpoint.submissions.answers import Answer as CoreAnswer
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import AnswerPlace, PlacedAnswers, asked_places
from trigpoint_web.accounts.models import User
from trigpoint_web.rounds.models import Answer, Signature, Submission
from trigpoint_web.rounds.queries.answers import find_framework, list_answers_as_signed, list_units
from trigpoint_web.rounds.queries.tables import read_submission_table
from trigpoint_web.rounds.states import SubmissionState


@dataclass(frozen=True, slots=True)
class SignedState:
    """A state that was signed. answers: what stood then. recomputes: whether they still give the hash signed."""

    signature: Signature
    answers: Mapping[AnswerPlace, CoreAnswer]
    recomputes: bool


@dataclass(frozen=True, slots=True)
class SignedDifference:
    """A place that does not say in a later signed state what it said in the one before."""

    place: AnswerPlace
    before: CoreAnswer
    after: CoreAnswer


def without_names(table: AnswerTable) -> AnswerTable:
    """Return the table with units known by code and care setting alone.

    A register gives an organisation another name from one day to the next; that must not break what was signed.
    """
    return replace(table, units=tuple(replace(unit, name="") for unit in table.units))


def read_table_to_sign(submission: Submission, *, answers: PlacedAnswers | None = None) -> AnswerTable:
    """Return the table whose hash is signed. answers: others than those that stand now. One or two queries."""
    return without_names(read_submission_table(submission, answers=answers))


def find_last_answer(submission: Submission) -> int | None:
    """Return the key of the newest answer; None when there is none. One query."""
    return Answer.objects.filter(submission=submission).order_by("-pk").values_list("pk", flat=True).first()


def list_signatures(submission: Submission) -> QuerySet[Signature]:
    """Every signature of a submission, newest first, each with who gave it. One query."""
    return Signature.objects.filter(submission=submission).select_related("by").order_by("-pk")


def is_signed_by(submission: Submission, user: User) -> bool:
    """Return whether the submission is signed, last by this person. Two queries at most."""
    if not Submission.objects.filter(pk=submission.pk, state=SubmissionState.SIGNED).exists():
        return False
    last = list_signatures(submission).first()
    return last is not None and last.by_id == user.pk


def read_signed_states(submission: Submission) -> tuple[SignedState, ...]:
    """Return every state that was signed, newest first, each recomputed now. Two queries for each of them."""
    return tuple(_read_state(submission, signature) for signature in list_signatures(submission))


def _read_state(submission: Submission, signature: Signature) -> SignedState:
    answers = list_answers_as_signed(submission, last_answer=signature.last_answer)
    table = read_table_to_sign(submission, answers=answers)
    recomputes = (table.hash, table.framework_hash) == (signature.answers_hash, signature.framework_hash)
    return SignedState(signature, answers, recomputes)


def compare_states(submission: Submission, before: SignedState, after: SignedState) -> tuple[SignedDifference, ...]:
    """Return where a later signed state says something else than an earlier one, in the order asked. One query."""
    framework, units = find_framework(submission), list_units(submission)
    earlier, later = (_as_shown(state, asked_places(framework, units, state.answers)) for state in (before, after))
    places = dict.fromkeys((*later, *earlier))
    told = (
        SignedDifference(one, earlier.get(one, Missing.NOT_SHOWN), later.get(one, Missing.NOT_SHOWN)) for one in places
    )
    return tuple(one for one in told if one.before != one.after)


def _as_shown(state: SignedState, shown: Sequence[AnswerPlace]) -> Mapping[AnswerPlace, CoreAnswer]:
    return {place: state.answers.get(place, Missing.NOT_ANSWERED) for place in shown}
