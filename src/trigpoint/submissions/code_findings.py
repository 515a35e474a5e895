# SPDX-License-Identifier: MIT
"""The organisation codes of a round against a register: closed, unknown, reused, or with another's name beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from trigpoint.organisations import CodeUse, Register, check_codes
from trigpoint.submissions.intake_report import Finding, IntakeLine
from trigpoint.submissions.units import Unit


def find_code_trouble(units: Sequence[Unit], register: Register, on: date) -> tuple[IntakeLine, ...]:
    """Return a line for every code that doesn't hold on that day, with the likely successor or owner of the name.

    Nothing is changed: the answers keep the code they came under. An organisation with several returns is told once.
    """
    firsts = {unit.organisation: unit for unit in reversed(units)}
    ordered = [unit for unit in units if firsts[unit.organisation] is unit]
    uses = [CodeUse(unit.organisation, unit.name or None, row) for row, unit in enumerate(ordered)]
    return tuple(
        IntakeLine(
            finding=Finding.CODE,
            line=None,
            organisation=problem.use.code,
            care_setting=ordered[problem.use.row or 0].care_setting,
            message=f"{problem.trouble.value} on {on}: {problem.message}",
        )
        for problem in check_codes(uses, register, on)
    )
