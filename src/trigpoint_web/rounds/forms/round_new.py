# SPDX-License-Identifier: MIT
"""The form of a new round: what is asked, of whom, from when to when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from trigpoint_web.design_system.dates import DayMonthYearField
from trigpoint_web.organisations.words import say_care_setting, say_kind
from trigpoint_web.rounds.actions.round_dates import list_plan_problems
from trigpoint_web.rounds.actions.rounds import Population, RoundDates
from trigpoint_web.rounds.forms.moments import MomentsForm
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.queries.frameworks import KnownFramework

# A round's short name stands in addresses before the names of pages; "new" is the page that makes one.
TAKEN_WORDS = ("new",)
_SLUG = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*$", "The short name can have small letters, digits and single hyphens, such as spring-2026"
)


@dataclass(frozen=True, slots=True)
class RoundFormChoices:
    """What a new round can be made of."""

    frameworks: Sequence[KnownFramework]
    kinds: Sequence[str]
    care_settings: Sequence[str]
    rounds: Sequence[Round]


class RoundNewForm(MomentsForm):
    """All that a new round needs, in the order in which one thinks of it."""

    title = forms.CharField(label="Title", max_length=120, help_text="What people see, such as Digital maturity 2026")
    slug = forms.CharField(
        label="Short name",
        max_length=60,
        validators=[_SLUG],
        help_text="It stands in the addresses of the round’s pages and can’t be changed later, such as spring-2026",
        widget=forms.TextInput(attrs={"data-width": 20, "spellcheck": "false"}),
    )
    framework = forms.ChoiceField(label="Framework version", help_text="It is frozen as it is when the round is made")
    register_on = DayMonthYearField(
        label="Register date", help_text="Organisations that are open on this day take part, in the systems of that day"
    )
    kinds = forms.MultipleChoiceField(
        label="Types of organisation",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick none for all types",
    )
    care_settings = forms.MultipleChoiceField(
        label="Care settings",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Organisations that give one of these. Tick none for all",
    )
    unit_of = forms.ChoiceField(
        label="What is scored as one", choices=Round.UnitOf.choices, widget=forms.RadioSelect, initial="organisation"
    )
    previous = forms.ChoiceField(
        label="Round before", required=False, help_text="Its answers are offered as suggestions, and results compared"
    )
    shows_live_scores = forms.BooleanField(
        label="Leads see the scores of their sections while they answer", required=False
    )

    def __init__(self, *args: Any, choices: RoundFormChoices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["framework"].choices = [("", "Choose"), *((one.hash, _name(one)) for one in choices.frameworks)]  # type: ignore[attr-defined]
        self.fields["kinds"].choices = [(kind, say_kind(kind)) for kind in choices.kinds]  # type: ignore[attr-defined]
        self.fields["care_settings"].choices = [(care, say_care_setting(care)) for care in choices.care_settings]  # type: ignore[attr-defined]
        self.fields["previous"].choices = [("", "None"), *((one.slug, one.title) for one in choices.rounds)]  # type: ignore[attr-defined]
        self._slugs = {one.slug for one in choices.rounds}
        add_round_moments(self)

    def clean_slug(self) -> str:
        """Refuse a name that is taken."""
        slug = str(self.cleaned_data["slug"])
        if slug in self._slugs or slug in TAKEN_WORDS:
            raise forms.ValidationError(f"The short name {slug} is taken. Give this round another")
        return slug

    def clean(self) -> dict[str, Any]:
        """Make the dates of the five moments, and refuse those that are out of order."""
        cleaned = super().clean() or {}
        cleaned["dates"] = clean_dates(self)
        return cleaned

    def population(self) -> Population:
        """Return whom the valid form draws from."""
        return Population(
            self.cleaned_data["register_on"],
            kinds=tuple(self.cleaned_data["kinds"]),
            care_settings=tuple(self.cleaned_data["care_settings"]),
            unit_of=Round.UnitOf(self.cleaned_data["unit_of"]),
        )


def add_round_moments(form: MomentsForm) -> None:
    """Add the five moments of a round to a form."""
    form.add_moment("opens", "Opening", is_required=True, usual="9am")
    form.add_moment("closes", "Closing", is_required=True)
    form.add_moment("review_ends", "End of review", is_required=False, hint="Leave blank if nobody reviews")
    form.add_moment("reply_ends", "End of the right of reply", is_required=False, hint="Leave blank if there is none")
    form.add_moment("publishes", "Publication", is_required=False, hint="Leave blank if it is not planned yet")


def clean_dates(form: MomentsForm) -> RoundDates | None:
    """Return the dates of a form, with a problem for each pair out of order; None when opening or closing lacks."""
    opens_at, closes_at = form.moment("opens"), form.moment("closes")
    later = [form.moment(name) for name in ("review_ends", "reply_ends", "publishes")]
    if opens_at is None or closes_at is None:
        return None
    dates = RoundDates(opens_at, closes_at, *later)
    for problem in list_plan_problems(dates):
        form.add_error(_blamed(problem), problem)
    return dates


_BLAMED = {
    "Closing": "closes_on",
    "The end of review": "review_ends_on",
    "The end of the right of reply": "reply_ends_on",
    "A right of reply": "review_ends_on",
    "Publication": "publishes_on",
}


def _blamed(problem: str) -> str:
    """The field to which a problem leads: that of the later of the two."""
    return next(field for begins, field in _BLAMED.items() if problem.startswith(begins))


def _name(known: KnownFramework) -> str:
    origin = "as shipped" if known.is_shipped else f"as frozen, {known.hash[:8]}"
    return f"{known.title} ({known.ref}, {origin})"
