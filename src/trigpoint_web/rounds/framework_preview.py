# SPDX-License-Identifier: MIT
"""A framework as if an organisation had just opened it: nothing answered, nothing kept."""

from __future__ import annotations

from functools import cached_property

from trigpoint.frameworks import Framework
from trigpoint.submissions.places import AnswerPlace, place_of
from trigpoint.submissions.units import Unit
from trigpoint_web.organisations.models import Organisation
from trigpoint_web.rounds.actions.rounds import GENERAL
from trigpoint_web.rounds.models import Round, Submission
from trigpoint_web.rounds.queries.submission_answers import SubmissionAnswers

_NOBODY = "PREVIEW"


class PreviewedAnswers(SubmissionAnswers):
    """The answers of an organisation that gave none, with every place it could ever be asked at."""

    @cached_property
    def places(self) -> tuple[AnswerPlace, ...]:
        """The places that are shown in any case or for some answers, in the order asked."""
        (unit,) = self.units
        questions = self.framework.content.questions
        asked = (one for one in questions if one.is_asked_in(unit.care_settings))
        return tuple(sorted((place_of(one, unit) for one in asked), key=self._is_in_unit))

    def _is_in_unit(self, place: AnswerPlace) -> bool:
        """False sorts first: what is asked once for the organisation comes before what each unit is asked."""
        return place.question not in self.framework.asked_once


def preview_answers(framework: Framework, care_setting: str) -> PreviewedAnswers:
    """Return what a unit in a care setting would meet; blank for a unit of the whole organisation."""
    settings = (care_setting,) if care_setting else ()
    unit = Unit(_NOBODY, care_setting or GENERAL, "An example", settings)
    submission = Submission(round=Round(slug="preview", title="Preview"), organisation=Organisation(code=_NOBODY))
    return PreviewedAnswers(submission, framework, (unit,), {})
