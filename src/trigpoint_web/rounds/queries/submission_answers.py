# SPDX-License-Identifier: MIT
"""All that stands in a submission, read once for a page: its units, its answers, what it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from trigpoint.frameworks import Framework
from trigpoint.submissions.answers import Answer as CoreAnswer
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.places import AnswerPlace, asked_places
from trigpoint.submissions.units import Unit
from trigpoint_web.rounds.adapters import answer_of
from trigpoint_web.rounds.models import CurrentAnswer, Submission
from trigpoint_web.rounds.queries.answers import find_framework, list_current_answers, list_units


@dataclass(frozen=True)  # no slots: what follows from the rows is worked out once and kept
class SubmissionAnswers:
    """A submission with everything that stands in it. rows: what stands at each place, with who gave it."""

    submission: Submission
    framework: Framework
    units: tuple[Unit, ...]
    rows: Mapping[AnswerPlace, CurrentAnswer]

    @cached_property
    def answers(self) -> Mapping[AnswerPlace, CoreAnswer]:
        """What stands at each place, as the core takes it."""
        return {place: answer_of(row) for place, row in self.rows.items()}

    @cached_property
    def places(self) -> tuple[AnswerPlace, ...]:
        """The places that are shown now, in the order asked."""
        return asked_places(self.framework, self.units, self.answers)

    def answer(self, place: AnswerPlace) -> CoreAnswer:
        """Return what stands at a place; not answered where nothing does."""
        return self.answers.get(place, Missing.NOT_ANSWERED)

    def is_open(self, place: AnswerPlace) -> bool:
        """Return whether a place still waits for an answer."""
        return self.answer(place) is Missing.NOT_ANSWERED


def read_submission_answers(submission: Submission) -> SubmissionAnswers:
    """Return everything that stands in a submission. Two queries."""
    return SubmissionAnswers(
        submission, find_framework(submission), list_units(submission), list_current_answers(submission)
    )
