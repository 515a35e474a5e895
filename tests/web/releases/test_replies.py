# SPDX-License-Identifier: MIT
"""The right of reply: organisations see their own page first and alone, and comment until the clock runs out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web.people import sign_in
from tests.web.releases.preparing import MOMENT, administrator, again, approve, draft
from tests.web.results.nation import make_results
from tests.web.world import NOW, World, make_person
from trigpoint_web.accounts.roles import Role
from trigpoint_web.audit.models import Event
from trigpoint_web.notifications.models import OutboxMail
from trigpoint_web.releases.actions.replies import LONGEST_REPLY, add_comment
from trigpoint_web.releases.actions.steps import DraftPlan, draft_release
from trigpoint_web.releases.models import ReleaseComment, RoundRelease
from trigpoint_web.releases.states import ReleaseState
from trigpoint_web.rounds.errors import ChangeRefused, StepRefused

pytestmark = pytest.mark.django_db
UNTIL = NOW + timedelta(days=3)
OWN = "/rounds/2026/ZZ301/release/"


@pytest.fixture
def nation() -> World:
    return make_results()


@pytest.fixture
def release(nation: World) -> RoundRelease:
    return draft(nation, reply_until=UNTIL)


def visitor(nation: World, role: Role = Role.LEAD) -> Client:
    """Return a browser of somebody of ZZ301, its system or the nation."""
    return sign_in(nation.people[role])


def test_the_leads_are_told_where_their_page_is_and_until_when(release):
    mails = OutboxMail.objects.filter(kind="right of reply")

    assert release.state == ReleaseState.CHECKED
    assert [mail.organisation for mail in mails] == ["ZZ301"]  # nobody of the peers has an account
    body = mails[0].body
    assert OWN in body
    assert "Northmoor Synthetic Hospitals" in body
    assert "say what is wrong with it until" in body


def test_without_a_right_of_reply_nobody_is_told_and_there_is_no_page(nation):
    draft(nation)

    assert not OutboxMail.objects.filter(kind="right of reply").exists()
    assert visitor(nation).get(OWN).status_code == 404
    assert visitor(nation).get(f"{OWN}page/").status_code == 404


@pytest.mark.parametrize("until", [NOW, NOW - timedelta(days=1), MOMENT, MOMENT + timedelta(days=1)])
def test_the_clock_ends_between_now_and_publication(nation, until):
    plan = DraftPlan("Results", MOMENT, reply_until=until)

    with pytest.raises(ChangeRefused, match="later than now, and before publication"):
        draft_release(nation.round, plan, by=administrator(nation), at=NOW)


@pytest.mark.parametrize("role", [Role.LEAD, Role.CONTRIBUTOR, Role.OFFICER, Role.OBSERVER])
def test_the_people_of_an_organisation_see_its_page_before_it_is_published(nation, release, role):
    client = visitor(nation, role)

    page = client.get(OWN).content.decode()
    own = client.get(f"{OWN}page/")

    assert "“Results” is to be published on" in page
    assert "Your organisation has not commented." in page
    assert "You can comment until" in page
    assert ("Send the comment" in page) == (role is not Role.OBSERVER)
    assert "Northmoor Synthetic Hospitals" in own.content.decode()
    assert own.headers["Cache-Control"] == "no-store"
    assert release.number == "2026.1"


@pytest.mark.parametrize(
    ("role", "status"), [(Role.SYSTEM_VIEWER, 403), (Role.ANALYST, 403), (Role.ADMINISTRATOR, 403), (Role.AUTHOR, 403)]
)
def test_nobody_else_sees_it_there(nation, release, role, status):
    assert again(release).state == ReleaseState.CHECKED
    for address in (OWN, f"{OWN}page/"):
        assert visitor(nation, role).get(address).status_code == status


def test_people_of_another_organisation_do_not_learn_of_it(release):
    stranger = sign_in(make_person(Role.LEAD, organisation="ZZ303"))

    assert again(release).state == ReleaseState.CHECKED
    assert stranger.get(OWN).status_code == stranger.get(f"{OWN}page/").status_code == 404
    assert Client().get(OWN).status_code == 302


def test_a_comment_is_kept_shown_to_both_sides_and_never_changed(nation, release):
    client = visitor(nation)

    sent = client.post(OWN, {"text": "Our beds are 20, not 200. <b>Please</b> look."})

    assert sent.status_code == 302
    comment = ReleaseComment.objects.get()
    assert (comment.organisation_id, str(comment)) == ("ZZ301", f"ZZ301 on {release.pk}")
    assert "20, not 200. &lt;b&gt;Please" in client.get(OWN).content.decode()
    national = sign_in(administrator(nation)).get(f"/rounds/2026/releases/{release.pk}/").content.decode()
    assert "20, not 200. &lt;b&gt;Please" in national
    assert "Northmoor Synthetic Hospitals" in national
    assert Event.objects.get(action="release.commented").organisation == "ZZ301"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ReleaseComment.objects.update(text="All is well.")


def test_what_is_no_comment_is_said_beside_the_field(nation, release):
    client = visitor(nation)

    empty = client.post(OWN, {"text": " "}).content.decode()
    long = client.post(OWN, {"text": "x" * (LONGEST_REPLY + 1)}).content.decode()

    assert "Write a comment" in empty
    assert "Use 4,000 characters or fewer" in long
    assert not ReleaseComment.objects.filter(release=release).exists()


def test_an_observer_may_not_comment(nation, release):
    assert visitor(nation, Role.OBSERVER).post(OWN, {"text": "Wrong."}).status_code == 403
    assert not ReleaseComment.objects.filter(release=release).exists()


def test_after_the_clock_nobody_comments_and_the_page_says_so(nation, release):
    RoundRelease.objects.filter(pk=release.pk).update(reply_until=NOW - timedelta(minutes=1))
    client = visitor(nation)

    page = client.get(OWN).content.decode()

    assert "The time for comments ended on" in page
    assert "Send the comment" not in page
    assert client.post(OWN, {"text": "Too late?"}).status_code == 409
    with pytest.raises(StepRefused, match="is over"):
        add_comment(again(release), organisation="ZZ301", text="x", by=nation.people[Role.LEAD], at=NOW)


def test_nobody_approves_before_the_clock_has_run_out(nation, release):
    with pytest.raises(StepRefused, match="may still comment"):
        approve(release, administrator(nation))

    colleague = make_person(Role.ADMINISTRATOR, name="A colleague")
    after = approve(release, administrator(nation), colleague, at=UNTIL + timedelta(seconds=1))

    assert after.state == ReleaseState.APPROVED
    assert visitor(nation).get(f"{OWN}page/").status_code == 200


def test_a_draft_that_did_not_pass_is_shown_to_no_organisation(nation):
    nation.round.is_synthetic = False
    nation.round.save()
    release = draft(nation, reply_until=UNTIL)

    assert release.state == ReleaseState.DRAFT
    assert visitor(nation).get(OWN).status_code == 404
    assert not OutboxMail.objects.filter(kind="right of reply").exists()


def test_an_organisation_that_is_not_in_the_release_has_no_page_of_it(release):
    client = sign_in(make_person(Role.LEAD, organisation="ZZ303"))

    assert client.get("/rounds/2026/ZZ303/release/").status_code == 200
    assert client.get("/rounds/2026/ZZ303/release/page/").status_code == 404
    assert release.pk == RoundRelease.objects.get().pk


def test_a_comment_without_a_right_of_reply_is_refused(nation):
    release = draft(nation)

    with pytest.raises(StepRefused, match="is over"):
        add_comment(release, organisation="ZZ301", text="x", by=nation.people[Role.LEAD], at=NOW)


def test_many_comments_take_no_more_queries(nation, release):
    client, address = sign_in(administrator(nation)), f"/rounds/2026/releases/{release.pk}/"
    lead = nation.people[Role.LEAD]

    def count_queries() -> int:
        with CaptureQueriesContext(connection) as made:
            assert client.get(address).status_code == 200
        return len(made)

    add_comment(release, organisation="ZZ301", text="The first.", by=lead, at=NOW)
    few = count_queries()
    for at in range(20):
        add_comment(release, organisation=f"ZZ31{1 + at % 8}", text=f"Comment {at}.", by=lead, at=NOW)

    assert count_queries() == few
    page = client.get(address).content.decode()
    assert page.index("The first.") < page.index("Comment 0.") < page.index("Comment 19.")
