# SPDX-License-Identifier: MIT
"""How our templates are read: everything escaped, and what is not there is an error, not an empty place."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from trigpoint_web.design_system.fields import FieldKind
from trigpoint_web.design_system.form_fields import fields_of, problems_of
from trigpoint_web.design_system.parts import Button, Link, Status, Tick


def build_environment(**options: Any) -> Environment:
    """Return the environment of the Jinja templates, with static(), url() and the tests of what a table's cell is."""
    # Django asks for a lenient `undefined` of its own; ours wins.
    options.update(undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment = Environment(**options)
    environment.globals.update(
        static=static, url=build_url, FieldKind=FieldKind, fields_of=fields_of, problems_of=problems_of
    )
    environment.tests.update({test.__name__.lower(): _is_a(test) for test in (Button, Link, Status, Tick)})
    return environment


def build_url(name: str, *positions: object, **parameters: object) -> str:
    """Return the address of a page by its name, with parameters by position or by name."""
    return reverse(name, args=positions or None, kwargs=parameters or None)


def _is_a(kind: type) -> Any:
    return lambda value: isinstance(value, kind)
