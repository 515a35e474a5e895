# SPDX-License-Identifier: MIT
"""The results of the nation: completeness first, care settings apart, nothing that runs in a spreadsheet."""

from __future__ import annotations

import csv
import html
from fractions import Fraction
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.web.results.nation import PEERS, close, compute, make_nation, make_results, open_again, sign_peer
from tests.web.rounds.signed import reopen_it
from tests.web.world import World, make_world
from trigpoint_web.accounts.roles import Role
from trigpoint_web.organisations.models import Organisation
from trigpoint_web.results.adapters import table_of_rows
from trigpoint_web.results.models import ScoreRun, StoredScore
from trigpoint_web.results.queries.nation import GroupCompleteness, list_scores_in, read_completeness
from trigpoint_web.rounds.adapters import read_framework
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.states import RoundState

pytestmark = pytest.mark.django_db

ROUND = {"round_slug": "2026"}


def visit(world: World, role: Role = Role.ADMINISTRATOR) -> Client:
    client = Client()
    client.force_login(world.people[role], backend="trigpoint_web.accounts.backends.AccountBackend")
    return client


def see(world: World, role: Role = Role.ADMINISTRATOR, query: str = "") -> str:
    page = visit(world, role).get(reverse("national_results", kwargs=ROUND) + query)
    assert page.status_code == 200, page.status_code
    return html.unescape(page.content.decode())


def test_completeness_is_counted_by_system_kind_and_care_setting():
    nation = make_nation(signed=PEERS[:2])

    found = read_completeness(nation.round)

    # 11 take part: ZZ301, ZZ302, ZZ303 and eight peers. ZZ318 is in no system.
    assert found.whole == GroupCompleteness("All", 11, 3)
    assert found.systems == (
        GroupCompleteness("Synthetic System 1", 9, 3),
        GroupCompleteness("Synthetic System 2", 1, 0),
        GroupCompleteness("In no group", 1, 0),
    )
    assert [(one.population, one.signed) for one in found.kinds] == [(11, 3)]
    assert [
        (one.title, one.population, one.signed) for one in found.care_settings if one.title in ("acute", "community")
    ] == [
        ("acute", 9, 3),
        ("community", 1, 1),
    ]


def test_where_everybody_is_in_a_system_no_other_group_is_shown():
    world = make_world()

    found = read_completeness(world.round)

    assert [(one.title, one.population) for one in found.systems] == [
        ("Synthetic System 1", 2),
        ("Synthetic System 2", 1),
    ]


def test_stored_scores_come_back_as_the_table_they_were():
    make_results(signed=PEERS[:3])
    run = ScoreRun.objects.get()
    framework = read_framework(run.framework_hash)

    table = table_of_rows(list_scores_in(run, "acute"), framework=framework, run=run, round_slug="2026")

    assert len(table.units) == 4
    for row, unit in enumerate(table.units):
        for measure in table.measures:
            kept = StoredScore.objects.get(
                run=run, organisation=unit.organisation, care_setting="acute", measure=measure
            )
            score = table.score(row, measure)
            assert score.value == Fraction(int(kept.numerator), int(kept.denominator))
            assert (score.band, score.answered) == (kept.band, kept.answered)


def test_the_page_says_first_how_complete_it_is_and_last_what_it_cannot_tell():
    nation = make_results()

    page = see(nation)

    assert "9 of 11 organisations have signed their answers (82%)." in page
    assert page.index("How complete it is") < page.index("How scores are spread: Acute")
    assert "What these numbers cannot tell you" in page
    assert "Overall: the middle half of returns scored" in page
    assert "n = 9 returns with a score" in page
    assert "Missing answers, as a share of the questions asked" in page
    assert ScoreRun.objects.get().scores_hash in page
    assert "never averaged together" in page


def test_care_settings_are_shown_apart():
    nation = make_results()

    page = see(nation, query="?care_setting=community")

    assert "How scores are spread: Community" in page
    assert "n = 1 returns with a score" in page
    assert '<strong aria-current="true">Community</strong>' in page
    assert visit(nation).get(reverse("national_results", kwargs=ROUND) + "?care_setting=none").status_code == 404


def test_a_round_of_whole_organisations_has_no_choice_of_care_setting():
    nation = make_nation(signed=(), unit_of=Round.UnitOf.ORGANISATION)
    for position, code in enumerate(PEERS[:2]):
        sign_peer(nation, code, position)
    close(nation)
    compute(nation)

    page = see(nation)

    assert 'aria-label="Care setting"' not in page
    assert "The whole organisation" in page
    assert "never averaged together" not in page


def test_reopened_and_late_signatures_are_said():
    nation = make_nation(signed=PEERS[:1])
    reopen_it(nation)
    close(nation)
    compute(nation)
    open_again(nation)
    sign_peer(nation, PEERS[1], 1)
    close(nation)

    page = see(nation)

    assert "1 signed after these results were computed" in page
    assert "1 had their answers opened again and not signed since" in page


def test_scores_nobody_has_are_drawn_as_nothing():
    nation = make_results(signed=())
    run = ScoreRun.objects.get()
    again = ScoreRun.objects.create(
        round=nation.round, state="finished", framework_hash=run.framework_hash, answers_hash="a", scores_hash="b",
        engine="1", asked_at=run.asked_at, finished_at=run.finished_at,
    )  # fmt: skip
    StoredScore.objects.bulk_create(
        StoredScore(
            run=again,
            organisation_id="ZZ302",
            care_setting="acute",
            measure=measure,
            asked=0,
            answered=0,
            dont_know=0,
            not_applicable=0,
            not_shown=3,
        )
        for measure in ("overall", "leading", "sharing")
    )

    page = see(nation)

    assert "No return has a score on Overall" in page
    assert "no score" in page


def test_analysts_wait_for_publication():
    nation = make_results(signed=())
    assert "once the round has closed and its results are out" in see(nation, Role.ANALYST)
    assert visit(nation, Role.ANALYST).get(reverse("national_results_csv", kwargs=ROUND)).status_code == 404

    close(nation, RoundState.PUBLISHED)

    assert "organisations have signed their answers" in see(nation, Role.ANALYST)


def test_before_results_are_computed_the_page_says_so():
    nation = make_nation(signed=())
    close(nation)

    assert "has not computed its results yet" in see(nation)


def read_csv(world: World) -> list[dict[str, str]]:
    response = visit(world).get(reverse("national_results_csv", kwargs=ROUND))
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == 'attachment; filename="2026 scores.csv"'
    return list(csv.DictReader(StringIO(response.getvalue().decode())))


def test_the_file_has_every_score_with_its_definition():
    nation = make_results(signed=PEERS[:2])
    run = ScoreRun.objects.get()

    rows = read_csv(nation)

    assert len(rows) == 4 * 3
    first = next(
        one
        for one in rows
        if (one["organisation"], one["care_setting"], one["measure"]) == ("ZZ301", "acute", "overall")
    )
    assert first["score"] == "75"
    assert first["band"] == "high"
    assert first["basis"] == "self; synthetic"
    assert first["framework"] == "small@2"
    assert (first["answers_hash"], first["scores_hash"]) == (run.answers_hash, run.scores_hash)


def test_a_round_that_is_not_made_up_is_not_called_so():
    nation = make_results(signed=(), is_synthetic=False)

    assert {one["basis"] for one in read_csv(nation)} == {"self"}
    assert "made up" not in see(nation)


def test_a_name_never_runs_as_a_formula_and_no_score_is_an_empty_cell():
    nation = make_results(signed=())
    Organisation.objects.filter(pk="ZZ301").update(name="=cmd|'/c calc'!A0")
    run = ScoreRun.objects.get()
    StoredScore.objects.create(
        run=run, organisation_id="ZZ302", care_setting="acute", measure="overall",
        asked=0, answered=0, dont_know=0, not_applicable=0, not_shown=3,
    )  # fmt: skip

    rows = read_csv(nation)

    assert {one["name"] for one in rows if one["organisation"] == "ZZ301"} == {"'=cmd|'/c calc'!A0"}
    (blank,) = (one for one in rows if one["organisation"] == "ZZ302")
    assert (blank["score"], blank["band"]) == ("", "")


def test_the_page_asks_as_many_questions_of_the_database_for_many_organisations():
    def count(nation: World) -> int:
        client = visit(nation)
        client.get(reverse("national_results", kwargs=ROUND))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("national_results", kwargs=ROUND))
        return len(queries)

    nation = make_nation(signed=PEERS[:1])
    close(nation)
    compute(nation)
    few = count(nation)
    open_again(nation)
    for position, code in enumerate(PEERS[1:]):
        sign_peer(nation, code, position)
    close(nation)
    compute(nation)

    assert count(nation) == few
