# SPDX-License-Identifier: MIT
"""Pages of the service in a real browser without a server: what the browser asks, Django's test client answers.

So a browser sees the database of the test, which is rolled back afterwards, on SQLite and on PostgreSQL.
"""

from __future__ import annotations

import contextvars
import html
import mimetypes
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, Route

from tests.support.browser import open_page
from trigpoint_web.accounts.models import User

HOST = "http://testserver"


def client_of(person: User | None) -> Client:
    """Return a client that is signed in as a person; as nobody for None."""
    client = Client(raise_request_exception=True)
    if person is not None:
        client.force_login(person, backend="trigpoint_web.accounts.backends.AccountBackend")
    return client


@contextmanager
def open_as(
    browser: Browser, client: Client, path: str, *, files: Mapping[str, bytes] | None = None, **options: Any
) -> Iterator[Page]:
    """Open a page of the service as the person of a client.

    files: what is in the files that will be sent in forms, by name; it is looked at when one is sent, so it may be
    filled meanwhile. options: of the browser's context.
    """
    with open_page(_Answered(browser, client, {} if files is None else files), HOST + path, **options) as page:  # type: ignore[arg-type]
        yield page


class _Answered:
    """A browser each of whose contexts is answered by the client."""

    def __init__(self, browser: Browser, client: Client, files: Mapping[str, bytes]) -> None:
        self.browser, self.client, self.files = browser, client, files

    def new_context(self, **options: Any) -> Any:
        # Django keeps a database connection for each context of Python's, and the answers come in another one than the
        # test: without this they would not see what the test has made.
        ours = contextvars.copy_context()
        context = self.browser.new_context(**options)
        context.route(re.compile(f"^{HOST}/"), lambda route: ours.copy().run(_answer, route, self.client, self.files))
        return context


def _answer(route: Route, client: Client, files: Mapping[str, bytes]) -> None:
    path = urlsplit(route.request.url).path
    if path.startswith("/static/"):
        _answer_static(route, path.removeprefix("/static/"))
        return
    headers = route.request.headers
    response = client.generic(
        route.request.method,
        route.request.url.removeprefix(HOST),
        _with_files(route.request.post_data_buffer or b"", files),
        content_type=headers.get("content-type", "application/octet-stream"),
        headers={"accept": headers.get("accept", "*/*"), "referer": headers.get("referer", HOST)},
    )
    if 300 <= response.status_code < 400:
        # A browser asks for the target of a redirect without asking us, so it is led there by a page.
        target = html.escape(response.headers["Location"])
        route.fulfill(content_type="text/html", body=f'<meta http-equiv="refresh" content="0;url={target}">')
        return
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    sent = {name: value for name, value in response.headers.items() if name.lower() != "content-length"}
    route.fulfill(status=response.status_code, headers=sent, body=body)


def _with_files(sent: bytes, files: Mapping[str, bytes]) -> bytes:
    """A browser that is answered here leaves out what is in the files of a form: put it back."""
    for name, content in files.items():
        head = re.compile(rb'filename="' + re.escape(name.encode()) + rb'"\r\nContent-Type: [^\r\n]+\r\n\r\n')
        found = head.search(sent)
        if found is not None:
            sent = sent[: found.end()] + content + sent[found.end() :]
    return sent


def _answer_static(route: Route, name: str) -> None:
    found = finders.find(name)
    if not isinstance(found, str):
        route.fulfill(status=404)
        return
    route.fulfill(body=Path(found).read_bytes(), content_type=mimetypes.guess_type(name)[0] or "text/plain")
