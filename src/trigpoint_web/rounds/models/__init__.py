# SPDX-License-Identifier: MIT
"""The tables of the rounds, by what they are for."""

from trigpoint_web.rounds.models.answer import (
    WHOLE_ORGANISATION,
    Answer,
    AnswerSource,
    CurrentAnswer,
    MissingState,
    Suggestion,
    TimeSpent,
)
from trigpoint_web.rounds.models.evidence import Evidence, EvidenceUse, EvidenceVersion, StoredFile
from trigpoint_web.rounds.models.round import FrozenFramework, Round, RoundMembership
from trigpoint_web.rounds.models.submission import Extension, Signature, Submission, SubmissionUnit
from trigpoint_web.rounds.models.together import (
    Comment,
    Delegation,
    Mention,
    Poll,
    PollReply,
    StaffSurvey,
    SurveyCount,
    SurveyQuestion,
)

__all__ = [
    "WHOLE_ORGANISATION",
    "Answer",
    "AnswerSource",
    "Comment",
    "CurrentAnswer",
    "Delegation",
    "Evidence",
    "EvidenceUse",
    "EvidenceVersion",
    "Extension",
    "FrozenFramework",
    "Mention",
    "MissingState",
    "Poll",
    "PollReply",
    "Round",
    "RoundMembership",
    "Signature",
    "StaffSurvey",
    "StoredFile",
    "Submission",
    "SubmissionUnit",
    "Suggestion",
    "SurveyCount",
    "SurveyQuestion",
    "TimeSpent",
]
