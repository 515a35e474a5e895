# SPDX-License-Identifier: MIT
"""Computing the results of a round: asked for, done in the background, kept with hashes, and checked again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from trigpoint.errors import TrigpointError
from trigpoint.scoring import ScoreTable, score_answers
from trigpoint_web.accounts.models import User
from trigpoint_web.audit.actions import Detail, EventPlace, record_event
from trigpoint_web.results.adapters import hash_scores, join_tables, rows_of_table, text_of_row
from trigpoint_web.results.models import ScoredSubmission, ScoreRun, StoredScore
from trigpoint_web.results.queries.runs import (
    SignedSubmission,
    find_going_run,
    find_shown_run,
    list_scored,
    list_signed,
    read_signed_table,
)
from trigpoint_web.rounds.actions.round_steps import lock_round
from trigpoint_web.rounds.errors import StepRefused
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.queries.scores import plan_of
from trigpoint_web.rounds.states import RoundState

SUBMISSIONS_AT_ONCE = 250  # read and kept in one go: a second or so, between two steps of the progress
UNITS_AT_ONCE = 250
SHARE_OF_READING = 0.5  # of the work; keeping the scores takes about as long
LONGEST_RUN = timedelta(hours=1)  # a run of 20,000 units takes minutes: one that is still going was cut off
BASIS = "self"
_AFTER_CLOSING = frozenset({RoundState.CLOSED, RoundState.IN_REVIEW, RoundState.REPLY, RoundState.PUBLISHED})


@transaction.atomic
def request_run(round_: Round, *, by: User | None, at: datetime) -> ScoreRun:
    """Ask for the results of a round to be computed in the background; return the run that waits for it.

    One at a time: a run that has been going for longer than LONGEST_RUN is given up first. Raises StepRefused while
    the round takes answers, while another run is going, when nothing is signed, and for a published round whose
    results are there: they stand.
    """
    locked = lock_round(round_)
    _give_up_stale(locked, at)
    why_not = find_why_no_run(locked)
    if why_not is not None:
        raise StepRefused(why_not)
    run = ScoreRun.objects.create(round=locked, asked_at=at, asked_by=by)
    _record("results.asked", run, by=None if by is None else by.pk, at=at)
    transaction.on_commit(partial(_enqueue_run, run.pk))
    return run


def find_why_no_run(round_: Round) -> str | None:
    """Return why the results can't be computed now, as a sentence; None when they can."""
    if round_.state not in _AFTER_CLOSING:
        return "Results are computed once the round has closed."
    if round_.state == RoundState.PUBLISHED and find_shown_run(round_) is not None:
        return "The results are published, so they stand. You can check that they still recompute."
    if find_going_run(round_) is not None:
        return "The results are being computed now. Wait until that is done."
    if not list_signed(round_):
        return "No organisation has signed its answers, so there is nothing to compute."
    return None


def _give_up_stale(round_: Round, at: datetime) -> None:
    stale = find_going_run(round_)
    if stale is not None and stale.asked_at < at - LONGEST_RUN:
        _fail(stale, "It did not finish within an hour: the service may have been stopped meanwhile.", at=at)


def _enqueue_run(pk: int) -> None:
    # Late, as the task module imports this one.
    from trigpoint_web.results.tasks import compute_results

    compute_results.enqueue(pk)


def compute_run(pk: int) -> ScoreRun:
    """Compute a run that waits, step by step, and return it. One that has begun or ended already is left alone.

    What goes wrong is written on the run, and raised.
    """
    run, is_mine = _claim(pk)
    if not is_mine:
        return run
    try:
        return _compute(run)
    except Exception as error:
        known = str(error) if isinstance(error, TrigpointError) else f"{type(error).__name__}: see the log"
        _fail(run, known, at=timezone.now())
        raise


@transaction.atomic
def _claim(pk: int) -> tuple[ScoreRun, bool]:
    """The run, and whether it was waiting: then it is this call's to compute."""
    run = ScoreRun.objects.select_for_update(of=("self",)).select_related("round").get(pk=pk)
    if run.state != ScoreRun.State.WAITING:
        return run, False
    run.state = ScoreRun.State.RUNNING
    run.save(update_fields=["state"])
    return run, True


def _compute(run: ScoreRun) -> ScoreRun:
    signed = list_signed(run.round)
    table = _score(run, run.round.framework_id, signed, reports=True)
    texts = _keep_scores(run, table)
    with transaction.atomic():
        ScoredSubmission.objects.bulk_create(
            (
                ScoredSubmission(
                    run=run, submission=one.submission, signature=one.signature, was_reopened=one.was_reopened
                )
                for one in signed
            ),
            batch_size=500,
        )
        run.state, run.share_done, run.finished_at = ScoreRun.State.FINISHED, 1.0, timezone.now()
        run.basis, run.engine, run.units = table.basis, table.engine, len(table.units)
        run.framework_hash, run.answers_hash, run.scores_hash = (
            table.framework_hash,
            table.answers.hash,
            hash_scores(texts),
        )
        run.save()
        details: dict[str, Detail] = {"units": run.units, "answers": run.answers_hash, "scores": run.scores_hash}
        _record("results.computed", run, by=None, at=run.finished_at, details=details)
    return run


def _score(run: ScoreRun, framework_hash: str, signed: list[SignedSubmission], *, reports: bool) -> ScoreTable:
    """The scores of the answers as they were signed. reports: whether the run says how far the reading is."""
    tables = []
    for start in range(0, len(signed), SUBMISSIONS_AT_ONCE):
        chunk = signed[start : start + SUBMISSIONS_AT_ONCE]
        tables.append(read_signed_table(run.round, framework_hash, chunk))
        if reports:
            _report(run, SHARE_OF_READING * (start + len(chunk)) / len(signed))
    return score_answers(join_tables(tables), plan_of(framework_hash), basis=BASIS)


def _keep_scores(run: ScoreRun, table: ScoreTable) -> list[str]:
    """Keep the scores; return the text of each row."""
    texts: list[str] = []
    for start in range(0, len(table.units), UNITS_AT_ONCE):
        chunk = range(start, min(start + UNITS_AT_ONCE, len(table.units)))
        rows = list(rows_of_table(table, run=run, rows=chunk))
        with transaction.atomic():
            StoredScore.objects.bulk_create(rows, batch_size=500)
        texts += [text_of_row(row) for row in rows]
        _report(run, SHARE_OF_READING + (1 - SHARE_OF_READING) * chunk.stop / len(table.units))
    return texts


def _report(run: ScoreRun, share: float) -> None:
    """Write how far a run is, by itself, so that others can see it before the end."""
    ScoreRun.objects.filter(pk=run.pk).update(share_done=share)


def _fail(run: ScoreRun, why: str, *, at: datetime) -> None:
    run.state, run.failure = ScoreRun.State.FAILED, why[:300]
    run.save(update_fields=["state", "failure"])
    _record("results.failed", run, by=None, at=at, details={"why": run.failure})


@dataclass(frozen=True, slots=True)
class RunCheck:
    """What recomputing a run gave. differences: how many scores are not what was stored, or there on one side only."""

    answers_agree: bool
    scores_agree: bool
    differences: int

    @property
    def agrees(self) -> bool:
        """Whether everything is as it was."""
        return self.answers_agree and self.scores_agree and self.differences == 0


def request_check(run: ScoreRun, *, by: User, at: datetime) -> None:
    """Ask for a finished run to be recomputed and compared in the background. Raises StepRefused for another."""
    if run.state != ScoreRun.State.FINISHED:
        raise StepRefused("Only results that are there can be checked.")
    with transaction.atomic():
        _record("results.check_asked", run, by=by.pk, at=at)
        transaction.on_commit(partial(_enqueue_check, run.pk))


def _enqueue_check(pk: int) -> None:
    from trigpoint_web.results.tasks import check_results

    check_results.enqueue(pk)


def check_run(pk: int) -> RunCheck:
    """Recompute a finished run from the answers as they were signed, compare, and write down what came out."""
    run = ScoreRun.objects.select_related("round").get(pk=pk)
    table = _score(run, run.framework_hash, list_scored(run), reports=False)
    again = {text_of_row(row) for row in rows_of_table(table, run=run, rows=range(len(table.units)))}
    stored = set(_stored_texts(run))
    found = RunCheck(
        answers_agree=table.answers.hash == run.answers_hash,
        scores_agree=hash_scores(stored) == run.scores_hash,
        differences=len(again ^ stored),
    )
    details: dict[str, Detail] = {
        "agrees": found.agrees,
        "answers_agree": found.answers_agree,
        "scores_agree": found.scores_agree,
        "differences": found.differences,
        "engine": table.engine,
    }
    _record("results.checked", run, by=None, at=timezone.now(), details=details)
    return found


def _stored_texts(run: ScoreRun) -> Iterator[str]:
    return (text_of_row(row) for row in StoredScore.objects.filter(run=run).order_by("pk").iterator(2000))


def _record(
    action: str, run: ScoreRun, *, by: int | None, at: datetime, details: dict[str, Detail] | None = None
) -> None:
    record_event(action, by=by, at=at, place=EventPlace(run.round.slug, "", f"run {run.pk}"), details=details)
