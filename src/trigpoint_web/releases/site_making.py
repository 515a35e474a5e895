# SPDX-License-Identifier: MIT
"""The public site written from the folders of releases: as a preview, or for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from django.conf import settings

from trigpoint.io.site import read_site, write_site
from trigpoint_web.releases.folders import prepared_folder
from trigpoint_web.releases.models import RoundRelease

PUBLIC_ADDRESS = "published"


def make_site(releases: Sequence[RoundRelease], target: Path) -> None:
    """Write the site of some releases, in the order of publication, whole or not at all. Raises TrigpointError."""
    folders = [prepared_folder(one) for one in releases]
    reasons = {one.number: one.why for one in releases if one.why}
    address = f"{settings.SITE_ADDRESS}/{PUBLIC_ADDRESS}"
    site = read_site(folders, title=settings.SERVICE_NAME, address=address, reasons=reasons)
    write_site(site, folders, target, rng_of=np.random.default_rng)
