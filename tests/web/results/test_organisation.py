# SPDX-License-Identifier: MIT
"""The results of one organisation: what stands on the page, for whom, against whom."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.web.results.nation import PEERS, WHERE, close, compute, make_nation, make_results, open_again, sign_peer
from tests.web.results.seeing import explain, frozen, see, sign_in, visit
from tests.web.rounds.signed import (
    BOARD,
    COMPLETE,
    COSTED,
    answer_all,
    officer_of,
    reopen_it,
    sign_as_it_is,
    submit_as_it_is,
)
from tests.web.small_framework import SCORING, small_framework
from tests.web.tampering import allow_changes
from tests.web.world import make_world
from trigpoint.submissions.missing import Missing
from trigpoint_web.accounts.roles import Role
from trigpoint_web.organisations.models import Group, Organisation, Placement
from trigpoint_web.results.models import ScoreRun
from trigpoint_web.results.queries.organisation import (
    PeerGroup,
    find_peer_group,
    list_peer_groups,
    list_unit_rows,
    read_peers,
)
from trigpoint_web.rounds import models as rows
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.states import RoundState

pytestmark = pytest.mark.django_db


def test_the_number_comes_first_with_what_it_rests_on():
    nation = make_results()

    page = see(nation)

    # acute: leading (100 + 100 + 50) / 3 -> 83; sharing (100 + 100 + 0) / 3 -> 67; overall (83 + 67) / 2
    assert (83 + 67) / 2 == 75
    assert "75 of 100 (high)." in page
    # community: leading 83; sharing (50 + 50 + 100) / 3 = 66.67 -> 67
    assert page.count("75 of 100 (high).") == 2
    assert "From 6 of 6 questions answered." in page
    assert "Self-assessed, signed on" in page
    assert "not reviewed." in page
    assert "There is no earlier round that this one can be compared with." in page
    assert ">Acute</h2>" in page
    assert ">Community</h2>" in page


def test_peers_are_a_distribution_with_n_and_never_a_name():
    nation = make_results()

    page = see(nation)

    # Peers with a disagreement on the record score (83 + 0) / 2, others up to 75.
    assert "Against 8 peers with a score (All who were asked about the same care)" in page
    assert "the middle half of them scored" in page
    for code in PEERS:
        assert code not in page
    # Nobody else has a community unit.
    assert "Fewer than 5 peers have a score" in page
    assert "not shown" in page


def test_peers_are_those_of_the_chosen_group_in_the_same_care_setting():
    nation = make_results()
    submission, run = nation.submission(), ScoreRun.objects.get()
    acute, community = list_unit_rows(submission)
    groups = {group.key: group for group in list_peer_groups(submission)}

    found = {key: read_peers(run, submission, acute, group) for key, group in groups.items()}

    assert {key: len(scores["overall"]) for key, scores in found.items()} == {
        "care": 8,
        "kind": 8,
        "icb-ZZS01": 7,
        "all": 8,
    }
    assert read_peers(run, submission, community, groups["all"]) == {}
    assert found["care"]["leading"] == [Fraction(83)] * 8
    page = see(nation, query="?peers=icb-ZZS01")
    assert "Against 7 peers with a score (Synthetic System 1)" in page
    assert '<strong aria-current="true">Synthetic System 1</strong>' in page


def test_several_groups_together_are_those_who_are_in_all_of_them():
    nation = make_results()
    submission, run = nation.submission(), ScoreRun.objects.get()
    acute = list_unit_rows(submission)[0]
    groups = list_peer_groups(submission)

    def count(*keys: str) -> int:
        group = find_peer_group(groups, keys)
        assert group is not None
        return len(read_peers(run, submission, acute, group)["overall"])

    assert count("care", "kind") == 8
    assert count("care", "kind", "icb-ZZS01") == 7, "the narrowest of them decides"
    assert count("all", "icb-ZZS01") == 7, "everybody narrows nothing"
    Organisation.objects.filter(pk=PEERS[0]).update(kind="another kind")
    assert count("care") == 8
    assert count("care", "kind") == 7


def test_the_page_names_every_group_that_is_chosen_and_ticks_it():
    nation = make_results()

    page = see(nation, query="?peers=care&peers=icb-ZZS01")

    assert "Against 7 peers with a score (All who were asked about the same care; Synthetic System 1)" in page
    ticked = [tag for tag in page.split("<input ")[1:] if "checked" in tag.split(">")[0]]
    assert [name for name in ("care", "kind", "icb-ZZS01") if any(f'value="{name}"' in tag for tag in ticked)] == [
        "care",
        "icb-ZZS01",
    ]
    assert 'value="all"' not in page, "everybody is no narrowing"
    assert "nhsuk-details__summary" in page


def test_few_who_are_in_all_of_the_groups_are_not_shown():
    nation = make_results()
    Organisation.objects.filter(pk__in=PEERS[:5]).update(kind="another kind")

    page = see(nation, query="?peers=kind&peers=icb-ZZS01")

    assert "Fewer than 5 peers have a score (The same kind of organisation" in page
    assert "Against " not in page.replace("Against peers", "")


def test_keys_name_a_group_or_nothing():
    groups = (PeerGroup("care", "Care"), PeerGroup("kind", "Kind"), PeerGroup("cohort-A", "A"), PeerGroup("all", "All"))

    assert find_peer_group(groups, []) == groups[0]
    assert find_peer_group(groups, ["all"]) == groups[3]
    assert find_peer_group(groups, ["kind", "kind"]) == groups[1]
    assert find_peer_group(groups, ["care", "nobody"]) is None
    both = find_peer_group(groups, ["cohort-A", "care"])
    assert both == PeerGroup("care+cohort-A", "Care; A", together=(groups[0], groups[2]))


def test_a_cohort_of_the_register_is_a_group_like_any_other():
    nation = make_results()
    cohort = Group.objects.create(grouping="cohort", code="A", name="First cohort")
    for code in ("ZZ301", *PEERS[:6]):
        Placement.objects.create(group=cohort, organisation_id=code, valid_from=date(2020, 4, 1), valid_to=None)

    page = see(nation, query="?peers=cohort-A&peers=kind")

    assert "Against 6 peers with a score (The same kind of organisation" in page
    assert "First cohort" in page


@pytest.mark.parametrize(
    "query", ["?peers=icb-ZZS02", "?peers=", "?peers=nobody", "?peers=icb-", "?peers=care&peers=x"]
)
def test_a_group_that_is_not_ones_own_is_no_page(query):
    nation = make_results(signed=())

    page = visit(nation).get(reverse("organisation_results", kwargs=WHERE) + query)

    assert page.status_code == 404


def test_four_peers_are_too_few_to_be_shown():
    nation = make_results(signed=PEERS[:4])

    page = see(nation)

    assert "Fewer than 5 peers have a score" in page
    assert "Against " not in page.replace("Against peers", "")
    assert "can’t tell" in page


def test_an_organisation_that_is_one_unit_is_compared_with_those_asked_about_the_same_care():
    nation = make_nation(signed=(), unit_of=Round.UnitOf.ORGANISATION)
    for position, code in enumerate(("ZZ301", *PEERS)):
        sign_peer(nation, code, position)
    close(nation)
    compute(nation)

    submission = nation.submission()
    (unit,) = list_unit_rows(submission)
    groups = {group.key: group for group in list_peer_groups(submission)}
    run = ScoreRun.objects.get()
    assert read_peers(run, submission, unit, groups["care"]) == {}, "nobody else gives both kinds of care"
    assert len(read_peers(run, submission, unit, groups["all"])["overall"]) == 8
    page = see(nation, query="?peers=all")
    assert "Acute</h2>" not in page
    assert "Against 8 peers with a score (Everybody in the round)" in page


def test_a_unit_without_a_score_is_told_that_nothing_can_be_told():
    scoring = SCORING.replace("not_answered: zero", "not_answered: leave_out")
    nation = make_nation(signed=PEERS[:5], framework=frozen({**small_framework(), "scoring.yaml": scoring}))
    reopen_it(nation)
    # The question about costs follows that about the strategy, so it goes by itself.
    answer_all(nation, dict.fromkeys((place for place in COMPLETE if place != COSTED), Missing.NOT_ANSWERED))
    submit_as_it_is(nation)
    sign_as_it_is(nation)
    close(nation)
    compute(nation)

    page = see(nation)

    assert "no score." in page
    assert "Without a score nothing can be said about where you are among 5 peers" in page
    assert "There is no score: no question of it was answered." in explain(nation, "leading")


def test_results_of_answers_opened_again_say_so():
    nation = make_nation(signed=())
    reopen_it(nation)
    nation.answer(BOARD, "disagree")
    close(nation)
    compute(nation)

    page = see(nation)

    assert "had been opened again and not been signed since" in page
    assert "75 of 100 (high)." in page


def test_answers_changed_behind_the_service_are_said_not_to_give_the_scores():
    nation = make_results(signed=())
    allow_changes("rounds_answer")
    rows.Answer.objects.filter(question="board_leads").update(choice="disagree")

    page = see(nation)

    assert "no longer give these scores" in page
    assert "75 of 100 (high)." in page, "what was stored is what is shown"


def test_results_wait_for_closing_signature_and_computation():
    nation = make_nation(signed=())
    assert "once the round has closed" in see(nation)
    close(nation)
    assert "has not computed its results yet" in see(nation)
    address = reverse("score_explanation", kwargs={**WHERE, "care_setting": "acute", "measure": "overall"})
    assert "has not computed its results yet" in visit(nation).get(address).content.decode()

    compute(nation)
    assert "75 of 100" in see(nation)


def test_results_without_a_signature_say_why_there_are_none():
    world = make_world()
    close(world)

    assert "The answers were not signed" in see(world)


@pytest.mark.parametrize("role", [Role.SYSTEM_VIEWER, Role.ANALYST])
def test_system_and_analysts_see_results_once_they_are_published(role):
    nation = make_results(signed=())
    address = reverse("organisation_results", kwargs=WHERE)
    assert visit(nation, role).get(address).status_code == 404

    close(nation, RoundState.PUBLISHED)

    assert "scores are from before any review" in see(nation, role)


def test_signed_after_the_results_were_computed_waits_for_the_next_computation():
    nation = make_nation(signed=PEERS[:1])
    nation.answer(BOARD, "agree", code="ZZ302")
    submit_as_it_is(nation, code="ZZ302")
    close(nation)
    compute(nation)
    officer = officer_of("ZZ302")
    sign_as_it_is(nation, code="ZZ302")

    address = reverse("organisation_results", kwargs={**WHERE, "code": "ZZ302"})
    page = sign_in(officer).get(address).content.decode()

    assert "has not computed its results yet" in page


def test_names_are_escaped():
    nation = make_results(signed=())
    Organisation.objects.filter(pk="ZZ301").update(name="<script>alert(1)</script>")

    page = visit(nation).get(reverse("organisation_results", kwargs=WHERE)).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_page_asks_as_many_questions_of_the_database_for_many_peers():
    def count() -> int:
        client = visit(nation)
        client.get(reverse("organisation_results", kwargs=WHERE))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("organisation_results", kwargs=WHERE))
        return len(queries)

    nation = make_nation(signed=PEERS[:1])
    close(nation)
    compute(nation)
    few = count()
    open_again(nation)
    for position, code in enumerate(PEERS[1:]):
        sign_peer(nation, code, position)
    close(nation)
    compute(nation)

    assert count() == few


def test_what_was_computed_can_be_told_in_a_line():
    nation = make_results(signed=())
    run = ScoreRun.objects.get()

    assert str(run) == f"{nation.round.pk} finished"
    assert str(run.scores.filter(measure="overall").first()) == "ZZ301 overall"
    assert str(run.scored.get()) == f"{nation.submission().pk} in run {run.pk}"
