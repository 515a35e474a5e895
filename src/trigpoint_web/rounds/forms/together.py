# SPDX-License-Identifier: MIT
"""Fields that the forms for working together share: colleagues to choose from, and an answer to a question."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from trigpoint.frameworks import Framework
from trigpoint.frameworks.missing_offered import missing_offered
from trigpoint.submissions.answers import Answer, is_in_scale
from trigpoint.submissions.missing import Missing
from trigpoint_web.accounts.models import User
from trigpoint_web.design_system.dates import say
from trigpoint_web.design_system.fields import Field, Option, with_options
from trigpoint_web.design_system.form_fields import fields_of
from trigpoint_web.rounds.models import MissingState

LONGEST_MESSAGE = 1000  # goes into a mail above the link: a few paragraphs
# Beside the codes of a scale, which have no colon.
_MISSING, _NUMBER = "missing:", "number:"
_LONGEST_NUMBER = 20  # characters; the largest count that anybody gives has far fewer


def message_field(hint: str) -> forms.CharField:
    """Return the field for what the asker wants to say."""
    return forms.CharField(
        label="Message (optional)",
        help_text=hint,
        required=False,
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def choices_of_people(people: Iterable[User]) -> list[tuple[str, str]]:
    """Return people to choose from, each with the job title that tells two of one name apart."""
    return [(str(one.pk), f"{one.name}, {one.job_title}" if one.job_title else one.name) for one in people]


def people_chosen(people: Sequence[User], keys: Iterable[str]) -> tuple[User, ...]:
    """Return the people whose keys were chosen, in the order shown."""
    chosen = set(keys)
    return tuple(one for one in people if str(one.pk) in chosen)


def add_answer_fields(form: forms.Form, framework: Framework, question: str, *, label: str) -> None:
    """Add the fields in which an answer to a question is given; none of them is required."""
    scale = framework.scale_of(question)
    offered = missing_offered(framework, framework.questions[question])
    choices = [(option.code, option.label) for option in scale.answers]
    if scale.number is not None:
        choices.append((_NUMBER, "A number"))
        form.fields[_number_name(question)] = forms.CharField(
            label=_number_label(framework, question),
            required=False,
            max_length=_LONGEST_NUMBER,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "data-suffix": scale.number.unit, "data-width": 5}),
        )
    choices += [(f"{_MISSING}{one.value}", MissingState(one.value).label) for one in offered]
    form.fields[question] = forms.ChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the answers shown"},
    )


def draw_answer_field(form: forms.Form, question: str) -> Field:
    """Return the field of an answer as the page shows it: the number inside its option, "or" above being missing."""
    fields = fields_of(form)
    field = fields[question]
    changes: dict[str, Mapping[str, object]] = {}
    first_missing = next((one.value for one in field.options if one.value.startswith(_MISSING)), None)
    if first_missing is not None:
        changes[first_missing] = {"divider": "or"}
    number = fields.get(_number_name(question))
    if number is not None:
        chosen = _chosen(field.options)
        is_typed = chosen is None and (number.value or number.error) is not None
        changes[_NUMBER] = {"inside": number, "is_chosen": is_typed or chosen == _NUMBER}
    return with_options(field, changes)


def read_answer(form: forms.Form, framework: Framework, question: str) -> Answer | None:
    """Return the answer that was given; None when none was. What is wrong with a number is added to the form.

    A way of being missing counts before a number that was typed: without scripts the number's box stays in sight.
    """
    chosen = str(form.cleaned_data.get(question) or "")
    if chosen.startswith(_MISSING):
        return Missing(chosen.removeprefix(_MISSING))
    if chosen and chosen != _NUMBER:
        return chosen
    typed = str(form.cleaned_data.get(_number_name(question)) or "").strip()
    if not typed:
        if chosen:
            form.add_error(_number_name(question), "Enter a number, or choose another answer")
        return None
    try:
        return parse_number(typed, framework, question)
    except ValidationError as trouble:
        form.add_error(_number_name(question), trouble)
        return None


def parse_number(typed: str, framework: Framework, question: str) -> float:
    """Return the number that somebody typed. Raises ValidationError for one that the scale does not have."""
    number = _float(typed)
    if number is None or not is_in_scale(framework.scale_of(question), number):
        raise ValidationError(f"Enter {_number_hint(framework, question)}")
    return number


def initial_of(question: str, answer: Answer | None) -> dict[str, Any]:
    """Return what the form holds when it opens on an answer that was given before; empty for none."""
    if answer is None:
        return {}
    if isinstance(answer, Missing):
        return {question: f"{_MISSING}{answer.value}"}
    if isinstance(answer, str):
        return {question: answer}
    return {question: _NUMBER, _number_name(question): f"{answer:.10g}"}


def _chosen(options: tuple[Option, ...]) -> str | None:
    return next((one.value for one in options if one.is_chosen), None)


def _number_name(question: str) -> str:
    return f"{question}-number"


def _number_label(framework: Framework, question: str) -> str:
    return f"Enter {_number_hint(framework, question)}"


def _number_hint(framework: Framework, question: str) -> str:
    limits = framework.scale_of(question).number
    assert limits is not None, "asked for a scale of numbers only"
    what = "a whole number" if limits.whole else "a number"
    if limits.maximum is None:
        return f"{what}, {limits.minimum} or more"
    return f"{what} from {limits.minimum} to {limits.maximum}"


def _float(typed: str) -> float | None:
    """A number typed with or without commas and the percent sign; None when it is none."""
    try:
        number = float(typed.replace(",", "").removesuffix("%").strip())
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def due_hint(latest: date) -> str:
    """Return the hint of a day by which something is asked for."""
    return f"{say(latest)} at the latest: then the answers are due."
