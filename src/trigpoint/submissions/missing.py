# SPDX-License-Identifier: MIT
"""The four ways in which an answer can be missing, in a table. They stay apart; none of them is 0, -1 or ""."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from trigpoint.frameworks.missing import MISSING_WHERE_SHOWN, Missing

__all__ = ["CODE_OF", "LOWEST_MISSING_CODE", "MISSING_OF", "MISSING_WHERE_SHOWN", "Missing"]

# In an AnswerTable answers count up from 0, so the missing states take the top of its byte: no scale reaches them
# (trigpoint.frameworks.check_content.MOST_ANSWERS), and a forgotten check can't turn one into a low score.
CODE_OF: Mapping[Missing, int] = MappingProxyType(
    {
        Missing.NOT_SHOWN: 252,
        Missing.NOT_APPLICABLE: 253,
        Missing.DONT_KNOW: 254,
        Missing.NOT_ANSWERED: 255,
    }
)
MISSING_OF: Mapping[int, Missing] = MappingProxyType({code: state for state, code in CODE_OF.items()})
LOWEST_MISSING_CODE = min(MISSING_OF)
