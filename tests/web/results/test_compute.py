# SPDX-License-Identifier: MIT
"""Computing results: what is scored, what is kept, what is refused, and that it recomputes."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.web.results.nation import PEERS, close, compute, make_nation, make_results, open_again, sign_peer
from tests.web.rounds.signed import BOARD, reopen_it
from tests.web.tampering import allow_changes
from tests.web.world import NOW, World, make_world
from trigpoint.scoring import ENGINE_VERSION, compile_plan, score_answers
from trigpoint_web.accounts.roles import Role
from trigpoint_web.audit.models import Event
from trigpoint_web.results import actions
from trigpoint_web.results.actions import LONGEST_RUN, check_run, compute_run, request_check, request_run
from trigpoint_web.results.adapters import exact_value
from trigpoint_web.results.models import ScoredSubmission, ScoreRun, StoredScore
from trigpoint_web.results.queries.runs import list_signed, read_signed_table
from trigpoint_web.rounds.adapters import read_framework
from trigpoint_web.rounds.errors import StepRefused
from trigpoint_web.rounds.models import Answer, Submission
from trigpoint_web.rounds.queries.signed import without_names
from trigpoint_web.rounds.queries.tables import read_round_table
from trigpoint_web.rounds.states import RoundState, SubmissionState

pytestmark = pytest.mark.django_db

ROUND = {"round_slug": "2026"}


def visit(world: World, role: Role = Role.ADMINISTRATOR) -> Client:
    client = Client()
    client.force_login(world.people[role], backend="trigpoint_web.accounts.backends.AccountBackend")
    return client


def ask(world: World) -> ScoreRun:
    """Ask for results without doing the work."""
    return request_run(world.round, by=world.people[Role.ADMINISTRATOR], at=NOW)


def test_stored_scores_are_those_of_the_core_for_the_same_answers():
    nation = make_nation()
    close(nation)
    framework = read_framework(nation.round.framework_id)
    signed = Submission.objects.filter(round=nation.round, state=SubmissionState.SIGNED).select_related("organisation")
    table = read_round_table(nation.round, list(signed.order_by("pk")))
    scores = score_answers(table, compile_plan(framework))

    run = compute(nation)

    stored = {(row.organisation_id, row.care_setting, row.measure): row for row in run.scores.all()}
    assert len(stored) == len(table.units) * len(scores.measures) == 10 * 3
    for row, unit in enumerate(table.units):
        for measure in scores.measures:
            kept, expected = stored[*unit.key, measure], scores.score(row, measure)
            assert exact_value(kept.numerator, kept.denominator) == expected.value
            assert (kept.band or None, kept.asked, kept.answered) == (expected.band, expected.asked, expected.answered)
    assert (run.state, run.units, run.share_done, run.engine) == ("finished", 10, 1.0, ENGINE_VERSION)
    assert (run.framework_hash, run.answers_hash) == (framework.hash, without_names(table).hash)
    assert Event.objects.get(action="results.computed").details["scores"] == run.scores_hash


def test_a_submission_opened_again_and_not_signed_counts_as_it_was_signed_last():
    nation = make_nation(signed=PEERS[:1])
    before = {one.submission.organisation_id: one.signature.answers_hash for one in list_signed(nation.round)}
    reopen_it(nation)
    nation.answer(BOARD, "disagree")
    close(nation)

    run = compute(nation)

    scored = ScoredSubmission.objects.get(run=run, submission=nation.submission())
    assert (scored.was_reopened, scored.signature.answers_hash) == (True, before["ZZ301"])
    (one,) = (one for one in list_signed(nation.round) if one.submission.organisation_id == "ZZ301")
    table = read_signed_table(nation.round, run.framework_hash, [one])
    assert table.hash == before["ZZ301"]
    assert not ScoredSubmission.objects.get(run=run, submission=nation.submission("ZZ311")).was_reopened


@pytest.mark.parametrize(
    ("state", "why"), [(RoundState.DRAFT, "once the round has closed"), (RoundState.OPEN, "once the round has closed")]
)
def test_results_are_computed_only_after_closing(state, why):
    world = make_world()
    world.round.state = state
    world.round.save()

    with pytest.raises(StepRefused, match=why):
        ask(world)

    assert not ScoreRun.objects.exists()


def test_without_a_signature_there_is_nothing_to_compute():
    world = make_world()
    close(world)

    with pytest.raises(StepRefused, match="No organisation has signed"):
        ask(world)


def test_one_computation_at_a_time():
    nation = make_nation(signed=())
    close(nation)
    ask(nation)

    with pytest.raises(StepRefused, match="being computed now"):
        ask(nation)

    assert ScoreRun.objects.count() == 1


def test_a_computation_that_was_cut_off_is_given_up_after_an_hour():
    nation = make_nation(signed=())
    close(nation)
    cut_off = ask(nation)
    ScoreRun.objects.filter(pk=cut_off.pk).update(state=ScoreRun.State.RUNNING, asked_at=NOW - 2 * LONGEST_RUN)

    again = compute(nation)

    cut_off.refresh_from_db()
    assert (cut_off.state, again.state) == ("failed", "finished")
    assert "did not finish within an hour" in cut_off.failure


def test_published_results_stand():
    nation = make_results(RoundState.PUBLISHED, signed=())

    with pytest.raises(StepRefused, match="The results are published, so they stand"):
        ask(nation)


def test_a_published_round_without_results_can_still_be_computed():
    nation = make_nation(signed=())
    close(nation, RoundState.PUBLISHED)

    assert compute(nation).state == "finished"


def test_the_job_done_twice_computes_once():
    nation = make_nation(signed=())
    close(nation)
    run = compute(nation)
    rows = StoredScore.objects.count()

    again = compute_run(run.pk)

    assert (again.state, StoredScore.objects.count()) == ("finished", rows)


def test_a_second_computation_keeps_the_first_and_is_the_one_shown():
    nation = make_nation(signed=())
    close(nation)
    first, second = compute(nation), compute(nation)

    assert first.scores_hash == second.scores_hash
    assert StoredScore.objects.filter(run=first).count() == StoredScore.objects.filter(run=second).count()


def test_progress_is_written_step_by_step(monkeypatch):
    nation = make_nation(signed=PEERS[:3])
    close(nation)
    monkeypatch.setattr(actions, "SUBMISSIONS_AT_ONCE", 2)
    monkeypatch.setattr(actions, "UNITS_AT_ONCE", 3)
    asked = ask(nation)

    with CaptureQueriesContext(connection) as queries:
        compute_run(asked.pk)

    shares = [one["sql"] for one in queries if one["sql"].startswith('UPDATE "results_scorerun" SET "share_done"')]
    assert len(shares) == 2 + 2  # four submissions by twos; five units by threes
    assert ScoreRun.objects.get(pk=asked.pk).share_done == 1.0


def test_the_parts_in_which_answers_are_read_do_not_change_what_comes_out(monkeypatch):
    nation = make_nation(signed=PEERS[:3])
    close(nation)
    whole = compute(nation)
    monkeypatch.setattr(actions, "SUBMISSIONS_AT_ONCE", 1)
    monkeypatch.setattr(actions, "UNITS_AT_ONCE", 1)

    parted = compute(nation)

    assert (parted.answers_hash, parted.scores_hash) == (whole.answers_hash, whole.scores_hash)


def test_the_number_of_queries_grows_with_parts_and_not_with_organisations():
    def count() -> int:
        run = ask(nation)
        with CaptureQueriesContext(connection) as queries:
            compute_run(run.pk)
        assert StoredScore.objects.filter(run=run).exists()
        return len(queries)

    nation = make_nation(signed=PEERS[:1])
    close(nation)
    few = count()
    open_again(nation)
    for position, code in enumerate(PEERS[1:]):
        sign_peer(nation, code, position)
    close(nation)

    assert count() == few


def test_a_failure_that_we_know_says_why():
    nation = make_nation(signed=())
    close(nation)
    submission = nation.submission()
    bad = Answer.objects.create(
        submission=submission, asked_in="acute", question="bedside_share", version=99, number=-5.0, at=NOW
    )
    signature = submission.signatures.get()
    nation_signature = type(signature)(
        submission=submission, declaration="", answers_hash="", framework_hash="", last_answer=bad.pk,
        name="A", by=signature.by, at=NOW,
    )  # fmt: skip
    nation_signature.save(force_insert=True)
    run = ask(nation)

    with pytest.raises(Exception, match="bedside_share"):
        compute_run(run.pk)

    run.refresh_from_db()
    assert run.state == "failed"
    assert "bedside_share" in run.failure
    assert Event.objects.get(action="results.failed").details == {"why": run.failure}
    page = visit(nation).get(reverse("results_run", kwargs=ROUND)).content.decode()
    assert "Failed" in page


def test_a_failure_that_we_do_not_know_points_to_the_log():
    nation = make_nation(signed=())
    close(nation)
    run = ask(nation)
    StoredScore.objects.create(
        run=run, organisation_id="ZZ301", care_setting="acute", measure="overall",
        asked=0, answered=0, dont_know=0, not_applicable=0, not_shown=0,
    )  # fmt: skip

    with pytest.raises(DatabaseError):
        compute_run(run.pk)

    run.refresh_from_db()
    assert (run.state, run.failure) == ("failed", "IntegrityError: see the log")


def test_stored_results_recompute():
    make_results(signed=PEERS[:2])
    run = ScoreRun.objects.get()

    found = check_run(run.pk)

    assert found.agrees
    assert Event.objects.get(action="results.checked").details["differences"] == 0


def test_a_stored_score_changed_behind_the_service_is_found():
    nation = make_results(signed=PEERS[:2])
    allow_changes("rounds_answer", "results_storedscore")
    StoredScore.objects.filter(organisation="ZZ301", care_setting="acute", measure="overall").update(numerator="99")

    with TestCase.captureOnCommitCallbacks(execute=True):
        visit(nation).post(reverse("results_run", kwargs=ROUND), {"action": "check"})

    details = Event.objects.get(action="results.checked").details
    assert details["agrees"] is False
    assert (details["answers_agree"], details["scores_agree"], details["differences"]) == (True, False, 2)
    page = visit(nation).get(reverse("results_run", kwargs=ROUND)).content.decode()
    assert "it does not agree. 2 differences in scores; answers agree; stored scores differ from their hash" in page


def test_an_answer_changed_behind_the_service_is_found():
    nation = make_results(signed=PEERS[:2])
    allow_changes("rounds_answer", "results_storedscore")
    Answer.objects.filter(submission__organisation="ZZ311", question="board_leads").update(choice="disagree")

    found = check_run(ScoreRun.objects.get().pk)

    assert (found.agrees, found.answers_agree, found.scores_agree) == (False, False, True)
    assert found.differences > 0
    page = visit(nation).get(reverse("results_run", kwargs=ROUND)).content.decode()
    assert "answers differ; stored scores agree with their hash" in page


def test_only_results_that_are_there_are_checked():
    nation = make_nation(signed=())
    close(nation)
    run = ask(nation)

    with pytest.raises(StepRefused, match="Only results that are there"):
        request_check(run, by=nation.people[Role.ADMINISTRATOR], at=NOW)
    refused = visit(nation).post(reverse("results_run", kwargs=ROUND), {"action": "check"})

    assert refused.status_code == 409


@pytest.mark.parametrize("change", ["update", "delete"])
@pytest.mark.parametrize("model", [StoredScore, ScoredSubmission])
def test_the_database_refuses_to_change_or_delete_what_was_computed(model, change):
    make_results(signed=())
    rows = model.objects.all()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(run=rows[0].run) if change == "update" else rows._raw_delete(rows.db)


def test_the_page_computes_shows_how_far_it_is_and_checks():
    nation = make_nation(signed=PEERS[:1])
    close(nation)
    team, address = visit(nation), reverse("results_run", kwargs=ROUND)
    assert "The results have not been computed yet." in team.get(address).content.decode()
    progress = reverse("results_progress", kwargs=ROUND)
    assert team.get(progress).json() == {"is_going": False}

    with TestCase.captureOnCommitCallbacks() as jobs:
        assert team.post(address).status_code == 302
    page = team.get(address).content.decode()
    assert "Waiting: 0% done" in page
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
    assert "Compute the results</button>" not in page
    assert team.get(progress).json() == {"is_going": True, "text": "Waiting: 0% done", "percent": "0.0%"}
    assert team.post(address).status_code == 409

    for job in jobs:
        job()
    page = team.get(address).content.decode()
    assert ScoreRun.objects.get().scores_hash[:12] in page
    assert "have not been recomputed and compared yet" in page

    with TestCase.captureOnCommitCallbacks(execute=True):
        team.post(address, {"action": "check"})
    assert "every score is the same, and so are the hashes" in team.get(address).content.decode()


def test_a_run_that_the_service_asked_for_says_so():
    nation = make_nation(signed=())
    close(nation)
    request_run(nation.round, by=None, at=NOW)

    assert "The service" in visit(nation).get(reverse("results_run", kwargs=ROUND)).content.decode()


def test_the_page_says_why_nothing_can_be_computed():
    world = make_world()

    assert "once the round has closed" in visit(world).get(reverse("results_run", kwargs=ROUND)).content.decode()
