# SPDX-License-Identifier: MIT
"""Every analysis there is, by its method: what the pages of the methodology and the tests go through."""

from __future__ import annotations

from trigpoint.analysis import change, cohorts, convergence, ranks, systems, uncertainty
from trigpoint.analysis.method import Method

METHODS: tuple[Method, ...] = tuple(
    sorted(
        (one.METHOD for one in (change, cohorts, convergence, ranks, systems, uncertainty)),
        key=lambda method: method.name,
    )
)
