# SPDX-License-Identifier: MIT
"""An anonymous survey of staff: opened by a lead, answered by anyone with its link, counted, and closed.

No reply is kept, only counts. Rows of replies, even with random keys, lie in the database in the order in which they
came, and beside the times of a web server's log that order tells who said what. And what a lead sees moves in steps of
five answers: were it shown after every reply, the difference between two looks would be one person's answer. After
closing, the last answers that fill no step stay unseen for the same reason.

This is no proof against somebody who sets out to know. Anyone with the link can answer, and more than once; someone who
answers four times in a row, and looks before and after, can work out a fifth answer. Who answers is not asked, as that
would end anonymity, so this can't be prevented, and the pages of the lead and of staff say it plainly.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q

from trigpoint.frameworks import Framework
from trigpoint.frameworks.missing_offered import missing_offered
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.missing import Missing
from trigpoint_web.accounts.models import User
from trigpoint_web.audit.actions import Detail
from trigpoint_web.rounds.actions.answers import lock_submission
from trigpoint_web.rounds.actions.together import record, require_day
from trigpoint_web.rounds.errors import ChangeRefused, StepRefused
from trigpoint_web.rounds.models import StaffSurvey, Submission, SurveyCount, SurveyQuestion
from trigpoint_web.rounds.number_ranges import list_range_starts
from trigpoint_web.rounds.opening import require_open
from trigpoint_web.rounds.queries.answers import find_framework
from trigpoint_web.rounds.queries.surveys import count_answers, is_survey_open, list_questions_of
from trigpoint_web.rounds.queries.together import list_possible_places

MOST_QUESTIONS = 10  # staff answer it between two other things: a few minutes
LONGEST_TITLE = 120  # as the column
# More than the staff of the largest trusts; a script that has the link can't fill the disk or run for ever.
MOST_REPLIES = 20_000
# At least five answers are shown, and five more each time (issue: "at least 5 answers shown, else suppressed").
STEP = 5


@dataclass(frozen=True, slots=True)
class NewSurvey:
    """What staff are asked, in one place, and until when."""

    title: str
    asked_in: str
    questions: tuple[str, ...]
    closes_on: date


@transaction.atomic
def open_survey(new: NewSurvey, *, submission: Submission, by: User, at: datetime) -> StaffSurvey:
    """Make a survey with a link that can't be guessed; return it.

    Raises NotOpen, and ChangeRefused for no title, no question or too many, or a day after the answers are due.
    """
    locked = lock_submission(submission)
    require_open(locked, at)
    require_day(new.closes_on, locked, at)
    problems = tuple(_find_problems(new, locked))
    if problems:
        raise ChangeRefused(problems)
    survey = StaffSurvey.objects.create(
        submission=locked,
        title=new.title.strip(),
        key=secrets.token_urlsafe(32),
        asked_in=new.asked_in,
        at=at,
        by=by,
        closes_on=new.closes_on,
    )
    SurveyQuestion.objects.bulk_create(
        SurveyQuestion(survey=survey, question=question, position=position)
        for position, question in enumerate(new.questions)
    )
    framework = find_framework(locked)
    SurveyCount.objects.bulk_create(row for one in new.questions for row in _counts_at_zero(survey, framework, one))
    details: dict[str, Detail] = {"survey": survey.pk, "asked_in": new.asked_in, "questions": len(new.questions)}
    record("survey.opened", locked, details, by=by, at=at)
    return survey


@transaction.atomic
def close_survey(survey: StaffSurvey, *, by: User, at: datetime) -> StaffSurvey:
    """End a survey before its day. Raises StepRefused when it is closed already."""
    submission = lock_submission(survey.submission)
    locked = StaffSurvey.objects.select_for_update().get(pk=survey.pk)
    if locked.closed_at is not None:
        raise StepRefused("This survey is closed already. Somebody may have been quicker; look again.")
    locked.closed_at = at
    locked.save(update_fields=["closed_at"])
    record("survey.closed", submission, {"survey": locked.pk}, by=by, at=at)
    return locked


@transaction.atomic
def count_reply(answers: Mapping[str, Answer], *, survey: StaffSurvey, at: datetime) -> None:
    """Count one person's answers, by question; `at` decides whether the survey is open, and is not kept.

    No event and no row of the reply is written: see above. Raises StepRefused when the survey is closed or full.
    Raises ChangeRefused when no question of the survey is answered.
    """
    rows = StaffSurvey.objects.select_for_update(of=("self",))
    locked = rows.select_related("submission__round").get(pk=survey.pk)
    if not is_survey_open(locked, at):
        raise StepRefused("This survey is closed. Thank you for coming.")
    if locked.reply_count >= MOST_REPLIES:
        raise StepRefused("This survey has as many replies as it can take.")
    given = {question: answers[question] for question in list_questions_of(locked) if question in answers}
    if not given:
        raise ChangeRefused(("Answer at least one question.",))
    for question, answer in given.items():
        _count(locked, question, answer)
    StaffSurvey.objects.filter(pk=locked.pk).update(reply_count=F("reply_count") + 1)


def _find_problems(new: NewSurvey, submission: Submission) -> Iterator[str]:
    title = new.title.strip()
    if not 0 < len(title) <= LONGEST_TITLE:
        yield f"Give the survey a title of up to {LONGEST_TITLE} characters."
    if not new.questions:
        yield "Choose at least one question."
    if len(new.questions) > MOST_QUESTIONS:
        yield f"You chose {len(new.questions)} questions. Choose up to {MOST_QUESTIONS}."
    asked = {one.question for one in list_possible_places(submission) if one.asked_in == new.asked_in}
    if not asked.issuperset(new.questions):
        yield "Choose questions that your organisation is asked there."


def _counts_at_zero(survey: StaffSurvey, framework: Framework, question: str) -> Iterator[SurveyCount]:
    """The rows in which answers will be counted, in the order of the scale; being missing comes last."""
    scale = framework.scale_of(question)
    starts = () if scale.number is None else list_range_starts(scale.number)
    missing = missing_offered(framework, framework.questions[question])
    rows = (
        *(SurveyCount(choice=code) for code in scale.codes),
        *(SurveyCount(at_least=start) for start in starts),
        *(SurveyCount(missing=one.value) for one in missing),
    )
    for position, row in enumerate(rows):
        row.survey, row.question, row.position = survey, question, position
        yield row


def _count(survey: StaffSurvey, question: str, answer: Answer) -> None:
    rows = survey.counts.filter(question=question)
    row = rows.filter(_is_counted_as(answer)).order_by("-position").first()
    assert row is not None, "the form lets nothing through that is outside the scale"
    rows.filter(pk=row.pk).update(count=F("count") + 1)
    if count_answers(survey, question) % STEP == 0:
        rows.update(shown_count=F("count"))


def _is_counted_as(answer: Answer) -> Q:
    """The row of an answer; of the ranges of numbers that begin below it, the caller takes the last."""
    if isinstance(answer, Missing):
        return Q(missing=answer.value)
    if isinstance(answer, str):
        return Q(choice=answer)
    return Q(at_least__lte=answer)
