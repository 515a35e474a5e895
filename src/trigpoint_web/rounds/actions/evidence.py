# SPDX-License-Identifier: MIT
"""Giving evidence for an answer, using it again, and taking it away; its rows stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from django.core.files.base import File
from django.db import transaction
from django.db.models import QuerySet

from trigpoint.submissions.places import ORGANISATION, AnswerPlace, place_of
from trigpoint_web.accounts.models import User
from trigpoint_web.audit.actions import Detail, EventPlace, record_event
from trigpoint_web.rounds.actions.answers import lock_submission
from trigpoint_web.rounds.actions.steps import place_of_submission, start_submission
from trigpoint_web.rounds.errors import ChangeRefused
from trigpoint_web.rounds.evidence_links import check_link
from trigpoint_web.rounds.models import Evidence, EvidenceUse, EvidenceVersion, StoredFile, Submission
from trigpoint_web.rounds.opening import require_open
from trigpoint_web.rounds.queries.answers import find_framework, list_units
from trigpoint_web.rounds.stored_files import WrittenFile, write_file

LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class GivenEvidence:
    """A file or a link as somebody gives it, one of the two; neither only where there is a version already.

    title: blank is the name of the file, or the link. expires_on: the last day on which it is good, None for no end.
    """

    file: File[bytes] | None = None
    link: str = ""
    title: str = ""
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class _Checked:
    """A file in the store, or a link, after its check."""

    written: WrittenFile | None
    file_name: str
    link: str

    @property
    def own_title(self) -> str:
        return self.file_name or urlsplit(self.link).netloc + urlsplit(self.link).path.rstrip("/")


def add_evidence(
    given: GivenEvidence, *, submission: Submission, place: AnswerPlace, by: User, at: datetime
) -> EvidenceUse:
    """Add a piece of evidence to the organisation and give it for an answer.

    Raises NotOpen, FileRefused, LinkRefused, or ChangeRefused for a place that there is not.
    """
    require_open(submission, at)
    require_place(submission, place)
    checked = _check(given)
    with transaction.atomic():
        locked = lock_submission(submission)
        require_open(locked, at)
        evidence = Evidence.objects.create(
            organisation_id=locked.organisation_id,
            title=(given.title.strip() or checked.own_title)[:LONGEST_TITLE],
            expires_on=given.expires_on,
            added_at=at,
            added_by=by,
        )
        _add_version(evidence, checked, version=1, by=by, at=at)
        _record(evidence, "evidence.added", by=by, at=at)
        return _use(evidence, locked, place, by=by, at=at)


def reuse_evidence(
    chosen: Iterable[Evidence], *, submission: Submission, place: AnswerPlace, by: User, at: datetime
) -> int:
    """Give evidence that the organisation has for an answer; return how many were not given for it before.

    Raises NotOpen, or ChangeRefused for a place that there is not and for evidence that was withdrawn.
    """
    require_place(submission, place)
    with transaction.atomic():
        locked = lock_submission(submission)
        require_open(locked, at)
        given = set(_uses_at(locked, place).values_list("evidence", flat=True))
        new = [evidence for evidence in chosen if evidence.pk not in given]
        for evidence in new:
            current = _lock(evidence)
            assert current.organisation_id == locked.organisation_id, "the page offers the organisation's own"
            if current.withdrawn_at is not None:
                raise ChangeRefused((f"“{current.title}” was withdrawn. Choose other evidence.",))
            _use(current, locked, place, by=by, at=at)
    return len(new)


def remove_use(use: EvidenceUse, *, by: User, at: datetime) -> None:
    """Take evidence away from one answer; it stays in the organisation. A second time does nothing. Raises NotOpen."""
    with transaction.atomic():
        locked = lock_submission(use.submission)
        require_open(locked, at)
        standing = EvidenceUse.objects.select_for_update().filter(pk=use.pk, removed_at=None).first()
        if standing is None:
            return
        standing.removed_at, standing.removed_by = at, by
        standing.save(update_fields=["removed_at", "removed_by"])
        _record_use(standing, locked, "evidence.removed", by=by, at=at)
        _touch(locked, by=by, at=at)


def change_evidence(evidence: Evidence, given: GivenEvidence, *, by: User, at: datetime) -> Evidence:
    """Change title and last day, and add a version where a file or link is given; earlier versions stay.

    The same file or link as the newest version is no new version. Raises FileRefused, LinkRefused, or ChangeRefused for
    evidence that was withdrawn.
    """
    is_new = given.file is not None or bool(given.link.strip())
    checked = _check(given) if is_new else None
    with transaction.atomic():
        locked = _lock(evidence)
        if locked.withdrawn_at is not None:
            raise ChangeRefused(("This evidence was withdrawn, so it can’t be changed. Add it anew.",))
        newest = locked.versions.order_by("-version")[0]
        details: dict[str, Detail] = {}
        if checked is not None and not _is_same(newest, checked):
            details["version"] = newest.version + 1
            _add_version(locked, checked, version=newest.version + 1, by=by, at=at)
        locked.title = given.title.strip()[:LONGEST_TITLE] or locked.title
        locked.expires_on = given.expires_on
        locked.save(update_fields=["title", "expires_on"])
        _record(locked, "evidence.changed", by=by, at=at, details=details)
    return locked


def withdraw_evidence(evidence: Evidence, *, by: User, at: datetime) -> None:
    """Offer a piece of evidence no longer. Where it is used it stays; a second time does nothing."""
    with transaction.atomic():
        locked = _lock(evidence)
        if locked.withdrawn_at is None:
            locked.withdrawn_at, locked.withdrawn_by = at, by
            locked.save(update_fields=["withdrawn_at", "withdrawn_by"])
            _record(locked, "evidence.withdrawn", by=by, at=at)


def require_place(submission: Submission, place: AnswerPlace) -> None:
    """Raise ChangeRefused unless the submission has such a place, whether or not it is shown now."""
    question = find_framework(submission).questions.get(place.question)
    if question is not None:
        units = [unit for unit in list_units(submission) if question.is_asked_in(unit.care_settings)]
        if place in {place_of(question, unit) for unit in units}:
            return
    where = "of the organisation as a whole" if place.asked_in == ORGANISATION else f"in {place.asked_in}"
    raise ChangeRefused((f"The question {place.question} is not asked {where}.",))


def _check(given: GivenEvidence) -> _Checked:
    link = given.link.strip()
    if (given.file is None) == (not link):
        raise ChangeRefused(("Give a file or a link, one of the two.",))
    if given.file is None:
        return _Checked(None, "", check_link(link))
    name = (given.file.name or "").strip()
    return _Checked(write_file(given.file, name), name, "")


def _add_version(evidence: Evidence, checked: _Checked, *, version: int, by: User, at: datetime) -> None:
    EvidenceVersion.objects.create(
        evidence=evidence,
        version=version,
        file=None if checked.written is None else _add_row(checked.written, at=at),
        file_name=checked.file_name,
        link=checked.link,
        at=at,
        by=by,
    )


def _add_row(written: WrittenFile, *, at: datetime) -> StoredFile:
    """The row of a file in the store; it is added the first time."""
    row, _ = StoredFile.objects.get_or_create(
        hash=written.hash,
        defaults={"size": written.size, "content_type": written.kind.content_type, "stored_at": at},
    )
    return row


def _is_same(newest: EvidenceVersion, checked: _Checked) -> bool:
    digest = None if checked.written is None else checked.written.hash
    return (newest.file_id, newest.file_name, newest.link) == (digest, checked.file_name, checked.link)


def _use(evidence: Evidence, submission: Submission, place: AnswerPlace, *, by: User, at: datetime) -> EvidenceUse:
    use = EvidenceUse.objects.create(
        evidence=evidence, submission=submission, asked_in=place.asked_in, question=place.question, at=at, by=by
    )
    _record_use(use, submission, "evidence.given", by=by, at=at)
    _touch(submission, by=by, at=at)
    return use


def _record_use(use: EvidenceUse, submission: Submission, action: str, *, by: User, at: datetime) -> None:
    details: dict[str, Detail] = {"evidence": use.evidence_id, "asked_in": use.asked_in, "question": use.question}
    record_event(action, by=by.pk, at=at, place=place_of_submission(submission), details=details)


def _uses_at(submission: Submission, place: AnswerPlace) -> QuerySet[EvidenceUse]:
    return EvidenceUse.objects.filter(
        submission=submission, asked_in=place.asked_in, question=place.question, removed_at=None
    )


def _lock(evidence: Evidence) -> Evidence:
    return Evidence.objects.select_for_update().get(pk=evidence.pk)


def _record(
    evidence: Evidence, action: str, *, by: User, at: datetime, details: Mapping[str, Detail] | None = None
) -> None:
    """Write down what was done to evidence itself. Its title may name people, so it is not told."""
    place = EventPlace(organisation=evidence.organisation_id, target=f"evidence {evidence.pk}")
    record_event(action, by=by.pk, at=at, place=place, details=details)


def _touch(submission: Submission, *, by: User, at: datetime) -> None:
    start_submission(submission, by=by, at=at)
    submission.last_activity_at, submission.last_activity_by = at, by
    submission.save(update_fields=["state", "started_at", "last_activity_at", "last_activity_by"])
