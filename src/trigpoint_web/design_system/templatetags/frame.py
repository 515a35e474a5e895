# SPDX-License-Identifier: MIT
"""Puts the pages of django-allauth into the same frame as ours: they are Django templates, the frame is Jinja."""

from __future__ import annotations

from typing import cast

from django import template
from django.forms import BaseForm
from django.template import Context, engines
from django.template.backends.jinja2 import Jinja2
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment

from trigpoint_web.design_system.fields import PageProblem
from trigpoint_web.design_system.form_fields import problems_of

register = template.Library()


@register.simple_tag(takes_context=True)
def frame(context: Context, part: str) -> SafeString:
    """Return a part of the frame: "head", "top" or "foot"."""
    drawn = get_template(f"design_system/{part}.jinja").render({"chrome": context["chrome"]}, context.get("request"))
    return mark_safe(drawn)


@register.simple_tag(takes_context=True)
def frame_notices(context: Context) -> SafeString:
    """Return what has just happened."""
    return _draw("notices", context["chrome"].notices)


@register.simple_tag
def problem_summary(*forms: object) -> SafeString:
    """Return the error summary of the forms that are on the page."""
    return _draw("error_summary", _list_problems(forms))


@register.simple_tag
def problem_mark(*forms: object) -> str:
    """Return what the title begins with when something is wrong on the page."""
    return "Error: " if _list_problems(forms) else ""


def _list_problems(forms: tuple[object, ...]) -> tuple[PageProblem, ...]:
    # A form that the page does not have comes as "" or None.
    return problems_of(*(form for form in forms if isinstance(form, BaseForm)))


def _draw(macro: str, *arguments: object) -> SafeString:
    """Return what a macro of the components draws."""
    jinja: Environment = cast("Jinja2", engines["jinja2"]).env
    module = jinja.get_template("design_system/components.jinja").module
    return mark_safe(str(getattr(module, macro)(*arguments)))
