# SPDX-License-Identifier: MIT
"""Evidence as a contributor would give it."""

from __future__ import annotations

from datetime import date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.support.office_files import PDF
from tests.web.world import NOW, World
from trigpoint.submissions.places import ORGANISATION, AnswerPlace
from trigpoint_web.accounts.roles import Role
from trigpoint_web.rounds.actions.evidence import GivenEvidence, add_evidence
from trigpoint_web.rounds.models import EvidenceUse, StoredFile

BOARD = AnswerPlace(ORGANISATION, "board_leads")
RECORD = AnswerPlace("acute", "has_record")


def stored_file_of(use: EvidenceUse) -> StoredFile:
    """Return the file of the first version."""
    stored = use.evidence.versions.order_by("version")[0].file
    assert stored is not None, "it was given as a file"
    return stored


def uploaded(name: str = "minutes.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def give(
    world: World, given: GivenEvidence, place: AnswerPlace = BOARD, *, code: str = "ZZ301", at: datetime = NOW
) -> EvidenceUse:
    """Give evidence for an answer."""
    return add_evidence(given, submission=world.submission(code), place=place, by=world.people[Role.CONTRIBUTOR], at=at)


def give_file(
    world: World, name: str = "minutes.pdf", *, content: bytes = PDF, expires_on: date | None = None
) -> EvidenceUse:
    """Give a file for the question about the Board."""
    return give(world, GivenEvidence(file=uploaded(name, content), expires_on=expires_on))


def give_link(world: World, link: str = "https://example.org/policy") -> EvidenceUse:
    """Give a link for the question about the Board."""
    return give(world, GivenEvidence(link=link))
