# SPDX-License-Identifier: MIT
"""One page with every part of the design system in its states, to look at and to test. Everything on it is made up."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from trigpoint_web.design_system.dates import DayMonthYearField
from trigpoint_web.design_system.fields import Field, FieldKind, PageProblem, with_options
from trigpoint_web.design_system.form_fields import fields_of, problems_of
from trigpoint_web.design_system.parts import (
    Bar,
    Button,
    Chart,
    Colour,
    Column,
    Filter,
    Link,
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

AGREEMENT = (
    ("1", "Disagree completely"),
    ("2", "Somewhat disagree"),
    ("3", "Neither"),
    ("4", "Mostly agree"),
    ("5", "Agree completely"),
    ("unknown", "Don't know"),
    ("not applicable", "Does not apply to us"),
)


class GalleryForm(forms.Form):
    """One field of each kind."""

    email = forms.EmailField(
        label="E-mail address",
        help_text="We send the invitation there.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    beds = forms.IntegerField(
        label="Beds", min_value=0, widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": 5})
    )
    percent = forms.CharField(
        label="Share of records on screen",
        widget=forms.TextInput(attrs={"inputmode": "decimal", "data-width": 3, "data-suffix": "%"}),
    )
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    note = forms.CharField(
        label="Note", max_length=500, help_text="Others in your organisation see this.", widget=forms.Textarea
    )
    region = forms.ChoiceField(label="Region", choices=[("", "Choose one"), ("n", "North"), ("s", "South")])
    answer = forms.ChoiceField(
        label="Can clinicians get to the digital record from wherever they work?",
        choices=AGREEMENT,
        widget=forms.RadioSelect,
    )
    settings_ = forms.MultipleChoiceField(
        label="Care settings",
        choices=[("acute", "Acute"), ("community", "Community"), ("none", "None of these")],
        widget=forms.CheckboxSelectMultiple,
    )
    due = DayMonthYearField(label="Due date", help_text="For example, 27 3 2026")
    evidence = forms.FileField(
        label="Evidence",
        help_text="PDF, spreadsheet or picture, up to 25 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.xlsx,.png"}),
    )
    declaration = forms.BooleanField(label="What is said here is true as far as I know")


@dataclass(frozen=True, slots=True)
class GalleryPage:
    """Everything that the gallery shows."""

    fields: dict[str, Field]
    problems: tuple[PageProblem, ...]
    wrong: dict[str, Field]
    title: str = "Design system"
    caption: str = "Made up, to look at and to test"
    back: Link = field(default_factory=lambda: Link("Back", "/"))
    statuses: tuple[Status, ...] = ()
    summary: tuple[SummaryRow, ...] = ()
    sections: tuple[TaskSection, ...] = ()
    tables: tuple[Table, ...] = ()
    filters: tuple[Filter, ...] = ()
    trail: tuple[Link, ...] = ()
    pages: PageOfList = field(default_factory=PageOfList)
    progress: Progress = field(default_factory=lambda: Progress("16 of 20 answered", 0.8))
    bars: tuple[Bar, ...] = ()
    chart: Chart | None = None
    versions: tuple[Version, ...] = ()


@require_safe
def show_gallery(request: HttpRequest) -> HttpResponse:
    """Return the gallery, with errors in the form where ?errors=1 asks for it. 404 where the settings don't show it."""
    if not (settings.DEBUG or settings.SHOW_GALLERY):
        raise Http404("the gallery is not shown here")
    return render(request, "design_system/gallery.jinja", {"page": build_page(has_errors="errors" in request.GET)})


def build_page(*, has_errors: bool) -> GalleryPage:
    """Return the page. The fields are shown twice, as they are and with every error, under ids of their own."""
    empty, wrong = GalleryForm(), GalleryForm({"due-day": "27", "email": "ann@"}, auto_id="wrong_%s")
    return GalleryPage(
        fields=_arrange(fields_of(empty)),
        wrong=_arrange({name: replace(one, name=f"wrong_{name}") for name, one in fields_of(wrong).items()}),
        problems=problems_of(wrong) if has_errors else (),
        statuses=tuple(Status(colour.value.capitalize(), colour) for colour in Colour),
        summary=SUMMARY,
        sections=SECTIONS,
        tables=(SORTED, WIDE, EMPTY),
        filters=FILTERS,
        trail=(Link("Home", "/"), Link("Round 2026", "#round"), Link("Records and plans", "#section")),
        pages=PAGES,
        bars=BARS,
        chart=CHART,
        versions=VERSIONS,
    )


def _arrange(fields: dict[str, Field]) -> dict[str, Field]:
    """Return the fields with hints, dividers and a field inside an option, as a question page has them."""
    answer = fields["answer"]
    why = Field(f"{answer.name}_why", "Say why", kind=FieldKind.LONG_TEXT, field_id=f"{answer.id}-why", rows=2)
    answer = with_options(
        answer,
        {
            "unknown": {"divider": "or", "hint": "Counts as not answered in your score."},
            "not applicable": {"inside": why},
        },
    )
    settings_ = with_options(fields["settings_"], {"none": {"divider": "or", "is_exclusive": True}})
    return {**fields, "answer": answer, "settings_": settings_}


SUMMARY = (
    SummaryRow("Organisation", "Made-up Hospitals NHS Trust"),
    SummaryRow("Lead", "Ann Example", (Link("Change", "#lead", about="lead"),)),
    SummaryRow(
        "Evidence",
        (Link("access-audit.pdf", "#file"), Status("Expires in December", Colour.ORANGE)),
        (Link("Replace", "#replace", about="evidence"), Link("Remove", "#remove", about="evidence")),
    ),
)
SECTIONS = (
    TaskSection(
        "Records, assessments and plans",
        (
            Task("Getting to the record", Status("Complete", None), "#task-1", "16 of 16"),
            Task("Writing in it", Status("4 of 20 left"), "#task-2", "Held by Ben Example until 12 June"),
            Task("Plans across organisations", Status("Question from a colleague", Colour.YELLOW), "#task-3"),
            Task("Sign", Status("Can't start yet", None)),
        ),
        "In 9 days, Friday 12 June at 5pm",
    ),
)
SORTED = Table(
    "Organisations of the round",
    (
        Column("Choose", is_hidden=True),
        Column("Organisation", sort_url="?sort=name", sorted="ascending"),
        Column("Answered", is_numeric=True, sort_url="?sort=answered"),
        Column("State"),
    ),
    (
        (
            Tick("unit", "X01", "Choose Made-up Hospitals"),
            Link("Made-up Hospitals", "#x01"),
            "62%",
            Status("In progress"),
        ),
        (Tick("unit", "X02", "Choose Invented Care"), Link("Invented Care", "#x02"), "100%", Status("Signed", None)),
    ),
)
WIDE = Table(
    "Answers of four rounds",
    (Column("Question"), *(Column(f"Round {year}", is_numeric=True) for year in range(2019, 2031))),
    (("Getting to the record from wherever they work", *(str(year * 7 % 101) for year in range(12))),),
    is_wide=True,
)
EMPTY = Table("Late organisations", (Column("Organisation"),), (), empty_text="No organisation is late.")
FILTERS = (
    Filter("Not started", "12", "?state=not-started"),
    Filter("In progress", "148", "?state=in-progress", is_current=True),
    Filter("Submitted", "41", "?state=submitted"),
    Filter("Signed", "29", "?state=signed"),
)
PAGES = PageOfList(
    (Link("1", "?page=1"), Link("2", "?page=2", is_current=True), Link("3", "?page=3"), None, Link("9", "?page=9")),
    previous=Link("Previous", "?page=1"),
    next=Link("Next", "?page=3"),
)
BARS = (
    Bar("Mostly agree", "3 of 5", 0.6),
    Bar("Agree completely", "2 of 5", 0.4),
    Bar("Neither", "none", 0.0),
    Bar("Staff on wards", "not shown: fewer than 5 answered", None),
)
CHART = Chart(
    "Records score higher than last round",
    mark_safe(
        '<svg role="img" aria-label="62 now, 55 last round" viewBox="0 0 280 70" width="17.5rem" font-size="16">'
        '<rect x="0" y="4" width="174" height="24" fill="#005eb8"/><text x="184" y="22">62 now</text>'
        '<rect x="0" y="38" width="154" height="24" fill="#aeb7bd"/><text x="164" y="56">55 last round</text></svg>'
    ),
    Table("Score by round", (Column("Round"), Column("Score", is_numeric=True)), (("Now", "62"), ("Last round", "55"))),
    subtitle="Points out of 100, on the questions that can be compared",
    foot="n = 18 questions. Source: made up.",
)
VERSIONS = (
    Version(
        "Your answer",
        "Mostly agree",
        "You, just now, not saved",
        "We bought readers for every ward.",
        Button("Keep mine", "keep", "mine", about="Mostly agree"),
    ),
    Version(
        "Ben Example's answer",
        "Agree completely",
        "Ben Example, today at 10:42",
        None,
        Button("Keep Ben Example's", "keep", "theirs", about="Agree completely"),
    ),
)
