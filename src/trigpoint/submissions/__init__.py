# SPDX-License-Identifier: MIT
"""What was answered: units of assessment, their answers, and the four ways in which an answer can be missing."""

from trigpoint.submissions.answers import AnswerTable
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.units import Unit

__all__ = ["AnswerTable", "Missing", "Unit"]
