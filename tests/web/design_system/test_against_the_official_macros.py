# SPDX-License-Identifier: MIT
"""Our macros are written by hand for speed; the macros that the NHS publishes say what they must come to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jinja2
import pytest

from tests.web.design_system.drawing import draw, outline
from trigpoint_web.design_system.fields import DatePart, Field, FieldKind, Option, PageProblem
from trigpoint_web.design_system.parts import Colour, Column, Link, PageOfList, Status, SummaryRow, Table, Task

OFFICIAL = jinja2.Environment(
    loader=jinja2.PackageLoader("nhsuk_frontend_jinja"),
    autoescape=True,
    undefined=jinja2.ChainableUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
WORDS = {"label": {"text": "L <b>"}, "hint": {"text": "H"}, "errorMessage": {"text": "E"}, "id": "i", "name": "n"}
FIELD: dict[str, Any] = {"name": "n", "label": "L <b>", "hint": "H", "error": "E", "field_id": "i"}


def official(component: str, macro: str, **parameters: Any) -> str:
    return str(getattr(OFFICIAL.get_template(f"nhsuk/components/{component}/macro.jinja").module, macro)(parameters))


def choices(kind: str) -> tuple[str, str]:
    options = (
        Option("1", "One", is_chosen=True, hint="small"),
        Option("2", "Two", divider="or", is_exclusive=kind == "checkboxes"),
    )
    ours = draw(kind, Field(**FIELD, options=options), size="m")
    theirs = official(
        kind,
        kind,
        **{key: WORDS[key] for key in ("hint", "errorMessage", "name")},
        idPrefix="i",
        fieldset={"legend": {"text": "L <b>", "size": "m"}},
        items=[
            {"value": "1", "text": "One", "checked": True, "hint": {"text": "small"}},
            {"divider": "or"},
            {"value": "2", "text": "Two", "id": "i-2", "exclusive": kind == "checkboxes"},
        ],
    )
    return ours, theirs


def text_input() -> tuple[str, str]:
    ours = draw(
        "text_input", Field(**FIELD, value='v"', autocomplete="email", input_mode="numeric", suffix="%", width=5)
    )
    more = {"autocomplete": "email", "inputmode": "numeric", "suffix": "%", "classes": "nhsuk-input--width-5"}
    return ours, official("input", "input", **WORDS, value='v"', **more)


def password() -> tuple[str, str]:
    ours = draw("password_input", Field(**FIELD, kind=FieldKind.PASSWORD))
    return ours, official("password-input", "passwordInput", **WORDS)


def textarea() -> tuple[str, str]:
    return draw("textarea", Field(**FIELD, value="<v>")), official("textarea", "textarea", **WORDS, value="<v>")


def counted() -> tuple[str, str]:
    ours = draw("textarea", Field(**FIELD, value="v", max_length=200))
    return ours, official("character-count", "characterCount", **WORDS, value="v", maxlength=200)


def select() -> tuple[str, str]:
    options = (Option("1", "One", is_chosen=True), Option("2", "Two"))
    listed = [{"value": "1", "text": "One", "selected": True}, {"value": "2", "text": "Two"}]
    return draw("select", Field(**FIELD, options=options)), official("select", "select", **WORDS, items=listed)


def summary() -> tuple[str, str]:
    rows = (SummaryRow("K", "V", (Link("Change", "/c", about="K"),)), SummaryRow("K2", "V2"))
    actions = {"items": [{"href": "/c", "text": "Change", "visuallyHiddenText": "K"}]}
    listed = [
        {"key": {"text": "K"}, "value": {"text": "V"}, "actions": actions},
        {"key": {"text": "K2"}, "value": {"text": "V2"}},
    ]
    return draw("summary_list", rows), official("summary-list", "summaryList", rows=listed)


def tasks() -> tuple[str, str]:
    ours = draw("tasks", (Task("T", Status("Started"), "/x", "hint"), Task("S", Status("Not yet", None))), "t")
    started = {"tag": {"text": "Started", "classes": "nhsuk-tag--blue"}}
    waiting = {"text": "Not yet", "classes": "nhsuk-task-list__status--cannot-start-yet"}
    listed = [
        {"title": {"text": "T"}, "hint": {"text": "hint"}, "href": "/x", "status": started},
        {"title": {"text": "S"}, "status": waiting},
    ]
    return ours, official("task-list", "taskList", idPrefix="t", items=listed)


def table() -> tuple[str, str]:
    ours = draw("table", Table("Cap", (Column("A"), Column("N", is_numeric=True)), (("x", "1"),)))
    theirs = official(
        "tables",
        "table",
        caption="Cap",
        responsive=True,
        firstCellIsHeader=True,
        head=[{"text": "A"}, {"text": "N", "format": "numeric"}],
        rows=[[{"text": "x"}, {"text": "1", "format": "numeric"}]],
    )
    # Ours have ids, so that a page can lead to a table and a box that scrolls can be named.
    return ours.replace(' id="table"', "").replace(' id="table-caption"', ""), theirs


def pages() -> tuple[str, str]:
    listed = (Link("1", "/1"), Link("2", "/2", is_current=True), None, Link("9", "/9"))
    ours = draw("pagination", PageOfList(listed, Link("Previous", "/p"), Link("Next", "/n")))
    items = [{"number": 1, "href": "/1"}, {"number": 2, "href": "/2", "current": True}, {"ellipsis": True}]
    theirs = official(
        "pagination", "pagination", previous={"href": "/p"}, next={"href": "/n"},
        items=[*items, {"number": 9, "href": "/9"}],
    )  # fmt: skip
    return ours, theirs.replace(' role="navigation"', "")  # a nav is one already


def errors() -> tuple[str, str]:
    ours = draw("error_summary", (PageProblem("A", "#a"), PageProblem("B")))
    listed = [{"text": "A", "href": "#a"}, {"text": "B"}]
    return ours, official("error-summary", "errorSummary", titleText="There is a problem", errorList=listed)


PAIRS: dict[str, Callable[[], tuple[str, str]]] = {
    "radios": lambda: choices("radios"),
    "checkboxes": lambda: choices("checkboxes"),
    "text input": text_input,
    "password": password,
    "textarea": textarea,
    "counted textarea": counted,
    "select": select,
    "summary list": summary,
    "task list": tasks,
    "table": table,
    "pagination": pages,
    "error summary": errors,
    "tag": lambda: (draw("status", Status("T", Colour.GREY)), official("tag", "tag", text="T", colour="grey")),
    "inset": lambda: (draw("inset", "T"), official("inset-text", "insetText", text="T")),
    "details": lambda: (
        draw("details", "S", "x"),
        official("details", "details", summaryText="S", html="<p>x</p>").replace("nhsuk-expander", ""),
    ),
    "breadcrumbs": lambda: (
        draw("breadcrumbs", (Link("A", "/a"), Link("B", "/b"))),
        official("breadcrumb", "breadcrumb", items=[{"href": "/a", "text": "A"}, {"href": "/b", "text": "B"}]),
    ),
    "panel": lambda: (draw("panel", "Done", "x"), official("panel", "panel", titleText="Done", text="x")),
    "button": lambda: (
        draw("button", "Save", "a", "b"),
        official("button", "button", text="Save", name="a", value="b", preventDoubleClick=True),
    ),
    "link button": lambda: (
        draw("link_button", "Start", "/x", variant="secondary"),
        official("button", "button", text="Start", href="/x", variant="secondary"),
    ),
}


@pytest.mark.parametrize("component", PAIRS)
def test_our_macro_draws_what_the_official_one_does(component: str) -> None:
    ours, theirs = PAIRS[component]()

    assert outline(ours) == outline(theirs)


def test_a_date_is_drawn_as_the_official_one_with_the_error_at_the_part_that_has_it() -> None:
    parts = tuple(
        DatePart(f"n[{name}]", f"i-{name}", name.capitalize(), "1" if name == "day" else "", width, has_error=True)
        for name, width in (("day", 2), ("month", 2), ("year", 4))
    )
    widths = [{"name": part.label.lower(), "classes": f"nhsuk-input--width-{part.width}"} for part in parts]
    theirs = official(
        "date-input", "dateInput", **{key: WORDS[key] for key in ("hint", "errorMessage", "id")}, namePrefix="n",
        fieldset={"legend": {"text": "L <b>", "size": "m"}}, values={"day": "1"}, items=widths,
    )  # fmt: skip

    ours = draw("date_input", Field(**FIELD, parts=parts))

    # A red line beside each part repeats the one beside the whole.
    inner = theirs.split('<div class="nhsuk-date-input"')
    assert outline(ours) == outline(
        inner[0] + '<div class="nhsuk-date-input"' + inner[1].replace(" nhsuk-form-group--error", "")
    )
