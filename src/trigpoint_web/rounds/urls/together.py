# SPDX-License-Identifier: MIT
"""Addresses of working together: asking a colleague, comments, polls of colleagues, surveys of staff."""

from __future__ import annotations

from django.urls import URLPattern, path

from trigpoint_web.rounds.pages import comments, delegation, poll_reply, polls, survey_reply, surveys

_ORGANISATION = "rounds/<slug:round_slug>/<ods:code>/"
_QUESTION = "<str:asked_in>/<slug:question>/"

urlpatterns: list[URLPattern] = [
    path(
        f"{_ORGANISATION}delegate/section/<str:asked_in>/<slug:section>/",
        delegation.delegate_section,
        name="delegate_section",
    ),
    path(f"{_ORGANISATION}delegate/question/{_QUESTION}", delegation.delegate_question, name="delegate_question"),
    path(f"{_ORGANISATION}delegations/<key:delegation>/end/", delegation.end, name="delegation_end"),
    path(f"{_ORGANISATION}comments/{_QUESTION}", comments.add, name="comment_add"),
    path(f"{_ORGANISATION}polls/new/{_QUESTION}", polls.new, name="poll_new"),
    path(f"{_ORGANISATION}polls/<key:poll>/", polls.show, name="poll"),
    path(f"{_ORGANISATION}polls/<key:poll>/close/", polls.close, name="poll_close"),
    path("polls/<key:poll>/", poll_reply.reply, name="poll_reply"),
    path(f"{_ORGANISATION}surveys/", surveys.show_all, name="surveys"),
    path(f"{_ORGANISATION}surveys/new/<str:asked_in>/", surveys.new, name="survey_new"),
    path(f"{_ORGANISATION}surveys/<key:survey>/", surveys.show, name="survey"),
    path(f"{_ORGANISATION}surveys/<key:survey>/close/", surveys.close, name="survey_close"),
    path("survey/<str:key>/", survey_reply.reply, name="survey_reply"),
    path("survey/<str:key>/thanks/", survey_reply.thank, name="survey_thanks"),
]
