# SPDX-License-Identifier: MIT
"""A release made from the answers that a run scored, in a folder of its own, and checked there."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils import timezone

from trigpoint.errors import ProblemsFound, TrigpointError
from trigpoint.io.release import SOFTWARE, write_release
from trigpoint.io.release_checks import check_release, check_site_links
from trigpoint.publication.release import Release, build_release
from trigpoint.publication.release_checks import ReleaseCheck
from trigpoint.publication.settings import LICENCES, ReleaseSettings
from trigpoint.publication.synthetic_mark import is_synthetic
from trigpoint.submissions import AnswerTable
from trigpoint_web.organisations.models import Organisation
from trigpoint_web.releases.folders import hash_manifest, prepared_folder, preview_folder
from trigpoint_web.releases.models import RoundRelease
from trigpoint_web.releases.queries import list_published
from trigpoint_web.releases.site_making import make_site
from trigpoint_web.results.actions import BASIS
from trigpoint_web.results.adapters import hash_scores, rows_of_table, text_of_row
from trigpoint_web.results.models import ScoreRun
from trigpoint_web.results.queries.runs import list_scored, read_signed_table
from trigpoint_web.rounds.adapters import read_framework
from trigpoint_web.rounds.models import FrozenFramework

LICENCE = "OGL-UK-3.0"
CAN_BE_MADE = "The release can be made"
SAME_SCORES = "The scores are those that were computed"
SITE_CAN_BE_MADE = "The public site can be made with it"
SAYS_SYNTHETIC = "What is made up says so"


@dataclass(frozen=True, slots=True)
class PreparedRelease:
    """What came of preparing. name, manifest_hash: blank when the release could not be made."""

    checks: tuple[ReleaseCheck, ...]
    name: str = ""
    manifest_hash: str = ""

    @property
    def passed(self) -> bool:
        """Whether it was made and every check passed."""
        return bool(self.manifest_hash) and all(check.passed for check in self.checks)


def prepare_release(release: RoundRelease) -> PreparedRelease:
    """Make the release anew from the answers as they were signed, write it to its folder, and check it there.

    What stands in the way comes back as a check that failed; nothing is raised for it.
    """
    folder = prepared_folder(release)
    try:
        made = _build(release)
        _write(made, read_files(release.run.framework_hash), folder)
        checks = check_release(folder)
    except ProblemsFound as error:
        return PreparedRelease((ReleaseCheck(CAN_BE_MADE, tuple(str(one) for one in error.problems)),))
    except TrigpointError as error:
        return PreparedRelease((ReleaseCheck(CAN_BE_MADE, (str(error),)),))
    own = (
        ReleaseCheck(CAN_BE_MADE, ()),
        _same_scores(made, release.run),
        _says_synthetic(made, release),
        _site_can_be_made(release),
    )
    return PreparedRelease((*own, *checks), made.manifest.release, hash_manifest(folder))


def read_files(framework_hash: str) -> Mapping[str, str]:
    """Return the files of a frozen framework, by their names."""
    return dict(FrozenFramework.objects.get(pk=framework_hash).files)


def _build(release: RoundRelease) -> Release:
    run = release.run
    answers = _with_names(read_signed_table(release.round, run.framework_hash, list_scored(run)))
    settings = ReleaseSettings(
        title=release.title,
        licence=LICENCES[LICENCE],
        date=timezone.localtime(release.publishes_at).date().isoformat(),
        is_synthetic=is_synthetic(answers),
    )
    return build_release(answers, read_framework(run.framework_hash), settings, software=SOFTWARE, basis=BASIS)


def _with_names(answers: AnswerTable) -> AnswerTable:
    """The answers with the name of each organisation, which is public."""
    names = dict(Organisation.objects.values_list("pk", "name"))
    return replace(answers, units=tuple(replace(unit, name=names[unit.organisation]) for unit in answers.units))


def _write(made: Release, files: Mapping[str, str], folder: Path) -> None:
    with tempfile.TemporaryDirectory() as own:
        for name, text in files.items():
            target = Path(own) / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="")
        write_release(made, Path(own), folder, replace=True)


def _site_can_be_made(release: RoundRelease) -> ReleaseCheck:
    """The site as it would be, which is kept for those who approve, and shows each organisation its own page."""
    target = preview_folder(release)
    try:
        make_site([*list_published(), release], target)
        return ReleaseCheck(SITE_CAN_BE_MADE, check_site_links(target).problems)
    except ProblemsFound as error:
        return ReleaseCheck(SITE_CAN_BE_MADE, tuple(str(one) for one in error.problems))
    except TrigpointError as error:
        return ReleaseCheck(SITE_CAN_BE_MADE, (str(error),))


def _same_scores(made: Release, run: ScoreRun) -> ReleaseCheck:
    rows = rows_of_table(made.table, run=run, rows=range(len(made.table.units)))
    agrees = hash_scores(text_of_row(row) for row in rows) == run.scores_hash
    problem = "They differ from the results of the round. Compute the results again, and draft a new release."
    return ReleaseCheck(SAME_SCORES, () if agrees else (problem,))


def _says_synthetic(made: Release, release: RoundRelease) -> ReleaseCheck:
    agrees = made.manifest.settings.is_synthetic == release.round.is_synthetic
    kind = "made up" if release.round.is_synthetic else "real"
    problem = f"The round is {kind}, and the names of its organisations say otherwise."
    return ReleaseCheck(SAYS_SYNTHETIC, () if agrees else (problem,))
