# SPDX-License-Identifier: MIT
"""Claims: numbers that somebody printed, written as data and recomputed from the answers.

A verdict is worked out each time and stored nowhere. See docs/how-to/check-a-claim.md for the rules and the format.
"""

from trigpoint.analysis.claims.check import ClaimResult, Outcome, check_claims
from trigpoint.analysis.claims.evidence import Evidence, RoundAnswers
from trigpoint.analysis.claims.model import Claim, ClaimsFile, ClaimSource
from trigpoint.analysis.claims.verdict import Verdict

__all__ = [
    "Claim",
    "ClaimResult",
    "ClaimSource",
    "ClaimsFile",
    "Evidence",
    "Outcome",
    "RoundAnswers",
    "Verdict",
    "check_claims",
]
