# SPDX-License-Identifier: MIT
"""A field of a form as a page shows it: ready text, with its hint and its error, free of Django's forms.

`form_fields` makes them from a form; the macros of components.jinja draw them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from django.utils.safestring import SafeString


class FieldKind(Enum):
    """How a field is filled in."""

    TEXT = "text"
    PASSWORD = "password"
    LONG_TEXT = "long text"
    ONE_OF_LIST = "one of list"
    ONE_OF_FEW = "one of few"
    SEVERAL = "several"
    TICK = "tick"
    DATE = "date"
    FILE = "file"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class DatePart:
    """The day, month or year of a date; what was typed is kept as it was."""

    name: str
    field_id: str
    label: str
    value: str
    width: int
    has_error: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a person fills in.

    value:   as text; None when nothing was given. A file and a password never carry their value back.
    error:   what is wrong, in plain words; None when nothing is.
    options: what can be chosen, for the kinds that choose.
    width:   about how many characters fit, of 2, 3, 4, 5, 10, 20; None for the full column.
    """

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    hint: str | SafeString | None = None
    value: str | None = None
    error: str | None = None
    options: tuple[Option, ...] = ()
    parts: tuple[DatePart, ...] = ()
    field_id: str = ""
    input_type: str = "text"
    input_mode: str | None = None
    autocomplete: str | None = None
    suffix: str | None = None
    accept: str | None = None
    max_length: int | None = None
    rows: int = 5
    width: int | None = None
    is_required: bool = False
    is_disabled: bool = False
    is_spellchecked: bool = True

    @property
    def id(self) -> str:
        """The id of the field on the page, from which those of its hint and its error are made."""
        return self.field_id or f"id_{self.name}"

    @property
    def first_id(self) -> str:
        """Where the error summary leads: the first thing of the field that takes the focus."""
        if self.parts:
            return next((part.field_id for part in self.parts if part.has_error), self.parts[0].field_id)
        return self.options[0].id_in(self, 0) if self.options and self.kind is not FieldKind.ONE_OF_LIST else self.id

    @property
    def described_by(self) -> str | None:
        """The ids of the hint and of the error, for `aria-describedby`; None when there is neither."""
        ids = [f"{self.id}-hint"] * bool(self.hint) + [f"{self.id}-error"] * bool(self.error)
        return " ".join(ids) or None


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a field.

    divider: a word such as "or" that stands above this option; None for none.
    inside:  a field that is asked only of those who choose this; always shown where there is no JavaScript.
    """

    value: str
    label: str
    hint: str | SafeString | None = None
    is_chosen: bool = False
    divider: str | None = None
    inside: Field | None = None
    is_exclusive: bool = False
    group: str | None = None

    def id_in(self, field: Field, position: int) -> str:
        """Return the id of the option at a position, from 0."""
        return field.id if position == 0 else f"{field.id}-{position + 1}"


def with_options(field: Field, changes: Mapping[str, Mapping[str, object]]) -> Field:
    """Return the field with some options changed: their hint, divider, inside or is_exclusive, by value of the option.

    Raises KeyError when no option has the value, so that a renamed choice is noticed.

    >>> few = Field("answer", "Answer", options=(Option("yes", "Yes"), Option("unknown", "Don't know")))
    >>> [option.divider for option in with_options(few, {"unknown": {"divider": "or"}}).options]
    [None, 'or']
    """
    known = {option.value for option in field.options}
    for value in changes:
        if value not in known:
            raise KeyError(f"the field {field.name} has no option {value!r}")
    changed = (replace(option, **changes.get(option.value, {})) for option in field.options)  # type: ignore[arg-type]
    return replace(field, options=tuple(changed))


@dataclass(frozen=True, slots=True)
class PageProblem:
    """One line of the error summary. url: where it leads, such as "#id_email"; None when no field is to blame."""

    text: str
    url: str | None = None


def list_problems(fields: Sequence[Field]) -> tuple[PageProblem, ...]:
    """Return one problem for each field that has an error, in the order of the fields, those inside options too."""
    problems = []
    for field in fields:
        if field.error:
            problems.append(PageProblem(field.error, f"#{field.first_id}"))
        inside = [option.inside for option in field.options if option.inside is not None]
        problems.extend(list_problems(inside))
    return tuple(problems)
