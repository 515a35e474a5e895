# SPDX-License-Identifier: MIT
"""Where a release can be, and every step between. What is not in the table is refused."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from django.db import models


class ReleaseState(models.TextChoices):
    """Where a release is. Approved is under embargo until its moment; published and withdrawn are for good."""

    DRAFT = "draft", "Draft"
    CHECKED = "checked", "Checked"
    APPROVED = "approved", "Approved, under embargo"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ReleaseStep(Enum):
    """What is done to a release. The value is the name of its event."""

    CHECK = "release.checked"
    APPROVE = "release.approved"
    PUBLISH = "release.published"
    WITHDRAW = "release.withdrawn"


_S = ReleaseState
UNPUBLISHED = frozenset({_S.DRAFT, _S.CHECKED, _S.APPROVED})
APPROVALS_NEEDED = 2
SOURCES: Mapping[ReleaseStep, frozenset[ReleaseState]] = MappingProxyType(
    {
        ReleaseStep.CHECK: frozenset({_S.DRAFT}),
        ReleaseStep.APPROVE: frozenset({_S.CHECKED}),
        ReleaseStep.PUBLISH: frozenset({_S.APPROVED}),
        ReleaseStep.WITHDRAW: UNPUBLISHED,
    }
)
