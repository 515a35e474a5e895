# SPDX-License-Identifier: MIT
"""What every answer of the service tells a browser: load from us alone, guess nothing, show us in no frame."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from tests.web.config.test_settings import read_settings
from tests.web.ladders import Ladder
from tests.web.operations.stored import give_minutes
from tests.web.test_every_route import LADDERS
from tests.web.world import make_world
from trigpoint_web.accounts.roles import Role
from trigpoint_web.config.security import SecurityPolicyMiddleware
from trigpoint_web.rounds.models import EvidenceVersion

# What a browser fetches or sends by itself; links are followed by people.
FETCHED = re.compile(
    r"<(?!a\b)[a-z][^>]*?\s(?:src|href|srcset|action|formaction|poster|data|xlink:href)=[\"']([^\"']*)"
)
LINKED = re.compile(r"<a\b[^>]*?\shref=[\"']([^\"']*)")
OUTSIDE_IN_STYLE = re.compile(r"url\(\s*['\"]?(?:https?:)?//")
# Pages of others to which people are sent on purpose.
MAY_LINK_TO = frozenset(
    {
        "example.org",
        "www.equalityadvisoryservice.com",
        "www.legislation.gov.uk",
        "www.nationalarchives.gov.uk",
        "design-system.service.gov.uk",
        "service-manual.nhs.uk",
        "www.w3.org",
    }
)


def client_of(person=None, **options):
    client = Client(raise_request_exception=False, **options)
    if person is not None:
        client.force_login(person, backend="trigpoint_web.accounts.backends.AccountBackend")
    return client


def is_outside(address):
    return urlsplit(address).netloc not in {"", urlsplit(settings.SITE_ADDRESS).netloc}


def assert_headers(answer):
    headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy or "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def assert_nothing_from_outside(answer):
    page = answer.content.decode()
    assert [address for address in FETCHED.findall(page) if is_outside(address)] == []
    assert OUTSIDE_IN_STYLE.findall(page) == []
    hosts = {urlsplit(address).hostname for address in LINKED.findall(page) if is_outside(address)}
    assert hosts <= MAY_LINK_TO | {urlsplit(settings.SITE_ADDRESS).hostname}
    # The content security policy would refuse them, so a page that has them is broken.
    assert re.findall(r"<[a-z][^>]*\s(?:on[a-z]+|style)=[\"']", page) == []
    for script in re.findall(r"<script\b([^>]*)>", page):
        assert "src=" in script or "nonce=" in script or 'type="application/json"' in script


@pytest.mark.django_db
@pytest.mark.parametrize("route", sorted(route for route, ladder in LADDERS.items() if ladder.gets))
def test_every_page_is_guarded_and_asks_for_nothing_outside(route):
    ladder: Ladder = LADDERS[route]
    world = make_world()
    kwargs = {**ladder.kwargs, **(ladder.prepare(world) if ladder.prepare else {})}
    person = None if ladder.is_public else world.people[ladder.works_for or Role.CONTRIBUTOR]

    answer = client_of(person).get(reverse(route, kwargs=kwargs))

    assert answer.status_code in {200, 302}
    assert_headers(answer)
    if not answer.streaming and answer.headers.get("Content-Type", "").startswith("text/html"):
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert_nothing_from_outside(answer)


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["account_login", "account_reset_password"])
def test_a_page_of_signing_in_is_guarded_and_asks_for_nothing_outside(page):
    answer = client_of().get(reverse(page))

    assert answer.status_code == 200
    assert_headers(answer)
    assert_nothing_from_outside(answer)


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["mfa_index", "account_email", "account_change_password", "usersessions_list"])
def test_a_page_of_the_account_is_guarded_and_asks_for_nothing_outside(page):
    answer = client_of(make_world().people[Role.CONTRIBUTOR]).get(reverse(page))

    assert answer.status_code in {200, 302}
    assert_headers(answer)
    if answer.status_code == 200:
        assert_nothing_from_outside(answer)


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "status"), [("/no/such/page/", 404), ("/broken/ZZ301/", 500)])
def test_a_page_of_an_error_is_guarded(settings, address, status):
    settings.ROOT_URLCONF = "tests.web.config.broken_urls"

    answer = client_of().get(address)

    assert answer.status_code == status
    assert_headers(answer)
    assert_nothing_from_outside(answer)


@pytest.mark.django_db
def test_a_form_from_elsewhere_is_refused_on_a_guarded_page():
    answer = client_of(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "somebody@example.org"})

    assert answer.status_code == 403
    assert_headers(answer)


@pytest.mark.parametrize("address", ["/static/design_system/trigpoint.css", "/static/none.css", "/health/"])
@pytest.mark.django_db
def test_what_is_no_page_is_guarded_as_well(settings, address):
    settings.WHITENOISE_USE_FINDERS = True  # as with files that are collected
    answer = client_of().get(address)

    answer.close()
    assert answer.status_code == (404 if "none" in address else 200)
    assert_headers(answer)


@pytest.mark.django_db
@pytest.mark.parametrize("route", sorted(route for route, ladder in LADDERS.items() if not ladder.is_public))
def test_no_page_of_somebody_signed_in_is_kept_by_a_browser(route):
    ladder: Ladder = LADDERS[route]
    world = make_world()
    kwargs = {**ladder.kwargs, **(ladder.prepare(world) if ladder.prepare else {})}
    client = client_of(world.people[ladder.works_for or Role.CONTRIBUTOR])
    address = reverse(route, kwargs=kwargs)

    for answer in (client.get(address), client.post(address, ladder.fields)):
        assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/about/", "/no/such/page/", "/account/login/", "/account/email/"])
def test_nor_is_any_other_page_that_names_who_is_signed_in(address):
    client = client_of(make_world().people[Role.CONTRIBUTOR])

    assert "no-store" in client.get(address).headers["Cache-Control"]
    assert "private" in client.get(address).headers["Cache-Control"]


@pytest.mark.django_db
def test_a_page_for_everybody_may_be_kept():
    assert "Cache-Control" not in client_of().get("/about/").headers


@pytest.mark.django_db
def test_a_file_that_is_the_same_for_everybody_is_kept_also_by_who_is_signed_in(settings):
    settings.WHITENOISE_USE_FINDERS = True
    signed_in, nobody = client_of(make_world().people[Role.CONTRIBUTOR]), client_of()

    told = []
    for client in (signed_in, nobody):
        answer = client.get("/static/design_system/trigpoint.css")
        told.append((answer.status_code, answer.headers["Cache-Control"]))
        answer.close()

    assert told[0] == told[1]
    assert "no-store" not in told[0][1]


@pytest.mark.django_db
def test_after_signing_out_a_browser_that_goes_back_must_ask_and_is_shown_nothing():
    client = client_of(make_world().people[Role.LEAD])
    shown = client.get("/rounds/2026/ZZ301/")
    assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "private, no-store")

    client.post(reverse("account_logout"))
    again = client.get("/rounds/2026/ZZ301/")

    assert again.status_code == 302
    assert again.headers["Location"].startswith(reverse("account_login"))
    assert again.content == b""


@pytest.mark.django_db
def test_a_download_runs_nothing(settings):
    settings.STORAGES = dict(settings.STORAGES)  # set anew, so the test has a store of its own
    world = make_world()
    give_minutes(world)
    version = EvidenceVersion.objects.get()
    kwargs = {"round_slug": "2026", "code": "ZZ302", "evidence": version.evidence_id, "version": 1}

    answer = client_of(world.people[Role.ADMINISTRATOR]).get(reverse("evidence_file", kwargs=kwargs))

    assert answer.status_code == 200
    assert_headers(answer)
    assert answer.headers["Content-Security-Policy"].startswith("sandbox;")
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_script_of_ours_has_a_number_used_once():
    def show(request):
        return HttpResponse(f"{request.csp_nonce} {request.csp_nonce}")

    policies = [SecurityPolicyMiddleware(show)(request()) for _ in range(2)]

    numbers = [set(answer.content.decode().split()) for answer in policies]
    assert [len(one) for one in numbers] == [1, 1]
    assert numbers[0] != numbers[1]
    assert f"script-src 'self' 'nonce-{numbers[0].pop()}';" in policies[0].headers["Content-Security-Policy"]


def test_signing_in_through_a_provider_may_lead_there_and_nowhere_else(settings):
    settings.OIDC_ORIGINS = ["https://login.example.org"]

    answer = SecurityPolicyMiddleware(lambda _: HttpResponse())(request())

    assert "form-action 'self' https://login.example.org;" in answer.headers["Content-Security-Policy"]


def request():
    return RequestFactory().get("/")


@pytest.mark.django_db
def test_cookies_of_a_real_service_go_over_https_alone_and_not_to_scripts():
    names = ("SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_SECURE", "CSRF_COOKIE_HTTPONLY")

    assert read_settings(*names) == dict.fromkeys(names, True)


def test_cookies_are_sent_by_links_from_elsewhere_and_not_by_forms(settings):
    assert (settings.SESSION_COOKIE_SAMESITE, settings.CSRF_COOKIE_SAMESITE) == ("Lax", "Lax")


def test_a_browser_comes_back_over_https_for_a_year(settings):
    told = read_settings("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_SSL_REDIRECT")
    settings.SECURE_HSTS_SECONDS = told["SECURE_HSTS_SECONDS"]
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = told["SECURE_HSTS_INCLUDE_SUBDOMAINS"]

    answer = client_of().get("/health/", secure=True)

    assert told["SECURE_SSL_REDIRECT"] is True
    assert answer.headers["Strict-Transport-Security"] == f"max-age={365 * 24 * 60 * 60}; includeSubDomains"
