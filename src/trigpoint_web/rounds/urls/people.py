# SPDX-License-Identifier: MIT
"""Addresses of the people of a round: its reviewers, and where somebody is missing."""

from __future__ import annotations

from django.urls import path

from trigpoint_web.rounds.pages.gaps import show_gaps
from trigpoint_web.rounds.pages.review_list import review_list
from trigpoint_web.rounds.pages.reviewer_end import end_review
from trigpoint_web.rounds.pages.reviewers import show_reviewers

urlpatterns = [
    path("rounds/<slug:round_slug>/review/", review_list, name="review_list"),
    path("rounds/<slug:round_slug>/gaps/", show_gaps, name="gaps"),
    path("rounds/<slug:round_slug>/reviewers/", show_reviewers, name="reviewers"),
    path("rounds/<slug:round_slug>/reviewers/<key:pk>/end/", end_review, name="reviewer_end"),
]
