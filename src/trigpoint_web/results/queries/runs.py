# SPDX-License-Identifier: MIT
"""Reading computations of results, and the signed answers that they are made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from trigpoint.submissions import AnswerTable
from trigpoint.submissions.answers import Answer as CoreAnswer
from trigpoint.submissions.places import AnswerPlace
from trigpoint.submissions.units import Unit
from trigpoint_web.audit.models import Event
from trigpoint_web.results.models import ScoredSubmission, ScoreRun, StoredScore
from trigpoint_web.rounds.adapters import answer_of_columns, read_framework, unit_of
from trigpoint_web.rounds.models import Answer, Round, Signature, Submission, SubmissionUnit
from trigpoint_web.rounds.queries.signed import without_names
from trigpoint_web.rounds.queries.tables import build_table
from trigpoint_web.rounds.states import SubmissionState


@dataclass(frozen=True, slots=True)
class SignedSubmission:
    """A submission and the signature whose answers count: the newest."""

    submission: Submission
    signature: Signature

    @property
    def was_reopened(self) -> bool:
        """Whether it was opened again and not signed since."""
        return self.submission.state != SubmissionState.SIGNED


def list_signed(round_: Round) -> list[SignedSubmission]:
    """Return every submission of a round that was ever signed, with its newest signature. One query."""
    rows = Signature.objects.filter(submission__round=round_).select_related("submission__organisation").order_by("pk")
    newest = {signature.submission_id: signature for signature in rows}
    return [SignedSubmission(newest[key].submission, newest[key]) for key in sorted(newest)]


def list_scored(run: ScoreRun) -> list[SignedSubmission]:
    """Return the submissions that a run scored, each with the signature it took. One query."""
    rows = ScoredSubmission.objects.filter(run=run).select_related("submission__organisation", "signature")
    return [SignedSubmission(row.submission, row.signature) for row in rows.order_by("submission_id")]


def read_signed_table(round_: Round, framework_hash: str, signed: Sequence[SignedSubmission]) -> AnswerTable:
    """Return the answers of some submissions as they were signed, a row for each unit. Two queries.

    signed: next to each other in the order of their keys. What came after a signature does not count, so it is of no
    matter whether somebody is answering meanwhile.
    """
    span = (signed[0].submission.pk, signed[-1].submission.pk)
    units, answers = _read_units(round_, signed, span), _read_answers(round_, signed, span)
    rows = ((units[one.submission.pk], answers[one.submission.pk]) for one in signed)
    return without_names(build_table(read_framework(framework_hash), round_.slug, rows))


def _read_units(round_: Round, signed: Sequence[SignedSubmission], span: tuple[int, int]) -> Mapping[int, list[Unit]]:
    found: dict[int, list[Unit]] = {one.submission.pk: [] for one in signed}
    submissions = {one.submission.pk: one.submission for one in signed}
    rows = SubmissionUnit.objects.filter(submission__round=round_, submission__pk__range=span)
    for row in rows.order_by("position", "pk"):
        if row.submission_id in found:
            found[row.submission_id].append(unit_of(row, submissions[row.submission_id]))
    return found


def _read_answers(
    round_: Round, signed: Sequence[SignedSubmission], span: tuple[int, int]
) -> Mapping[int, dict[AnswerPlace, CoreAnswer]]:
    found: dict[int, dict[AnswerPlace, CoreAnswer]] = {one.submission.pk: {} for one in signed}
    last = {one.submission.pk: one.signature.last_answer or 0 for one in signed}
    for key, submission, where, question, *answer in _rows(round_, span):
        if key <= last.get(submission, 0):
            found[submission][AnswerPlace(where, question)] = answer_of_columns(*answer)
    return found


def _rows(round_: Round, span: tuple[int, int]) -> Iterator[tuple[Any, ...]]:
    """Every answer ever given, oldest first, so that the last at a place is the newest."""
    rows = Answer.objects.filter(submission__round=round_, submission__pk__range=span).order_by("pk")
    # Columns, not models: a nation's answers as models take several seconds.
    return rows.values_list("pk", "submission_id", "asked_in", "question", "choice", "number", "missing").iterator(5000)


def find_shown_run(round_: Round) -> ScoreRun | None:
    """Return the newest run that finished; None when there is none. One query."""
    return ScoreRun.objects.filter(round=round_, state=ScoreRun.State.FINISHED).order_by("-pk").first()


def list_runs(round_: Round) -> QuerySet[ScoreRun]:
    """Every run of a round, newest first, each with who asked for it. One query."""
    return ScoreRun.objects.filter(round=round_).select_related("asked_by").order_by("-pk")


def find_going_run(round_: Round) -> ScoreRun | None:
    """Return the run that waits or is being computed; None when there is none. One query."""
    going = (ScoreRun.State.WAITING, ScoreRun.State.RUNNING)
    return ScoreRun.objects.filter(round=round_, state__in=going).order_by("-pk").first()


def find_last_check(run: ScoreRun) -> Event | None:
    """Return the event of the last time a run was recomputed and compared; None when it never was. One query."""
    return Event.objects.filter(action="results.checked", target=f"run {run.pk}").order_by("-pk").first()


def list_scores(run: ScoreRun) -> QuerySet[StoredScore]:
    """Every score of a run, with its organisation; by organisation and care setting. One query."""
    rows = StoredScore.objects.filter(run=run).select_related("organisation")
    return rows.order_by("organisation_id", "care_setting", "pk")
