# SPDX-License-Identifier: MIT
"""Filling in as a browser does it, for the tests of its pages."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.web.world import NOW, World
from trigpoint.submissions.places import ORGANISATION, AnswerPlace
from trigpoint_web.accounts.models import User
from trigpoint_web.rounds.opened_page import sign_opening
from trigpoint_web.rounds.queries.answers import find_current_answer

BOARD = AnswerPlace(ORGANISATION, "board_leads")
STRATEGY = AnswerPlace(ORGANISATION, "has_strategy")
COSTED = AnswerPlace(ORGANISATION, "strategy_costed")
RECORD = AnswerPlace("acute", "has_record")
BEDSIDE = AnswerPlace("acute", "bedside_share")
IMAGES = AnswerPlace("acute", "sees_images")
VISITS = AnswerPlace("community", "visits_offline")


def sign_in(person: User) -> Client:
    """Return a browser in which a person is signed in."""
    client = Client()
    client.force_login(person, backend="trigpoint_web.accounts.backends.AccountBackend")
    return client


def address(place: AnswerPlace, route: str = "question", *, code: str = "ZZ301", slug: str = "2026") -> str:
    """Return the address of a question of the small world."""
    return reverse(route, args=[slug, code, place.asked_in, place.question])


def here(route: str, *, code: str = "ZZ301", slug: str = "2026") -> str:
    """Return the address of a page of a submission."""
    return reverse(route, args=[slug, code])


def typed(
    place: AnswerPlace, answer: str = "", *, note: str = "", version: int = 0, number: str = ""
) -> dict[str, Any]:
    """Return the fields of one question in the form of its page."""
    question = place.question
    return {
        f"answer-{question}": answer,
        f"number-{question}": number,
        f"note-{question}": note,
        f"version-{question}": str(version),
    }


def opened_by(person: User) -> dict[str, str]:
    """Return the mark of a page that the person opened at NOW."""
    return {"opened": sign_opening(person.pk, NOW)}


def current(world: World, place: AnswerPlace) -> Any:
    """Return the row that stands at a place; None where there is none."""
    return find_current_answer(world.submission(), place)


def save_by_script(client: Client, place: AnswerPlace, **fields: Any) -> tuple[int, dict[str, Any]]:
    """Save as the script of the page does; return the status and what was said."""
    sent = {"answer": [], "number": "", "note": "", "version": 0, **fields}
    reply = client.post(address(place, "question_save"), json.dumps(sent), content_type="application/json")
    return reply.status_code, reply.json()


def text_of(reply: Any) -> str:
    """Return the words of a page, without its markup, blanks made one."""
    page = re.sub(r"<(script|style|head)\b.*?</\1>", " ", reply.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def fields_of_page(reply: Any) -> dict[str, list[str]]:
    """Return what a browser would send of the first form that has an opening mark: hidden, typed and chosen fields."""
    page = reply.content.decode()
    form = next(one for one in re.findall(r"<form.*?</form>", page, flags=re.DOTALL) if 'name="opened"' in one)
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        is_sent = attributes.get("type") not in {"radio", "checkbox"} or " checked" in tag
        if "name" in attributes and is_sent:
            found.setdefault(attributes["name"], []).append(html.unescape(attributes.get("value", "")))
    for name, value in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n?\n?(.*?)</textarea>', form, flags=re.DOTALL):
        found.setdefault(name, []).append(html.unescape(value).strip())
    return found


def count_queries(client: Client, url: str) -> int:
    """Return how many queries a page makes; it must be shown."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def answer_all(world: World, answers: Iterable[tuple[AnswerPlace, Any]], *, code: str = "ZZ301") -> None:
    """Answer several questions as the contributor would."""
    for place, answer in answers:
        world.answer(place, answer, code=code)
