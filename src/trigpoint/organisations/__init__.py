# SPDX-License-Identifier: MIT
"""Who is assessed, as on a date: organisations, what followed what, groups, cohorts, and checks of codes."""

from trigpoint.organisations.checks import CodeProblem, CodeTrouble, CodeUse, check_codes
from trigpoint.organisations.cohort import Cohort, CohortMember, CohortStatus
from trigpoint.organisations.organisation import (
    EarlierName,
    Group,
    Membership,
    Organisation,
    OrganisationCode,
    Role,
    Succession,
)
from trigpoint.organisations.register import Register, RegisterView, build_register
from trigpoint.organisations.succession import History, LikelySuccessor

__all__ = [
    "CodeProblem",
    "CodeTrouble",
    "CodeUse",
    "Cohort",
    "CohortMember",
    "CohortStatus",
    "EarlierName",
    "Group",
    "History",
    "LikelySuccessor",
    "Membership",
    "Organisation",
    "OrganisationCode",
    "Register",
    "RegisterView",
    "Role",
    "Succession",
    "build_register",
    "check_codes",
]
