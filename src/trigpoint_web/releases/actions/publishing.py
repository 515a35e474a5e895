# SPDX-License-Identifier: MIT
"""The moment of publication: the public site is made anew from every published release, whole or not at all."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from trigpoint.errors import FileTrouble, TrigpointError
from trigpoint_web.audit.actions import EventPlace, record_event
from trigpoint_web.releases.folders import hash_manifest, prepared_folder, site_folder
from trigpoint_web.releases.models import RoundRelease
from trigpoint_web.releases.queries import list_due, list_published
from trigpoint_web.releases.site_making import make_site
from trigpoint_web.releases.states import SOURCES, ReleaseState, ReleaseStep
from trigpoint_web.rounds.errors import StepRefused


@dataclass(frozen=True, slots=True)
class DueReleases:
    """What became of the releases whose moment had come. failed: number and why."""

    published: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]


def publish_due(*, at: datetime) -> DueReleases:
    """Publish the releases whose moment has come, the earliest first. Run again, it finds nothing to do.

    One that can't be published stays under embargo, and the reason is written down; the site stays as it was.
    """
    published, failed = [], []
    for release in list_due(at):
        try:
            _publish(release, at)
            published.append(release.number)
        except TrigpointError as error:
            _record("release.failed", release, at, str(error)[:300])
            failed.append((release.number, str(error)))
    return DueReleases(tuple(published), tuple(failed))


def _publish(release: RoundRelease, at: datetime) -> None:
    if hash_manifest(prepared_folder(release)) != release.manifest_hash:
        raise FileTrouble(f"{release.number}: its files are not those that were approved. Withdraw it, and draft anew.")
    make_site([*list_published(), release], site_folder())
    with transaction.atomic():
        locked = RoundRelease.objects.select_for_update(of=("self",)).get(pk=release.pk)
        if locked.state not in SOURCES[ReleaseStep.PUBLISH]:
            _take_back()
            raise StepRefused(f"{release.number} was withdrawn while it was being published, so it was taken back.")
        locked.state, locked.published_at = ReleaseState.PUBLISHED, at
        locked.save(update_fields=["state", "published_at"])
        _record(ReleaseStep.PUBLISH.value, release, at, release.manifest_hash)


def _take_back() -> None:
    """Put the site back as it was without the release: made anew, or away where nothing else is published."""
    published = list_published()
    if published:
        make_site(published, site_folder())
    else:
        shutil.rmtree(site_folder())


def _record(action: str, release: RoundRelease, at: datetime, what: str) -> None:
    place = EventPlace(release.round.slug, "", f"release {release.number}")
    record_event(action, by=None, at=at, place=place, details={"what": what})
