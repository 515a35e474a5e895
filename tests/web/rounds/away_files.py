# SPDX-License-Identifier: MIT
"""Bringing a filled-in spreadsheet back as a person would: download, fill in, upload, tick, take over."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.support.questionnaires import Formula, cell_of, refilled
from tests.web.world import NOW, World
from trigpoint.submissions.answers import Answer as CoreAnswer
from trigpoint.submissions.places import ORGANISATION, AnswerPlace
from trigpoint_web.accounts.roles import Role
from trigpoint_web.rounds.actions.answers import GivenAnswer, save_answer
from trigpoint_web.rounds.models import CurrentAnswer
from trigpoint_web.rounds.queries.answers import find_current_answer

SUBMISSION = {"round_slug": "2026", "code": "ZZ301"}
AWAY, UPLOAD, APPLY = (reverse(name, kwargs=SUBMISSION) for name in ("away", "away_upload", "away_apply"))
BOARD = AnswerPlace(ORGANISATION, "board_leads")
STRATEGY = AnswerPlace(ORGANISATION, "has_strategy")
COSTED = AnswerPlace(ORGANISATION, "strategy_costed")
RECORD = AnswerPlace("acute", "has_record")
BEDSIDE = AnswerPlace("acute", "bedside_share")
SHEETS = {ORGANISATION: "Organisation", "acute": "Acute", "community": "Community"}


def client_of(world: World, role: Role) -> Client:
    client = Client()
    client.force_login(world.people[role], backend="trigpoint_web.accounts.backends.AccountBackend")
    return client


def download(client: Client, name: str = "away_workbook", **address: str) -> bytes:
    return client.get(reverse(name, kwargs={**SUBMISSION, **address})).content


def fill(raw: bytes, changes: Mapping[tuple[AnswerPlace, str], str | float | Formula | None]) -> bytes:
    cells = {
        cell_of(raw, SHEETS[place.asked_in], place.question, heading): text
        for (place, heading), text in changes.items()
    }
    return refilled(raw, cells)


def upload(client: Client, raw: bytes, name: str = "2026 ZZ301 questionnaire.xlsx"):
    return client.post(UPLOAD, {"workbook": SimpleUploadedFile(name, raw)})


def text_of(response) -> str:
    content = re.sub(r"<(script|style|svg).*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content)))


def signed_in_page(response) -> str:
    (signed,) = re.findall(r'name="signed" value="([^"]+)"', response.content.decode())
    return html.unescape(signed)


def ticks_in(response, *, only_chosen: bool = True) -> list[str]:
    boxes = re.findall(r'<input[^>]*name="change"[^>]*>', response.content.decode())
    chosen = [box for box in boxes if " checked" in box or not only_chosen]
    return [value for box in chosen for value in re.findall(r'value="([^"]+)"', box)]


def apply(client: Client, preview, ticks: list[str] | None = None):
    chosen = ticks_in(preview) if ticks is None else ticks
    return client.post(APPLY, {"signed": signed_in_page(preview), "change": chosen})


def answer(world: World, place: AnswerPlace, given: CoreAnswer, note: str = "", role: Role = Role.LEAD) -> None:
    current = find_current_answer(world.submission(), place)
    version = 0 if current is None else current.version
    save_answer(
        GivenAnswer(place, given, replaces=version, note=note),
        submission=world.submission(),
        by=world.people[role],
        at=NOW,
    )


def close(world: World) -> None:
    world.round.opens_at, world.round.closes_at = NOW - timedelta(days=20), NOW - timedelta(days=1)
    world.round.save()


def current_at(world: World, place: AnswerPlace) -> CurrentAnswer:
    current = find_current_answer(world.submission(), place)
    assert current is not None, "it was answered"
    return current
