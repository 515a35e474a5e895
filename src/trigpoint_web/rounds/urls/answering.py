# SPDX-License-Identifier: MIT
"""Addresses of filling in: home, the task list of a submission, its questions, suggestions and history."""

from __future__ import annotations

from django.urls import URLPattern, path

from trigpoint_web.rounds.pages.history import question_history, submission_history
from trigpoint_web.rounds.pages.home import home
from trigpoint_web.rounds.pages.question import question
from trigpoint_web.rounds.pages.save import question_save
from trigpoint_web.rounds.pages.suggestions import suggestions
from trigpoint_web.rounds.pages.task_list import section, task_list

_SUBMISSION = "rounds/<slug:round_slug>/<ods:code>/"
_QUESTION = f"{_SUBMISSION}questions/<str:asked_in>/<slug:question>/"

urlpatterns: list[URLPattern] = [
    path("", home, name="home"),
    path(_SUBMISSION, task_list, name="task_list"),
    path(f"{_SUBMISSION}sections/<str:asked_in>/<slug:section>/", section, name="section"),
    path(_QUESTION, question, name="question"),
    path(f"{_QUESTION}save/", question_save, name="question_save"),
    path(f"{_QUESTION}history/", question_history, name="question_history"),
    path(f"{_SUBMISSION}suggestions/", suggestions, name="suggestions"),
    path(f"{_SUBMISSION}history/", submission_history, name="submission_history"),
]
