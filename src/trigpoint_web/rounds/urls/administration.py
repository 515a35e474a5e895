# SPDX-License-Identifier: MIT
"""Addresses of the national team's pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from trigpoint_web.rounds.pages import (
    board,
    burden,
    extensions,
    frameworks,
    indicators,
    outgoing_mail,
    reminders,
    round_dates,
    round_events,
    round_new,
    round_steps,
    rounds_list,
)

urlpatterns: list[URLPattern] = [
    path("rounds/", rounds_list.rounds_list, name="rounds"),
    path("rounds/new/", round_new.round_new, name="round_new"),
    path("rounds/<slug:round_slug>/board/", board.board, name="board"),
    path("rounds/<slug:round_slug>/board/export/", board.board_export, name="board_export"),
    path("rounds/<slug:round_slug>/extend/", extensions.extend, name="extend"),
    path("rounds/<slug:round_slug>/remind/", reminders.remind, name="remind"),
    path("rounds/<slug:round_slug>/mail/", outgoing_mail.outgoing_mail, name="outgoing_mail"),
    path("rounds/<slug:round_slug>/indicators/", indicators.indicators, name="indicators"),
    path("rounds/<slug:round_slug>/dates/", round_dates.round_dates, name="round_dates"),
    path("rounds/<slug:round_slug>/steps/", round_steps.round_steps, name="round_steps"),
    path("rounds/<slug:round_slug>/steps/<slug:step>/", round_steps.round_step, name="round_step"),
    path("rounds/<slug:round_slug>/history/", round_events.round_events, name="round_events"),
    path("rounds/<slug:round_slug>/time/", burden.burden, name="burden"),
    path("frameworks/", frameworks.frameworks, name="frameworks"),
    path("frameworks/<slug:framework_hash>/", frameworks.framework, name="framework"),
    path("frameworks/<slug:framework_hash>/changes/", frameworks.framework_changes, name="framework_changes"),
    path("frameworks/<slug:framework_hash>/preview/", frameworks.framework_preview, name="framework_preview"),
]
