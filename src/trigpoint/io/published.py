# SPDX-License-Identifier: MIT
"""Readers for the published files of the two NHS Digital Maturity Assessment rounds."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from trigpoint.frameworks import Framework
from trigpoint.io.content import read_framework
from trigpoint.io.delimited import read_rows
from trigpoint.io.spreadsheets import read_sheet
from trigpoint.submissions.intake_report import Reading
from trigpoint.submissions.published import Intake, PublishedLayout, take_in

# The 2017 file prints the published section and theme scores between the codes and the first answer.
_PUBLISHED_SCORES_2017 = frozenset(
    {
        "strategic_alignment", "leadership", "resourcing", "governance", "information_governance",
        "records,_assessments_&_plans", "orders_&_results_management", "transfers_of_care", "medicines_optimisation",
        "decision_support", "remote_&_assistive_care", "asset_&_resource_optimisation",
        "business_&_clinical_intelligence", "standards", "enabling_infrastructure", "readiness", "capabilities",
    }
)  # fmt: skip

LAYOUTS: Mapping[str, tuple[str, PublishedLayout]] = {
    "nhs-dma-2015-16": (
        "nhs-dma@2015-16",
        PublishedLayout(
            setting_flags={
                "acute": "provides_acute_care",
                "mental_health": "provides_mental_health_care",
                "community": "provides_community_care",
                "ambulance": "provides_ambulance_services",
            }
        ),
    ),
    "nhs-dma-2017": ("nhs-dma@2017", PublishedLayout(care_setting="care_setting", ignored=_PUBLISHED_SCORES_2017)),
}


def read_published(layout: str, path: Path, *, reading: Reading = Reading.SCORE) -> Intake:
    """Return the answers of a published file, CSV or XLSX, with a report line for everything that was not plain.

    layout: a key of LAYOUTS. reading: which cell is believed where answer text and item score disagree.
    Raises AnswersProblems with every problem, TooLarge or FileTrouble.
    """
    framework, published = LAYOUTS[layout]
    rows = read_sheet(path) if path.suffix.lower() == ".xlsx" else read_rows(path)
    return take_in(rows, framework_of(framework), published, reading=reading, file=str(path))


def framework_of(name: str) -> Framework:
    """Return the framework that a layout's answers were collected with."""
    return read_framework(name)
