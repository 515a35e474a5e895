# SPDX-License-Identifier: MIT
"""Visiting the first pages over HTTP: what is a good visit, and what is told of a bad one."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from trigpoint_web.demonstration.serving import Address
from trigpoint_web.demonstration.visiting import Visit, visit_as

FORM = '<h1>Sign in</h1><form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="abc"></form>'


@contextmanager
def pages(sign_in: str, *, status: int = 200, target: str = "/", first: str = "") -> Iterator[Address]:
    """Serve a page to sign in, which leads to another one."""

    class Pages(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(status if self.path != target else 200, first if self.path == target else sign_in)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(302)
            self.send_header("Location", target)
            self.end_headers()

        def _send(self, code: int, body: str) -> None:
            self.send_response(code)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("localhost", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Address(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()


def visit(address: Address) -> Visit:
    return visit_as(address, email="lead@demo.invalid", name="Lena Lead", password="made-up")


def test_a_page_that_names_the_person_is_a_good_visit():
    with pages(FORM, first="<h1>What you <b>can</b> do</h1> Lena Lead") as address:
        assert visit(address) == Visit("Lena Lead", 200, "What you can do")


@pytest.mark.parametrize(
    ("sign_in", "options", "problem"),
    [
        ("<h1>Not this</h1>", {}, "the sign-in page has no form"),
        (FORM, {"target": "/account/login/?again", "first": FORM}, "the sign-in was refused"),
        (FORM, {"first": "<p>Somebody else</p>"}, "the page does not say who is signed in"),
        (FORM, {"status": 500}, "answered 500"),
    ],
)
def test_a_bad_visit_says_what_was_wrong(sign_in, options, problem):
    with pages(sign_in, **options) as address:
        told = visit(address)

    assert told.problem is not None
    assert problem in told.problem
