# SPDX-License-Identifier: MIT
"""Every analysis there is, by its method: what the pages of the methodology and the tests go through."""

from __future__ import annotations

from trigpoint.analysis import (
    change,
    cohorts,
    convergence,
    distribution,
    linking,
    ranks,
    reliability,
    sensitivity,
    similar_peers,
    spread,
    systems,
    uncertainty,
)
from trigpoint.analysis.method import Method

_MODULES = (
    change,
    cohorts,
    convergence,
    distribution,
    linking,
    ranks,
    reliability,
    sensitivity,
    similar_peers,
    systems,
    uncertainty,
)
METHODS: tuple[Method, ...] = tuple(
    sorted(
        (*(one.METHOD for one in _MODULES), spread.FUNNEL, spread.INEQUALITY),
        key=lambda method: method.name,
    )
)
