# SPDX-License-Identifier: MIT
"""The declaration that an accountable officer signs: its words, and what they are filled with."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from trigpoint_web.accounts.models import User
from trigpoint_web.rounds.models import Submission
from trigpoint_web.rounds.queries.checks import AnswerCounts, SubmissionCheck, count_answers

# Goes up when the words change; a signature keeps the words that were signed, with this number in them.
DECLARATION_VERSION: Final = "1"
SHORT_HASH: Final = 12  # hexadecimal digits: enough to tell two states apart at a glance, short enough to read out


@dataclass(frozen=True, slots=True)
class Declaration:
    """A declaration, ready to be signed by one person. answers_hash: of the answer table that it is about.

    own_answers: how many of the answers that stand the signer gave; has_sent_it: whether the signer submitted them.
    """

    organisation: str
    code: str
    round_title: str
    framework: str
    counts: AnswerCounts
    answers_hash: str
    name: str
    job_title: str
    own_answers: int = 0
    has_sent_it: bool = False

    @property
    def short_hash(self) -> str:
        """The first digits of the hash, for people."""
        return self.answers_hash[:SHORT_HASH]

    @property
    def is_second_look(self) -> bool:
        """Whether the signer had no part in what is signed."""
        return self.own_answers == 0 and not self.has_sent_it

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The words, in full."""
        counts = self.counts
        return (
            (
                f"I sign for {self.organisation} ({self.code}), for which I am an accountable officer, its answers to "
                f"{self.round_title} (framework {self.framework})."
            ),
            (
                f"{counts.answered} of {counts.asked} questions are answered. {counts.dont_know} say don’t know, "
                f"{counts.not_applicable} do not apply to us, and {counts.not_answered} are not answered."
            ),
            "I have looked at the answers. To the best of my knowledge they are a true account of the organisation.",
            f"What I sign is known by its fingerprint {self.short_hash}: any change of an answer would change it.",
            (
                "Once signed, the answers are locked. Only the national team can open them again, with a reason that "
                "is kept; what I signed stays as it is."
            ),
            self._part_of_signer,
        )

    @property
    def _part_of_signer(self) -> str:
        if self.is_second_look:
            return "I gave none of these answers myself."
        gave = f"I gave {self.own_answers} of these answers myself" if self.own_answers else ""
        sent = "I sent them for signature" if self.has_sent_it else ""
        return (
            f"{' and '.join(filter(None, (gave, sent)))}, so my signature is not a second pair of eyes on all of them."
        )

    @property
    def text(self) -> str:
        """The words as they are kept with the signature, with whose they are and the whole hash."""
        signer = f"{self.name}, {self.job_title}" if self.job_title else self.name
        return "\n".join(
            (
                *self.paragraphs,
                f"Signed by {signer}.",
                f"SHA-256 {self.answers_hash}. Declaration {DECLARATION_VERSION}.",
            )
        )

    @property
    def seal(self) -> str:
        """SHA-256 in hex of the text: the page gives it back, so that what was read is what is signed."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def build_declaration(check: SubmissionCheck, *, answers_hash: str, signer: User) -> Declaration:
    """Return the declaration that a person would sign for a submission as it stands. No query."""
    submission: Submission = check.given.submission
    rows = (check.given.rows[place] for place in check.given.places if place in check.given.rows)
    return Declaration(
        organisation=submission.organisation.name,
        code=submission.organisation_id,
        round_title=submission.round.title,
        framework=str(check.given.framework.ref),
        counts=count_answers(check.given),
        answers_hash=answers_hash,
        name=signer.name,
        job_title=signer.job_title.strip(),
        own_answers=sum(row.by_id == signer.pk for row in rows),
        has_sent_it=submission.submitted_by_id == signer.pk,
    )
