# SPDX-License-Identifier: MIT
"""The right of reply: organisations are told of their page before it is published, and say what they think of it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Permission
from trigpoint_web.audit.actions import EventPlace, record_event
from trigpoint_web.notifications.actions import Letter
from trigpoint_web.releases.models import ReleaseComment, RoundRelease
from trigpoint_web.results.models import ScoredSubmission
from trigpoint_web.rounds.actions.round_mail import queue_for
from trigpoint_web.rounds.errors import StepRefused
from trigpoint_web.rounds.presenters.moments import say_moment
from trigpoint_web.rounds.queries.people_to_write_to import list_people_to_write_to

LONGEST_REPLY = 4000


def mail_right_of_reply(release: RoundRelease, until: datetime, *, at: datetime) -> int:
    """Tell the leads of every organisation in a release where its page is and until when they can comment; return how
    many mails.
    """
    leads = list_people_to_write_to(release.round, Permission.SUBMIT)
    rows = ScoredSubmission.objects.filter(run_id=release.run_id).select_related("submission__organisation")
    count = 0
    for row in rows.order_by("submission__organisation_id"):
        organisation = row.submission.organisation
        where = reverse("own_release", args=[release.round.slug, organisation.pk])
        body = (
            f"“{release.title}” is to be published on {say_moment(release.publishes_at, now=at)}.\n"
            f"See the page of {organisation.name} as it would be published, and say what is wrong with it until "
            f"{say_moment(until, now=at)}: {settings.SITE_ADDRESS}{where}\n\n"
            "Until it is published, the page is for your organisation alone.\n"
        )
        subject = f"{release.round.title}: your page before it is published"
        letter = Letter("right of reply", subject, body, round=release.round.slug, organisation=organisation.pk)
        count += queue_for(leads.get(organisation.pk, ()), letter, at=at)
    return count


@transaction.atomic
def add_comment(release: RoundRelease, *, organisation: str, text: str, by: User, at: datetime) -> ReleaseComment:
    """Keep what an organisation says of its page. Raises StepRefused when the time for it is over."""
    if release.reply_until is None or at > release.reply_until:
        raise StepRefused("The time for comments is over.")
    comment = ReleaseComment.objects.create(release=release, organisation_id=organisation, user=by, text=text, at=at)
    place = EventPlace(release.round.slug, organisation, f"release {release.number}")
    record_event("release.commented", by=by.pk, at=at, place=place)
    return comment
