# SPDX-License-Identifier: MIT
"""What the colleagues of an organisation do together: at one question, and what one person is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from trigpoint.frameworks.asking import section_of
from trigpoint.submissions.places import AnswerPlace, place_of
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import SCOPE_OF, Permission, Scope, roles_with
from trigpoint_web.rounds.access import SubmissionAccess
from trigpoint_web.rounds.models import Comment, Delegation, Mention, Poll, PollReply, Submission, SurveyCount
from trigpoint_web.rounds.opening import find_why_not_open
from trigpoint_web.rounds.queries.answers import find_framework, list_units
from trigpoint_web.rounds.queries.comments import find_why_no_comments, has_unseen_mention, list_comments
from trigpoint_web.rounds.queries.polls import find_latest_poll, list_poll_replies
from trigpoint_web.rounds.queries.surveys import list_shown_counts
from trigpoint_web.rounds.states import WHILE_ROUND_IS_ON, SubmissionState


@dataclass(frozen=True, slots=True)
class TogetherHere:
    """What is said and asked of colleagues about one question.

    delegation: of the question itself, else of its section; None when it is left to whoever comes.
    poll: the newest, open or closed; None when nobody was ever asked. survey_counts: of the newest staff survey of
    which something is shown; empty when there is none. colleagues: who can be mentioned, without the reader.
    is_open: the submission takes answers; takes_comments: also while it waits for signature.
    """

    place: AnswerPlace
    today: date
    delegation: Delegation | None = None
    poll: Poll | None = None
    poll_replies: tuple[PollReply, ...] = ()
    survey_counts: tuple[SurveyCount, ...] = ()
    comments: tuple[Comment, ...] = ()
    colleagues: tuple[User, ...] = ()
    has_unseen_mention: bool = False
    is_open: bool = False
    takes_comments: bool = False


@dataclass(frozen=True, slots=True)
class AskedOfPerson:
    """What colleagues have asked a person for; each row with its submission, round and organisation.

    polls: those the person has not replied to, which are open. mentions: those not seen, with comment and who wrote it.
    """

    delegations: tuple[Delegation, ...]
    polls: tuple[PollReply, ...]
    mentions: tuple[Mention, ...]


def is_colleague(access: SubmissionAccess) -> bool:
    """Return whether the person has a role in the organisation itself: only colleagues see what is said among them."""
    return any(SCOPE_OF[role] is Scope.ORGANISATION for role in access.roles)


def load_together(access: SubmissionAccess, place: AnswerPlace, *, at: datetime) -> TogetherHere | None:
    """Return what colleagues do together at a question; None for one who is no colleague, such as a reviewer.

    At most nine queries, however much there is. When `has_unseen_mention`, the page calls `mark_mentions_seen`.
    """
    if not is_colleague(access):
        return None
    submission = access.submission
    poll = find_latest_poll(submission, place)
    may_comment = access.may(Permission.COMMENT)
    colleagues = list_colleagues(submission.organisation_id, Permission.COMMENT) if may_comment else []
    return TogetherHere(
        place=place,
        today=timezone.localdate(at),
        delegation=find_delegation(submission, place),
        poll=poll,
        poll_replies=() if poll is None else tuple(list_poll_replies(poll)),
        survey_counts=tuple(list_shown_counts(submission, place)),
        comments=tuple(list_comments(submission, place)),
        colleagues=tuple(one for one in colleagues if one != access.user),
        has_unseen_mention=has_unseen_mention(access.user, submission, place),
        is_open=find_why_not_open(submission, at) is None,
        takes_comments=find_why_no_comments(submission, at) is None,
    )


def list_open_delegations(submission: Submission) -> QuerySet[Delegation]:
    """Delegations of a submission that stand, each with whom it is to; in the order they were made. One query."""
    return submission.delegations.filter(ended_at=None).select_related("to", "by").order_by("at", "pk")


def find_delegation(submission: Submission, place: AnswerPlace) -> Delegation | None:
    """Return the delegation that holds at a question: its own, else that of its section. One query."""
    framework = find_framework(submission)
    section = section_of(framework, framework.questions[place.question])
    of_section = Q(section=section) if section else Q(pk=None)
    standing = list_open_delegations(submission).filter(asked_in=place.asked_in)
    # A section's row has no question, so the question's own comes first.
    return standing.filter(Q(question=place.question) | of_section).order_by("-question").first()


def list_delegations_of(user: User) -> QuerySet[Delegation]:
    """What a person is asked to answer, in rounds that are on, where they still have a role; first due first."""
    standing = Delegation.objects.filter(_can_still_be_answered(), _is_held_by(user), to=user, ended_at=None)
    return standing.select_related("submission__round", "submission__organisation", "by").order_by("due_on", "pk")


def list_asked_of(user: User, *, today: date) -> AskedOfPerson:
    """Return what colleagues have asked a person for, in every submission. Three queries."""
    replies = PollReply.objects.filter(
        _can_still_be_answered("poll__"),
        _is_held_by(user, "poll__"),
        user=user,
        replied_at=None,
        poll__closed_at=None,
        poll__due_on__gte=today,
    )
    mentions = Mention.objects.filter(_is_held_by(user, "comment__"), user=user, seen_at=None)
    of_comment = ("comment__by", "comment__submission__round", "comment__submission__organisation")
    of_poll = ("poll__by", "poll__submission__round", "poll__submission__organisation")
    return AskedOfPerson(
        delegations=tuple(list_delegations_of(user)),
        polls=tuple(replies.select_related(*of_poll).order_by("poll__due_on", "pk")),
        mentions=tuple(mentions.select_related(*of_comment).order_by("pk")),
    )


def list_colleagues(organisation: str, permission: Permission) -> QuerySet[User]:
    """Who in an organisation may do this and can sign in, by name. One query."""
    roles = [role for role in roles_with(permission) if SCOPE_OF[role] is Scope.ORGANISATION]
    held = User.objects.filter(
        is_active=True,
        memberships__organisation=organisation,
        memberships__role__in=roles,
        memberships__ended_at=None,
    )
    return held.distinct().order_by("name", "pk")


def list_possible_places(submission: Submission) -> tuple[AnswerPlace, ...]:
    """Return where the submission is or may yet be asked: also what an answer still to come will show. One query."""
    framework, units = find_framework(submission), list_units(submission)
    places = (
        place_of(question, unit)
        for question in framework.content.questions
        for unit in units
        if question.is_asked_in(unit.care_settings)
    )
    return tuple(dict.fromkeys(places))


def places_of_section(submission: Submission, section: str, places: Sequence[AnswerPlace]) -> tuple[AnswerPlace, ...]:
    """Return the places of one section (a measure), in their order."""
    framework = find_framework(submission)
    return tuple(one for one in places if section_of(framework, framework.questions[one.question]) == section)


def _can_still_be_answered(through: str = "") -> Q:
    return Q(**{f"{through}submission__round__state__in": WHILE_ROUND_IS_ON}) & Q(
        **{f"{through}submission__state__in": [SubmissionState.NOT_STARTED, SubmissionState.IN_PROGRESS]}
    )


def _is_held_by(user: User, through: str = "") -> Q:
    """The rows of organisations in which the person has a role now; a subquery, so that two roles are not two rows."""
    held = user.memberships.filter(ended_at=None, organisation__isnull=False).values("organisation")
    return Q(**{f"{through}submission__organisation__in": held})
