# SPDX-License-Identifier: MIT
"""Who signs out on a shared machine leaves nothing under the Back button, in a browser against a running service."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.support.browser import browser, open_page
from tests.support.service import Service, running, session_of, set_up_service

__all__ = ["browser"]
pytestmark = pytest.mark.browser

SEED = """
from tests.web.rounds.seed_answering import fill
fill()
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with set_up_service(tmp_path_factory.mktemp("sign-out"), seed=SEED) as made, running(made):
        yield made


def test_back_after_signing_out_shows_the_page_for_signing_in(browser: Browser, service: Service):
    task_list = f"{service.address}/rounds/2026/ZZ301/"
    cookie = {"name": "sessionid", "value": session_of(service, "lead.ZZ301"), "domain": "localhost", "path": "/"}
    kept = {"expires": -1, "httpOnly": True, "secure": False, "sameSite": "Lax"}
    state = {"cookies": [{**cookie, **kept}], "origins": []}

    with open_page(browser, task_list, storage_state=state) as page:
        heading = page.locator("h1").inner_text()
        page.goto(f"{service.address}/account/logout/")
        page.locator("main form button").click()
        page.wait_for_url(lambda address: "/logout/" not in address)
        page.go_back()  # to the question whether to sign out
        page.go_back()  # to the task list

        expect(page).to_have_url(re.compile(r"/account/login/\?next=/rounds/2026/ZZ301/$"))
        expect(page.locator("h1")).not_to_have_text(heading)
