# SPDX-License-Identifier: MIT
"""Where releases lie on disk: each prepared one in a folder of its own, and the public site."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings

from trigpoint.publication.manifest import MANIFEST
from trigpoint_web.releases.models import RoundRelease


def prepared_folder(release: RoundRelease) -> Path:
    """Return the folder of a release that is or was prepared. What is published is copied from here."""
    return Path(settings.HOME) / "releases" / "prepared" / str(release.pk)


def preview_folder(release: RoundRelease) -> Path:
    """Return the folder of the public site as it would be with a release that is prepared."""
    return Path(settings.HOME) / "releases" / "prepared" / f"{release.pk}-site"


def site_folder() -> Path:
    """Return the folder of the public site; it is there once something was published."""
    return Path(settings.HOME) / "releases" / "site"


def hash_manifest(folder: Path) -> str:
    """Return the SHA-256 in hex of a release's manifest, which holds the hash of every other file; "" without one."""
    try:
        return hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()
    except OSError:
        return ""
