# SPDX-License-Identifier: MIT
"""What goes on in the open round: people at work in one organisation, and others that wait for a signature."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.accounts.models import User
from trigpoint_web.accounts.roles import Role
from trigpoint_web.rounds.actions.comments import NewComment, add_comment
from trigpoint_web.rounds.actions.delegation import DelegatedPart, NewDelegation, delegate
from trigpoint_web.rounds.actions.evidence import GivenEvidence, add_evidence
from trigpoint_web.rounds.actions.polls import GivenView, NewPoll, give_view, open_poll
from trigpoint_web.rounds.actions.signing import count_open, submit
from trigpoint_web.rounds.actions.suggestions import suggest_from_last_round
from trigpoint_web.rounds.actions.surveys import NewSurvey, count_reply, open_survey
from trigpoint_web.rounds.models import PollReply, Round, Submission
from trigpoint_web.rounds.queries.answers import find_framework, read_answers
from trigpoint_web.rounds.queries.checks import read_check

SURVEY_REPLIES = 12


@dataclass(frozen=True, slots=True)
class Workplace:
    """The organisation in which the demonstration's people work, in the open round."""

    submission: Submission
    people: Mapping[Role, User]
    at: datetime

    @property
    def lead(self) -> User:
        """Who leads."""
        return self.people[Role.LEAD]

    @property
    def due_on(self) -> date:
        """A day on which something may be due."""
        return (self.at + timedelta(days=7)).date()


def work_together(round_: Round, people: Mapping[Role, User], *, hero: str, at: datetime) -> None:
    """Let the people of one organisation suggest, ask, comment, poll, survey and add evidence."""
    submission = Submission.objects.select_related("round", "organisation").get(round=round_, organisation=hero)
    place = Workplace(submission, people, at)
    suggest_from_last_round(submission, at=at)
    asked = _first_unanswered(submission)
    _ask_colleagues(place, asked)
    _survey_staff(place, asked)
    _add_evidence(place)


def submit_for(codes: Iterable[str], round_: Round, leads: Mapping[str, User], *, at: datetime) -> None:
    """Send the submissions of these organisations for signature, with what is open in them acknowledged."""
    rows = Submission.objects.select_related("round", "organisation").filter(round=round_)
    for submission in rows.filter(organisation__in=list(codes)).order_by("organisation"):
        check = read_check(submission)
        if not check.unexplained:
            lead = leads[submission.organisation_id]
            submit(submission, acknowledged=count_open(check), by=lead, at=at)


def _first_unanswered(submission: Submission) -> tuple[AnswerPlace, ...]:
    """Five places with a scale, asked of everybody, that wait for an answer; in the order asked."""
    framework, answers = find_framework(submission), read_answers(submission)
    open_places = (
        AnswerPlace("organisation" if question.is_asked_once else "General", question.id)
        for question in framework.content.questions
        if not question.routes and not question.care_settings and framework.scale_of(question.id).codes
    )
    return tuple(one for one in open_places if answers.get(one, Missing.NOT_ANSWERED) is Missing.NOT_ANSWERED)[:5]


def _ask_colleagues(place: Workplace, asked: tuple[AnswerPlace, ...]) -> None:
    contributor, officer = place.people[Role.CONTRIBUTOR], place.people[Role.OFFICER]
    section = find_framework(place.submission).questions[asked[0].question].measure
    part = DelegatedPart(asked[0].asked_in, section=section or "", question="" if section else asked[0].question)
    wanted = NewDelegation(part, contributor, place.due_on, "You know these systems best.")
    delegate(wanted, submission=place.submission, by=place.lead, at=place.at)
    comment = NewComment(asked[1], "Do the wards in the new building count here?", (contributor,))
    add_comment(comment, submission=place.submission, by=place.lead, at=place.at)
    poll = NewPoll(asked[2], (contributor, officer), place.due_on, "What do you see on the wards?")
    opened = open_poll(poll, submission=place.submission, by=place.lead, at=place.at)
    codes = find_framework(place.submission).scale_of(asked[2].question).codes
    reply = PollReply.objects.select_related("poll__submission__round").get(poll=opened, user=officer)
    give_view(GivenView(codes[-2]), reply=reply, by=officer, at=place.at)


def _survey_staff(place: Workplace, asked: tuple[AnswerPlace, ...]) -> None:
    same_place = [one.question for one in asked if one.asked_in == asked[0].asked_in][:3]
    new = NewSurvey("Digital records on your ward", asked[0].asked_in, tuple(same_place), place.due_on)
    survey = open_survey(new, submission=place.submission, by=place.lead, at=place.at)
    framework = find_framework(place.submission)
    for turn in range(SURVEY_REPLIES):
        answers = {one: (codes := framework.scale_of(one).codes)[turn * 7 % len(codes)] for one in same_place}
        count_reply(answers, survey=survey, at=place.at)


def _add_evidence(place: Workplace) -> None:
    """A link for the first answered question that asks for evidence."""
    framework, answers = find_framework(place.submission), read_answers(place.submission)
    first = next(one for one in answers if framework.questions[one.question].evidence)
    given = GivenEvidence(title="Board minutes, January", link="https://www.example.org/board/january")
    add_evidence(given, submission=place.submission, place=first, by=place.lead, at=place.at)
