# SPDX-License-Identifier: MIT
"""The two pages at the foot of every page: how the service is run, and whom it shuts out."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@dataclass(frozen=True, slots=True)
class AboutPage:
    """A title and the service's name; the words are in the template."""

    title: str


@require_safe
def show_accessibility_statement(request: HttpRequest) -> HttpResponse:
    """Return what has been tested, what is known not to work, and what to do then."""
    return render(request, "design_system/accessibility.jinja", {"page": AboutPage("Accessibility statement")})


@require_safe
def show_how_it_is_run(request: HttpRequest) -> HttpResponse:
    """Return what the service keeps, for whom, and what it asks of a browser."""
    return render(request, "design_system/how_it_is_run.jinja", {"page": AboutPage("How this service is run")})
