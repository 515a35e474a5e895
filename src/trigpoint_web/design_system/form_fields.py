# SPDX-License-Identifier: MIT
"""Turns a Django form into the fields and problems that a page shows."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import Input

from trigpoint_web.design_system.dates import DatePartsWidget
from trigpoint_web.design_system.fields import DatePart, Field, FieldKind, Option, PageProblem, list_problems

# Widgets from the most particular to the most general: the first that fits decides.
KINDS: tuple[tuple[type[forms.Widget], FieldKind], ...] = (
    (forms.HiddenInput, FieldKind.HIDDEN),
    (forms.MultipleHiddenInput, FieldKind.HIDDEN),
    (DatePartsWidget, FieldKind.DATE),
    (forms.CheckboxInput, FieldKind.TICK),
    (forms.CheckboxSelectMultiple, FieldKind.SEVERAL),
    (forms.RadioSelect, FieldKind.ONE_OF_FEW),
    (forms.Select, FieldKind.ONE_OF_LIST),
    (forms.Textarea, FieldKind.LONG_TEXT),
    (forms.FileInput, FieldKind.FILE),
    (forms.PasswordInput, FieldKind.PASSWORD),
    (Input, FieldKind.TEXT),
)
CHOOSING = {FieldKind.ONE_OF_LIST, FieldKind.ONE_OF_FEW, FieldKind.SEVERAL}
REQUIRED = {
    FieldKind.ONE_OF_LIST: "Choose an answer to “{label}”",
    FieldKind.ONE_OF_FEW: "Choose an answer to “{label}”",
    FieldKind.SEVERAL: "Choose at least one for “{label}”",
    FieldKind.FILE: "Choose a file for “{label}”",
    FieldKind.TICK: "Tick “{label}”",
}
# What was typed there never goes back to the browser.
SECRET = {FieldKind.PASSWORD, FieldKind.FILE}


def fields_of(form: forms.BaseForm) -> dict[str, Field]:
    """Return the fields of a form by name, in its order, with what was typed and every error.

    Raises TypeError for a widget that the design system does not have.
    """
    return {bound.name: field_of(bound) for bound in form}


def field_of(bound: BoundField) -> Field:
    """Return one bound field. Its first error is shown; an empty hint is None."""
    kind = kind_of(bound.field.widget)
    attributes = bound.field.widget.attrs
    return Field(
        name=bound.html_name,
        label=str(bound.label or ""),
        kind=kind,
        hint=str(bound.help_text) or None,
        value=None if kind in SECRET else value_of(bound),
        error=error_of(bound, kind),
        options=tuple(options_of(bound)) if kind in CHOOSING else (),
        parts=tuple(parts_of(bound)) if kind is FieldKind.DATE else (),
        field_id=bound.auto_id or f"id_{bound.html_name}",
        input_type=getattr(bound.field.widget, "input_type", "text"),
        input_mode=attributes.get("inputmode"),
        autocomplete=attributes.get("autocomplete"),
        suffix=attributes.get("data-suffix"),
        accept=attributes.get("accept"),
        max_length=getattr(bound.field, "max_length", None),
        rows=rows_of(bound.field.widget),
        width=attributes.get("data-width"),
        is_required=bound.field.required,
        is_disabled=bound.field.disabled,
        is_spellchecked=attributes.get("spellcheck") != "false",
    )


def kind_of(widget: forms.Widget) -> FieldKind:
    """Return how a widget is filled in. Raises TypeError for one that is not known."""
    for known, kind in KINDS:
        if isinstance(widget, known):
            return kind
    raise TypeError(f"the design system has no field for {type(widget).__name__}: add it there, not in a page")


def error_of(bound: BoundField, kind: FieldKind) -> str | None:
    """Return the first thing that is wrong; None when nothing is.

    "This field is required" says nothing in a list at the top of a page, so the field is named; a message of the
    form's own is kept.
    """
    errors = bound.errors.as_data()
    if not errors:
        return None
    message = str(errors[0].messages[0])
    is_default = errors[0].code == "required" and message == forms.Field.default_error_messages["required"]
    return REQUIRED.get(kind, "Fill in “{label}”").format(label=bound.label) if is_default else message


def rows_of(widget: forms.Widget) -> int:
    """Return how many lines a text field shows: 5, where the form asks for none. Django's own 10 is nobody's wish."""
    rows = int(widget.attrs.get("rows", 5))
    return 5 if rows == 10 else rows


def value_of(bound: BoundField) -> str | None:
    """Return what the field holds as text; None when it holds nothing, or several values."""
    value = bound.value()
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return "on" if bound.field.widget.check_test(value) else None
    if value is None or isinstance(value, list | tuple | dict):
        return None
    formatted = bound.field.widget.format_value(value)
    if isinstance(formatted, list):  # a select holds a list, also of one
        formatted = next(iter(formatted), None)
    return None if formatted is None else str(formatted)


def options_of(bound: BoundField) -> Iterator[Option]:
    """Yield the choices of a field. The values are text, as in the page."""
    widget = bound.field.widget
    chosen = {str(value) for value in widget.format_value(bound.value())}
    for group, choices, _ in widget.optgroups(bound.html_name, sorted(chosen)):
        for choice in choices:
            value = str(choice["value"])
            yield Option(value, str(choice["label"]), is_chosen=value in chosen, group=str(group) if group else None)


def parts_of(bound: BoundField) -> Iterator[DatePart]:
    """Yield day, month and year. When the error names none of them, all are to blame."""
    typed = DatePartsWidget.split(bound.value())
    blamed = {part for error in bound.errors.as_data() for part in (error.params or {}).get("parts", ())}
    for part, width in (("day", 2), ("month", 2), ("year", 4)):
        yield DatePart(
            name=f"{bound.html_name}-{part}",
            field_id=f"{bound.auto_id or bound.html_name}-{part}",
            label=part.capitalize(),
            value=typed[part],
            width=width,
            has_error=bool(bound.errors) and (not blamed or part in blamed),
        )


def problems_of(*forms_of_page: forms.BaseForm) -> tuple[PageProblem, ...]:
    """Return every problem of the forms of a page, in reading order.

    A problem of a form as a whole leads to its first field, as that is where to look; one of a hidden field nowhere.
    """
    return tuple(problem for form in forms_of_page for problem in _problems_of_one(form))


def _problems_of_one(form: forms.BaseForm) -> Iterator[PageProblem]:
    fields = list(fields_of(form).values())
    visible = [field for field in fields if field.kind is not FieldKind.HIDDEN]
    first = f"#{visible[0].first_id}" if visible else None
    yield from (PageProblem(str(error), first) for error in form.non_field_errors())
    yield from list_problems(visible)
    yield from (PageProblem(field.error) for field in fields if field.kind is FieldKind.HIDDEN and field.error)
