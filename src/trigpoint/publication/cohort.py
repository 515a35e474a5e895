# SPDX-License-Identifier: MIT
"""Which returns a national summary counts, said in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trigpoint.submissions.units import Unit

# A return for the organisation as a whole has the care setting that Unit has by default.
WHOLE = Unit("").care_setting


@dataclass(frozen=True, slots=True)
class SummaryCohort:
    """The returns counted in a summary. rows: their positions in the table. definition: the rule and its counts."""

    rows: tuple[int, ...]
    definition: str


def summary_cohort(units: Sequence[Unit]) -> SummaryCohort:
    """Return the returns that count: one for an organisation that has a return as a whole, else each of its returns.

    An organisation with a return as a whole and others by care setting would otherwise count several times.
    """
    as_a_whole = {unit.organisation for unit in units if unit.care_setting == WHOLE}
    rows = tuple(
        row for row, unit in enumerate(units) if unit.care_setting == WHOLE or unit.organisation not in as_a_whole
    )
    left_out = len(units) - len(rows)
    if not left_out:
        return SummaryCohort(rows, f"all {_returns(len(units))} of the round")
    rule = (
        f"{_returns(len(rows))}; {_returns(left_out)} for one care setting of an organisation that also has a return "
        "as a whole count only in the files, not in the summary"
    )
    return SummaryCohort(rows, rule)


def _returns(number: int) -> str:
    return f"{number:,} return" if number == 1 else f"{number:,} returns"
