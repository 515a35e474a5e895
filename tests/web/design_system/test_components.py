# SPDX-License-Identifier: MIT
"""The macros: nothing that people write becomes markup, nothing missing becomes an empty place."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from django.utils.safestring import mark_safe
from jinja2 import UndefinedError

from tests.web.design_system.drawing import draw, draw_around, environment, outline, tags
from trigpoint_web.design_system.fields import DatePart, Field, FieldKind, Option, PageProblem
from trigpoint_web.design_system.parts import (
    Bar,
    Button,
    Chart,
    Column,
    Filter,
    Link,
    Notice,
    PageOfList,
    Progress,
    Status,
    SummaryRow,
    Table,
    Task,
    TaskSection,
    Tick,
    Version,
)

EVIL = "\"><script>alert(1)</script><img src=x onerror='alert(1)'>"
LINK = Link(EVIL, "/" + EVIL, about=EVIL)
FIELD = Field(EVIL, EVIL, hint=EVIL, error=EVIL, value=EVIL, suffix=EVIL, autocomplete=EVIL, input_mode=EVIL)
CHOICE = replace(
    FIELD,
    options=(Option(EVIL, EVIL, hint=EVIL, divider=EVIL, inside=FIELD, is_chosen=True), Option("2", EVIL, group=EVIL)),
)
DATE = replace(FIELD, parts=(DatePart(EVIL, EVIL, EVIL, EVIL, 2, has_error=True),))
TABLE = Table(
    EVIL,
    (Column(EVIL, sort_url=EVIL), Column(EVIL, is_hidden=True), *(Column(EVIL),) * 4),
    ((EVIL, LINK, Status(EVIL), Status(EVIL, None), Tick(EVIL, EVIL, EVIL), Button(EVIL, EVIL, EVIL, EVIL)),),
)
DRAWN: dict[str, tuple[Any, ...]] = {
    "text_input": (FIELD,),
    "password_input": (FIELD,),
    "textarea": (replace(FIELD, max_length=10),),
    "select": (CHOICE,),
    "radios": (CHOICE,),
    "checkboxes": (CHOICE,),
    "tick": (FIELD,),
    "date_input": (DATE,),
    "file_upload": (replace(FIELD, accept=EVIL),),
    "hidden": (FIELD,),
    "button": (EVIL, EVIL, EVIL, None, EVIL),
    "secondary_button": (EVIL, EVIL, EVIL, EVIL),
    "danger_button": (EVIL, EVIL, EVIL, EVIL),
    "link_button": (EVIL, EVIL),
    "link": (LINK,),
    "tag": (EVIL, EVIL),
    "status": (Status(EVIL),),
    "error_summary": ((PageProblem(EVIL, EVIL), PageProblem(EVIL)),),
    "summary_list": ((SummaryRow(EVIL, EVIL, (LINK, LINK)), SummaryRow(EVIL, (EVIL, LINK))),),
    "task_list": ((TaskSection(EVIL, (Task(EVIL, Status(EVIL), EVIL, EVIL), Task(EVIL, Status(EVIL))), EVIL),),),
    "tasks": ((Task(EVIL, Status(EVIL), EVIL, EVIL),), EVIL),
    "table": (TABLE, EVIL),
    "inset": (EVIL,),
    "warning": (EVIL, EVIL),
    "details": (EVIL, EVIL),
    "expander": (EVIL, EVIL),
    "pagination": (PageOfList((LINK,), LINK, LINK),),
    "previous_and_next": (LINK, LINK),
    "breadcrumbs": ((LINK,),),
    "back_link": (EVIL, EVIL),
    "panel": (EVIL, EVIL),
    "notification": (EVIL,),
    "notices": ((Notice(EVIL), Notice(EVIL, is_success=True)),),
    "filters": ((Filter(EVIL, EVIL, EVIL),), EVIL),
    "progress": (Progress(EVIL, 0.5),),
    "bars": (EVIL, (Bar(EVIL, EVIL, 0.5),), EVIL),
    "chart": (Chart(EVIL, mark_safe("<svg></svg>"), TABLE, EVIL, EVIL), EVIL),
    "side_by_side": ((Version(EVIL, EVIL, EVIL, EVIL, Button(EVIL, EVIL, EVIL, EVIL)),),),
    "content": (EVIL,),
    "field": (FIELD,),
}


def test_every_macro_is_tried_with_evil_words() -> None:
    module = environment().get_template("design_system/components.jinja").module
    macros = {name for name in vars(module) if not name.startswith("_")} - {"fields", "parts"}

    assert macros == {*DRAWN, "button_group"}


@pytest.mark.parametrize("macro", DRAWN)
def test_what_people_write_never_becomes_markup(macro: str) -> None:
    drawn = draw(macro, *DRAWN[macro])

    assert EVIL not in drawn
    assert "<script" not in drawn
    assert "<img" not in drawn
    assert "alert(1)" in drawn
    assert not [told for tag, told in outline(drawn) if isinstance(told, dict) and "onerror" in told]


@pytest.mark.parametrize("macro", ["inset", "warning", "details", "expander", "panel", "notification", "button_group"])
def test_words_that_a_macro_stands_around_are_escaped_too(macro: str) -> None:
    first = ["Title"] if macro in {"warning", "details", "expander", "panel"} else []

    drawn = draw_around(macro, EVIL, *first)

    assert "<script" not in drawn
    assert "alert(1)" in drawn


@pytest.mark.parametrize("macro", DRAWN)
def test_no_macro_writes_a_style_or_a_script_into_the_page(macro: str) -> None:
    drawn = draw(macro, *DRAWN[macro])

    assert not [told for _, told in outline(drawn) if isinstance(told, dict) and {"style", "onclick"} & set(told)]


@pytest.mark.parametrize("macro", DRAWN)
def test_every_tag_that_opens_closes(macro: str) -> None:
    alone = {"input", "rect", "path", "img"}
    open_tags: list[str] = []

    for tag in tags(draw(macro, *DRAWN[macro])):
        if tag.startswith("/"):
            if tag[1:] not in alone:
                assert open_tags.pop() == tag[1:]
        elif tag not in {*alone, "text"}:
            open_tags.append(tag)

    assert open_tags == []


def test_our_own_markup_is_kept_as_it_is() -> None:
    assert '<a href="/x">' in draw("text_input", Field("n", "L", hint=mark_safe('See <a href="/x">this</a>')))


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (FieldKind.TEXT, 'type="text"'),
        (FieldKind.PASSWORD, 'type="password"'),
        (FieldKind.LONG_TEXT, "<textarea"),
        (FieldKind.ONE_OF_LIST, "<select"),
        (FieldKind.ONE_OF_FEW, "nhsuk-radios"),
        (FieldKind.SEVERAL, "nhsuk-checkboxes"),
        (FieldKind.TICK, 'type="checkbox"'),
        (FieldKind.DATE, "nhsuk-date-input"),
        (FieldKind.FILE, 'type="file"'),
        (FieldKind.HIDDEN, 'type="hidden"'),
    ],
)
def test_a_field_is_drawn_by_its_kind(kind: FieldKind, told: str) -> None:
    assert told in draw("field", Field("n", "L", kind=kind))


def test_a_line_end_at_the_start_of_a_text_is_kept() -> None:
    assert "\n\nfirst</textarea>" in draw("textarea", Field("n", "L", value="\nfirst"))


def test_a_question_may_be_the_heading_of_its_page() -> None:
    assert tags(draw("radios", CHOICE, is_page_heading=True)).count("h1") == 1
    assert tags(draw("text_input", FIELD, is_page_heading=True)).count("h1") == 1


def test_a_table_that_becomes_blocks_names_each_number_again_and_a_wide_one_scrolls_in_a_named_box() -> None:
    blocks = Table("Caption", (Column("A"), Column("B", is_numeric=True)), (("x", "1"),))

    assert draw("table", blocks).count("nhsuk-table__heading") == 2
    wide = draw("table", replace(blocks, is_wide=True), "wide")
    assert "nhsuk-table__heading" not in wide
    assert 'role="region" tabindex="0" aria-labelledby="wide-caption"' in wide


def test_an_empty_table_says_so_in_words() -> None:
    assert draw("table", Table("Late", (Column("Name"),), (), empty_text="No one is late.")).strip() == (
        '<p class="nhsuk-body">No one is late.</p>'
    )


def test_a_row_that_does_not_fit_its_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="row 2 of the table 'Late' has 2 cells for 1 columns"):
        Table("Late", (Column("Name"),), (("a",), ("b", "c")))


def test_a_sorted_column_says_its_order() -> None:
    columns = (Column("A", sort_url="?a", sorted="ascending"), Column("B", sort_url="?b", sorted="descending"))
    drawn = draw("table", Table("T", columns, (("x", "y"),)))

    assert ('aria-sort="ascending"' in drawn, "▲" in drawn, "▼" in drawn) == (True, True, True)


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_bar_longer_than_its_whole_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="a share is 0 to 1"):
        Progress("x", share)
    with pytest.raises(ValueError, match="a share is 0 to 1"):
        Bar("x", "y", share)


def test_a_share_that_is_not_shown_has_no_bar_and_none_has_an_empty_one() -> None:
    assert "<svg" not in draw("bars", "T", (Bar("Staff", "not shown", None),))
    assert 'width="0.0%"' in draw("bars", "T", (Bar("Staff", "none", 0.0),))
    assert Bar("Staff", "not shown", None).percent == "0.0%"


def test_without_problems_there_is_no_summary() -> None:
    assert draw("error_summary", ()).strip() == ""


def test_only_the_first_of_several_notices_takes_the_focus() -> None:
    drawn = draw("notices", (Notice("a", is_success=True), Notice("b", is_success=True)))

    assert drawn.count("data-disable-auto-focus") == 1
    assert re.findall(r'id="(notification-\d)"', drawn) == ["notification-1", "notification-2"]


def test_something_that_a_page_lacks_is_an_error_and_no_empty_place() -> None:
    with pytest.raises(UndefinedError, match="has no attribute 'lable'"):
        environment().from_string("{{ page.lable }}").render(page=Field("n", "L"))
