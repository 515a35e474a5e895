# SPDX-License-Identifier: MIT
"""Addresses of results: of one organisation, and of the nation."""

from __future__ import annotations

from django.urls import path

import trigpoint_web.organisations.converters  # noqa: F401 - makes <ods:code> known
from trigpoint_web.results.pages.national_results import national_results
from trigpoint_web.results.pages.national_results_csv import national_results_csv
from trigpoint_web.results.pages.organisation_results import organisation_results
from trigpoint_web.results.pages.results_list import results_list
from trigpoint_web.results.pages.results_run import results_progress, results_run
from trigpoint_web.results.pages.score_explanation import score_explanation

_ROUND = "rounds/<slug:round_slug>/results/"
_ORGANISATION = "rounds/<slug:round_slug>/<ods:code>/results/"

urlpatterns = [
    path(_ORGANISATION, organisation_results, name="organisation_results"),
    path(f"{_ORGANISATION}<str:care_setting>/<slug:measure>/", score_explanation, name="score_explanation"),
    path(_ROUND, national_results, name="national_results"),
    path(f"{_ROUND}scores.csv", national_results_csv, name="national_results_csv"),
    path(f"{_ROUND}organisations/", results_list, name="results_list"),
    path(f"{_ROUND}compute/", results_run, name="results_run"),
    path(f"{_ROUND}compute/progress/", results_progress, name="results_progress"),
]
