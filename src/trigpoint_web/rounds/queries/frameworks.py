# SPDX-License-Identifier: MIT
"""Reading frameworks: those that rounds froze, and those that are shipped and no round has used yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from trigpoint.frameworks import Framework
from trigpoint.io import content
from trigpoint_web.rounds.adapters import read_framework
from trigpoint_web.rounds.models import FrozenFramework


@dataclass(frozen=True, slots=True)
class KnownFramework:
    """A framework version that a round can use. frozen_at: None for one that no round has used. rounds: how many do."""

    hash: str
    ref: str
    title: str
    questions: int
    is_shipped: bool
    frozen_at: datetime | None = None
    rounds: int = 0


def list_known_frameworks() -> tuple[KnownFramework, ...]:
    """Return every version, by its name, the shipped before those that were frozen with other content. One query.

    A version of the same name can be there twice: as it is shipped, and as a round froze it before it was changed.
    """
    shipped = _shipped()
    frozen = {one.pk: one for one in FrozenFramework.objects.annotate(used=Count("rounds")).order_by("frozen_at")}
    frameworks = shipped | {key: read_framework(key) for key in frozen if key not in shipped}
    known = [
        KnownFramework(
            key,
            str(framework.ref),
            framework.content.title,
            len(framework.questions),
            key in shipped,
            frozen[key].frozen_at if key in frozen else None,
            frozen[key].used if key in frozen else 0,
        )
        for key, framework in frameworks.items()
    ]
    return tuple(sorted(known, key=lambda one: (one.ref, not one.is_shipped, one.hash)))


def find_known_framework(framework_hash: str) -> Framework | None:
    """Return a framework by its hash, shipped or frozen; None when there is none. At most one query."""
    shipped = _shipped().get(framework_hash)
    if shipped is not None:
        return shipped
    return read_framework(framework_hash) if FrozenFramework.objects.filter(pk=framework_hash).exists() else None


def find_files(framework_hash: str) -> Mapping[str, str] | None:
    """Return the files of a framework by its hash, shipped or frozen; None when there is none."""
    shipped = _shipped().get(framework_hash)
    if shipped is not None:
        return content.framework_files(content.framework_folder(str(shipped.ref)))
    frozen = FrozenFramework.objects.filter(pk=framework_hash).first()
    return None if frozen is None else dict(frozen.files)


def find_previous_version(framework: Framework) -> Framework | None:
    """Return the version that the crosswalk comes from: as shipped, else as the newest round froze it; None if neither.

    One query at most, unless the version must be read anew.
    """
    crosswalk = framework.crosswalk
    if crosswalk is None:
        return None
    wanted = (crosswalk.framework, crosswalk.from_version)
    for one in _shipped().values():
        if (one.ref.framework, one.ref.version) == wanted:
            return one
    frozen = FrozenFramework.objects.filter(framework=wanted[0], version=wanted[1]).order_by("-frozen_at", "pk").first()
    return None if frozen is None else read_framework(frozen.pk)


def _shipped() -> dict[str, Framework]:
    frameworks = (content.read_framework(str(ref)) for ref in content.list_frameworks())
    return {one.hash: one for one in frameworks}
