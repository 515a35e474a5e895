# SPDX-License-Identifier: MIT
"""Draws one macro alone, and reads markup into parts that can be compared."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.template import engines
from jinja2 import Environment


def environment() -> Environment:
    found: Environment = engines["jinja2"].env  # type: ignore[attr-defined]
    return found


def draw(macro: str, *arguments: Any, **named: Any) -> str:
    module = environment().get_template("design_system/components.jinja").module
    return str(getattr(module, macro)(*arguments, **named))


def draw_around(macro: str, words: str, *arguments: Any) -> str:
    """Return what a macro draws around words of the page."""
    source = (
        '{% import "design_system/components.jinja" as nhs %}{% call nhs[macro](*arguments) %}{{ words }}{% endcall %}'
    )
    return environment().from_string(source).render(macro=macro, words=words, arguments=arguments)


def outline(markup: str) -> list[tuple[str, Any]]:
    """Return the tags and texts of markup, in order, without the space between them."""
    parts: list[tuple[str, Any]] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: parts.append((tag, _tell(attrs)))  # type: ignore[method-assign]
    parser.handle_endtag = lambda tag: parts.append((f"/{tag}", None))  # type: ignore[method-assign]
    parser.handle_data = lambda text: parts.append(("text", " ".join(text.split())))  # type: ignore[method-assign, assignment]
    parser.feed(markup)
    parser.close()
    return [part for part in parts if part != ("text", "")]


def _tell(attributes: list[tuple[str, str | None]]) -> dict[str, str | None]:
    """Return attributes by name; the order of classes says nothing."""
    return {name: " ".join(sorted(value.split())) if name == "class" and value else value for name, value in attributes}


def tags(markup: str) -> list[str]:
    return [tag for tag, _ in outline(markup)]
