# SPDX-License-Identifier: MIT
"""Django's forms become fields and problems: what was typed is kept, every error is said, and leads to its place."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django import forms

from trigpoint_web.design_system.dates import DatePartsWidget, DayMonthYearField
from trigpoint_web.design_system.fields import Field, FieldKind, Option, PageProblem, list_problems, with_options
from trigpoint_web.design_system.form_fields import fields_of, problems_of
from trigpoint_web.design_system.gallery import GalleryForm

ALL = ["day", "month", "year"]


class SignForm(forms.Form):
    token = forms.CharField(widget=forms.HiddenInput)
    agreed = forms.BooleanField(label="I have read it")
    due = DayMonthYearField(
        label="Due date", required=False, earliest=date(2031, 4, 1), latest=date(2031, 4, 30), help_text="In April"
    )

    def clean(self) -> dict[str, Any]:
        raise forms.ValidationError("The round is closed")


def due_of(**typed: str) -> Field:
    form = SignForm({f"due-{part}": text for part, text in typed.items()})
    return fields_of(form)["due"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("email", FieldKind.TEXT),
        ("password", FieldKind.PASSWORD),
        ("note", FieldKind.LONG_TEXT),
        ("region", FieldKind.ONE_OF_LIST),
        ("answer", FieldKind.ONE_OF_FEW),
        ("settings_", FieldKind.SEVERAL),
        ("due", FieldKind.DATE),
        ("evidence", FieldKind.FILE),
        ("declaration", FieldKind.TICK),
    ],
)
def test_each_widget_is_drawn_as_its_kind(name: str, kind: FieldKind) -> None:
    assert fields_of(GalleryForm())[name].kind is kind


def test_a_widget_that_the_design_system_lacks_is_refused_by_name() -> None:
    class Odd(forms.Form):
        when = forms.SplitDateTimeField()

    with pytest.raises(TypeError, match="no field for SplitDateTimeWidget"):
        fields_of(Odd())


def test_a_text_field_carries_what_a_browser_needs_to_help() -> None:
    field = fields_of(GalleryForm())["email"]

    assert (field.input_type, field.autocomplete, field.is_spellchecked) == ("email", "email", False)
    assert (field.hint, field.described_by) == ("We send the invitation there.", "id_email-hint")


def test_hint_and_error_are_both_tied_to_the_field() -> None:
    field = fields_of(GalleryForm({"email": "ann@"}))["email"]

    assert field.described_by == "id_email-hint id_email-error"
    assert fields_of(GalleryForm())["beds"].described_by is None


def test_what_was_typed_is_kept_even_when_it_is_wrong() -> None:
    fields = fields_of(GalleryForm({"email": "ann@", "beds": "many", "note": "<b>", "region": "n"}))

    assert [fields[name].value for name in ("email", "beds", "note", "region")] == ["ann@", "many", "<b>", "n"]


def test_nothing_typed_is_none_and_a_typed_nought_is_kept() -> None:
    assert fields_of(GalleryForm())["beds"].value is None
    assert fields_of(GalleryForm(initial={"beds": 0}))["beds"].value == "0"
    assert fields_of(GalleryForm())["region"].value is None


@pytest.mark.parametrize("name", ["password", "evidence"])
def test_a_secret_never_goes_back_to_the_browser(name: str) -> None:
    assert fields_of(GalleryForm({name: "typed"}))[name].value is None


@pytest.mark.parametrize(("typed", "value"), [({}, None), ({"declaration": "on"}, "on"), ({"declaration": ""}, None)])
def test_a_box_is_ticked_or_it_holds_nothing(typed: dict[str, str], value: str | None) -> None:
    assert fields_of(GalleryForm(typed))["declaration"].value == value


def test_the_options_that_were_chosen_are_marked() -> None:
    fields = fields_of(GalleryForm({"answer": "4", "settings_": "acute"} | {}))

    assert [option.value for option in fields["answer"].options if option.is_chosen] == ["4"]
    chosen = fields_of(GalleryForm(initial={"settings_": ["acute", "none"]}))["settings_"]
    assert [option.value for option in chosen.options if option.is_chosen] == ["acute", "none"]
    assert chosen.value is None


def test_options_in_groups_keep_their_group() -> None:
    class Grouped(forms.Form):
        place = forms.ChoiceField(choices=[("North", [("1", "A")]), ("2", "B")])

    assert [option.group for option in fields_of(Grouped())["place"].options] == ["North", None]


def test_a_field_that_must_be_filled_in_is_named_where_it_is_missing() -> None:
    fields = fields_of(GalleryForm({}))

    assert fields["beds"].error == "Fill in “Beds”"
    assert fields["region"].error == "Choose an answer to “Region”"
    assert fields["settings_"].error == "Choose at least one for “Care settings”"
    assert fields["evidence"].error == "Choose a file for “Evidence”"
    assert fields["declaration"].error == "Tick “What is said here is true as far as I know”"
    assert fields["due"].error == "Enter the due date"


def test_a_message_of_the_form_itself_is_kept() -> None:
    class Own(forms.Form):
        name = forms.CharField(error_messages={"required": "Say who you are"})

    assert fields_of(Own({}))["name"].error == "Say who you are"


def test_a_form_that_was_not_sent_has_no_problems() -> None:
    assert problems_of(GalleryForm()) == ()


def test_every_problem_is_listed_in_the_order_of_the_page() -> None:
    problems = problems_of(GalleryForm({"email": "ann@example.org", "beds": "2", "answer": "1"}))

    assert [problem.url for problem in problems] == [
        "#id_percent", "#id_password", "#id_note", "#id_region", "#id_settings_", "#id_due-day", "#id_evidence",
        "#id_declaration",
    ]  # fmt: skip


def test_a_problem_of_the_whole_leads_to_the_first_visible_field_and_one_of_a_hidden_field_nowhere() -> None:
    assert problems_of(SignForm({})) == (
        PageProblem("The round is closed", "#id_agreed"),
        PageProblem("Tick “I have read it”", "#id_agreed"),
        PageProblem("Fill in “Token”", None),
    )


def test_a_form_of_hidden_fields_only_has_nowhere_to_lead() -> None:
    class Hidden(forms.Form):
        token = forms.CharField(widget=forms.HiddenInput)

        def clean(self) -> dict[str, Any]:
            raise forms.ValidationError("The key did not answer")

    assert problems_of(Hidden({"token": "x"})) == (PageProblem("The key did not answer", None),)


def test_the_problems_of_several_forms_stand_together() -> None:
    class Small(forms.Form):
        name = forms.CharField()

    assert len(problems_of(Small({}), Small({}, prefix="other"))) == 2


def test_a_field_without_ids_in_its_form_still_has_one() -> None:
    assert fields_of(GalleryForm(auto_id=False))["email"].id == "id_email"
    assert Field("name", "Name").id == "id_name"


def test_the_problem_inside_an_option_is_listed_as_well() -> None:
    why = Field("why", "Say why", error="Say why it does not apply")
    answer = Field("answer", "Answer", kind=FieldKind.ONE_OF_FEW, options=(Option("no", "No", inside=why),))

    assert list_problems([answer]) == (PageProblem("Say why it does not apply", "#id_why"),)


def test_an_option_that_is_not_there_cannot_be_changed() -> None:
    with pytest.raises(KeyError, match="no option 'maybe'"):
        with_options(Field("answer", "Answer", options=(Option("yes", "Yes"),)), {"maybe": {"divider": "or"}})


def test_a_date_that_is_left_out_may_be_none() -> None:
    form = SignForm({"due-day": "", "due-month": "", "due-year": ""})
    form.full_clean()

    assert "due" not in form.errors
    assert DayMonthYearField(required=False).clean(None) is None


def test_a_date_is_read_from_its_parts() -> None:
    assert DayMonthYearField().clean({"day": "27", "month": "03", "year": "2026"}) == date(2026, 3, 27)


@pytest.mark.parametrize(
    ("typed", "error", "blamed"),
    [
        ({"day": "27"}, "The due date must include a month and a year", ["month", "year"]),
        ({"day": "27", "month": "4"}, "The due date must include a year", ["year"]),
        ({"day": "31", "month": "4", "year": "2031"}, "The due date must be a real date", ALL),
        ({"day": "x", "month": "4", "year": "2031"}, "The due date must be a real date", ALL),
        ({"day": "9" * 30, "month": "4", "year": "2031"}, "The due date must be a real", ALL),
        ({"day": "9" * 5000, "month": "4", "year": "2031"}, "The due date must be a real", ALL),
        ({"day": "31", "month": "3", "year": "2031"}, "The due date must be 1 April 2031 or later", ALL),
        ({"day": "1", "month": "5", "year": "2031"}, "The due date must be 30 April 2031 or earlier", ALL),
    ],
)  # fmt: skip
def test_a_wrong_date_says_what_is_wrong_and_which_part(typed: dict[str, str], error: str, blamed: list[str]) -> None:
    field = due_of(**typed)

    assert field.error is not None
    assert field.error.startswith(error)
    assert [part.label.lower() for part in field.parts if part.has_error] == blamed
    assert field.first_id == f"id_due-{blamed[0]}"
    assert {part.label.lower(): part.value for part in field.parts if part.value} == typed


def test_a_right_date_blames_no_part_and_leads_to_the_day() -> None:
    field = due_of(day="2", month="4", year="2031")

    assert field.error is None
    assert [part.has_error for part in field.parts] == [False, False, False]
    assert field.first_id == "id_due-day"


def test_a_date_in_capitals_keeps_its_name() -> None:
    with pytest.raises(forms.ValidationError, match="Enter the ODS date"):
        DayMonthYearField(label="ODS date").clean(None)


def test_a_date_that_was_there_is_shown_in_its_parts_and_only_a_change_counts() -> None:
    form = SignForm(initial={"due": date(2031, 4, 2)})
    field = DayMonthYearField()

    assert [part.value for part in fields_of(form)["due"].parts] == ["2", "4", "2031"]
    assert not field.has_changed(date(2031, 4, 2), {"day": "2", "month": "4", "year": "2031"})
    assert field.has_changed(date(2031, 4, 2), {"day": "3", "month": "4", "year": "2031"})


def test_the_widget_of_a_date_knows_whether_it_was_sent_and_what_its_label_points_to() -> None:
    widget = DatePartsWidget()

    assert widget.value_omitted_from_data({}, {}, "due")  # type: ignore[arg-type]
    assert not widget.value_omitted_from_data({"due-day": ""}, {}, "due")  # type: ignore[arg-type]
    assert (widget.id_for_label("id_due"), widget.id_for_label("")) == ("id_due-day", "")


def test_a_text_field_is_as_high_as_its_form_asks_and_never_as_django_thinks() -> None:
    class Notes(forms.Form):
        long = forms.CharField(widget=forms.Textarea)
        short = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}))

    assert [field.rows for field in fields_of(Notes()).values()] == [5, 2]
