# SPDX-License-Identifier: MIT
"""The frame of every page, the same around pages of ours and of django-allauth, and the pages that go wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import engines
from django.test import Client, RequestFactory

from tests.web.design_system.drawing import tags
from trigpoint_web.design_system.chrome import build_chrome, list_navigation, mark_current
from trigpoint_web.design_system.environment import build_url
from trigpoint_web.design_system.parts import Link

EVIL_NAME = "Ann <b>Example</b>"


class Person:
    """Somebody who is signed in."""

    is_authenticated = True

    def __str__(self) -> str:
        return EVIL_NAME


def list_two_links(request: HttpRequest) -> Sequence[Link]:  # noqa: ARG001 - it is given
    return [Link("Home", "/"), Link("Round <b>2026</b>", "/round/")]


def ask(path: str = "/", *, user: object = None) -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()  # type: ignore[assignment]
    return request


def title_of(page: bytes) -> str:
    (title,) = re.findall(r"<title>(.*?)</title>", page.decode(), re.DOTALL)
    return str(title)


def render_for(request: HttpRequest, template: str = "design_system/layout.jinja", **page: Any) -> str:
    return engines["jinja2"].get_template(template).render({"page": page}, request=request)


def test_who_is_signed_out_is_offered_to_sign_in_and_nowhere_else_to_go() -> None:
    chrome = build_chrome(ask())

    assert (chrome.signed_in_as, chrome.sign_in_url, chrome.navigation) == (None, "/account/login/", ())


def test_who_is_signed_in_is_named_and_can_sign_out() -> None:
    page = render_for(ask(user=Person()), title="Here")

    assert "Ann &lt;b&gt;Example&lt;/b&gt;" in page
    assert EVIL_NAME not in page
    assert 'action="/account/logout/" method="post"' in page
    assert "csrfmiddlewaretoken" in page


def test_a_request_that_failed_before_anyone_was_known_still_has_a_frame() -> None:
    assert build_chrome(RequestFactory().get("/")).sign_in_url == "/account/login/"


def test_the_navigation_is_what_the_settings_name(settings: Any) -> None:
    assert list_navigation(ask()) == (Link("Home", "/"),)

    settings.SERVICE_NAVIGATION = "tests.web.design_system.test_chrome.list_two_links"

    page = render_for(ask("/round/7/", user=Person()), title="Here")
    assert "Round &lt;b&gt;2026&lt;/b&gt;" in page
    assert page.count('aria-current="page"') == 1


@pytest.mark.parametrize(
    ("path", "current"), [("/", "/"), ("/round/", "/round/"), ("/round/7/late/", "/round/7/"), ("/other/", None)]
)
def test_the_link_that_a_page_belongs_to_is_current(path: str, current: str | None) -> None:
    links = mark_current([Link(url, url) for url in ("/", "/round/", "/round/7/")], path)

    assert [link.url for link in links if link.is_current] == ([current] if current else [])


def test_the_logo_of_the_nhs_is_shown_only_where_the_settings_say_so(settings: Any) -> None:
    assert 'aria-label="NHS"' not in render_for(ask(), title="Here")

    settings.SERVICE_HEADER_LOGO = True

    assert 'aria-label="NHS"' in render_for(ask(), title="Here")


def test_without_a_banner_there_is_none(settings: Any) -> None:
    assert "tp-banner" in render_for(ask(), title="Here")

    settings.SERVICE_BANNER = None

    assert "tp-banner" not in render_for(ask(), title="Here")


def test_a_page_with_problems_says_so_in_its_title_and_lists_them() -> None:
    page = render_for(ask(), title="Here", problems=[{"text": "Fill in “Beds”", "url": "#id_beds"}])

    assert title_of(page.encode()) == "Error: Here – Trigpoint"
    assert '<a href="#id_beds">Fill in “Beds”</a>' in page


def test_the_way_back_stands_in_a_landmark_and_the_caption_above_the_heading() -> None:
    page = render_for(ask(), title="Here", back=Link("Task list", "/tasks/"), caption="Question 7 of 20")

    assert '<nav aria-label="Back"><a class="nhsuk-back-link" href="/tasks/">Task list</a></nav>' in page
    assert '<span class="nhsuk-caption-l">Question 7 of 20</span> Here</h1>' in page


def test_a_wide_page_has_one_column_over_the_whole_width() -> None:
    page = render_for(ask(), "design_system/layout_wide.jinja", title="Board")

    assert "nhsuk-grid-column-full" in page
    assert "nhsuk-grid-column-two-thirds" not in page


def test_addresses_are_found_by_name() -> None:
    assert build_url("home") == "/"
    assert build_url("openid_connect_login", provider_id="oidc") == "/account/oidc/oidc/login/"


@pytest.mark.django_db
def test_notices_are_shown_once_escaped_and_not_kept(client: Client) -> None:
    page = client.get("/with-notices/").content.decode()

    assert "Saved &lt;i&gt;it&lt;/i&gt;." in page
    assert page.index("Saved") < page.index("A colleague")
    assert "Saved" not in client.get("/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        ("/misunderstood/", 400, "We can&#39;t make sense of that request"),
        ("/refused/", 403, "You can&#39;t see this page"),
        ("/not/there/", 404, "Page not found"),
        ("/broken/", 500, "Sorry, there is a problem with the service"),
    ],
)
def test_what_goes_wrong_is_said_in_plain_words_with_a_way_on(path: str, status: int, title: str) -> None:
    answer = Client(raise_request_exception=False).get(path)

    page = answer.content.decode()
    assert answer.status_code == status
    assert title_of(answer.content) == f"{title} – Trigpoint"
    assert f'<h1 class="nhsuk-heading-l">{title}</h1>' in page
    assert '<a class="nhsuk-link" href="/">Go to the home page</a>' in page
    assert "RuntimeError" not in page


def test_a_server_error_asks_nothing_of_the_database_or_the_session() -> None:
    # No database is allowed in this test, and reading the session would need it.
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "x" * 32

    answer = client.get("/broken/")

    assert answer.status_code == 500
    assert b"Sign in" not in answer.content


@pytest.mark.django_db
def test_a_form_from_elsewhere_is_refused_and_says_what_to_do() -> None:
    answer = Client(enforce_csrf_checks=True).post("/form/")

    assert answer.status_code == 403
    assert title_of(answer.content) == "This form can&#39;t be sent any more – Trigpoint"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/about/", "/about/accessibility/", "/design-system/"])
def test_pages_about_the_service_are_open_and_only_read(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 405


@pytest.mark.django_db
def test_the_gallery_is_not_shown_where_the_settings_hide_it(client: Client, settings: Any) -> None:
    settings.SHOW_GALLERY = False
    assert client.get("/design-system/").status_code == 404

    settings.DEBUG = True
    assert client.get("/design-system/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/about/", "/design-system/", "/design-system/?errors", "/account/login/"])
def test_every_page_loads_from_the_service_alone_and_has_no_style_or_script_in_it(client: Client, path: str) -> None:
    page = client.get(path).content.decode()

    loaded = re.findall(r'<(?:script|link|img|iframe)[^>]*?(?:src|href)="([^"]*)"', page)
    assert loaded
    assert [address for address in loaded if not address.startswith("/static/")] == []
    assert 'style="' not in page
    assert re.findall(r"<script(?![^>]*(?:src=|application/json))", page) == []
    assert tags(page).count("h1") == 1
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
