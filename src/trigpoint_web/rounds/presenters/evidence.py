# SPDX-License-Identifier: MIT
"""What the pages of evidence say: forms for an answer, the library of an organisation, one piece of evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from trigpoint.frameworks import Framework
from trigpoint.submissions.places import AnswerPlace
from trigpoint.submissions.questionnaire_rows import part_title
from trigpoint_web.design_system.dates import say
from trigpoint_web.design_system.fields import Field, PageProblem
from trigpoint_web.design_system.form_fields import fields_of, problems_of
from trigpoint_web.design_system.parts import Colour, Column, Content, Link, Status, SummaryRow, Table
from trigpoint_web.organisations.models import Organisation
from trigpoint_web.rounds.forms.evidence import EvidenceForm
from trigpoint_web.rounds.models import Evidence, EvidenceUse, EvidenceVersion, Submission
from trigpoint_web.rounds.presenters.evidence_panel import describe_version, place_kwargs, present_expiry


@dataclass(frozen=True, slots=True)
class EvidenceFormPage:
    """A form of evidence. asked_for: the evidence that the question asks for; None where it asks for none."""

    title: str
    caption: str
    back: Link
    fields: tuple[Field, ...]
    button: str
    problems: tuple[PageProblem, ...] = ()
    asked_for: str | None = None


@dataclass(frozen=True, slots=True)
class EvidenceReusePage:
    """What the organisation has, to choose from. field: None when there is nothing to choose from."""

    title: str
    caption: str
    back: Link
    field: Field | None
    add: Link
    problems: tuple[PageProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceConfirmPage:
    """A question before something is taken away."""

    title: str
    caption: str
    back: Link
    text: str
    button: str


@dataclass(frozen=True, slots=True)
class EvidenceLibraryPage:
    """All evidence of an organisation: that which is offered, and that which was withdrawn."""

    title: str
    caption: str
    offered: Table
    withdrawn: Table | None
    back: Link


@dataclass(frozen=True, slots=True)
class EvidenceRecordPage:
    """One piece of evidence. outside: where its newest version is a link. change, withdraw: None for who may not."""

    title: str
    caption: str
    back: Link
    rows: tuple[SummaryRow, ...]
    versions: Table
    uses: Table
    open: Link
    is_outside: bool
    change: Link | None
    withdraw: Link | None


def present_add_page(
    form: EvidenceForm, submission: Submission, place: AnswerPlace, framework: Framework
) -> EvidenceFormPage:
    """Return the page that adds evidence for an answer."""
    return EvidenceFormPage(
        title="Add evidence",
        caption=caption_of(framework, place),
        back=back_to_question(submission, place),
        fields=tuple(fields_of(form).values()),
        button="Add evidence",
        problems=problems_of(form),
        asked_for=framework.questions[place.question].evidence,
    )


def present_change_page(form: EvidenceForm, evidence: Evidence) -> EvidenceFormPage:
    """Return the page that changes a piece of evidence."""
    return EvidenceFormPage(
        title="Change evidence",
        caption=evidence.title,
        back=Link("Back", record_url(evidence)),
        fields=tuple(fields_of(form).values()),
        button="Save",
        problems=problems_of(form),
    )


def caption_of(framework: Framework, place: AnswerPlace) -> str:
    """Return what stands above the title of a page about an answer: "Acute: Clinicians work with a digital record."."""
    return f"{part_title(framework, place.asked_in)}: {framework.questions[place.question].short_title}"


def back_to_question(submission: Submission, place: AnswerPlace) -> Link:
    """Return the way back to the question."""
    return Link("Back to the question", reverse("question", kwargs=place_kwargs(submission, place)))


def record_url(evidence: Evidence) -> str:
    """Return the address of the page of a piece of evidence."""
    return reverse("evidence_record", kwargs={"code": evidence.organisation_id, "evidence": evidence.pk})


def describe_offered(evidence: Evidence, *, on: date) -> str:
    """Return what is said beside evidence that can be chosen: its kind, when it was added, until when it is good."""
    newest = list(evidence.versions.all())[-1]
    expiry = present_expiry(evidence, on=on)
    told = [describe_version(newest), f"added on {say(timezone.localdate(newest.at))}"]
    return ", ".join(told) + ("" if expiry is None else f". {expiry.text}")


def present_library(organisation: Organisation, found: Iterable[Evidence], *, on: date) -> EvidenceLibraryPage:
    """Return the library. found: as `list_library` gives it."""
    listed = list(found)
    offered = [one for one in listed if one.withdrawn_at is None]
    withdrawn = [one for one in listed if one.withdrawn_at is not None]
    return EvidenceLibraryPage(
        title="Evidence",
        caption=organisation.name,
        offered=_library_table("Evidence that can be used", offered, on=on),
        withdrawn=_library_table("Withdrawn", withdrawn, on=on) if withdrawn else None,
        back=Link("Home", reverse("home")),
    )


def _library_table(caption: str, found: Sequence[Evidence], *, on: date) -> Table:
    columns = (Column("Title"), Column("What it is"), Column("Good until"), Column("Answers", is_numeric=True))
    rows = tuple(
        (
            Link(one.title, record_url(one)),
            describe_version(list(one.versions.all())[-1]),
            present_expiry(one, on=on) or "No end",
            str(getattr(one, "use_count")),  # noqa: B009  the query counts it; the model has no such field
        )
        for one in found
    )
    return Table(caption, columns, rows, empty_text="There is no evidence yet. Add it where you answer a question.")


def present_record(
    evidence: Evidence,
    versions: Sequence[EvidenceVersion],
    uses: Sequence[tuple[EvidenceUse, str]],
    *,
    on: date,
    may_change: bool,
) -> EvidenceRecordPage:
    """Return the page of a piece of evidence.

    versions: newest first. uses: each with the words for its question.
    """
    newest, address = versions[0], {"code": evidence.organisation_id, "evidence": evidence.pk}
    is_offered = evidence.withdrawn_at is None and may_change
    return EvidenceRecordPage(
        title=evidence.title,
        caption="Evidence",
        back=Link("All evidence", reverse("evidence_library", kwargs={"code": evidence.organisation_id})),
        rows=tuple(_record_rows(evidence, newest, on=on)),
        versions=_versions_table(evidence, versions),
        uses=_uses_table(uses),
        open=Link("Open link" if newest.link else "Download file", version_url(evidence, newest)),
        is_outside=bool(newest.link),
        change=Link("Change or add a version", reverse("evidence_change", kwargs=address)) if is_offered else None,
        withdraw=Link("Withdraw", reverse("evidence_withdraw", kwargs=address)) if is_offered else None,
    )


def _record_rows(evidence: Evidence, newest: EvidenceVersion, *, on: date) -> Iterable[SummaryRow]:
    yield SummaryRow("What it is", describe_version(newest))
    yield SummaryRow(*(("Link", newest.link) if newest.link else ("File", newest.file_name)))
    yield SummaryRow("Good until", present_expiry(evidence, on=on) or "No end")
    if evidence.withdrawn_at is not None:
        withdrawn = Status(f"Withdrawn on {say(timezone.localdate(evidence.withdrawn_at))}", Colour.GREY)
        yield SummaryRow("Status", withdrawn)


def version_url(evidence: Evidence, version: EvidenceVersion) -> str:
    """Return where a version is: the link itself, or its file in the library."""
    address = {"code": evidence.organisation_id, "evidence": evidence.pk, "version": version.version}
    return version.link or reverse("evidence_library_file", kwargs=address)


def _versions_table(evidence: Evidence, versions: Sequence[EvidenceVersion]) -> Table:
    def where(version: EvidenceVersion) -> Content:
        if version.link:
            return version.link
        return Link(version.file_name, version_url(evidence, version), about=f"version {version.version}")

    columns = (Column("Version"), Column("File or link"), Column("Added"))
    rows = tuple(
        (str(version.version), where(version), f"{say(timezone.localdate(version.at))} by {version.by}")
        for version in versions
    )
    return Table("Versions", columns, rows)


def _uses_table(uses: Sequence[tuple[EvidenceUse, str]]) -> Table:
    columns = (Column("Question"), Column("Round"), Column("Given"))
    rows = tuple(
        (
            Link(
                question,
                reverse("question", kwargs=place_kwargs(use.submission, AnswerPlace(use.asked_in, use.question))),
            ),
            use.submission.round.title,
            f"{say(timezone.localdate(use.at))} by {use.by}",
        )
        for use, question in uses
    )
    return Table("Answers it is given for", columns, rows, empty_text="It is given for no answer.")
