# SPDX-License-Identifier: MIT
"""A page with one form: to ask a colleague, to ask several, to ask staff, to say something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.forms import BaseForm

from trigpoint.frameworks import Framework
from trigpoint.frameworks.asking import section_of
from trigpoint_web.design_system.fields import Field, PageProblem
from trigpoint_web.design_system.form_fields import fields_of, problems_of
from trigpoint_web.design_system.parts import Link


@dataclass(frozen=True, slots=True)
class TogetherFormPage:
    """What the page shows. paragraphs: above the fields."""

    title: str
    caption: str
    back: Link
    problems: tuple[PageProblem, ...]
    paragraphs: tuple[str, ...]
    fields: tuple[Field, ...]
    button: str


@dataclass(frozen=True, slots=True)
class FormWords:
    """The words around a form."""

    title: str
    caption: str
    back: Link
    button: str
    paragraphs: tuple[str, ...] = ()


def present_form(form: BaseForm, words: FormWords, *, fields: Sequence[Field] | None = None) -> TogetherFormPage:
    """Return the page of a form. fields: as they are drawn, where that is not as the form has them."""
    return TogetherFormPage(
        title=words.title,
        caption=words.caption,
        back=words.back,
        problems=problems_of(form),
        paragraphs=words.paragraphs,
        fields=tuple(fields_of(form).values() if fields is None else fields),
        button=words.button,
    )


def part_by_section(fields: Mapping[str, Field], name: str, framework: Framework) -> tuple[Field, ...]:
    """Return the fields with the one that lists questions parted by section; hint and error stay with the first."""
    listed = fields[name]
    parts: dict[str | None, list[int]] = {}
    for position, option in enumerate(listed.options):
        parts.setdefault(section_of(framework, framework.questions[option.value]), []).append(position)
    drawn = [
        replace(
            listed,
            label=f"{listed.label}: {framework.measures[section].title if section else 'not scored'}",
            options=tuple(listed.options[position] for position in positions),
            hint=listed.hint if number == 0 else None,
            error=listed.error if number == 0 else None,
            # The first keeps the id, to which the error summary leads.
            field_id=listed.id if number == 0 else f"{listed.id}-part-{number + 1}",
        )
        for number, (section, positions) in enumerate(parts.items())
    ]
    return tuple(part for field in fields.values() for part in (drawn if field.name == name else [field]))
