# SPDX-License-Identifier: MIT
"""Reading anonymous staff surveys: how often each answer was given. There are no replies to read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet, Sum
from django.utils import timezone

from trigpoint.submissions.places import AnswerPlace
from trigpoint_web.rounds.models import StaffSurvey, Submission, SurveyCount
from trigpoint_web.rounds.opening import find_why_not_open


def is_survey_open(survey: StaffSurvey, at: datetime) -> bool:
    """Return whether staff can reply: not closed, not past its last day, and the organisation can still answer."""
    is_in_time = survey.closed_at is None and timezone.localdate(at) <= survey.closes_on
    return is_in_time and find_why_not_open(survey.submission, at) is None


def list_surveys(submission: Submission) -> QuerySet[StaffSurvey]:
    """The staff surveys of a submission, newest first, each with its submission. One query."""
    made = submission.surveys.select_related("submission__round", "submission__organisation")
    return made.order_by("-at", "-pk")


def find_survey(submission: Submission, pk: int) -> StaffSurvey | None:
    """Return a survey of this submission; None when it has no such survey. One query."""
    return list_surveys(submission).filter(pk=pk).first()


def find_survey_by_key(key: str) -> StaffSurvey | None:
    """Return the survey that a link opens; None for a link to nothing. One query."""
    surveys = StaffSurvey.objects.select_related("submission__round", "submission__organisation")
    return surveys.filter(key=key).first()


def list_questions_of(survey: StaffSurvey) -> tuple[str, ...]:
    """Return the ids of the questions that a survey asks, in order. One query."""
    return tuple(survey.questions.order_by("position").values_list("question", flat=True))


def list_counts(survey: StaffSurvey) -> Mapping[str, tuple[SurveyCount, ...]]:
    """Return the counts of each question of a survey, in the order of its scale. One query."""
    found: dict[str, list[SurveyCount]] = {}
    for row in survey.counts.order_by("question", "position"):
        found.setdefault(row.question, []).append(row)
    return {question: tuple(rows) for question, rows in found.items()}


def list_shown_counts(submission: Submission, place: AnswerPlace) -> tuple[SurveyCount, ...]:
    """Return the counts at a question of the newest survey of which something is shown; empty for none. One query."""
    rows = SurveyCount.objects.filter(
        survey__submission=submission, survey__asked_in=place.asked_in, question=place.question
    )
    by_survey: dict[int, list[SurveyCount]] = {}
    for row in rows.select_related("survey").order_by("-survey_id", "position"):
        by_survey.setdefault(row.survey_id, []).append(row)
    shown = (tuple(one) for one in by_survey.values() if any(row.shown_count for row in one))
    return next(shown, ())


def count_answers(survey: StaffSurvey, question: str) -> int:
    """Return how many answers to a question a survey has, shown or not. One query."""
    total = survey.counts.filter(question=question).aggregate(total=Sum("count"))["total"]
    return int(total or 0)
