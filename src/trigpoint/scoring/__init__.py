# SPDX-License-Identifier: MIT
"""Answers become scores: one exact engine for every kind of framework, for one unit or a million."""

from trigpoint.scoring.compile import compile_plan
from trigpoint.scoring.kernel import score_answers
from trigpoint.scoring.plan import ScoringPlan
from trigpoint.scoring.rules import compile_under_rules_of
from trigpoint.scoring.score_table import ENGINE_VERSION, Score, ScoreTable

__all__ = [
    "ENGINE_VERSION",
    "Score",
    "ScoreTable",
    "ScoringPlan",
    "compile_plan",
    "compile_under_rules_of",
    "score_answers",
]
