# SPDX-License-Identifier: MIT
"""What stands around every page: the service's name, the banner, who is signed in, where one can go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.contrib.messages import constants, get_messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from trigpoint_web.design_system.parts import Link, Notice


@dataclass(frozen=True, slots=True)
class Chrome:
    """The frame of a page. signed_in_as: a name, None for nobody; then sign_in_url is shown, where there is one."""

    service_name: str
    home_url: str
    banner: str | None = None
    has_logo: bool = False
    signed_in_as: str | None = None
    account_url: str | None = None
    sign_in_url: str | None = None
    sign_out_url: str | None = None
    navigation: tuple[Link, ...] = ()
    footer: tuple[Link, ...] = ()
    notices: tuple[Notice, ...] = ()


def add_chrome(request: HttpRequest) -> dict[str, object]:
    """Return the frame for the templates, made only when a template shows it."""
    return {"chrome": SimpleLazyObject(lambda: build_chrome(request))}


def build_chrome(request: HttpRequest) -> Chrome:
    """Return the frame of a page for the person who asks. Taking its notices marks them as shown."""
    plain = replace(build_plain_chrome(), footer=list_footer_links(), notices=list_notices(request))
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return replace(plain, sign_in_url=reverse("account_login"))
    return replace(
        plain,
        signed_in_as=str(user),
        account_url=reverse("account"),
        sign_out_url=reverse("account_logout"),
        navigation=mark_current(list_navigation(request), request.path),
    )


def build_plain_chrome() -> Chrome:
    """Return the frame that needs no request, no database and no other page: for the page of a server error."""
    return Chrome(
        service_name=settings.SERVICE_NAME,
        home_url="/",
        banner=settings.SERVICE_BANNER,
        has_logo=settings.SERVICE_HEADER_LOGO,
    )


def list_footer_links() -> tuple[Link, ...]:
    """Return what stands at the foot of every page."""
    return (
        Link("Accessibility statement", reverse("accessibility_statement")),
        Link("How this service is run", reverse("how_it_is_run")),
    )


def list_navigation(request: HttpRequest) -> tuple[Link, ...]:
    """Return where a signed-in person can go, as the function named by SERVICE_NAVIGATION says; else only home."""
    named = getattr(settings, "SERVICE_NAVIGATION", None)
    if named is None:
        return (Link("Home", reverse("home")),)
    list_links: Callable[[HttpRequest], Sequence[Link]] = import_string(named)
    return tuple(list_links(request))


def mark_current(links: Sequence[Link], path: str) -> tuple[Link, ...]:
    """Return the links with the one marked that a page belongs to: the longest whose address the path begins with.

    Home, whose address everything begins with, is current on its own page only.
    """
    fitting = [link.url for link in links if path == link.url or (link.url != "/" and path.startswith(link.url))]
    current = max(fitting, key=len, default=None)
    return tuple(replace(link, is_current=link.url == current) for link in links)


def list_notices(request: HttpRequest) -> tuple[Notice, ...]:
    """Return what has just happened, oldest first."""
    return tuple(Notice(str(one), is_success=one.level == constants.SUCCESS) for one in get_messages(request))
