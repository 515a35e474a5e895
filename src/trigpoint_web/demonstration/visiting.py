# SPDX-License-Identifier: MIT
"""Signs in as each of the demonstration's people over HTTP and fetches their first page."""

from __future__ import annotations

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass

from trigpoint_web.demonstration.serving import Address

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Visit:
    """What a person met: the status of their first page and its heading. problem: what was wrong, None for nothing."""

    person: str
    status: int
    heading: str
    problem: str | None = None


def visit_as(address: Address, *, email: str, name: str, password: str) -> Visit:
    """Sign in with a password and return what the first page is. It must be of the person, and no error."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    sign_in = f"{address}/account/login/"
    try:
        form = browser.open(sign_in, timeout=20).read().decode()
        token = _TOKEN.search(form)
        if token is None:
            return Visit(name, 200, _heading(form), "the sign-in page has no form")
        fields = {"csrfmiddlewaretoken": token.group(1), "login": email, "password": password}
        sent = urllib.request.Request(sign_in, urllib.parse.urlencode(fields).encode(), headers={"Referer": sign_in})
        with browser.open(sent, timeout=20) as answer:
            return _judge(name, answer.status, answer.geturl(), answer.read().decode())
    except urllib.error.HTTPError as error:
        return Visit(name, error.code, "", f"{error.url} answered {error.code}")


def _judge(name: str, status: int, url: str, page: str) -> Visit:
    if "/account/login/" in url:
        return Visit(name, status, _heading(page), "the sign-in was refused")
    if name not in page:
        return Visit(name, status, _heading(page), "the page does not say who is signed in")
    return Visit(name, status, _heading(page))


def _heading(page: str) -> str:
    found = _HEADING.search(page)
    return " ".join(_TAGS.sub(" ", found.group(1)).split()) if found else ""
