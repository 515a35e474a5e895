# SPDX-License-Identifier: MIT
"""Every case, and the pages they stand on."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tests.spec.case import Case
from tests.spec.everywhere import COMMON_CASES
from tests.spec.kinds import KIND_CASES

CASES: tuple[Case, ...] = (*KIND_CASES, *COMMON_CASES)

# Page → its heading and what it is about. The pages of kinds show the shipped worked framework as well.
PAGES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "points": (
            "Points",
            "Each answer is worth points by a table, and scores are means of points up the measures tree.",
        ),
        "sum-of-marks": (
            "Sum of marks",
            "Marks are added up, parts of a mark included, and divided by the marks that could be earned.",
        ),
        "level-gate": (
            "Level gate",
            "A domain stands on the highest level whose every element, and every element of the levels below, is met.",
        ),
        "stage-gate": (
            "Stage gate",
            "The organisation stands on one stage: the last of the leading run of stages that are complete.",
        ),
        "status": (
            "Status",
            "Mandatory items are met or not, and together they decide between statuses with names.",
        ),
        "pass-mark": ("Pass mark", "The score is the share of controls met, and only a mark that is reached passes."),
        "indicator": (
            "Indicator",
            "A number from a return that exists already becomes points by thresholds.",
        ),
        "missing-answers": (
            "Missing answers",
            "Not answered, don’t know, not applicable and not shown stay apart, and each has a rule in scoring.yaml.",
        ),
        "rounding": (
            "Rounding",
            "Scores are exact fractions, rounded only where the framework says so, at the level where it says so.",
        ),
        "bands": ("Bands", "A band is a range of scores with a name."),
    }
)
